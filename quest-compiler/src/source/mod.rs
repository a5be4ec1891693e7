//! Files, places in them, and documents held flat, whatever format they are written in.
//!
//! Comes in: paths. Goes out: a [`Document`] per file, whose every key and value knows its place, and a diagnostic for every
//! syntax error. This stage knows nothing of schemas: to it, a document is objects, arrays and scalars.

mod formats;
mod json;
mod recover;
mod tape;

pub use formats::Format;
pub use json::parse;
pub use tape::{Document, Node, NodeKind, Siblings};

#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod tests;
