//! Lists, and the rows of those whose elements have no form in a list.

use super::builder::{ModelBuilder, field_of};
use super::field::key_and_reference;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::Annotations;
use crate::schema::graph::{MergedSchema, SchemaUse, accepted};
use crate::schema::ids::{RecordId, SchemaId};
use crate::schema::model::{Origin, Shape};
use crate::schema::value::Types;
use crate::text::Span;

impl ModelBuilder<'_> {
    pub(super) fn list(&mut self, items: &SchemaUse, place: &str, span: Span) -> Shape {
        let parts: Vec<_> = MergedSchema::of(self.schemas, items.schema)
            .parts
            .iter()
            .map(|part| std::sync::Arc::clone(&self.schemas.get(*part).annotations))
            .collect();
        self.used.extend(items.annotations.meanings());
        for annotations in &parts {
            self.used.extend(annotations.meanings());
        }
        let in_place = |annotations: &Annotations| annotations.key.clone().filter(|key| !key.file);
        let key = in_place(&items.annotations)
            .or_else(|| parts.iter().find_map(|annotations| in_place(annotations)));
        let reference = items
            .annotations
            .reference
            .as_ref()
            .or_else(|| parts.iter().find_map(|annotations| annotations.reference.as_ref()))
            .cloned();
        if let (Some(key), Some(reference)) = (&key, &reference) {
            self.diagnostics.push(key_and_reference(key, reference));
        }
        let sentinels = reference.as_ref().is_some_and(|reference| !reference.none.is_empty());
        let inner = match (key, reference) {
            (Some(key), _) => self.defines(items.schema, &key),
            (_, Some(reference)) => {
                if let Some((_, span)) = &reference.by {
                    self.diagnostics.push(
                        Diagnostic::new(
                            &code::ANNOTATION,
                            "an element of a list has no siblings to decide about its kind",
                        )
                        .label(*span, "there is no such property beside an element")
                        .help("put `x-ref` on the property that is the list"),
                    );
                }
                self.link(items.schema, &reference)
            }
            _ => self.shape(items, &format!("{place} item"), false),
        };
        let nullable = self.nullable(items.schema) || sentinels;
        match inner {
            // Why has been said of the element.
            Shape::Json => Shape::List(Box::new(Shape::Json)),
            Shape::List(_) | Shape::Map(_) => self.rows(items, inner, nullable, place, span),
            _ if nullable => self.rows(items, inner, nullable, place, span),
            inner => Shape::List(Box::new(inner)),
        }
    }

    /// Whether `null` is a value that the schema has in mind.
    pub(super) fn nullable(&self, schema: SchemaId) -> bool {
        let types = accepted(self.schemas, schema);
        types.contains(Types::NULL) && types != Types::ANY
    }

    /// A list whose elements have no form in a list of their own, as rows of which each has an element.
    pub(super) fn rows(
        &mut self,
        items: &SchemaUse,
        inner: Shape,
        nullable: bool,
        place: &str,
        span: Span,
    ) -> Shape {
        let fits = |record: &&RecordId| {
            let field = self.model.record(**record).fields.first();
            field.is_some_and(|field| field.shape == inner && field.nullable == nullable)
        };
        let known = self.rows.get(&items.schema).and_then(|known| known.iter().find(fits));
        if let Some(record) = known {
            return Shape::List(Box::new(Shape::Record(*record)));
        }
        // A name in the schema is that of what the element is.
        let id = self.new_record(items.schema, None, &format!("{place} row"), &Annotations::default());
        let record = &mut self.model.records[id.0 as usize];
        (record.name, record.named) = (format!("{place} row"), false);
        record.description = Some("An element of a list.".to_owned());
        let mut field = field_of("value", Origin::Element, span, inner);
        field.nullable = nullable;
        let description = &items.annotations.description;
        field.description = description.clone().or_else(|| Some("The element.".to_owned()));
        record.fields.push(field);
        self.rows.entry(items.schema).or_default().push(id);
        Shape::List(Box::new(Shape::Record(id)))
    }
}
