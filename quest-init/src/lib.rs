//! Proposes what questc needs to know about content that exists already.
//!
//! Comes in: content files, with or without schemas. Goes out: a manifest, schemas, an overlay with annotations, and a report. The
//! modules depend only on those before them: `words` (names as words) → `observe` (what is where) → `address` (how overlays call a
//! place) → `kinds` (which places hold ids) → `references` (which refer to them) → `propose`; and `collect` (files as sets) → `infer`
//! (a schema for values) → `overlay`, `manifest` (files as text) → `init`.

mod address;
mod agreement;
mod collect;
mod infer;
mod init;
mod kinds;
mod manifest;
mod observe;
mod overlay;
mod propose;
mod references;
mod words;

pub use agreement::{Agreement, Counts, agreement};
pub use infer::Thresholds;
pub use init::{Error, Options, Outcome, init};
