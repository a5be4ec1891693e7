//! One line on the terminal that says what a long run is doing.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Runs that take less than this show nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows the current stage until it is finished or dropped.
pub(crate) struct Progress {
    shared: Arc<Shared>,
    /// The thread that writes; none when nothing is to be shown.
    writer: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The stage that began last and was not shown yet.
    stage: Option<String>,
    finished: bool,
}

impl Shared {
    // A state is whole at any time, so a panic elsewhere doesn't matter here.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    /// Progress on standard error, if `wanted` and that is a terminal.
    pub(crate) fn start(wanted: bool) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self::on(io::stderr(), wanted && !dumb && io::stderr().is_terminal(), PATIENCE)
    }

    fn on(to: impl Write + Send + 'static, wanted: bool, patience: Duration) -> Self {
        let shared = Arc::<Shared>::default();
        // The stage alone can't wake us after a second: the first one may be the long one. Without a thread
        // there is no progress, which is no reason to stop.
        let writer = wanted.then(|| {
            let shared = Arc::clone(&shared);
            thread::Builder::new().name("progress".to_owned()).spawn(move || show(&shared, to, patience)).ok()
        });
        Self { shared, writer: writer.flatten() }
    }

    /// A stage begins.
    pub(crate) fn stage(&self, text: String) {
        if self.writer.is_some() {
            self.shared.lock().stage = Some(text);
            self.shared.changed.notify_one();
        }
    }
}

impl Drop for Progress {
    /// Clears the line; whatever is printed next begins on an empty one.
    fn drop(&mut self) {
        self.shared.lock().finished = true;
        self.shared.changed.notify_one();
        if let Some(writer) = self.writer.take() {
            drop(writer.join());
        }
    }
}

fn show(shared: &Shared, mut to: impl Write, patience: Duration) {
    let begin = Instant::now();
    let mut width = 0;
    let mut state = shared.lock();
    while !state.finished {
        let left = patience.saturating_sub(begin.elapsed());
        if !left.is_zero() {
            state = shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        } else if let Some(stage) = state.stage.take() {
            drop(state);
            // Spaces instead of an escape sequence: every terminal understands them.
            let blank = " ".repeat(width);
            width = stage.chars().count();
            drop(write!(to, "\r{blank}\r{stage}").and_then(|()| to.flush()));
            state = shared.lock();
        } else {
            state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
    drop(state);
    if width > 0 {
        let blank = " ".repeat(width);
        drop(write!(to, "\r{blank}\r").and_then(|()| to.flush()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Screen {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let screen = Screen::default();
        let progress = Progress::on(screen.clone(), true, Duration::from_secs(3600));
        progress.stage("checking…".to_owned());
        drop(progress);
        assert_eq!(screen.text(), "");
    }

    #[test]
    fn a_long_run_shows_its_stage_and_clears_it() {
        let screen = Screen::default();
        let progress = Progress::on(screen.clone(), true, Duration::ZERO);
        progress.stage("ab…".to_owned());
        while !screen.text().ends_with('…') {
            thread::yield_now();
        }
        drop(progress);
        assert_eq!(screen.text(), "\r\rab…\r   \r");
    }

    #[test]
    fn unwanted_progress_shows_nothing() {
        let screen = Screen::default();
        let progress = Progress::on(screen.clone(), false, Duration::ZERO);
        progress.stage("checking…".to_owned());
        drop(progress);
        assert_eq!(screen.text(), "");
    }
}
