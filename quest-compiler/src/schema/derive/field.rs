//! Fields of records: what properties become.

use super::builder::ModelBuilder;
use super::scalars::constraints;
use super::shape::intended_types;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::{Annotations, Key, Reference};
use crate::schema::graph::{MergedProperty, MergedSchema, SchemaUse, accepted};
use crate::schema::ids::RecordId;
use crate::schema::model::{Field, Origin, Shape};
use crate::schema::value::Types;
use crate::text::Span;

impl ModelBuilder<'_> {
    /// The field of a property.
    pub(super) fn field(&mut self, record: RecordId, property: &MergedProperty) -> Field {
        let usage = &property.usage;
        let own = &self.schemas.get(usage.schema).annotations;
        let merged = MergedSchema::of(self.schemas, usage.schema);
        self.use_names([&*usage.annotations]);
        self.used.extend([&usage.annotations, own].iter().filter_map(|annotations| annotations.json));
        let (key, reference) = self.key_and_reference(usage, &merged);
        let shape = self.property_shape(record, property, &merged, key.as_ref(), reference.as_ref());
        let default = self.default_value(property, &shape, reference.as_ref());
        let annotations = &usage.annotations;
        Field {
            json: property.name.as_str().into(),
            origin: Origin::Property,
            name: annotations.name.as_ref().map(|name| name.text.clone()),
            description: annotations.description.clone().or_else(|| own.description.clone()),
            source: annotations.source.clone(),
            span: property.span,
            shape,
            required: property.required,
            nullable: self.nullable(usage.schema)
                || reference.is_some_and(|reference| !reference.none.is_empty()),
            default,
            constraints: constraints(self.schemas, &merged),
        }
    }

    /// The `x-key` and `x-ref` of a value: beside its use, or in any schema that applies to it, such as a `$ref` in `allOf`.
    pub(super) fn key_and_reference(
        &mut self,
        usage: &SchemaUse,
        merged: &MergedSchema,
    ) -> (Option<Key>, Option<Reference>) {
        let schemas = self.schemas;
        let parts = merged.parts.iter().map(|part| &*schemas.get(*part).annotations);
        let all: Vec<&Annotations> = std::iter::once(&*usage.annotations).chain(parts).collect();
        self.used.extend(all.iter().flat_map(|annotations| annotations.id_spans()));
        let key = all.iter().find_map(|annotations| annotations.key.clone().filter(|key| !key.file));
        let reference = all.iter().find_map(|annotations| annotations.reference.clone());
        if let (Some(key), Some(reference)) = (&key, &reference) {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, "`x-ref` has no effect beside `x-key`")
                    .label(reference.span, "is not looked for: what stands here is an id of its own")
                    .label(key.span, "makes it one")
                    .help("remove one of them; an object that belongs to another refers to it in a property of its own"),
            );
        }
        (key, reference)
    }

    fn property_shape(
        &mut self,
        record: RecordId,
        property: &MergedProperty,
        merged: &MergedSchema,
        key: Option<&Key>,
        reference: Option<&Reference>,
    ) -> Shape {
        let usage = &property.usage;
        let own = &self.schemas.get(usage.schema).annotations;
        let type_name = format!("{} {}", self.model.record(record).name, property.name);
        let shape = if usage.annotations.json.is_some() || own.json.is_some() {
            Shape::Json
        } else if let Some(key) = key {
            self.key(record, property, key)
        } else if let Some(reference) = reference.filter(|reference| reference.by.is_none()) {
            let has_sentinels = !reference.none.is_empty();
            match (self.link(usage.schema, reference), &merged.items) {
                // A list cannot hold an element that names nothing.
                (Shape::List(link), Some(items)) if has_sentinels || self.nullable(items.schema) => {
                    let span = self.schemas.get(usage.schema).span;
                    self.rows(items, *link, true, &type_name, span)
                }
                (shape, _) => shape,
            }
        } else {
            self.shape(usage, &type_name, false)
        };
        if property.others.is_empty() { shape } else { self.united_shape(record, property, shape) }
    }

    /// Adds a field that is no property of the object.
    pub(super) fn own_field(
        &mut self,
        id: RecordId,
        name: &str,
        origin: Origin,
        span: Span,
        usage: &SchemaUse,
        properties: &mut Vec<MergedProperty>,
    ) {
        let property = MergedProperty {
            name: name.to_owned(),
            span,
            usage: usage.clone(),
            required: true,
            certain: true,
            others: Vec::new(),
        };
        let field = Field { origin, ..self.field(id, &property) };
        self.add_field(id, field);
        properties.push(property);
    }

    /// The shape of a property whose schema differs between branches.
    fn united_shape(&mut self, record: RecordId, property: &MergedProperty, first: Shape) -> Shape {
        let compound = Types::ARRAY.union(Types::OBJECT);
        let mut usages = std::iter::once(&property.usage).chain(&property.others);
        if usages.any(|usage| accepted(self.schemas, usage.schema).intersects(compound)) {
            let why = format!("`{}` differs between the branches of its object", property.name);
            self.opaque(property.span, &why);
            return Shape::Json;
        }
        let types_of = |usage: &SchemaUse| intended_types(&MergedSchema::of(self.schemas, usage.schema));
        let mut types = vec![types_of(&property.usage)];
        types.extend(property.others.iter().map(types_of));
        let mut shape = first;
        for (index, usage) in property.others.iter().enumerate() {
            let alone = MergedProperty { usage: usage.clone(), others: Vec::new(), ..property.clone() };
            let other = self.field(record, &alone).shape;
            let so_far = types[..index + 2].iter().fold(Types::NONE, |all, types| all.union(*types));
            shape = self.common_shape(property, shape, other, so_far);
        }
        shape
    }

    /// The shape that holds the values of two shapes, of the given types.
    fn common_shape(
        &mut self,
        property: &MergedProperty,
        first: Shape,
        second: Shape,
        types: Types,
    ) -> Shape {
        let names = |shape: &Shape| matches!(shape, Shape::Link(_) | Shape::Key(_) | Shape::Target(_));
        match (first, second) {
            (first, second) if first == second => first,
            (Shape::Integer { min, max }, Shape::Integer { min: other_min, max: other_max }) => {
                Shape::Integer { min: min.min(other_min), max: max.max(other_max) }
            }
            (Shape::Integer { .. } | Shape::Number, Shape::Integer { .. } | Shape::Number) => Shape::Number,
            (Shape::Text | Shape::Enum(_), Shape::Text | Shape::Enum(_)) => Shape::Text,
            (first, second) if names(&first) || names(&second) => {
                self.diagnostics.push(
                    Diagnostic::new(
                        &code::ANNOTATION,
                        format!("`{}` names different things in different branches", property.name),
                    )
                    .label(property.span, "cannot be told apart here")
                    .help("tell the branches apart by a required property with a `const`, or use `x-ref` with `by`"),
                );
                Shape::Text
            }
            _ => Shape::Scalar(types),
        }
    }

    /// Whether a property repeats the name of its object in the map that contains the object.
    pub(super) fn repeats_map_name(&self, property: &MergedProperty) -> bool {
        let node = self.schemas.get(property.usage.schema);
        node.more.as_ref().is_some_and(|more| more.equals.as_deref() == Some("{key}"))
    }

    /// Whether a property has the same value in every object, so that it needs no field.
    pub(super) fn is_constant(&self, property: &MergedProperty) -> bool {
        let own = &self.schemas.get(property.usage.schema).annotations;
        let annotated = [&property.usage.annotations, own].iter().any(|annotations| {
            annotations.key.is_some() || annotations.reference.is_some() || annotations.name.is_some()
        });
        let values = MergedSchema::of(self.schemas, property.usage.schema).values;
        property.required && !annotated && values.is_some_and(|values| values.len() == 1)
    }
}
