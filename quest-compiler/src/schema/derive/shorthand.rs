//! `x-short`: what stands for an object.

use super::builder::ModelBuilder;
use super::shape::types_of;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::graph::{MergedSchema, accepted};
use crate::schema::ids::{RecordId, SchemaId};
use crate::schema::model::{Origin, Shape};
use crate::schema::value::Types;
use crate::text::Span;

impl ModelBuilder<'_> {
    /// An object for one of whose properties a value that is no object can stand.
    pub(super) fn short(&mut self, schema: SchemaId, view: &MergedSchema, place: &str, span: Span) -> Shape {
        let types = types_of(view);
        if types == Types::OBJECT {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, "`x-short` has no effect here")
                    .label(span, "the schema allows an object alone, and no text that could stand for it")
                    .help("write `\"type\": [\"string\", \"object\"]` or a `oneOf` of both, or remove it"),
            );
        } else if !types.intersects(Types::OBJECT) || types.intersects(Types::ARRAY) {
            self.diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    "`x-short` is for a value that is an object or a text or number",
                )
                .label(span, format!("the schema wants {} here", types.words())),
            );
            return Shape::Json;
        }
        Shape::Record(self.record(schema, None, place, false))
    }

    /// Finds the field that `x-short` of a record's schema names.
    pub(super) fn short_field(&mut self, id: RecordId) {
        let node = self.schemas.get(self.model.record(id).schema);
        let short = node.annotations.short.clone().or_else(|| self.shorts.get(&id).cloned());
        let Some((property, span)) = short else { return };
        let fields = &self.model.record(id).fields;
        match fields.iter().position(|field| field.json == property && field.origin == Origin::Property) {
            Some(at) => {
                self.short_fits(id, at, span);
                // Where a text stands for the object, there is nothing but this property; the long form may do without it.
                let view = MergedSchema::of(self.schemas, self.model.record(id).schema);
                let mut objects = view
                    .unions
                    .iter()
                    .flatten()
                    .filter(|branch| accepted(self.schemas, **branch).intersects(Types::OBJECT))
                    .map(|branch| MergedSchema::of(self.schemas, *branch))
                    .chain(view.unions.is_empty().then(|| view.clone()));
                let always = objects.all(|object| {
                    object.members.iter().any(|member| member.name == property && member.required)
                });
                for (index, field) in self.model.records[id.0 as usize].fields.iter_mut().enumerate() {
                    field.required = index == at && always;
                }
                self.model.records[id.0 as usize].shorthand = Some(at);
            }
            None => {
                let help = did_you_mean(&property, fields.iter().map(|field| field.json.as_str()));
                self.diagnostics.push(
                    Diagnostic::new(
                        &code::ANNOTATION,
                        format!("there is no property `{property}` for which a text could stand"),
                    )
                    .label(span, "no property of the object")
                    .maybe_help(help),
                );
            }
        }
    }

    /// Whether what stands for an object can be the property for which it stands.
    pub(super) fn short_fits(&mut self, id: RecordId, field: usize, span: Span) {
        let schema = self.model.record(id).schema;
        let field = &self.model.record(id).fields[field];
        let view = MergedSchema::of(self.schemas, schema).with_branches(self.schemas);
        let Some(member) = view.members.iter().find(|member| field.json == member.name) else { return };
        let short = accepted(self.schemas, schema).difference(Types::OBJECT.union(Types::NULL));
        let long = accepted(self.schemas, member.site.schema);
        if short.difference(long) != Types::NONE
            && short != Types::ANY.difference(Types::OBJECT.union(Types::NULL))
        {
            self.diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("{} cannot stand for `{}`", short.difference(long).words(), field.json),
                )
                .label(span, "stands for this property")
                .label(field.span, format!("is {}", long.words())),
            );
        }
    }
}
