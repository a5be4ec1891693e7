//! What a caller asks of a run.

use crate::text::Unsaved;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// A run of the compiler: which project, and what is wanted of it.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The path of the manifest, `quest.toml`.
    pub manifest: PathBuf,
    pub goal: Goal,
    /// The name of the content, which is that of the module with its types; without one, that is `quests`.
    pub name: Option<String>,
    /// Every warning is an error, whatever the manifest says.
    pub deny_warnings: bool,
    /// What is read in place of files on disk.
    pub unsaved: Unsaved,
    /// The number of threads to use at most; `None` for as many as the machine has cores.
    pub threads: Option<NonZeroUsize>,
}

impl Request {
    /// Asks for the diagnostics of a project.
    pub fn check(manifest: impl Into<PathBuf>) -> Self {
        Self { manifest: manifest.into(), ..Self::default() }
    }

    /// Asks for everything that a game compiles.
    pub fn build(manifest: impl Into<PathBuf>) -> Self {
        Self { goal: Goal::Build, ..Self::check(manifest) }
    }

    /// The same request with another goal.
    #[must_use]
    pub fn with_goal(mut self, goal: Goal) -> Self {
        self.goal = goal;
        self
    }

    /// The same request, with warnings as errors or not.
    #[must_use]
    pub fn with_deny_warnings(mut self, deny_warnings: bool) -> Self {
        self.deny_warnings = deny_warnings;
        self
    }
}

/// How far a run goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    /// Diagnostics alone. Tables are not made, so that they would be too large is not reported.
    #[default]
    Check,
    /// Diagnostics, and the text of the next lock file.
    Lock,
    /// Diagnostics, and everything that a build writes.
    Build,
    /// As `Build`, and the vocabulary that scripts use.
    Play,
    /// As `Play`, and a script for every ending and every way to lose a quest.
    Explore,
}

impl Goal {
    /// Whether content is played, also if it cannot be finished.
    pub(super) const fn plays(self) -> bool {
        matches!(self, Self::Play | Self::Explore)
    }

    /// Whether tables are made.
    pub(super) fn lowers(self) -> bool {
        matches!(self, Self::Build | Self::Play | Self::Explore)
    }
}

/// A phase that begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Files are read.
    Read {
        /// The number of content files that are known so far.
        files: usize,
    },
    /// Content is validated against its schema.
    Check,
    /// References are resolved.
    Resolve,
    /// Tables are made.
    Lower,
    /// Files are written.
    Write,
}
