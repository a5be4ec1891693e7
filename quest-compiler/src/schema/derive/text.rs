//! `x-text` and `x-version`: the fields that people read, and the field that holds the version of a document.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::TextAnnotation;
use crate::schema::graph::{Items, Member, MergedSchema};
use crate::schema::ids::RecordId;
use crate::schema::model::{Field, Shape, Text};
use crate::text::Span;

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
            let text = |field: &Field| field.json == member.name && field.shape == Shape::Text;
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
