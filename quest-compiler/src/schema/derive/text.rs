//! `x-text` and `x-version`: the fields that people read, and the field that holds the version of a document.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::TextAnnotation;
use crate::schema::graph::{Items, MergedProperty, MergedSchema};
use crate::schema::ids::RecordId;
use crate::schema::model::{Shape, Text};
use crate::text::Span;

impl ModelBuilder<'_> {
    /// Derives the fields of a record that people read.
    pub(super) fn texts(&mut self, record: RecordId, properties: &[MergedProperty]) {
        for property in properties {
            let annotations = self.text_annotations(property);
            self.used.extend(annotations.iter().map(|annotation| annotation.span));
            let Some(annotation) = annotations.into_iter().next() else { continue };
            let TextAnnotation { span, unique, placeholders, untranslated, note, speaker, place } =
                annotation;
            let fields = &self.model.record(record).fields;
            let Some(field) = fields.iter().position(|field| field.json == *property.name) else { continue };
            if *fields[field].shape.element() == Shape::Text {
                let max_length = self.max_length(property);
                let text = Text {
                    record,
                    field,
                    unique,
                    placeholders,
                    untranslated,
                    max_length,
                    note,
                    speaker,
                    place,
                };
                self.model.texts.push(text);
                continue;
            }
            let note = format!(
                "`{}` is an id, a reference, a value of an `enum`, or no string at all",
                property.name
            );
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, "`x-text` stands on a text")
                    .label(span, "this is no text")
                    .note(note),
            );
        }
    }

    /// The annotations of a property, and of the elements if it is a list; the first counts.
    fn text_annotations(&self, property: &MergedProperty) -> Vec<TextAnnotation> {
        let mut annotations: Vec<TextAnnotation> = property.usage.annotations.text.iter().cloned().collect();
        for part in MergedSchema::of(self.schemas, property.usage.schema).parts {
            let node = self.schemas.get(part);
            annotations.extend(node.annotations.text.clone());
            if let Items::Each(items) = &node.items {
                let own = &self.schemas.get(items.schema).annotations.text;
                annotations.extend(items.annotations.text.clone().or_else(|| own.clone()));
            }
        }
        annotations
    }

    /// The most characters of a property, or of the elements if it is a list.
    fn max_length(&self, property: &MergedProperty) -> Option<u64> {
        let merged = MergedSchema::of(self.schemas, property.usage.schema);
        let nodes = merged.parts.into_iter().map(|part| self.schemas.get(part));
        let lengths = nodes.flat_map(|node| match &node.items {
            Items::Each(items) => [node.max_length, self.schemas.get(items.schema).max_length],
            _ => [node.max_length, None],
        });
        lengths.flatten().min()
    }

    /// Derives the field of a document that holds its version.
    pub(super) fn versions(&mut self, record: RecordId, properties: &[MergedProperty]) {
        for property in properties {
            let parts = MergedSchema::of(self.schemas, property.usage.schema).parts;
            let of_parts = parts.iter().filter_map(|part| self.schemas.get(*part).annotations.version);
            let spans: Vec<Span> = property.usage.annotations.version.into_iter().chain(of_parts).collect();
            self.used.extend(&spans);
            let Some(span) = spans.first() else { continue };
            let owner = self.model.record(record);
            let mut fields = owner.fields.iter();
            let field = fields.position(|field| field.json == *property.name && field.shape == Shape::Text);
            match field.filter(|_| owner.root) {
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
