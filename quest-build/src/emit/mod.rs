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
pub(crate) use authoring::authoring;
pub(crate) use constants::{Constants, constants};
pub(crate) use index::{Index, index};
pub(crate) use names::Names;
pub(crate) use pack::Fingerprints;
#[cfg(feature = "tool")]
pub(crate) use pack::pack;
pub(crate) use rust::{Form, rust};
