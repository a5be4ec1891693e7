//! Code generation: Rust, the index of ids that macros read, and the pack.
//!
//! The model, its names, the layout, the ids and the bytes of the tables come in. The contents of files go out. This stage knows Rust and
//! the formats of files; it must not know content, and it reports no diagnostics: everything that could go wrong has been checked before.

#[cfg(feature = "authoring")]
mod authoring;
mod index;
mod pack;
mod rust;

#[cfg(feature = "authoring")]
pub use authoring::authoring;
pub use index::{Index, index};
pub use pack::{Fingerprints, language_pack, pack};
pub use rust::{Form, RustInput, rust};
