//! Why something that was asked of a run was not done.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why nothing was written, fixed or played.
#[derive(Debug)]
#[non_exhaustive]
pub enum DriverError {
    /// The content has errors. With the rendered diagnostics where nobody has shown them yet.
    Content(Vec<String>),
    /// A file cannot be read.
    Read(PathBuf, io::Error),
    /// A file cannot be written.
    Write(PathBuf, io::Error),
    /// A path does not end in the name of a file.
    NotAFileName(PathBuf),
    /// A file cannot be fixed, for a reason that is not an error of the file system.
    Fix(String, &'static str),
    /// A pack cannot be written there, for a reason that is not an error of the file system.
    Pack(String, &'static str),
    /// A schema cannot be turned into types of `quest_build::authoring`.
    Authoring(PathBuf, String),
    /// There is nothing to play.
    NotPlayable(&'static str),
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(messages) if messages.is_empty() => {
                f.write_str("the content has errors, so nothing is written")
            }
            Self::Content(messages) => f.write_str(&messages.join("\n")),
            Self::Read(path, error) => write!(f, "`{}` cannot be read: {error}", path.display()),
            Self::Write(path, error) => write!(f, "`{}` cannot be written: {error}", path.display()),
            Self::NotAFileName(path) => write!(f, "`{}` is not the name of a file", path.display()),
            Self::Fix(name, why) => write!(f, "`{name}` cannot be fixed: {why}"),
            Self::Pack(name, why) => write!(f, "`{name}` cannot be the pack: {why}"),
            Self::Authoring(path, why) => write!(f, "`{}`: {why}", path.display()),
            Self::NotPlayable(why) => f.write_str(why),
        }
    }
}

impl Error for DriverError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read(_, error) | Self::Write(_, error) => Some(error),
            _ => None,
        }
    }
}
