//! Checks content against the schemas: whether it is valid, and whether everything it refers to exists.
//!
//! Comes in: documents and the schema's graph and model. Goes out: [`Resolved`], rows whose references are row numbers, and
//! a diagnostic for everything that is wrong. The stages are types: [`validate`] says whether a document fits its schema, [`Content`]
//! holds the rows of all documents, [`IdTables`] the ids they define, and only [`resolve`] makes a [`Resolved`]. This stage knows
//! nothing of tables or Rust.

mod entry;
mod ids;
mod renames;
pub mod requirements;
mod resolve;
mod rows;
mod sink;
mod tainted;
mod titles;
pub mod uses;
mod validate;
pub mod walk;

pub use entry::find_entries;
pub use ids::{Id, IdSources, IdTable, IdTables, collect, id_text};
pub use renames::{Renamed, find as find_path, renames};
pub use resolve::{Hints, Lost, RefColumns, Resolved, ResolvedRef, Unread, resolve};
pub use rows::{Cell, Content, Row, references};
pub use sink::Sink;
pub use tainted::Tainted;
pub use titles::{reads_like_title, title, title_path};
pub use validate::{fits, validate};
