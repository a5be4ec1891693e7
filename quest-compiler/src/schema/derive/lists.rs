//! Lists, and the rows of elements that a list cannot hold.

use super::builder::{ModelBuilder, plain_field};
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::Reference;
use crate::schema::graph::{MergedSchema, SchemaUse, accepted};
use crate::schema::ids::{RecordId, SchemaId};
use crate::schema::model::{Origin, Shape};
use crate::schema::value::Types;
use crate::text::Span;

impl ModelBuilder<'_> {
    /// The shape of a list; `name` is for types that the schema does not name.
    pub(super) fn list(&mut self, items: &SchemaUse, name: &str, span: Span) -> Shape {
        let merged = MergedSchema::of(self.schemas, items.schema);
        let (key, reference) = self.key_and_reference(items, &merged);
        let has_sentinels = reference.as_ref().is_some_and(|reference| !reference.none.is_empty());
        let element = match (key, reference) {
            (Some(key), _) => self.listed_ids(items.schema, &key),
            (None, Some(reference)) => {
                self.check_no_sibling(&reference);
                self.link(items.schema, &reference)
            }
            (None, None) => self.shape(items, &format!("{name} item"), false),
        };
        let nullable = has_sentinels || self.nullable(items.schema);
        match element {
            // That the element is opaque has been noted.
            Shape::Json => Shape::List(Box::new(Shape::Json)),
            Shape::List(_) | Shape::Map(_) => self.rows(items, element, nullable, name, span),
            _ if nullable => self.rows(items, element, nullable, name, span),
            element => Shape::List(Box::new(element)),
        }
    }

    /// Reports `by` on an element, which has no sibling properties.
    fn check_no_sibling(&mut self, reference: &Reference) {
        let Some(by) = &reference.by else { return };
        self.diagnostics.push(
            Diagnostic::new(
                &code::ANNOTATION,
                "an element of a list has no siblings to decide about its kind",
            )
            .label(by.span, "there is no such property beside an element")
            .help("put `x-ref` on the property that is the list"),
        );
    }

    /// Whether a schema explicitly accepts `null`.
    pub(super) fn nullable(&self, schema: SchemaId) -> bool {
        let types = accepted(self.schemas, schema);
        types.contains(Types::NULL) && types != Types::ANY
    }

    /// A list of rows, each of which holds an element that a list cannot hold: another list, a map or `null`.
    pub(super) fn rows(
        &mut self,
        items: &SchemaUse,
        element: Shape,
        nullable: bool,
        name: &str,
        span: Span,
    ) -> Shape {
        let fits = |record: &&RecordId| {
            let field = self.model.record(**record).fields.first();
            field.is_some_and(|field| field.shape == element && field.nullable == nullable)
        };
        if let Some(record) = self.list_rows.get(&items.schema).and_then(|rows| rows.iter().find(fits)) {
            return Shape::List(Box::new(Shape::Record(*record)));
        }
        // A name that the schema gives is that of the element, not of the row.
        self.use_names([&*self.schemas.get(items.schema).annotations]);
        let id = self.add_record(items.schema, None, None, &format!("{name} row"));
        self.record_mut(id).description = Some("An element of a list.".to_owned());
        let description = items.annotations.description.as_deref().unwrap_or("The element.");
        let mut field = plain_field("value", Origin::Element, span, element, description);
        field.nullable = nullable;
        self.add_field(id, field);
        self.list_rows.entry(items.schema).or_default().push(id);
        Shape::List(Box::new(Shape::Record(id)))
    }
}
