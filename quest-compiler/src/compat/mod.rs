//! Compatibility with the last release: whether everything that saved games can hold still exists.
//!
//! The lock that was written at the last release, [`Resolved`](crate::check::Resolved) content and the renames of the manifest come in.
//! Diagnostics go out, and the text of the next lock (`docs/format.md`, The lock). This stage knows ids and what saved games hold of them;
//! it must not know tables or Rust. A project without a lock pays nothing for it.

mod compare;
mod lock;
mod messages;
mod now;
mod objective_key;
mod rename_guess;
#[cfg(test)]
mod tests;
mod version;
mod write;

pub use compare::{Comparison, compare};
pub use lock::{Lock, read};
pub use now::{Now, locked_kinds};
pub use version::{Excused, versions};
pub use write::write;
