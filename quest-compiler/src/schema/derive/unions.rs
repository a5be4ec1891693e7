//! `anyOf` and `oneOf`: unions that a property tells apart, and what becomes of others.

use super::builder::ModelBuilder;
use super::shape::types_beside_null;
use crate::schema::graph::{MergedSchema, accepted, canonical, tag};
use crate::schema::ids::{SchemaId, UnionId};
use crate::schema::model::{Shape, Union};
use crate::schema::value::{Literal, Types};
use std::collections::HashMap;

/// A table cell has a byte for the variant of a union, and reserves some of its values.
const MAX_VARIANTS: usize = 250;

/// What becomes of the unions of a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum UnionForm {
    /// The schema has none that makes a difference.
    None,
    /// Objects that a property tells apart.
    Tagged,
    /// Anything else: the branches are merged.
    Merged,
}

impl ModelBuilder<'_> {
    pub(super) fn union_form(&self, merged: &MergedSchema) -> UnionForm {
        let [branches] = merged.unions.as_slice() else {
            return if merged.unions.is_empty() { UnionForm::None } else { UnionForm::Merged };
        };
        let types = types_beside_null(merged);
        let is_object = |branch: &SchemaId| {
            let accepted = accepted(self.schemas, *branch).difference(Types::NULL);
            accepted.intersection(types) == Types::OBJECT
        };
        let is_tagged = branches.len() <= MAX_VARIANTS
            && branches.iter().all(is_object)
            && tag(self.schemas, branches).is_some();
        if is_tagged { UnionForm::Tagged } else { UnionForm::Merged }
    }

    /// The shape of a schema with unions; `None` if they make no difference.
    pub(super) fn union_shape(
        &mut self,
        schema: SchemaId,
        merged: &MergedSchema,
        name: &str,
        file_key: bool,
    ) -> Option<Shape> {
        match self.union_form(merged) {
            UnionForm::None => return None,
            UnionForm::Tagged => return Some(Shape::Union(self.union(schema, &merged.unions[0], name)?)),
            UnionForm::Merged => {}
        }
        let types = types_beside_null(merged);
        Some(if types == Types::OBJECT {
            self.object(schema, &merged.with_branches(self.schemas), name, file_key)
        } else if types == Types::STRING {
            self.string_union(schema, merged, name)
        } else if types.intersects(Types::ARRAY.union(Types::OBJECT)) {
            self.opaque(self.schemas.get(schema).span, "this value can be of several types");
            Shape::Json
        } else {
            Shape::Scalar(types)
        })
    }

    /// A string whose branches are lists of values, each with a description of its own.
    fn string_union(&mut self, schema: SchemaId, merged: &MergedSchema, name: &str) -> Shape {
        let mut values: Vec<Literal> = Vec::new();
        let mut descriptions = HashMap::new();
        for branch in merged.unions.iter().flatten() {
            let Some(of_branch) = MergedSchema::of(self.schemas, *branch).values else { return Shape::Text };
            if let (Some(Literal::Text(value)), Some(description)) =
                (of_branch.first(), &self.schemas.get(*branch).annotations.description)
            {
                descriptions.insert(value.clone(), description.clone());
            }
            for value in of_branch {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        self.enumeration(schema, &values, name, &descriptions)
    }

    fn union(&mut self, schema: SchemaId, branches: &[SchemaId], name: &str) -> Option<UnionId> {
        if let Some(known) = self.model.unions.iter().position(|known| known.schema == schema) {
            return Some(UnionId(known as u32));
        }
        let (tag, values) = tag(self.schemas, branches)?;
        let node = self.schemas.get(schema);
        let annotations = &node.annotations;
        self.use_names([&**annotations]);
        self.used.extend(&annotations.names_spans);
        let given = annotations.name.as_ref().map(|name| name.text.clone());
        let name = given.or_else(|| node.definition.clone()).unwrap_or_else(|| name.to_owned());
        let first_of = |values: &[Literal]| values.first().map(Literal::show_plain).unwrap_or_default();
        let firsts: Vec<String> = values.iter().map(|values| first_of(values)).collect();
        self.check_value_names(node, &firsts);
        let index = self.model.unions.len();
        self.model.unions.push(Union {
            name: name.clone(),
            description: annotations.description.clone(),
            source: annotations.source.clone(),
            schema,
            tag,
            variants: Vec::new(),
            names: Vec::new(),
        });
        // A branch to which the union adds nothing is the record of its own schema.
        let adds_nothing = MergedSchema::of(self.schemas, schema).properties.is_empty();
        for ((branch, values), first) in branches.iter().zip(values).zip(firsts) {
            let given = annotations.name_of(&first);
            let variant_name = format!("{name} {}", given.as_ref().unwrap_or(&first));
            let record = if adds_nothing {
                self.record(canonical(self.schemas, *branch), None, &variant_name, false)
            } else {
                self.record(schema, Some(*branch), &variant_name, false)
            };
            // Several variants can have ids of one kind, so none is named after it.
            self.record_mut(record).named = true;
            self.model.unions[index].names.push(given);
            self.model.unions[index].variants.push((values, record));
        }
        Some(UnionId(index as u32))
    }
}
