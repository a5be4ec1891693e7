//! Old content against new: what saved games can hold of the last release, and whether it is still there.
//!
//! Comes in: the lock that was written at the last release, [`Resolved`](crate::check::Resolved) content and the renames of the
//! manifest. Goes out: diagnostics, and the text of the next lock (`docs/format.md`, The lock). This stage knows ids and what saved games
//! hold of them; it knows neither tables nor Rust. A project without a lock pays nothing for it.

mod compare;
mod lock;
mod messages;
mod now;
mod objective_key;
mod rename_guess;
mod version;
mod write;

pub use compare::{Comparison, compare};
pub use lock::{Lock, read};
pub use now::{Now, locked_kinds};
pub use version::versions;
pub use write::write;
