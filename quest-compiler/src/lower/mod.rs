//! Lowering: from checked content to the bytes of the tables (`docs/format.md`).
//!
//! The model and the resolved content come in. [`Layout`], which follows from the schema alone, and [`Tables`] go out. This stage knows
//! cells, rows and sections; it must not know JSON Schema or Rust, and it reports no diagnostics, because content that gets here has been
//! checked.

mod error;
mod fingerprint;
mod languages;
mod layout;
mod lists;
mod long_cells;
mod playable;
mod pool;
mod program;
mod readable;
mod rows;
mod source;
mod tables;
#[cfg(test)]
mod tests;

pub use error::LowerError;
pub use layout::{CellKind, CellLayout, Column, Layout, ProgramSections, RecordLayout};
pub use playable::playable;
pub use program::{Known, Reader, SIZES as PROGRAM_SIZES};
pub use readable::readable;
pub use tables::{Tables, lower};
