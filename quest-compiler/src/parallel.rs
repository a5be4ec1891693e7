//! Closures that run in parallel. Results never depend on the number of threads.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread::{Builder, ScopedJoinHandle, available_parallelism, scope};

/// The stack size of a thread that validates content, in bytes. It suffices for the deepest nesting of content and schemas that is
/// accepted. The system allocates only the pages that are used.
const DEEP: usize = if cfg!(target_pointer_width = "64") { 512 << 20 } else { 64 << 20 };

/// The number of threads that may run at a time.
#[derive(Clone, Copy, Debug)]
pub struct Threads(usize);

impl Threads {
    /// At most `most` threads, or, without a number, one for each core of the machine.
    pub fn new(most: Option<NonZeroUsize>) -> Self {
        Self(most.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get))
    }

    /// The number of threads, at least 1.
    pub fn count(self) -> usize {
        self.0
    }

    /// Runs both closures, in parallel if there may be two threads. `deep` runs on a stack that suffices for any content.
    pub fn both(self, deep: &mut (dyn FnMut() + Send), other: &mut dyn FnMut()) {
        let mut other_done = false;
        let deep_done = scope(|scope| {
            let thread = Builder::new().stack_size(DEEP).spawn_scoped(scope, &mut *deep);
            if thread.is_ok() && self.0 > 1 {
                other();
                other_done = true;
            }
            match thread.map(ScopedJoinHandle::join) {
                Ok(Err(panic)) => resume_unwind(panic),
                Ok(Ok(())) => true,
                Err(_) => false,
            }
        });
        // If the thread cannot be spawned, this one's stack suffices for content of ordinary depth.
        if !deep_done {
            deep();
        }
        if !other_done {
            other();
        }
    }
}
