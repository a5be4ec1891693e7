//! `x-text` and `x-version`: texts that mean something beside what is valid: what people read, and which version they read.

use super::graph::Items;
use super::model::{RecordId, Shape};
use super::shape::Shaper;
use super::view::{Member, View};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Kind, Node, Span};

/// `x-text` as it is written.
#[derive(Clone, Debug)]
pub struct TextNote {
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
pub(super) fn text_note(value: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<TextNote> {
    let mut note = TextNote { span: value.label(), unique: false, placeholders: None };
    let wrong = |node: Node<'_>, title: &str| {
        Diagnostic::new(&code::ANNOTATION, title).label(node.label(), "can not be used here")
    };
    match value.kind() {
        Kind::True => return Some(note),
        Kind::Object => {}
        _ => {
            findings.push(wrong(value, "`x-text` is `true`, or an object such as `{ \"unique\": true }`"));
            return None;
        }
    }
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        match (&*name, item.kind()) {
            ("unique", Kind::True | Kind::False) => note.unique = item.kind() == Kind::True,
            ("unique", _) => findings.push(wrong(item, "`unique` of `x-text` is `true` or `false`")),
            ("placeholders", Kind::Array) if item.elements().all(Node::is_text) => {
                let names = item.elements().filter_map(|name| Some(name.text()?.into_owned()));
                note.placeholders = Some(names.collect::<Vec<_>>());
            }
            ("placeholders", _) => {
                findings.push(wrong(item, "`placeholders` of `x-text` is a list of words"));
            }
            _ => findings.push(
                Diagnostic::new(&code::ANNOTATION, format!("`x-text` has no field `{name}`"))
                    .label(key.span(), "not known")
                    .maybe_help(did_you_mean(&name, ["unique", "placeholders"].into_iter())),
            ),
        }
    }
    Some(note)
}

impl Shaper<'_> {
    /// The fields of a record that people read.
    pub(super) fn texts(&mut self, record: RecordId, members: &[Member]) {
        for member in members {
            let view = View::of(self.schemas, member.site.schema);
            let mut notes: Vec<TextNote> = member.site.notes.text.iter().cloned().collect();
            for node in view.parts.iter().map(|part| self.schemas.get(*part)) {
                notes.extend(node.notes.text.clone());
                if let Items::Each(site) = &node.items {
                    notes
                        .extend(site.notes.text.clone().or(self.schemas.get(site.schema).notes.text.clone()));
                }
            }
            self.used.extend(notes.iter().map(|note| note.span));
            let Some(note) = notes.into_iter().next() else { continue };
            let fields = &self.model.record(record).fields;
            let Some(field) = fields.iter().position(|field| field.json == member.name) else { continue };
            if *fields[field].shape.element() != Shape::Text {
                self.findings.push(
                    Diagnostic::new(&code::ANNOTATION, "`x-text` stands on a text")
                        .label(note.span, "this is no text")
                        .note(format!(
                            "`{}` is an id, a reference, a value of an `enum`, or no string at all",
                            member.name
                        )),
                );
                continue;
            }
            let TextNote { unique, placeholders, .. } = note;
            self.model.texts.push(Text { record, field, unique, placeholders });
        }
    }

    /// The field of a document that holds its version.
    pub(super) fn versions(&mut self, record: RecordId, members: &[Member]) {
        for member in members {
            let view = View::of(self.schemas, member.site.schema);
            let parts = view.parts.iter().filter_map(|part| self.schemas.get(*part).notes.version);
            let notes: Vec<Span> = member.site.notes.version.into_iter().chain(parts).collect();
            self.used.extend(&notes);
            let Some(span) = notes.first() else { continue };
            let described = self.model.record(record);
            let text = |field: &super::model::Field| field.json == member.name && field.shape == Shape::Text;
            match described.fields.iter().position(text).filter(|_| described.root) {
                Some(field) => self.model.versions.push((record, field)),
                None => self.findings.push(
                    Diagnostic::new(&code::ANNOTATION, "`x-version` stands on a text of a whole document")
                        .label(*span, "is no such text")
                        .help("write it beside the property of the outermost object that holds the version"),
                ),
            }
        }
    }
}
