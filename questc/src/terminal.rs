//! Standard output and standard error.

use crate::cli::Color;
use anstream::{AutoStream, ColorChoice};
use std::io::{self, Write};

/// A terminal that is narrower breaks lines itself.
const NARROWEST: usize = 40;

/// No one reads longer lines.
const WIDEST: usize = 1000;

/// Standard error. What cannot be written there is lost: there is no other place to say so.
pub(crate) struct Terminal {
    choice: ColorChoice,
}

impl Terminal {
    pub(crate) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => AutoStream::choice(&io::stderr()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { choice }
    }

    pub(crate) fn colour(&self) -> bool {
        self.choice != ColorChoice::Never
    }

    /// The width that lines of files are cut to; `None` if it is not known.
    pub(crate) fn width(&self) -> Option<usize> {
        let variable = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let terminal =
            || terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
        variable.or_else(terminal).map(|width| width.clamp(NARROWEST, WIDEST))
    }

    pub(crate) fn line(&self, text: &str) {
        let mut to = AutoStream::new(io::stderr().lock(), self.choice);
        drop(to.write_all(format!("{text}\n").as_bytes()).and_then(|()| to.flush()));
    }

    pub(crate) fn error(&self, text: &str) {
        // The stream takes the colours out where they are not wanted.
        self.line(&format!("\u{1b}[1m\u{1b}[91merror\u{1b}[0m\u{1b}[1m:\u{1b}[0m {text}"));
    }
}

/// Prints to standard output.
pub(crate) fn print(text: &str) -> Result<(), String> {
    let mut to = io::stdout().lock();
    let outcome = to.write_all(text.as_bytes()).and_then(|()| to.flush());
    outcome.or_else(forgive).map_err(|problem| format!("cannot write to standard output: {problem}"))
}

/// A reader that went away (`questc … | head`) has seen enough.
fn forgive(problem: io::Error) -> io::Result<()> {
    if problem.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(problem) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_went_away_is_no_failure() {
        assert!(forgive(io::ErrorKind::BrokenPipe.into()).is_ok());
        assert!(forgive(io::ErrorKind::StorageFull.into()).is_err());
    }
}
