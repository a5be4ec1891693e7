//! The texts that players read, and their translations.
//!
//! Comes in: resolved content, and the language files that the manifest names. Goes out: each text with a key that stays the same when it
//! is reworded ([`SourceText`]), the translations of each language ([`Language`]), and diagnostics about both. Must not know tables, and
//! none of the formats that translators' tools exchange.

mod check;

mod key;
mod language;
mod markup;
mod placeholders;
mod source;

pub use check::{Coverage, check};

pub use language::{Entry, Language, LanguageFile, language_file, parent_tag};
pub use markup::tags;
pub use placeholders::{Braces, names};
pub use source::{SourceText, TextPlace, texts};

/// The hash of a source text, as language files write it: a translation belongs to the text with this hash.
pub fn text_hash(text: &str) -> String {
    format!("{:016x}", quest_format::hash(text.as_bytes(), 0))
}
