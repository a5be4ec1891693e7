//! Files and spans.
//!
//! Comes in: the text of every file that was read. Goes out: [`Files`], and [`Span`]s that say where in it something is. This folder
//! is below everything else and knows no format.

mod files;
pub(crate) mod name;

pub use files::{FileId, Files, Span};
pub use name::Name;
