//! Work that is done side by side. What comes out never depends on how many threads there are.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread::{Builder, ScopedJoinHandle, available_parallelism, scope};

/// The stack of a thread that goes into content as deep as it may be, each value of it validated against as many schemas in each other as
/// there may be. Only what is used of it takes memory.
const DEEP: usize = if cfg!(target_pointer_width = "64") { 512 << 20 } else { 64 << 20 };

/// How many threads there can be.
#[derive(Clone, Copy, Debug)]
pub struct Threads(usize);

impl Threads {
    /// At most so many; without a number, as many as the machine has cores.
    pub fn new(most: Option<NonZeroUsize>) -> Self {
        Self(most.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get))
    }

    /// How many there can be.
    pub fn count(self) -> usize {
        self.0
    }

    /// Does two things, side by side if there are threads for both. The first has a stack that is large enough for any content.
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
        // Where there is no room for another thread, most content needs none.
        if !deep_done {
            deep();
        }
        if !other_done {
            other();
        }
    }
}
