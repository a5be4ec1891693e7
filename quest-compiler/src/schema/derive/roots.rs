//! What whole documents are.

use super::builder::{ModelBuilder, Pending, field_of};
use crate::schema::annotations::Annotations;
use crate::schema::graph::SchemaUse;
use crate::schema::ids::{RecordId, SchemaId};
use crate::schema::model::{Origin, Shape};

/// Whether a title will do as the name of a type.
fn short(title: &str) -> bool {
    let words = title.split_whitespace().count();
    (1..=3).contains(&words) && title.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-')
}

impl ModelBuilder<'_> {
    /// What a document is.
    pub(super) fn root(&mut self, schema: SchemaId, file: &str) -> Shape {
        let shape = self.root_shape(schema, file);
        // Objects of which each is one record have the name in a field of their own.
        let node = self.schemas.get(schema);
        let Some(key) = node.annotations.key.as_ref().filter(|key| key.file) else { return shape };
        if self.used.contains(&key.span) || matches!(shape, Shape::Record(_)) {
            return shape;
        }
        // What is no object, or one of several, stands in a row that has the name of the file.
        let name =
            node.annotations.title.clone().filter(|title| short(title)).unwrap_or_else(|| file.to_owned());
        let noun = key.kind.rsplit('.').next().unwrap_or(&key.kind);
        let kind_name = noun.to_owned();
        let id = self.new_record(schema, None, &format!("{name} file"), &Annotations::default());
        let same = |name: &str| {
            heck::ToKebabCase::to_kebab_case(name) == heck::ToKebabCase::to_kebab_case(kind_name.as_str())
        };
        let taken = self.model.records.iter().any(|record| same(&record.name))
            || self.model.unions.iter().any(|union| same(&union.name));
        let record = &mut self.model.records[id.0 as usize];
        record.named = true;
        record.root = true;
        record.name = if taken { format!("{name} file") } else { kind_name };
        record.description = Some("A file, known by its name.".to_owned());
        self.file_key(id);
        let mut field = field_of("value", Origin::Element, node.span, shape);
        field.description = Some("What stands in the file.".to_owned());
        self.model.records[id.0 as usize].fields.push(field);
        Shape::Record(id)
    }

    pub(super) fn root_shape(&mut self, schema: SchemaId, file: &str) -> Shape {
        let node = self.schemas.get(schema);
        let name =
            node.annotations.title.clone().filter(|title| short(title)).unwrap_or_else(|| file.to_owned());
        let site = SchemaUse { schema, annotations: std::sync::Arc::clone(&node.annotations) };
        let file_key = node.annotations.key.as_ref().is_some_and(|key| key.file);
        let shape = self.shape(&site, &name, file_key);
        let records: Vec<RecordId> = match &shape {
            Shape::Record(record) | Shape::Map(record) => vec![*record],
            Shape::Union(union) => {
                self.model.union(*union).variants.iter().map(|(_, record)| *record).collect::<Vec<_>>()
            }
            Shape::List(element) => match **element {
                Shape::Record(record) => vec![record],
                Shape::Union(union) => {
                    self.model.union(union).variants.iter().map(|(_, record)| *record).collect::<Vec<_>>()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        if !records.is_empty() {
            for record in records {
                self.model.records[record.0 as usize].root = true;
            }
            return shape;
        }
        // Whatever it is, a document is kept: as a row with its text.
        let record = self.new_record(schema, None, &name, &node.annotations);
        self.model.records[record.0 as usize].root = true;
        self.pending.push(Pending { record, map: None, file_key });
        self.opaque(node.span, "the documents of this schema have no properties that it names");
        Shape::Record(record)
    }
}
