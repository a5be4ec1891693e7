//! What certainly was meant: one text in a content file that is to be another.

use crate::text::Span;

/// A text, and what it should be. Only what is certain is a fix; everything else is a help line.
#[derive(Clone, Debug)]
pub struct Fix {
    /// Where the text stands, with its quotes if it has some.
    pub span: Span,
    /// The text, as it is read.
    pub written: String,
    /// What should stand there.
    pub instead: String,
}
