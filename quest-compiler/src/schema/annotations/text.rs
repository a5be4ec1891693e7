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
    /// Other languages have the text as it is.
    pub untranslated: bool,
    /// What translators should know.
    pub note: Option<String>,
    /// The property that says who speaks.
    pub speaker: Option<String>,
    /// The property that says where it is said.
    pub place: Option<String>,
}

const FIELDS: [&str; 6] = ["unique", "placeholders", "translate", "note", "speaker", "place"];

/// Reads `x-text`.
pub(super) fn text(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<TextAnnotation> {
    let mut annotation = TextAnnotation {
        span: value.label(),
        unique: false,
        placeholders: None,
        untranslated: false,
        note: None,
        speaker: None,
        place: None,
    };
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
            "translate" => match item.boolean() {
                Some(translate) => annotation.untranslated = !translate,
                None => diagnostics.push(invalid(item, "`translate` of `x-text` is `true` or `false`")),
            },
            "note" => annotation.note = words("note", "a text", item, diagnostics),
            "speaker" => annotation.speaker = words("speaker", "the name of a property", item, diagnostics),
            "place" => annotation.place = words("place", "the name of a property", item, diagnostics),
            _ => diagnostics.push(unknown_field("x-text", key, &FIELDS)),
        }
    }
    Some(annotation)
}

/// A field that is a text.
fn words(field: &str, what: &str, value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let text = value.text().filter(|text| !text.is_empty());
    if text.is_none() {
        diagnostics.push(invalid(value, &format!("`{field}` of `x-text` is {what}")));
    }
    Some(text?.into_owned())
}
