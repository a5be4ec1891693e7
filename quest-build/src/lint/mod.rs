//! What is valid, resolves, and is still most likely not meant: one file for each rule.
//!
//! Comes in: [`Resolved`] and the model. Goes out: findings whose level a project sets as it likes. A rule knows annotations and never
//! the properties of a certain schema: what only one schema can know stands in that schema, as [`x-rules`](rules). Objects that have
//! errors are passed over, and what a project does not want to hear of is not looked for.

mod names_itself;
mod placeholder;
mod rules;
mod same_name;
mod set_and_tested;
mod similar_ids;
mod texts;
mod unused;
mod white_space;

use crate::check::{Mistakes, Resolved};
use crate::diagnose::{Code, Diagnostic, Level};
use crate::schema::{Model, Schemas};
use crate::source::{Document, FileId};

pub(crate) use rules::examples;

/// What every rule is given.
struct Lint<'l, 'a> {
    model: &'l Model,
    schemas: &'l Schemas,
    resolved: &'l Resolved<'a>,
    mistakes: &'l Mistakes,
    wanted: &'l Wanted<'l>,
}

/// Whether findings of a code, or of a lint of a schema, with this level by default, can be reported at all.
type Wanted<'w> = dyn Fn(&Code, Option<&str>, Level) -> bool + 'w;

impl Lint<'_, '_> {
    /// Whether findings of a code can be reported at all.
    fn wants(&self, code: &Code) -> bool {
        (self.wanted)(code, None, code.level)
    }

    /// Whether a file could not be read as a whole, so that what seems to be missing may stand in it.
    fn broken(&self) -> bool {
        self.resolved.content.documents.iter().any(|document| document.broken)
    }
}

/// Reports what the rules find.
pub(crate) fn lint(
    model: &Model,
    schemas: &Schemas,
    resolved: &Resolved<'_>,
    mistakes: &Mistakes,
    wanted: &Wanted<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let lint = Lint { model, schemas, resolved, mistakes, wanted };
    texts::report(&lint, findings);
    similar_ids::report(&lint, findings);
    unused::report(&lint, findings);
    set_and_tested::report(&lint, findings);
    names_itself::report(&lint, findings);
    rules::report(&lint, findings);
}

/// The document of a file.
fn document<'d>(documents: &[&'d Document], file: FileId) -> Option<&'d Document> {
    documents.iter().copied().find(|document| document.file == file)
}
