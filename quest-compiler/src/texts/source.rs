//! The texts of content that other languages have in other words.

use super::key::Keys;
use crate::check::{Resolved, Row, references};
use crate::schema::{Model, RecordId, Shape, Text};
use crate::source::Node;
use crate::text::{Files, Span};
use std::borrow::Cow;

/// Where a text is: a field of a row, and the element if it is a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TextPlace {
    /// The record type and the number of the row.
    pub row: (RecordId, u32),
    pub field: usize,
    pub element: u32,
}

/// A text that players read.
#[derive(Clone, Debug)]
pub struct SourceText<'m, 'a> {
    /// The path of ids and the properties behind them: `iron-path:find-descent.name`.
    pub key: String,
    pub text: Cow<'a, str>,
    pub span: Span,
    pub place: TextPlace,
    /// What the schema says of it.
    pub spec: &'m Text,
}

impl SourceText<'_, '_> {
    /// What translators should know beside the text: what it belongs to, who says it and where, and what it must keep to. One line each.
    pub fn context(&self, model: &Model, resolved: &Resolved<'_>) -> Vec<String> {
        let row = Row { record: self.place.row.0, row: self.place.row.1 };
        let mut lines = Vec::new();
        lines.extend(self.title(model, resolved, row).map(|title| format!("In: {title}")));
        for (name, what) in [(&self.spec.speaker, "Speaker"), (&self.spec.place, "Place")] {
            let value = name.as_ref().and_then(|name| around(model, resolved, row, name));
            lines.extend(value.map(|value| format!("{what}: {value}")));
        }
        lines.extend(self.spec.max_length.map(|length| format!("At most {length} characters")));
        if let Some(words) = self.spec.placeholders.as_ref().filter(|words| !words.is_empty()) {
            let words: Vec<String> = words.iter().map(|word| format!("{{{word}}}")).collect();
            lines.push(format!("Placeholders: {}", words.join(" ")));
        }
        lines.extend(self.spec.note.clone());
        lines
    }

    /// The titles of the objects around the text, outermost first: texts that are unique, or the first of an object.
    fn title(&self, model: &Model, resolved: &Resolved<'_>, row: Row) -> Option<String> {
        let mut titles = Vec::new();
        for row in std::iter::successors(Some(row), |row| resolved.content.owner(*row)) {
            let texts = || model.texts.iter().filter(|text| text.record == row.record);
            let title = texts().find(|text| text.unique).or_else(|| texts().next());
            let field = title.map(|title| title.field).filter(|field| {
                row.record != self.place.row.0 || row.row != self.place.row.1 || *field != self.place.field
            });
            let node = field.and_then(|field| resolved.content.node(row, field));
            titles.extend(node.and_then(Node::text).map(Cow::into_owned));
        }
        titles.reverse();
        (!titles.is_empty()).then(|| titles.join(" / "))
    }
}

/// The value of a property of an object, or of the nearest object around it that has one.
fn around(model: &Model, resolved: &Resolved<'_>, row: Row, name: &str) -> Option<String> {
    std::iter::successors(Some(row), |row| resolved.content.owner(*row)).find_map(|row| {
        let field = model.field_named(row.record, name)?;
        Some(crate::check::id_text(resolved.content.node(row, field)?)?.into_owned())
    })
}

/// Every text that the schema marks with `x-text`, in the order of the files. Those that are empty, that the
/// schema excepts, or that only a default of the schema says, are left out.
pub fn texts<'m, 'a>(model: &'m Model, resolved: &Resolved<'a>, files: &Files) -> Vec<SourceText<'m, 'a>> {
    let mut keys = Keys::new(model, resolved, files);
    let mut found = Vec::new();
    for spec in model.texts.iter().filter(|spec| !spec.untranslated) {
        let record = &model.record(spec.record).fields[spec.field];
        let is_list = matches!(record.shape, Shape::List(_));
        for row in 0..resolved.content.table(spec.record).len() {
            let at = Row { record: spec.record, row };
            let Some(value) = resolved.content.node(at, spec.field) else { continue };
            for (node, element) in references(value).zip(0..) {
                let Some(text) = node.text().filter(|text| !text.is_empty()) else { continue };
                let key = keys.of(at, spec.field, is_list.then_some(element));
                let place = TextPlace { row: (spec.record, row), field: spec.field, element };
                found.push(SourceText { key, text, span: node.span(), place, spec });
            }
        }
    }
    // Translators read in the order of the files. Keys are given in the order of the schema, so that they do not depend on this one.
    found.sort_by_key(|text| (text.span.file.0, text.span.start, text.place.row.1, text.place.element));
    found
}
