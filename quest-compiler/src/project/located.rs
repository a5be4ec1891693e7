//! Texts of the manifest.

use crate::text::Span;

/// A text of the manifest and its span.
#[derive(Clone, Debug)]
pub struct Located {
    pub text: String,
    pub span: Span,
}
