//! Lints: content that is valid and resolves, but is most likely a mistake. One file for each lint.
//!
//! Comes in: [`Resolved`] and the model. Goes out: diagnostics whose levels a project can set. A lint knows annotations and never
//! the properties of a certain schema, which declares rules of its own as [`x-rules`](schema_rules). Tainted objects are skipped, and so
//! are lints that cannot report anything.

mod deceptive_ids;
mod names_itself;
mod placeholder;
mod same_name;
mod schema_rules;
mod set_and_tested;
mod similar_ids;
mod texts;
mod unused;
mod white_space;

use crate::check::{Resolved, Tainted, Unread};
use crate::diagnostics::{Code, Diagnostic, Level};
use crate::schema::{Model, Schemas};
use crate::source::Document;
use crate::text::FileId;
use std::cell::OnceCell;
use std::collections::HashSet;

pub use schema_rules::examples;

/// The context of every lint.
struct Lint<'l, 'a> {
    model: &'l Model,
    schemas: &'l Schemas,
    resolved: &'l Resolved<'a>,
    tainted: &'l Tainted,
    unread: &'l Unread<'l>,
    /// The words in files with syntax errors.
    unread_words: OnceCell<HashSet<&'l str>>,
    wanted: &'l Wanted<'l>,
}

/// Whether diagnostics of a code, or of a lint of a schema, with this level by default, can be reported at all.
type Wanted<'w> = dyn Fn(&Code, Option<&str>, Level) -> bool + 'w;

impl Lint<'_, '_> {
    /// Whether diagnostics of a code can be reported at all.
    fn wants(&self, code: &Code) -> bool {
        (self.wanted)(code, None, code.level)
    }

    /// Whether a file with syntax errors may refer to an id.
    fn may_be_named(&self, id: &str) -> bool {
        let inner = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_');
        let texts = &self.unread.content;
        if self.unread.lost.may_name(id) {
            return true;
        }
        if !id.chars().all(inner) {
            return texts.iter().any(|text| text.contains(id));
        }
        let words = || texts.iter().flat_map(|text| text.split(move |char| !inner(char))).collect();
        self.unread_words.get_or_init(words).contains(id)
    }
}

/// Runs all lints.
pub fn lint(
    model: &Model,
    schemas: &Schemas,
    resolved: &Resolved<'_>,
    tainted: &Tainted,
    unread: &Unread<'_>,
    wanted: &Wanted<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let lint = Lint { model, schemas, resolved, tainted, unread, unread_words: OnceCell::new(), wanted };
    texts::report(&lint, diagnostics);
    similar_ids::report(&lint, diagnostics);
    deceptive_ids::report(&lint, diagnostics);
    unused::report(&lint, diagnostics);
    set_and_tested::report(&lint, diagnostics);
    names_itself::report(&lint, diagnostics);
    schema_rules::report(&lint, diagnostics);
}

/// The document of a file.
fn document<'d>(documents: &[&'d Document], file: FileId) -> Option<&'d Document> {
    documents.iter().copied().find(|document| document.file == file)
}
