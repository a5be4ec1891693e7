//! Content validated against the model: is it valid, and does everything it names exist?
//!
//! Comes in: documents and the schema's graph and model. Goes out: [`Resolved`], rows whose references are row numbers, and
//! a diagnostic for everything that is wrong. The stages are types: [`validate`] says whether a document fits its schema, [`Content`]
//! holds the rows of all documents, [`Keys`] the ids they define, and only [`resolve`] makes a [`Resolved`]. This stage knows
//! nothing of tables or Rust.

mod entry;
mod ids;
mod mistakes;
mod renames;
mod resolve;
mod rows;
pub mod uses;
mod validate;
pub mod walk;

pub use entry::find_entries;
pub use ids::{IdTable, IdTables, collect, id_text};
pub use mistakes::Mistakes;
pub use renames::{Renamed, find as find_path, renames};
pub use resolve::{RefColumns, Resolved, ResolvedRef, Unread, references, resolve};
pub use rows::{Cell, Content, Entry, Row};
pub use validate::{fits, validate};
