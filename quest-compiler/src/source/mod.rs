//! Parsing: documents as flat lists of values with spans, whatever their format.
//!
//! The text of a file comes in. A [`Document`] goes out, in which every key and value has a span, and a diagnostic for each syntax error.
//! This stage must not know schemas: a document consists of objects, arrays and scalars.

mod decimal;
mod formats;
mod json;
mod recover;
mod scan;
mod tape;

pub use decimal::Number;
pub use formats::{Format, slip};
pub use json::parse;
pub use tape::{Document, Node, NodeKind, Siblings};

#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod tests;
