//! The ids in registry files.

use crate::diagnostics::{Diagnostic, code};
use crate::source::{Document, Node, NodeKind};

/// Entries without an id that one file may show.
const MOST: usize = 5;

const FORMS: &str = "a registry is a list of ids (`[\"hero\", \"villain\"]`), a list of objects with an `id` \
     (`[{ \"id\": \"hero\" }]`), or an object whose property names are the ids (`{ \"hero\": { } }`)";

/// The ids in a registry file.
pub fn registry_ids<'a>(document: &'a Document, diagnostics: &mut Vec<Diagnostic>) -> Vec<Node<'a>> {
    let Some(root) = document.root() else { return Vec::new() };
    match root.kind() {
        NodeKind::Object => {
            return root.properties().map(|(name, _)| name).filter(|name| name.is_text()).collect::<Vec<_>>();
        }
        NodeKind::Array => {}
        NodeKind::Invalid => return Vec::new(),
        _ => {
            diagnostics.push(
                Diagnostic::new(&code::WRONG_TYPE, "this is not a registry")
                    .label(root.label(), "neither a list nor an object")
                    .help(FORMS),
            );
            return Vec::new();
        }
    }
    let mut ids = Vec::new();
    let mut wrong = Vec::new();
    for element in root.elements() {
        let (node, label) = match element.kind() {
            NodeKind::Invalid => continue,
            NodeKind::Object => match element.get("id") {
                Some(id) => (id, "the `id` is neither a string nor a whole number"),
                None => (element, "this object has no `id`"),
            },
            _ => (element, "neither a string, a whole number nor an object with an `id`"),
        };
        if node.is_text() || node.integer().is_some() {
            ids.push(node);
        } else if node.kind() != NodeKind::Invalid {
            wrong.push((node.label(), label));
        }
    }
    let count = wrong.len();
    for (index, (span, label)) in wrong.into_iter().take(MOST).enumerate() {
        let mut diagnostic = Diagnostic::new(&code::WRONG_TYPE, "an entry of a registry without an id")
            .label(span, label)
            .help(FORMS);
        if index + 1 == MOST && count > MOST {
            diagnostic = diagnostic.note(format!("{} more entries of this file have no id", count - MOST));
        }
        diagnostics.push(diagnostic);
    }
    ids
}
