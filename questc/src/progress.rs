//! One line on the terminal that says what a long run is doing.

use crate::summary::plural;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use quest_compiler::driver::Progress as Phase;
use std::time::{Duration, Instant};

/// Runs that take less than this show nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows the current phase until it is dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    start: Instant,
    wanted: bool,
}

impl Progress {
    /// Progress on standard error, if it is `wanted` and that is a terminal.
    pub(crate) fn start(wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg}") {
            bar.set_style(style);
        }
        Self { bar, start: Instant::now(), wanted }
    }

    /// A phase begins.
    pub(crate) fn phase(&self, phase: &Phase) {
        if self.wanted && self.bar.is_hidden() && self.start.elapsed() >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(message(phase));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn message(phase: &Phase) -> String {
    match phase {
        Phase::Read { files } => format!("reading {}…", plural(*files, "file")),
        Phase::Check => "checking…".to_owned(),
        Phase::Resolve => "resolving…".to_owned(),
        Phase::Lower => "compiling…".to_owned(),
        Phase::Write => "writing…".to_owned(),
        _ => "working…".to_owned(),
    }
}
