//! Defaults: the values of absent properties.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::Reference;
use crate::schema::graph::MergedProperty;
use crate::schema::model::{DefaultValue, SchemaIdRef, Shape};
use crate::schema::value::Literal;
use crate::text::Span;

const WRITE_OUT: &str = "remove the default, and write the value out in content";

impl ModelBuilder<'_> {
    /// The default of a property. One that a table cannot hold leaves the field optional, and is reported.
    pub(super) fn default_value(
        &mut self,
        property: &MergedProperty,
        shape: &Shape,
        reference: Option<&Reference>,
    ) -> DefaultValue {
        let own = &self.schemas.get(property.usage.schema).annotations;
        let given = property.usage.annotations.default.as_ref().or(own.default.as_ref());
        let Some((literal, span)) = given.cloned() else { return DefaultValue::None };
        let is_sentinel = reference.is_some_and(|reference| reference.none.contains(&literal));
        let is_empty_object = matches!(&literal, Literal::Json(_, canonical) if canonical == "{}");
        let depends_on_sibling = reference.is_some_and(|reference| reference.by.is_some());
        if literal == Literal::Null || is_sentinel {
            return DefaultValue::None;
        }
        if depends_on_sibling && literal != Literal::EmptyList && *shape != Shape::Json {
            self.reject_default(property, span, "what this names depends on another property", WRITE_OUT);
        } else if self.fits(shape, &literal) {
            if let Shape::Link(spec) = shape {
                let id = literal.show_plain();
                self.model.schema_id_refs.push(SchemaIdRef { spec: spec.clone(), id, span });
            }
            return DefaultValue::Literal(literal);
        } else if is_empty_object {
            // An absent object says as much as an empty one.
        } else if is_scalar(shape) {
            let help = "write a value that the schema allows, or remove the default";
            self.reject_default(property, span, "the schema does not allow this value", help);
        } else {
            self.reject_default(property, span, "no table can hold this where there is nothing", WRITE_OUT);
        }
        DefaultValue::None
    }

    /// Whether a table can hold a literal as a value of a shape.
    fn fits(&self, shape: &Shape, literal: &Literal) -> bool {
        match (shape, literal) {
            (Shape::Boolean, Literal::Boolean(_))
            | (Shape::Text, Literal::Text(_))
            | (Shape::List(_), Literal::EmptyList)
            | (Shape::Number, Literal::Integer(_) | Literal::Number(_)) => true,
            (Shape::Integer { min, max }, Literal::Integer(value)) => (min..=max).contains(&value),
            (Shape::Enum(id), Literal::Text(text)) => {
                self.model.enumeration(*id).variants.iter().any(|variant| variant.json == *text)
            }
            (Shape::Scalar(types), literal) => {
                let is_scalar = !matches!(literal, Literal::Null | Literal::EmptyList | Literal::Json(..));
                is_scalar && types.intersects(literal.types())
            }
            (Shape::Json, literal) => *literal != Literal::Null,
            (Shape::Link(spec), Literal::Text(_) | Literal::Integer(_)) => !spec.tolerated,
            _ => false,
        }
    }

    /// Reports a default that has no effect. Records that share a property report it once.
    fn reject_default(&mut self, property: &MergedProperty, span: Span, label: &str, help: &str) {
        let title = format!("this default of `{}` has no effect", property.name);
        if self.rejected_defaults.insert((span, property.name.clone())) {
            self.diagnostics
                .push(Diagnostic::new(&code::ANNOTATION_TYPO, title).label(span, label).help(help));
        }
    }
}

fn is_scalar(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number
            | Shape::Text
            | Shape::Enum(_)
            | Shape::Scalar(_)
    )
}
