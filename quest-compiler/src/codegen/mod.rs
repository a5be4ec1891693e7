//! What is written: Rust, the macro index, the pack.
//!
//! Comes in: the model, the layout, the bytes of the tables. Goes out: the contents of files. This stage knows Rust and our
//! file formats; it never sees JSON.

#[cfg(feature = "authoring")]
mod authoring;
mod constants;
mod index;
mod names;
mod pack;
mod rust;

#[cfg(feature = "authoring")]
pub use authoring::authoring;
pub use constants::{Constants, constants};
pub use index::{Index, index};
pub use names::Names;
pub use pack::Fingerprints;
pub use pack::pack;
pub use rust::{Form, rust};
