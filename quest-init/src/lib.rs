//! Proposes what questc needs to know about content that exists already.
//!
//! The modules depend only on those before them: `words` (names as words) → `observe` (what is where) → `address` (how overlays call
//! a place) → `kinds` (which places hold ids) → `references` (which refer to them) → `propose`.

mod address;
mod agreement;
mod kinds;
mod observe;
mod propose;
mod references;
mod words;

pub use agreement::{Agreement, Counts, agreement};
pub use propose::{Proposals, Proposed};

use quest_compiler::driver::{Loaded, Request};
use std::path::Path;

/// Proposes annotations for a project with a manifest; `None` if the manifest or a schema cannot be used.
pub fn annotations(manifest: &Path) -> Option<Proposals> {
    let loaded = Loaded::read(&Request::check(manifest), &mut |_| ());
    let project = loaded.project.as_ref()?;
    propose::propose(project, &loaded.files)
}
