//! `where` of `x-ref`: whether the objects that a reference names can have the properties it asks for.

use super::builder::ModelBuilder;
use super::extensions::suggest;
use crate::diagnostics::nouns::one_of;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::ReferenceCondition;
use crate::schema::graph::{MergedProperty, MergedSchema, accepted};
use crate::schema::ids::KindId;
use crate::schema::model::{Record, SchemaIdRef, Shape};
use crate::schema::value::Literal;
use crate::text::Span;

/// What the objects of some kinds have in one property.
#[derive(Default)]
struct ConditionScope {
    /// The names of all properties of the objects.
    names: Vec<String>,
    /// Where schemas define the property.
    spans: Vec<Span>,
    /// The property can have the wanted value.
    possible: bool,
    /// The values that the property can have, if the schemas list them.
    values: Vec<String>,
    /// A schema does not list the values.
    any_value: bool,
    shapes: Vec<Shape>,
}

impl ModelBuilder<'_> {
    /// Checks the conditions of all references.
    pub(super) fn check_conditions(&mut self) {
        for (kinds, conditions) in std::mem::take(&mut self.conditions) {
            for condition in &conditions {
                self.check_condition(&kinds, condition);
            }
        }
    }

    fn check_condition(&mut self, kinds: &[KindId], condition: &ReferenceCondition) {
        let ReferenceCondition { property, value, property_span, value_span } = condition;
        let scope = self.condition_scope(kinds, condition);
        if scope.names.is_empty() {
            if kinds.iter().all(|kind| self.model.kind(*kind).records.is_empty()) {
                let label = "no object of content has these ids, so there are no properties to look at";
                self.reject_idle("where", *property_span, label);
            }
            return;
        }
        if scope.spans.is_empty() {
            let what = one_of(kinds.iter().map(|kind| self.model.kind(*kind).noun()));
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("no {what} has a property `{property}`"))
                    .label(*property_span, "is not among their properties")
                    .maybe_help(suggest(property, scope.names.iter().map(String::as_str))),
            );
        } else if !scope.possible {
            self.diagnostics.push(impossible_value(condition, &scope));
        }
        // The value can itself be an id, which must exist.
        if !matches!(value, Literal::Text(_) | Literal::Integer(_)) {
            return;
        }
        for shape in scope.shapes {
            let Shape::Link(spec) = shape else { continue };
            if !spec.syntax.none.contains(value) {
                let id = value.show_plain();
                self.model.schema_id_refs.push(SchemaIdRef { spec, id, span: *value_span });
            }
        }
    }

    fn condition_scope(&self, kinds: &[KindId], condition: &ReferenceCondition) -> ConditionScope {
        let mut scope = ConditionScope::default();
        let records = kinds.iter().flat_map(|kind| &self.model.kind(*kind).records);
        for record in records.map(|record| self.model.record(*record)) {
            let merged = self.merged_record(record);
            scope.names.extend(merged.properties.iter().map(|property| property.name.clone()));
            let Some(property) = merged.property(&condition.property) else { continue };
            self.add_values(property, &condition.value, &mut scope);
            let fields = record.fields.iter().filter(|field| field.json == *condition.property);
            scope.shapes.extend(fields.map(|field| field.shape.clone()));
        }
        scope
    }

    pub(super) fn merged_record(&self, record: &Record) -> MergedSchema {
        match record.branch {
            Some(branch) => MergedSchema::of_branch(self.schemas, record.schema, branch),
            None => MergedSchema::of(self.schemas, record.schema).with_branches(self.schemas),
        }
    }

    fn add_values(&self, property: &MergedProperty, wanted: &Literal, scope: &mut ConditionScope) {
        scope.spans.push(property.span);
        for usage in std::iter::once(&property.usage).chain(&property.others) {
            match MergedSchema::of(self.schemas, usage.schema).values {
                Some(values) => {
                    scope.possible |= values.contains(wanted);
                    scope.values.extend(values.iter().map(Literal::show_plain));
                }
                None => {
                    scope.possible |= accepted(self.schemas, usage.schema).intersects(wanted.types());
                    scope.any_value = true;
                }
            }
        }
    }
}

fn impossible_value(condition: &ReferenceCondition, scope: &ConditionScope) -> Diagnostic {
    let wanted = condition.value.show_plain();
    let mut diagnostic =
        Diagnostic::new(&code::ANNOTATION, format!("`{}` is never `{wanted}`", condition.property))
            .label(condition.value_span, "the schema does not allow this value");
    if let Some(span) = scope.spans.first() {
        diagnostic = diagnostic.label(*span, "says which values there are");
    }
    let help = if scope.any_value { None } else { suggest(&wanted, scope.values.iter().map(String::as_str)) };
    diagnostic.maybe_help(help)
}
