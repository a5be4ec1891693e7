//! What a run knows once content is checked: all that a stage needs that shows content instead of compiling it.

use super::Resolved;
use crate::diagnose::Findings;
use crate::schema::{KindId, Model};
use crate::source::{Document, Files};

/// Checked content, with the findings about it.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "doc"), allow(dead_code, reason = "nobody looks at all of it then"))]
pub(crate) struct Checked<'c, 'a> {
    pub(crate) model: &'c Model,
    pub(crate) resolved: &'c Resolved<'a>,
    pub(crate) files: &'c Files,
    /// Sorted, with the levels of the project. What `[lints]` says amiss is not among them.
    pub(crate) findings: &'c Findings,
    /// The environment variables that paths in the manifest name.
    pub(crate) variables: &'c [String],
    /// The schema files, by position among the roots of the model.
    pub(crate) roots: &'c [&'c Document],
    /// Their names.
    pub(crate) schemas: &'c [String],
    /// The files of registries, with the kinds of their ids.
    pub(crate) registries: &'c [(KindId, &'a Document)],
}
