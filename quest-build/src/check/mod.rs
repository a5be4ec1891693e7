//! Content held against the model: is it valid, and does everything it names exist?
//!
//! Comes in: documents and the schema's graph and model. Goes out: [`Resolved`], rows whose references are row numbers, and
//! a finding for everything that is wrong. The stages are types: [`validate`] says whether a document fits its schema, [`Content`]
//! holds the rows of all documents, [`Keys`] the ids they define, and only [`resolve`] makes a [`Resolved`]. This stage knows
//! nothing of tables or Rust.

mod checked;
mod content;
mod entry;
mod keys;
mod mistakes;
mod renames;
mod resolve;
pub(crate) mod uses;
mod validate;
pub(crate) mod walk;

pub(crate) use checked::Checked;
pub(crate) use content::{Content, Entry, Row};
pub(crate) use entry::find_entries;
pub(crate) use keys::{Keys, collect, id_text};
pub(crate) use mistakes::Mistakes;
pub(crate) use renames::{Renamed, find as find_path, renames};
pub(crate) use resolve::{Outcome, Resolved, Unread, references, resolve};
pub(crate) use validate::{fits, validate};
