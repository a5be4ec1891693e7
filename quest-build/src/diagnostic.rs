//! Diagnostics as data.

use quest_compiler::diagnostics::{Diagnostic as Found, Level};
use quest_compiler::text::Files;
use std::path::PathBuf;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Content compiles all the same.
    Warning,
    /// Content does not compile.
    Error,
}

/// A mistake in content, a schema or the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Such as `Q2001`; `questc explain Q2001` says more.
    pub code: &'static str,
    /// Whether it stops the build.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// The file, relative to the folder in which the compiler ran. `None` if it is about no file.
    pub file: Option<PathBuf>,
    /// The line, from 1; 0 if it is about a file as a whole.
    pub line: usize,
    /// The column, from 1, in characters; 0 if it is about a file as a whole.
    pub column: usize,
    /// What to do about it, if that is known.
    pub help: Vec<String>,
}

impl Diagnostic {
    pub(crate) fn of(found: &Found, files: &Files) -> Self {
        let (file, (line, column)) = match found.span() {
            Some(span) => (Some(files.name(span.file).into()), files.line_column(span.file, span.start)),
            None => (found.about.as_ref().map(PathBuf::from), (0, 0)),
        };
        Self {
            code: found.code.id,
            severity: if found.level == Level::Deny { Severity::Error } else { Severity::Warning },
            message: found.title.clone(),
            file,
            line,
            column,
            help: found.help.clone(),
        }
    }
}
