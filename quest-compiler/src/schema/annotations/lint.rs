//! `x-lint`: the name and level of what the keywords beside it report.

use super::fields::invalid;
use crate::diagnostics::{Diagnostic, Level};
use crate::source::Node;
use crate::text::Span;

/// `x-lint`.
#[derive(Clone, Debug)]
pub struct Lint {
    pub name: String,
    pub level: Level,
    pub span: Span,
}

/// Reads `x-lint`.
pub(super) fn lint(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Lint> {
    let name = value.get("name").and_then(Node::text);
    let level = value.get("level").map(|level| level.text().and_then(|word| Level::named(&word)));
    let known = value.properties().all(|(key, _)| matches!(key.plain(), Some("name" | "level")));
    match (name, level.unwrap_or(Some(Level::Warn))) {
        (Some(name), Some(level)) if known => {
            Some(Lint { name: name.into_owned(), level, span: value.label() })
        }
        _ => {
            diagnostics.push(
                invalid(value, "`x-lint` has a name and a level")
                    .help("write `{ \"name\": \"portals-id\", \"level\": \"warn\" }`; the levels are `allow`, `warn` and `deny`"),
            );
            None
        }
    }
}
