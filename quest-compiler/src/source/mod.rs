//! Files, places in them, and documents held flat, whatever notation they are written in.
//!
//! Comes in: paths. Goes out: a [`Document`] per file, whose every key and value knows its place, and a finding for every
//! syntax error. This stage knows nothing of schemas: to it, a document is objects, arrays and scalars.

mod files;
mod formats;
mod json;
mod name;
mod recover;
mod tape;

pub use files::{FileId, Files, Span};
pub use formats::Format;
pub use json::parse;
pub use name::Name;
pub use tape::{Document, Kind, Node, Siblings};

#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod tests;
