//! Why something is not renamed.

use quest_compiler::driver::Report;
use std::error::Error;
use std::fmt;

/// Why something is not renamed.
#[derive(Debug)]
pub struct Refusal {
    /// What is wrong, in one line.
    pub title: String,
    /// What can be done about it.
    pub help: Option<String>,
    /// The diagnostics that say more, if there are any.
    pub report: Option<Box<Report>>,
}

impl Refusal {
    /// A refusal that needs no more words.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), help: None, report: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    pub(crate) fn report(mut self, report: Report) -> Self {
        self.report = Some(Box::new(report));
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)?;
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl Error for Refusal {}
