//! The compiler between a game's quest content and its Rust code, as a library.
//!
//! Games use `quest-build`, people use `questc`; both run this crate. Its interface is not stable: the crates of one release are
//! pinned to each other.
//!
//! The folders are the pipeline: `project` (manifest and files) → `source` (JSON with places) → `schema` (graph and model) → `check`
//! (validate, resolve) → `lower` (tables) → `codegen` (Rust, index, pack); every stage reports to `diagnostics`. `docs/architecture.md`
//! says what each may know.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "the documentation is for those who work on the crate, with --document-private-items"
)]
#![allow(
    missing_docs,
    reason = "the interface of this crate is not stable; names of fields and variants say what they hold"
)]

pub mod analysis;
pub mod check;
pub mod codegen;
pub mod compat;
pub mod diagnostics;
pub mod driver;
pub mod editor;
pub mod lint;
pub mod lower;
pub mod names;
mod narrow;
pub mod pages;
mod parallel;
pub mod play;
pub mod project;
pub mod schema;
pub mod source;
#[cfg(test)]
mod testing;
pub mod text;
pub mod texts;
