//! Why content was not compiled.

use quest_compiler::driver::DriverError;
use std::fmt;
use std::path::PathBuf;

/// Why content was not compiled, played or written.
///
/// Mistakes in content are no error of [`Config::compile`](crate::Config::compile): the crate that includes the result shows them.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// `OUT_DIR` is not set, and no output directory was given.
    NotABuildScript,
    /// This text, given as a name, cannot be the name of a module.
    Name(String),
    /// This manifest is compiled to where another call has written already.
    SamePlace {
        /// The manifest that is not compiled.
        manifest: PathBuf,
        /// The manifest that was compiled before.
        other: PathBuf,
    },
    /// A file cannot be read or written, or the content has errors where that cannot be shown later.
    Compiler(CompilerError),
    /// Scripts of which a line does not hold: a message for each.
    Script(Vec<String>),
}

/// An error of the compiler behind this crate.
#[derive(Debug)]
pub struct CompilerError(DriverError);

impl From<DriverError> for Error {
    fn from(error: DriverError) -> Self {
        Self::Compiler(CompilerError(error))
    }
}

impl fmt::Display for CompilerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for CompilerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotABuildScript => f.write_str(
                "OUT_DIR is not set: `quest_build::compile` is called from a build script; use `questc` elsewhere",
            ),
            Self::Name(name) => write!(
                f,
                "`{name}` cannot be the name of content, which is that of a module: use small letters, digits and `_`, such as \
                 `winter`"
            ),
            Self::SamePlace { manifest, other } => write!(
                f,
                "`{}` is compiled to the same place as `{}`: give it a name of its own, \
                 `quest_build::Config::new().name(\"winter\")`, and include it as `quest_types::include_quests!(winter)`",
                manifest.display(),
                other.display()
            ),
            Self::Compiler(error) => error.fmt(f),
            Self::Script(messages) => f.write_str(&messages.join("\n")),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Compiler(error) => error.source(),
            _ => None,
        }
    }
}
