//! From checked content to bytes: which cell stands where in a row, and the rows of all tables.
//!
//! Comes in: the model and resolved content. Goes out: [`Layout`], which depends on the schema alone, and [`Tables`], the bytes
//! (`docs/format.md`). This stage knows places of cells; it knows neither JSON Schema nor Rust.

mod layout;
mod program;
mod tables;
mod text;

pub use layout::{CellKind, Column, Layout, Place, ProgramSections, RecordLayout};
pub use program::{Known, SIZES as PROGRAM_SIZES};
pub use tables::{Tables, lower};
