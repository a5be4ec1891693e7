//! `x-text` as a schema writes it: a text that people read.

use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-text` as it is written.
#[derive(Clone, Debug)]
pub struct TextAnnotation {
    pub span: Span,
    /// No two objects of a kind have the same.
    pub unique: bool,
    /// The words that can stand in braces, if braces mean something.
    pub placeholders: Option<Vec<String>>,
}

/// Reads `x-text`.
pub(super) fn text_note(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<TextAnnotation> {
    let mut note = TextAnnotation { span: value.label(), unique: false, placeholders: None };
    let wrong = |node: Node<'_>, title: &str| {
        Diagnostic::new(&code::ANNOTATION, title).label(node.label(), "cannot be used here")
    };
    match value.kind() {
        NodeKind::True => return Some(note),
        NodeKind::Object => {}
        _ => {
            diagnostics.push(wrong(value, "`x-text` is `true`, or an object such as `{ \"unique\": true }`"));
            return None;
        }
    }
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        match (&*name, item.kind()) {
            ("unique", NodeKind::True | NodeKind::False) => note.unique = item.kind() == NodeKind::True,
            ("unique", _) => diagnostics.push(wrong(item, "`unique` of `x-text` is `true` or `false`")),
            ("placeholders", NodeKind::Array) if item.elements().all(Node::is_text) => {
                let names = item.elements().filter_map(|name| Some(name.text()?.into_owned()));
                note.placeholders = Some(names.collect::<Vec<_>>());
            }
            ("placeholders", _) => {
                diagnostics.push(wrong(item, "`placeholders` of `x-text` is a list of words"));
            }
            _ => diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`x-text` has no field `{name}`"))
                    .label(key.span(), "not known")
                    .maybe_help(did_you_mean(&name, ["unique", "placeholders"].into_iter())),
            ),
        }
    }
    Some(note)
}
