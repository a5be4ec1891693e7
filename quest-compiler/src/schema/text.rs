//! `x-text` and `x-version`: texts that mean something beside what is valid: what people read, and which version they read.

use super::derive::ModelBuilder;
use super::graph::Items;
use super::merged::{Member, MergedSchema};
use super::model::{RecordId, Shape};
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

/// A field that people read: a text, or a list of texts.
#[derive(Clone, Debug)]
pub struct Text {
    pub record: RecordId,
    pub field: usize,
    pub unique: bool,
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

impl ModelBuilder<'_> {
    /// The fields of a record that people read.
    pub(super) fn texts(&mut self, record: RecordId, members: &[Member]) {
        for member in members {
            let view = MergedSchema::of(self.schemas, member.site.schema);
            let mut annotations: Vec<TextAnnotation> = member.site.annotations.text.iter().cloned().collect();
            for node in view.parts.iter().map(|part| self.schemas.get(*part)) {
                annotations.extend(node.annotations.text.clone());
                if let Items::Each(site) = &node.items {
                    annotations.extend(
                        site.annotations.text.clone().or(self
                            .schemas
                            .get(site.schema)
                            .annotations
                            .text
                            .clone()),
                    );
                }
            }
            self.used.extend(annotations.iter().map(|note| note.span));
            let Some(note) = annotations.into_iter().next() else { continue };
            let fields = &self.model.record(record).fields;
            let Some(field) = fields.iter().position(|field| field.json == member.name) else { continue };
            if *fields[field].shape.element() != Shape::Text {
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, "`x-text` stands on a text")
                        .label(note.span, "this is no text")
                        .note(format!(
                            "`{}` is an id, a reference, a value of an `enum`, or no string at all",
                            member.name
                        )),
                );
                continue;
            }
            let TextAnnotation { unique, placeholders, .. } = note;
            self.model.texts.push(Text { record, field, unique, placeholders });
        }
    }

    /// The field of a document that holds its version.
    pub(super) fn versions(&mut self, record: RecordId, members: &[Member]) {
        for member in members {
            let view = MergedSchema::of(self.schemas, member.site.schema);
            let parts = view.parts.iter().filter_map(|part| self.schemas.get(*part).annotations.version);
            let annotations: Vec<Span> = member.site.annotations.version.into_iter().chain(parts).collect();
            self.used.extend(&annotations);
            let Some(span) = annotations.first() else { continue };
            let described = self.model.record(record);
            let text = |field: &super::model::Field| field.json == member.name && field.shape == Shape::Text;
            match described.fields.iter().position(text).filter(|_| described.root) {
                Some(field) => self.model.versions.push((record, field)),
                None => self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, "`x-version` stands on a text of a whole document")
                        .label(*span, "is no such text")
                        .help("write it beside the property of the outermost object that holds the version"),
                ),
            }
        }
    }
}
