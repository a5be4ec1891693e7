//! The ids in registry files.

use crate::diagnostics::{Diagnostic, code};
use crate::source::{Document, Node, NodeKind};
use crate::text::Span;

/// Entries without an id that one file may show.
const MOST: usize = 5;

const FORMS: &str = "a registry is a list of ids (`[\"hero\", \"villain\"]`), a list of objects with an `id` \
     (`[{ \"id\": \"hero\" }]`), or an object whose property names are the ids (`{ \"hero\": { } }`)";

/// The ids in a list that is a property of an object, where the list alone would be the registry.
fn wrapped<'a>(root: Node<'a>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Node<'a>>> {
    let mut lists = root.properties().filter(|(_, value)| value.kind() == NodeKind::Array);
    let (key, list) = lists.next()?;
    let scalar = |value: Node<'_>| !matches!(value.kind(), NodeKind::Array | NodeKind::Object);
    let alone = root.properties().all(|(other, value)| other.at() == key.at() || scalar(value));
    let id = |element: Node<'a>| match element.kind() {
        NodeKind::Object => element.get("id").filter(|id| id.is_text() || id.integer().is_some()),
        _ => Some(element).filter(|element| element.is_text()),
    };
    let ids: Vec<Node<'a>> = list.elements().filter_map(id).collect();
    if !alone || lists.next().is_some() || ids.is_empty() || root.broken() {
        return None;
    }
    let name = key.text().unwrap_or_default();
    diagnostics.push(
        Diagnostic::new(&code::WRONG_TYPE, format!("the ids of this registry are inside of `{name}`"))
            .label(key.span(), format!("`{name}` would be the id"))
            .help("write the list alone, without the object around it")
            .note(FORMS),
    );
    Some(ids)
}

/// The ids in a registry file. Entries without one are added to `without_id`.
pub fn registry_ids<'a>(
    document: &'a Document,
    without_id: &mut Vec<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Node<'a>> {
    let Some(root) = document.root() else { return Vec::new() };
    match root.kind() {
        NodeKind::Object => {
            if let Some(ids) = wrapped(root, diagnostics) {
                return ids;
            }
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
            without_id.push(element.span());
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
