//! The options of a compilation.

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::output;
use quest_compiler::driver::{Report, Request, run};
use std::env;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// How content is compiled.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), quest_build::Error> {
///     let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
///     quest_build::Config::new().deny_warnings(release).compile("quest.toml")?;
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Config {
    out_dir: Option<PathBuf>,
    deny_warnings: bool,
    threads: Option<NonZeroUsize>,
}

impl Config {
    /// The options of [`compile`](crate::compile): output into `OUT_DIR`, warnings as the manifest says, as many threads as cargo has
    /// jobs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes into this directory instead of `OUT_DIR`. `include_quests!` reads from `OUT_DIR` alone.
    pub fn out_dir(&mut self, directory: impl Into<PathBuf>) -> &mut Self {
        self.out_dir = Some(directory.into());
        self
    }

    /// Makes every warning an error, whatever the manifest says.
    pub fn deny_warnings(&mut self, deny: bool) -> &mut Self {
        self.deny_warnings = deny;
        self
    }

    /// The number of threads to use at most.
    pub fn threads(&mut self, threads: NonZeroUsize) -> &mut Self {
        self.threads = Some(threads);
        self
    }

    /// Compiles the content that a manifest names. `manifest` is the path of `quest.toml`, relative to the package.
    ///
    /// Prints cargo's directives for the files that were read. Mistakes in content are not an error: `include_quests!` shows them when
    /// the crate is compiled, and [`Compiled::diagnostics`] has them as data.
    ///
    /// # Errors
    ///
    /// There is no output directory, or a file cannot be written.
    pub fn compile(&self, manifest: impl AsRef<Path>) -> Result<Compiled, Error> {
        let out = self.out_dir.clone().or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let out = out.ok_or(Error::NotABuildScript)?;
        // Cargo says how many jobs there are to be at a time.
        let jobs = || env::var("NUM_JOBS").ok().and_then(|jobs| jobs.parse().ok());
        let mut request = Request::build(manifest.as_ref()).with_deny_warnings(self.deny_warnings);
        request.threads = self.threads.or_else(jobs);
        let report = run(&request, &mut |_| {});
        for path in &report.watched {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        for variable in &report.variables {
            println!("cargo::rerun-if-env-changed={variable}");
        }
        output::write(&report, &out)?;
        Ok(Compiled { report })
    }
}

/// Compiled content.
#[derive(Debug)]
pub struct Compiled {
    report: Report,
}

impl Compiled {
    /// The mistakes that were found, sorted by file and place.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let found = self.report.diagnostics.list.iter();
        found.map(|diagnostic| Diagnostic::of(diagnostic, &self.report.files)).collect()
    }

    /// The number of errors. If there are any, the crate that includes the result does not compile.
    pub fn errors(&self) -> usize {
        self.report.errors()
    }

    /// The number of warnings.
    pub fn warnings(&self) -> usize {
        self.report.warnings()
    }
}
