//! The ids in registry files.

use super::select::{Missed, PathSegment, select};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Document, Node, NodeKind};
use crate::text::Span;

/// A file with ids of one kind.
#[derive(Debug)]
pub struct RegistryFile {
    pub kind: String,
    pub document: Document,
    /// Where in the file the ids are.
    at: Vec<PathSegment>,
    /// What the place must be, if its path says so.
    form: Option<PathSegment>,
}

impl RegistryFile {
    /// `items[]` names the entries, and `items` the list of them: both mean one registry.
    pub(super) fn new(kind: &str, document: Document, at: &[PathSegment]) -> Self {
        let (form, at) = match at.split_last() {
            Some((last @ (PathSegment::Elements | PathSegment::Values), rest)) => (Some(last.clone()), rest),
            _ => (None, at),
        };
        Self { kind: kind.to_owned(), document, at: at.to_vec(), form }
    }

    /// The lists and maps of ids in the file.
    pub fn roots(&self) -> Vec<Node<'_>> {
        self.select().0
    }

    fn select(&self) -> (Vec<Node<'_>>, Vec<Missed<'_>>) {
        let Some(root) = self.document.root() else { return Default::default() };
        let (found, mut missed) = select(root, &self.at);
        let Some(form) = &self.form else { return (found, missed) };
        let wanted = if *form == PathSegment::Elements { NodeKind::Array } else { NodeKind::Object };
        let (roots, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|node| node.kind() == wanted);
        missed.extend(others.into_iter().map(|node| (node, form.clone())));
        (roots, missed)
    }
}

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
            .help(format!("say where they are, with `at = \"{name}\"` beside `file` in the manifest, or write the list alone"))
            .note(FORMS),
    );
    Some(ids)
}

/// The ids in a registry file. Entries without one are added to `without_id`.
pub fn registry_ids<'a>(
    file: &'a RegistryFile,
    without_id: &mut Vec<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Node<'a>> {
    let (roots, missed) = file.select();
    for (node, step) in missed.into_iter().filter(|_| !file.document.broken).take(MOST) {
        diagnostics.push(nothing_there(node, &step));
    }
    let whole = file.at.is_empty() && file.form.is_none();
    roots.into_iter().flat_map(|root| ids_of(root, whole, without_id, diagnostics)).collect()
}

fn nothing_there(node: Node<'_>, step: &PathSegment) -> Diagnostic {
    let (label, help) = match step {
        PathSegment::Property(name) => {
            let keys: Vec<_> = node.properties().filter_map(|(key, _)| key.text()).collect();
            let help = did_you_mean(name, keys.iter().map(|key| &**key));
            (format!("this has no `{name}`"), help)
        }
        PathSegment::Elements => ("this is no list".to_owned(), None),
        PathSegment::Values => ("this is no map".to_owned(), None),
    };
    Diagnostic::new(&code::NO_DOCUMENT, "the ids of this registry are not where its `at` says")
        .label(node.label(), label)
        .maybe_help(help)
}

/// The ids in a list or map; `whole` if it is a file.
fn ids_of<'a>(
    root: Node<'a>,
    whole: bool,
    without_id: &mut Vec<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Node<'a>> {
    match root.kind() {
        NodeKind::Object => {
            if let Some(ids) = whole.then(|| wrapped(root, diagnostics)).flatten() {
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
