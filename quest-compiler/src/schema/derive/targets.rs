//! `x-ref` with `by` or `in`: references that depend on a sibling property.

use super::builder::ModelBuilder;
use super::references::ref_syntax;
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::schema::annotations::{Mapping, Reference, ReferenceMapping, SpannedText};
use crate::schema::graph::{MergedProperty, MergedSchema, accepted};
use crate::schema::ids::{EnumId, KindId, RecordId, TargetId};
use crate::schema::model::{Record, Shape, Target};
use crate::schema::value::Types;
use std::collections::HashSet;

/// Stands for all values of the sibling that are not listed.
const OTHER_VALUES: &str = "*";

impl ModelBuilder<'_> {
    /// Derives the references of a record that depend on a sibling. All fields of the record must be known.
    pub(super) fn targets(&mut self, record: RecordId, properties: &[MergedProperty]) {
        for property in properties {
            let own = &self.schemas.get(property.usage.schema).annotations;
            let used = property.usage.annotations.reference.as_ref();
            let Some(reference) = used.or(own.reference.as_ref()) else { continue };
            if let Some(within) = &reference.within {
                self.check_within(record, property, within);
            }
            if let Some(by) = &reference.by {
                self.target_field(record, property, reference, by);
            }
        }
    }

    /// Replaces the shape of a field by a reference that depends on the sibling `by`.
    fn target_field(
        &mut self,
        record: RecordId,
        property: &MergedProperty,
        reference: &Reference,
        by: &SpannedText,
    ) {
        let owner = self.model.record(record);
        let Some(index) = owner.fields.iter().position(|field| field.is_property(&property.name)) else {
            return;
        };
        if matches!(owner.fields[index].shape, Shape::Key(_)) {
            return;
        }
        let Some(sibling) = owner.fields.iter().position(|field| field.json == *by.text) else {
            let label = "decides about the kind, but does not exist";
            let diagnostic = no_sibling(owner, by, label);
            self.diagnostics.push(diagnostic);
            return;
        };
        let Shape::Enum(values) = owner.fields[sibling].shape else {
            let title = format!("`{}` cannot decide about a kind", by.text);
            self.reject(by.span, title, "only a string with `enum` can");
            return;
        };
        let Some(target) = self.target(record, sibling, values, property, reference) else { return };
        let many = target.many;
        let shape = Shape::Target(TargetId(self.model.targets.len() as u32));
        self.model.targets.push(target);
        self.record_mut(record).fields[index].shape = if many { Shape::List(Box::new(shape)) } else { shape };
    }

    /// Checks the sibling that names the object in which an id is looked up.
    fn check_within(&mut self, record: RecordId, property: &MergedProperty, within: &SpannedText) {
        let owner = self.model.record(record);
        let own = owner.fields.iter().find(|field| field.json == *property.name);
        let Some(Shape::Link(spec)) = own.map(|field| field.shape.element()) else { return };
        let paths = spec.kinds.iter().map(|kind| &self.model.kind(*kind).path);
        let parents: Vec<&str> =
            paths.filter_map(|path| path.rsplit_once('.')).map(|(parent, _)| parent).collect();
        let sibling = owner.fields.iter().find(|field| field.is_property(&within.text));
        let diagnostic = match sibling.map(|field| field.shape.element()) {
            None => {
                no_sibling(owner, within, "says in which object the id is looked for, but does not exist")
            }
            Some(Shape::Link(spec)) if spec.kinds.iter().any(|kind| self.names_any(*kind, &parents)) => {
                return;
            }
            Some(_) => {
                let title =
                    format!("`{}` cannot say in which object `{}` is looked for", within.text, property.name);
                let wanted = parents.first().copied().unwrap_or_default();
                Diagnostic::new(&code::ANNOTATION, title)
                    .label(within.span, format!("has no `\"x-ref\": \"{wanted}\"`"))
            }
        };
        self.diagnostics.push(diagnostic);
    }

    /// Whether an id of a kind names an object that has ids of any of the given kinds, too.
    fn names_any(&self, kind: KindId, paths: &[&str]) -> bool {
        let records = self.model.kind(kind).records.iter();
        let keys = records.flat_map(|record| &self.model.record(*record).keys).map(|(key, _)| *key);
        keys.chain([kind]).any(|kind| paths.contains(&self.model.kind(kind).path.as_str()))
    }

    fn target(
        &mut self,
        record: RecordId,
        by: usize,
        values: EnumId,
        property: &MergedProperty,
        reference: &Reference,
    ) -> Option<Target> {
        let values: Vec<String> =
            self.model.enumeration(values).variants.iter().map(|variant| variant.json.clone()).collect();
        self.check_values(record, by, &values, reference);
        let to: Vec<&ReferenceMapping> =
            values.iter().map(|value| mapping_of(reference, value)).collect::<Option<_>>()?;
        let (mut kinds, mut affixes, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for ReferenceMapping { mapping, span, .. } in &to {
            let affixed = if let Mapping::Kinds(kinds) = mapping { kinds.as_slice() } else { &[] };
            for affixed in affixed {
                self.kind(&affixed.kind, Some(*span));
            }
            let (of_value, affixes_of_value) = self.affixes(affixed, reference);
            for kind in &of_value {
                if !all.contains(kind) {
                    all.push(*kind);
                }
            }
            kinds.push(of_value);
            affixes.push(affixes_of_value);
        }
        let (many, element) = self.element_types(property.usage.schema);
        if many {
            self.check_elements(property, element, reference);
        }
        let owner = self.model.record(record);
        let annotations = &property.usage.annotations;
        let types = accepted(self.schemas, property.usage.schema);
        Some(Target {
            name: format!("{} {}", owner.name, property.name),
            description: annotations.description.clone(),
            source: annotations.source.clone().or_else(|| owner.source.clone()),
            record,
            by,
            mappings: values.into_iter().zip(to.iter().map(|to| to.mapping.clone())).collect(),
            kinds,
            affixes,
            syntax: ref_syntax(reference),
            all,
            required: reference.required,
            tolerated: reference.tolerated,
            lint: reference.lint.clone(),
            many,
            optional: !property.required || types.contains(Types::NULL),
        })
    }

    /// Reports values of the sibling without a mapping, and mappings of values that do not exist.
    fn check_values(&mut self, record: RecordId, by: usize, values: &[String], reference: &Reference) {
        let sibling = &self.model.record(record).fields[by].json;
        let missing: Vec<&String> =
            values.iter().filter(|value| mapping_of(reference, value).is_none()).collect();
        if !missing.is_empty() {
            let names = list(&missing, "and");
            let title = format!("`x-ref` does not say what a reference is when `{sibling}` is {names}");
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, title)
                    .label(reference.span, "not complete")
                    .help("add each: a kind, `true` for any text, or `null` for no reference; `\"*\"` stands for all others"),
            );
        }
        let known: HashSet<&str> = values.iter().map(String::as_str).collect();
        let listed = reference.to.iter().filter(|to| to.value != OTHER_VALUES);
        for to in listed.filter(|to| !known.contains(&*to.value)) {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{}` is not a value of `{sibling}`", to.value))
                    .label(to.span, "never happens")
                    .maybe_help(did_you_mean(&to.value, values.iter().map(String::as_str))),
            );
        }
    }

    /// Reports a list of references with elements that can name nothing: the table of such a list cannot hold them.
    fn check_elements(&mut self, property: &MergedProperty, element: Types, reference: &Reference) {
        let has_null = element.contains(Types::NULL) && element != Types::ANY;
        if !has_null && reference.none.is_empty() {
            return;
        }
        let items = MergedSchema::of(self.schemas, property.usage.schema).items;
        let (what, span, help) = match items.filter(|_| has_null) {
            Some(items) => {
                let span = self.schemas.get(items.schema).span;
                ("`null`", span, "do not allow `null` here; a list can be shorter instead")
            }
            None => ("`none`", reference.span, "leave `none` out; a list can be shorter instead"),
        };
        let by = reference.by.as_ref().map_or("", |by| by.text.as_str());
        self.diagnostics.push(
            Diagnostic::new(
                &code::ANNOTATION,
                format!("{what} cannot stand in a list of references whose kind depends on `{by}`"),
            )
            .label(span, "an element that names nothing has no place in the table")
            .help(help),
        );
    }
}

fn no_sibling(owner: &Record, name: &SpannedText, label: &str) -> Diagnostic {
    let known = owner.fields.iter().map(|field| field.json.as_str());
    Diagnostic::new(&code::ANNOTATION, format!("`{}` has no property `{}`", owner.name, name.text))
        .label(name.span, label)
        .maybe_help(did_you_mean(&name.text, known))
}

/// What a reference is when the sibling has a value.
fn mapping_of<'r>(reference: &'r Reference, value: &str) -> Option<&'r ReferenceMapping> {
    let with = |value: &str| reference.to.iter().find(|to| to.value == value);
    with(value).or_else(|| with(OTHER_VALUES))
}
