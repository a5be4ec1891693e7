//! The shape of a value.

use super::builder::ModelBuilder;
use super::scalars::integer;
use crate::schema::graph::{MergedSchema, SchemaUse, canonical};
use crate::schema::ids::SchemaId;
use crate::schema::model::Shape;
use crate::schema::value::Types;
use std::collections::HashMap;

/// Lists in each other. Content cannot stand deeper.
const MOST_LISTS: usize = 128;

impl ModelBuilder<'_> {
    /// The shape of a value; `place` names what has no name of its own.
    pub(super) fn shape(&mut self, site: &SchemaUse, place: &str, file_key: bool) -> Shape {
        let schema = canonical(self.schemas, site.schema);
        if self.open.contains(&schema) {
            self.opaque(self.schemas.get(schema).span, "this list contains itself");
            return Shape::Json;
        }
        if self.open.len() > MOST_LISTS {
            self.opaque(self.schemas.get(schema).span, "no content can stand in so many lists");
            return Shape::Json;
        }
        self.open.push(schema);
        let shape = self.shape_of(site, schema, place, file_key);
        self.open.pop();
        shape
    }

    pub(super) fn shape_of(
        &mut self,
        site: &SchemaUse,
        schema: SchemaId,
        place: &str,
        file_key: bool,
    ) -> Shape {
        let view = MergedSchema::of(self.schemas, schema);
        let node = self.schemas.get(schema);
        self.used.extend(site.annotations.json.into_iter().chain(node.annotations.json));
        if site.annotations.json.is_some() || node.annotations.json.is_some() {
            return Shape::Json;
        }
        let short = [&site.annotations, &node.annotations]
            .map(|annotations| annotations.short.as_ref().map(|(_, span)| *span));
        self.used.extend(short.into_iter().flatten());
        if let Some((_, span)) = site.annotations.short.as_ref().or(node.annotations.short.as_ref()) {
            let span = *span;
            let note = site.annotations.short.clone();
            let shape = self.short(schema, &view, place, span);
            if let (Shape::Record(record), Some(note)) = (&shape, note) {
                self.shorts.insert(*record, note);
            }
            return shape;
        }
        if let Some(shape) = self.union_shape(schema, &view, place, file_key) {
            return shape;
        }
        let types = shape_types(&view);
        match types {
            Types::STRING => match &view.values {
                Some(values) => self.enumeration(schema, values, place, &HashMap::new()),
                None => Shape::Text,
            },
            Types::BOOLEAN => Shape::Boolean,
            Types::INTEGER => integer(self.schemas, &view),
            Types::NUMBER => Shape::Number,
            Types::OBJECT => self.object(schema, &view, place, file_key),
            Types::ARRAY => match &view.items {
                Some(items) if !view.tuple => {
                    let items = items.clone();
                    self.list(&items, place, node.span)
                }
                _ => {
                    self.opaque(
                        node.span,
                        "the elements of this list have no schema of their own, or one for each position",
                    );
                    Shape::Json
                }
            },
            Types::NONE => Shape::Json,
            _ if types.intersects(Types::ARRAY.union(Types::OBJECT)) => {
                self.opaque(node.span, "this value can be of several types");
                Shape::Json
            }
            _ => Shape::Scalar(types),
        }
    }
}

pub(super) fn types_of(view: &MergedSchema) -> Types {
    view.types.unwrap_or(Types::ANY).difference(Types::NULL)
}

/// The types a value can have, apart from `null`.
pub(super) fn shape_types(view: &MergedSchema) -> Types {
    let types = view.types.unwrap_or(Types::ANY);
    if types != Types::ANY {
        return types.difference(Types::NULL);
    }
    // Without `type`, the other keywords tell what the author had in mind.
    if !view.members.is_empty() || view.map.is_some() {
        Types::OBJECT
    } else if view.items.is_some() {
        Types::ARRAY
    } else {
        types.difference(Types::NULL)
    }
}
