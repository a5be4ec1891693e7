//! Whole documents: a document becomes one record, or several that are told apart.

use super::builder::{ModelBuilder, PendingRecord, plain_field};
use crate::schema::graph::{SchemaNode, SchemaUse};
use crate::schema::ids::SchemaId;
use crate::schema::model::{Origin, Shape};
use heck::ToKebabCase;
use std::sync::Arc;

impl ModelBuilder<'_> {
    /// The shape of the documents of a schema; `file` is the name of the schema's file.
    pub(super) fn root(&mut self, schema: SchemaId, file: &str) -> Shape {
        let node = self.schemas.get(schema);
        let name = root_name(node, file);
        let shape = self.root_shape(schema, &name);
        // A document that is one object has the name of its file in a field of its own.
        let Some(key) = node.annotations.key.as_ref().filter(|key| key.file) else { return shape };
        if self.used.contains(&key.span) || matches!(shape, Shape::Record(_)) {
            return shape;
        }
        let noun = key.kind.rsplit('.').next().unwrap_or(&key.kind);
        self.file_row(schema, &name, noun, shape)
    }

    /// A record for files that are no object, or one of several: it has the name of the file, and the content as a field.
    fn file_row(&mut self, schema: SchemaId, name: &str, noun: &str, content: Shape) -> Shape {
        let default_name = format!("{name} file");
        let id = self.named_record(schema, None, &default_name, &Default::default());
        let kebab = noun.to_kebab_case();
        let taken = self.is_record_name(noun)
            || self.model.unions.iter().any(|union| union.name.to_kebab_case() == kebab);
        self.rename_record(id, if taken { default_name } else { noun.to_owned() });
        let record = self.record_mut(id);
        record.named = true;
        record.root = true;
        record.description = Some("A file, known by its name.".to_owned());
        self.file_key(id);
        let span = self.schemas.get(schema).span;
        self.add_field(id, plain_field("value", Origin::Element, span, content, "The content of the file."));
        Shape::Record(id)
    }

    fn root_shape(&mut self, schema: SchemaId, name: &str) -> Shape {
        let node = self.schemas.get(schema);
        let usage = SchemaUse { schema, annotations: Arc::clone(&node.annotations) };
        let file_key = node.annotations.key.as_ref().is_some_and(|key| key.file);
        let shape = self.shape(&usage, name, file_key);
        let records = self.model.records_in(&shape);
        if !records.is_empty() {
            for record in records {
                self.record_mut(record).root = true;
            }
            return shape;
        }
        // A document that is no object is still kept: as a row with its text.
        let record = self.named_record(schema, None, name, &node.annotations);
        self.record_mut(record).root = true;
        self.pending.push(PendingRecord { record, map: None, file_key });
        self.opaque(node.span, "the documents of this schema have no properties that it names");
        Shape::Record(record)
    }
}

/// The title of a schema if it will do as the name of a type, else the name of its file.
fn root_name(node: &SchemaNode, file: &str) -> String {
    let is_type_name = |title: &&String| {
        let words = title.split_whitespace().count();
        (1..=3).contains(&words) && title.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-')
    };
    node.annotations.title.as_ref().filter(is_type_name).map_or(file, String::as_str).to_owned()
}
