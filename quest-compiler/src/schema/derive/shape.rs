//! The shape of a value: what a table cell holds for it.

use super::builder::ModelBuilder;
use super::scalars::integer;
use crate::schema::graph::{MergedSchema, SchemaUse, canonical};
use crate::schema::ids::SchemaId;
use crate::schema::model::Shape;
use crate::schema::value::Types;
use std::collections::HashMap;

/// Lists nested deeper than this are kept as JSON text; content cannot be nested deeper either.
const MAX_NESTED_LISTS: usize = 128;

impl ModelBuilder<'_> {
    /// The shape of a value; `name` is for a type that the schema does not name.
    pub(super) fn shape(&mut self, usage: &SchemaUse, name: &str, file_key: bool) -> Shape {
        let schema = canonical(self.schemas, usage.schema);
        let span = self.schemas.get(schema).span;
        if self.open.contains(&schema) {
            self.opaque(span, "this list contains itself");
            return Shape::Json;
        }
        if self.open.len() > MAX_NESTED_LISTS {
            self.opaque(span, "no content can stand in so many lists");
            return Shape::Json;
        }
        self.open.push(schema);
        let shape = self.annotated_shape(usage, schema, name, file_key);
        self.open.pop();
        shape
    }

    /// The shape that `x-json` or `x-short` decides, or else that of the schema.
    fn annotated_shape(&mut self, usage: &SchemaUse, schema: SchemaId, name: &str, file_key: bool) -> Shape {
        let own = &self.schemas.get(schema).annotations;
        let annotations = [&usage.annotations, own];
        self.used.extend(annotations.iter().filter_map(|annotations| annotations.json));
        if annotations.iter().any(|annotations| annotations.json.is_some()) {
            return Shape::Json;
        }
        let merged = MergedSchema::of(self.schemas, schema);
        let shorthands = || annotations.iter().filter_map(|annotations| annotations.shorthand.as_ref());
        self.used.extend(shorthands().map(|property| property.span));
        let Some(shorthand) = shorthands().next() else {
            return self.schema_shape(schema, &merged, name, file_key);
        };
        let shape = self.shorthand(schema, &merged, name, shorthand.span);
        if let (Shape::Record(record), Some(property)) = (&shape, &usage.annotations.shorthand) {
            self.shorthands.insert(*record, property.clone());
        }
        shape
    }

    fn schema_shape(&mut self, schema: SchemaId, merged: &MergedSchema, name: &str, file_key: bool) -> Shape {
        if let Some(shape) = self.union_shape(schema, merged, name, file_key) {
            return shape;
        }
        match intended_types(merged) {
            Types::STRING => match &merged.values {
                Some(values) => self.enumeration(schema, values, name, &HashMap::new()),
                None => Shape::Text,
            },
            Types::BOOLEAN => Shape::Boolean,
            Types::INTEGER => integer(self.schemas, merged),
            Types::NUMBER => Shape::Number,
            Types::OBJECT => self.object(schema, merged, name, file_key),
            Types::ARRAY => self.array(schema, merged, name),
            Types::NONE => Shape::Json,
            types if types.intersects(Types::ARRAY.union(Types::OBJECT)) => {
                self.opaque(self.schemas.get(schema).span, "this value can be of several types");
                Shape::Json
            }
            types => Shape::Scalar(types),
        }
    }

    fn array(&mut self, schema: SchemaId, merged: &MergedSchema, name: &str) -> Shape {
        let span = self.schemas.get(schema).span;
        match &merged.items {
            Some(items) if !merged.tuple => self.list(items, name, span),
            _ => {
                let why = "the elements of this list have no schema of their own, or one for each position";
                self.opaque(span, why);
                Shape::Json
            }
        }
    }
}

/// The types that a schema accepts apart from `null`.
pub(super) fn types_beside_null(merged: &MergedSchema) -> Types {
    merged.types.unwrap_or(Types::ANY).difference(Types::NULL)
}

/// The types that a schema is about, apart from `null`. Without `type`, its other keywords tell.
pub(super) fn intended_types(merged: &MergedSchema) -> Types {
    let is_untyped = merged.types.unwrap_or(Types::ANY) == Types::ANY;
    if is_untyped && (!merged.properties.is_empty() || merged.map_values.is_some()) {
        Types::OBJECT
    } else if is_untyped && merged.items.is_some() {
        Types::ARRAY
    } else {
        types_beside_null(merged)
    }
}
