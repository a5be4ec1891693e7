//! What a run knows once content is checked: all that a stage needs that shows content instead of compiling it.

use super::Resolved;
use crate::diagnostics::Diagnostics;
use crate::schema::{KindId, Model};
use crate::source::Document;
use crate::text::Files;

/// Checked content, with the diagnostics about it.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'c, 'a> {
    pub model: &'c Model,
    pub resolved: &'c Resolved<'a>,
    pub files: &'c Files,
    /// Sorted, with the levels of the project. What `[lints]` says amiss is not among them.
    pub diagnostics: &'c Diagnostics,
    /// The environment variables that paths in the manifest name.
    pub variables: &'c [String],
    /// The schema files, by position among the roots of the model.
    pub roots: &'c [&'c Document],
    /// Their names.
    pub schemas: &'c [String],
    /// The files of registries, with the kinds of their ids.
    pub registries: &'c [(KindId, &'a Document)],
}
