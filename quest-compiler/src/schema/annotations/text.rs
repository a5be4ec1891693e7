//! `x-text` as a schema writes it: a text that people read.

use super::fields::{invalid, unknown_field};
use crate::diagnostics::Diagnostic;
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-text`.
#[derive(Clone, Debug)]
pub struct TextAnnotation {
    pub span: Span,
    /// No two objects of a kind have the same text.
    pub unique: bool,
    /// The words that may appear in braces; `None` if braces are plain characters.
    pub placeholders: Option<Vec<String>>,
}

/// Reads `x-text`.
pub(super) fn text(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<TextAnnotation> {
    let mut annotation = TextAnnotation { span: value.label(), unique: false, placeholders: None };
    match value.kind() {
        NodeKind::True => return Some(annotation),
        NodeKind::Object => {}
        _ => {
            let title = "`x-text` is `true`, or an object such as `{ \"unique\": true }`";
            diagnostics.push(invalid(value, title));
            return None;
        }
    }
    for (key, item) in value.properties() {
        match &*key.text().unwrap_or_default() {
            "unique" => match item.boolean() {
                Some(unique) => annotation.unique = unique,
                None => diagnostics.push(invalid(item, "`unique` of `x-text` is `true` or `false`")),
            },
            "placeholders" if item.kind() == NodeKind::Array && item.elements().all(Node::is_text) => {
                let words = item.elements().filter_map(|word| Some(word.text()?.into_owned()));
                annotation.placeholders = Some(words.collect());
            }
            "placeholders" => {
                diagnostics.push(invalid(item, "`placeholders` of `x-text` is a list of words"));
            }
            _ => diagnostics.push(unknown_field("x-text", key, &["unique", "placeholders"])),
        }
    }
    Some(annotation)
}
