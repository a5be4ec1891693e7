//! `anyOf` and `oneOf`: unions that a property tells apart, and what becomes of others.

use super::builder::ModelBuilder;
use super::shape::types_of;
use crate::schema::graph::{MergedSchema, accepted, canonical, tag};
use crate::schema::ids::{SchemaId, UnionId};
use crate::schema::model::{Shape, Union};
use crate::schema::value::{Literal, Types};
use std::collections::HashMap;

/// A cell of a table has a byte for the variant of a union, and some of its values mean other things.
const MOST_VARIANTS: usize = 250;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unions {
    None,
    /// Objects that a property tells apart.
    Tagged,
    /// Anything else.
    Merged,
}

impl ModelBuilder<'_> {
    pub(super) fn union_kind(&self, view: &MergedSchema) -> Unions {
        match view.unions.as_slice() {
            [] => Unions::None,
            [branches] => {
                let objects = branches.iter().all(|branch| {
                    accepted(self.schemas, *branch).difference(Types::NULL).intersection(types_of(view))
                        == Types::OBJECT
                });
                if objects && branches.len() <= MOST_VARIANTS && tag(self.schemas, branches).is_some() {
                    Unions::Tagged
                } else {
                    Unions::Merged
                }
            }
            _ => Unions::Merged,
        }
    }

    /// The shape of a schema with `anyOf` or `oneOf`; `None` if they make no difference.
    pub(super) fn union_shape(
        &mut self,
        schema: SchemaId,
        view: &MergedSchema,
        place: &str,
        file_key: bool,
    ) -> Option<Shape> {
        let types = types_of(view);
        match self.union_kind(view) {
            Unions::None => None,
            Unions::Tagged => Some(Shape::Union(self.tagged(schema, &view.unions[0], place)?)),
            Unions::Merged if types == Types::OBJECT => {
                let all = view.with_branches(self.schemas);
                Some(self.object(schema, &all, place, file_key))
            }
            Unions::Merged if types == Types::STRING => Some(self.strings(schema, view, place)),
            Unions::Merged => {
                let scalar = !types.intersects(Types::ARRAY.union(Types::OBJECT));
                if scalar {
                    return Some(Shape::Scalar(types));
                }
                self.opaque(self.schemas.get(schema).span, "this value can be of several types");
                Some(Shape::Json)
            }
        }
    }

    /// A string whose branches are lists of values, each with words of its own.
    pub(super) fn strings(&mut self, schema: SchemaId, view: &MergedSchema, place: &str) -> Shape {
        let mut values = Vec::new();
        let mut words = HashMap::new();
        for branch in view.unions.iter().flatten() {
            let part = MergedSchema::of(self.schemas, *branch);
            let Some(of_branch) = part.values else { return Shape::Text };
            if let (Some(Literal::Text(value)), Some(description)) =
                (of_branch.first(), &self.schemas.get(*branch).annotations.description)
            {
                words.insert(value.clone(), description.clone());
            }
            values.extend(of_branch.into_iter().filter(|value| !values.contains(value)).collect::<Vec<_>>());
        }
        self.enumeration(schema, &values, place, &words)
    }

    pub(super) fn tagged(&mut self, schema: SchemaId, branches: &[SchemaId], place: &str) -> Option<UnionId> {
        if let Some(known) = self.model.unions.iter().position(|known| known.schema == schema) {
            return Some(UnionId(known as u32));
        }
        let (tag, values) = tag(self.schemas, branches)?;
        let node = self.schemas.get(schema);
        self.used.extend(
            node.annotations
                .name
                .iter()
                .map(|(_, span)| *span)
                .chain(node.annotations.names_at.iter().copied()),
        );
        let given =
            node.annotations.name.as_ref().map(|(name, _)| name.clone()).or_else(|| node.definition.clone());
        let name = given.unwrap_or_else(|| place.to_owned());
        let at = self.model.unions.len();
        self.model.unions.push(Union {
            name: name.clone(),
            description: node.annotations.description.clone(),
            source: node.annotations.source.clone(),
            schema,
            tag,
            variants: Vec::new(),
            names: Vec::new(),
        });
        for (branch, values) in branches.iter().zip(values) {
            let first = values.first().map(Literal::show_plain).unwrap_or_default();
            let given = node.annotations.names.iter().find(|(value, ..)| *value == first);
            let given = given.map(|(_, name, _)| name.clone());
            let words = given.clone().unwrap_or(first);
            // A branch that is a definition of its own, and to which the union adds nothing, is that record.
            let own = canonical(self.schemas, *branch);
            let alone = MergedSchema::of(self.schemas, schema).members.is_empty();
            let record = if alone {
                self.record(own, None, &format!("{name} {words}"), false)
            } else {
                self.record(schema, Some(*branch), &format!("{name} {words}"), false)
            };
            // Not called like its kind, which other variants can have too.
            self.model.records[record.0 as usize].named = true;
            self.model.unions[at].names.push(given);
            self.model.unions[at].variants.push((values, record));
        }
        let firsts: Vec<String> = self.model.unions[at]
            .variants
            .iter()
            .filter_map(|(values, _)| Some(values.first()?.show_plain()))
            .collect();
        self.no_such_values(node, &firsts);
        Some(UnionId(at as u32))
    }
}
