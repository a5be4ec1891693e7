//! `x-short`: values that stand for an object with one property.

use super::builder::ModelBuilder;
use super::shape::types_beside_null;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::annotations::SpannedText;
use crate::schema::graph::{MergedSchema, accepted};
use crate::schema::ids::{RecordId, SchemaId};
use crate::schema::model::Shape;
use crate::schema::value::Types;
use crate::text::Span;

impl ModelBuilder<'_> {
    /// The shape of a value that is an object, or a shorthand for one.
    pub(super) fn shorthand(
        &mut self,
        schema: SchemaId,
        merged: &MergedSchema,
        name: &str,
        span: Span,
    ) -> Shape {
        let types = types_beside_null(merged);
        if types == Types::OBJECT {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, "`x-short` has no effect here")
                    .label(span, "the schema allows an object alone, and no text that could stand for it")
                    .help("write `\"type\": [\"string\", \"object\"]` or a `oneOf` of both, or remove it"),
            );
        } else if !types.intersects(Types::OBJECT) || types.intersects(Types::ARRAY) {
            let title = "`x-short` is for a value that is an object or a text or number";
            self.reject(span, title, format!("the schema wants {} here", types.words()));
            return Shape::Json;
        }
        Shape::Record(self.record(schema, None, name, false))
    }

    /// Finds the field that the `x-short` of a record names, and makes it the only required one if objects always have it.
    pub(super) fn shorthand_field(&mut self, id: RecordId) {
        let own = &self.schemas.get(self.model.record(id).schema).annotations;
        let Some(shorthand) = own.shorthand.clone().or_else(|| self.shorthands.get(&id).cloned()) else {
            return;
        };
        let SpannedText { text: property, span } = &shorthand;
        let fields = &self.model.record(id).fields;
        let Some(index) = fields.iter().position(|field| field.is_property(property)) else {
            let help = did_you_mean(property, fields.iter().map(|field| field.json.as_str()));
            let title = format!("there is no property `{property}` for which a text could stand");
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, title)
                    .label(*span, "no property of the object")
                    .maybe_help(help),
            );
            return;
        };
        self.check_shorthand(id, &shorthand, fields[index].span);
        // The short form has only this property, so no other is required.
        let always = self.is_always_required(self.model.record(id).schema, property);
        let record = self.record_mut(id);
        for (other, field) in record.fields.iter_mut().enumerate() {
            field.required = other == index && always;
        }
        record.shorthand = Some(index);
    }

    /// Whether every long form has a property.
    fn is_always_required(&self, schema: SchemaId, property: &str) -> bool {
        let merged = MergedSchema::of(self.schemas, schema);
        let requires =
            |merged: &MergedSchema| merged.property(property).is_some_and(|property| property.required);
        if merged.unions.is_empty() {
            return requires(&merged);
        }
        let is_object = |branch: &&SchemaId| accepted(self.schemas, **branch).intersects(Types::OBJECT);
        let mut objects = merged.unions.iter().flatten().filter(is_object);
        objects.all(|branch| requires(&MergedSchema::of(self.schemas, *branch)))
    }

    /// Reports shorthands with values that the property does not allow.
    fn check_shorthand(&mut self, id: RecordId, shorthand: &SpannedText, field_span: Span) {
        let schema = self.model.record(id).schema;
        let merged = MergedSchema::of(self.schemas, schema).with_branches(self.schemas);
        let Some(property) = merged.property(&shorthand.text) else { return };
        let long = Types::OBJECT.union(Types::NULL);
        let short = accepted(self.schemas, schema).difference(long);
        let allowed = accepted(self.schemas, property.usage.schema);
        let excess = short.difference(allowed);
        let is_untyped = short == Types::ANY.difference(long);
        if excess == Types::NONE || is_untyped {
            return;
        }
        let title = format!("{} cannot stand for `{}`", excess.words(), shorthand.text);
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, title)
                .label(shorthand.span, "stands for this property")
                .label(field_span, format!("is {}", allowed.words())),
        );
    }
}
