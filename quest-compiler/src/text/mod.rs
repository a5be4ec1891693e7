//! Files, spans and names of properties.
//!
//! The text of every file that was read comes in. [`Files`] goes out, and [`Span`]s locate things in it. This folder is below all others
//! and must not know any format.

mod files;
pub(crate) mod name;
mod percent;
mod unsaved;

pub use files::{Encoding, FileId, Files, Span};
pub use name::Name;
pub(crate) use percent::decode;
pub use unsaved::{Unsaved, identity};
