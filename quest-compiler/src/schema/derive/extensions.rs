//! Checks the keywords of questc that assert something: whether they have an effect, and whether the properties they name exist.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean, few};
use crate::schema::graph::{
    Additional, ExtraKeywords, MergedSchema, Property, SchemaNode, Schemas, accepted,
};
use crate::schema::ids::SchemaId;
use crate::schema::value::Types;
use crate::text::Span;
use bit_set::BitSet;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// `{key}` in `x-equals`: the name of the object in its map.
const MAP_NAME: &str = "{key}";

type Names = Rc<BTreeSet<String>>;

impl ModelBuilder<'_> {
    /// Checks `x-max-bytes`, `x-equals`, `x-group` and `x-lint` of all schemas.
    pub(super) fn check_extensions(&mut self) {
        let nodes = &self.schemas.nodes;
        let mut properties = BitSet::new();
        for property in nodes.iter().flat_map(|node| &node.properties) {
            properties.insert(property.schema.0 as usize);
        }
        for (index, node) in nodes.iter().enumerate() {
            let lint = node.annotations.lint.as_ref().filter(|_| has_level(node));
            self.used.extend(lint.map(|lint| lint.span));
            let Some(more) = node.more.as_deref() else { continue };
            let schema = SchemaId(index as u32);
            if let Some(span) = more.max_bytes_span
                && !accepted(self.schemas, schema).intersects(Types::STRING)
            {
                let label = format!("counts the bytes of a text, and this is {}", node.types.words());
                self.reject_idle("x-max-bytes", span, &label);
            }
            if let Some(span) = more.equals_span.filter(|_| !properties.contains(index)) {
                self.reject_idle("x-equals", span, "compares a property of an object, and this is none");
            }
            self.check_group(schema, more);
        }
        self.check_equals();
    }

    pub(super) fn reject_idle(&mut self, keyword: &str, span: Span, label: &str) {
        self.reject(span, format!("`{keyword}` has no effect here"), label);
    }

    /// Reports properties in `x-group` that the objects of the group do not have.
    fn check_group(&mut self, schema: SchemaId, more: &ExtraKeywords) {
        let Some(group) = &more.group else { return };
        let merged = MergedSchema::of(self.schemas, schema).with_branches(self.schemas);
        let Some(objects) = merged.items.or(merged.map_values) else {
            self.reject_idle("x-group", group.span, "stands on a list or map of objects");
            return;
        };
        let Some(known) = property_names(self.schemas, objects.schema) else { return };
        for name in group.names.iter().filter(|name| !known.contains(&name.text)) {
            let title = format!("the objects of this group have no `{}`", name.text);
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, title)
                    .label(name.span, "is not among their properties")
                    .label(self.schemas.get(objects.schema).span, "these are the objects")
                    .maybe_help(suggest(&name.text, known.iter().map(String::as_str))),
            );
        }
    }

    /// Reports siblings in `x-equals` that do not exist.
    fn check_equals(&mut self) {
        let schemas = self.schemas;
        let has_equals = |property: &Property| equals(schemas, property.schema).is_some();
        if !schemas.nodes.iter().flat_map(|node| &node.properties).any(has_equals) {
            return;
        }
        let map_entries = map_entries(schemas);
        let siblings = self.siblings_of_equals();
        for (index, node) in schemas.nodes.iter().enumerate() {
            // The names of the object's properties are found out once, and only if they are needed.
            let mut names = None;
            for property in &node.properties {
                let Some((other, span)) = equals(schemas, property.schema) else { continue };
                if other == MAP_NAME {
                    if !map_entries.contains(index) {
                        let label = "no object with this property stands under a name in a map";
                        self.reject_idle("x-equals", span, label);
                    }
                    continue;
                }
                let names = names.get_or_insert_with(|| property_names(schemas, SchemaId(index as u32)));
                let Some(own) = names else { continue };
                let in_records = siblings.get(&property.schema).map_or(&[][..], Vec::as_slice);
                let known = std::iter::once(&*own).chain(in_records.iter().map(|names| &**names));
                self.check_sibling(property, other, span, known);
            }
        }
    }

    fn check_sibling<'n>(
        &mut self,
        property: &Property,
        other: &str,
        span: Span,
        known: impl Iterator<Item = &'n BTreeSet<String>> + Clone,
    ) {
        if known.clone().any(|names| names.contains(other)) {
            return;
        }
        let title = format!("`{}` cannot be equal to `{other}`, which does not exist", property.name);
        let names = known.flatten().map(String::as_str).filter(|name| property.name != **name);
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, title)
                .label(span, "no property of the same object")
                .maybe_help(suggest(other, names)),
        );
    }

    /// For schemas with `x-equals`, the names of all properties of each record that has a property with that schema.
    ///
    /// A property and its sibling can be in different schemas of one object, which are merged in its record. The names of a record
    /// are shared between its properties: a copy for each would be quadratic in the size of the record.
    fn siblings_of_equals(&self) -> HashMap<SchemaId, Vec<Names>> {
        let mut siblings: HashMap<SchemaId, Vec<Names>> = HashMap::new();
        for record in &self.model.records {
            let schema = record.branch.unwrap_or(record.schema);
            let merged = MergedSchema::of(self.schemas, schema).with_branches(self.schemas);
            let mut names: Option<Names> = None;
            for property in &merged.properties {
                if equals(self.schemas, property.usage.schema).is_some() {
                    let names = names.get_or_insert_with(|| {
                        Rc::new(merged.properties.iter().map(|property| property.name.clone()).collect())
                    });
                    siblings.entry(property.usage.schema).or_default().push(Rc::clone(names));
                }
            }
        }
        siblings
    }
}

/// The `x-equals` of a schema.
fn equals(schemas: &Schemas, schema: SchemaId) -> Option<(&str, Span)> {
    let more = schemas.get(schema).more.as_deref()?;
    Some((more.equals.as_deref()?, more.equals_span?))
}

/// The names of all properties that objects of a schema can have; `None` if they can have any.
fn property_names(schemas: &Schemas, schema: SchemaId) -> Option<BTreeSet<String>> {
    let merged = MergedSchema::of(schemas, schema).with_branches(schemas);
    let has_any = merged.map_values.is_some() || merged.properties.is_empty();
    (!has_any).then(|| merged.properties.into_iter().map(|property| property.name).collect())
}

/// The schemas of values that have a name: in a map, or as a property.
fn map_entries(schemas: &Schemas) -> BitSet {
    let mut found = BitSet::new();
    for node in &schemas.nodes {
        for property in &node.properties {
            add_with_parts(schemas, property.schema, &mut found);
        }
        if let Additional::Schema(values) = &node.additional {
            add_with_parts(schemas, values.schema, &mut found);
        }
        let Some(more) = &node.more else { continue };
        for (_, values) in &more.pattern_properties {
            add_with_parts(schemas, values.schema, &mut found);
        }
        if let Some(rest) = more.unevaluated_properties {
            add_with_parts(schemas, rest, &mut found);
        }
    }
    found
}

/// Adds a schema and all that apply to the same value.
fn add_with_parts(schemas: &Schemas, schema: SchemaId, found: &mut BitSet) {
    let mut todo = vec![schema];
    while let Some(next) = todo.pop() {
        if found.insert(next.0 as usize) {
            todo.extend(schemas.get(next).in_place());
        }
    }
}

/// Whether a schema has keywords whose diagnostics have a level that `x-lint` can name.
fn has_level(node: &SchemaNode) -> bool {
    let more = node.more.as_deref().is_some_and(|more| {
        more.unique
            || more.contains.is_some()
            || more.not.is_some()
            || more.max_bytes.is_some()
            || more.equals.is_some()
            || more.group.is_some()
            || more.min_properties.is_some()
            || more.max_properties.is_some()
    });
    let lengths = [node.min_length, node.max_length, node.min_items, node.max_items];
    more || node.pattern.is_some() || lengths.iter().any(Option::is_some)
}

/// What a name was probably meant to be, or else all that it can be if those are few.
pub(super) fn suggest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let known: BTreeSet<&str> = known.collect();
    did_you_mean(name, known.iter().copied()).or_else(|| few(known.into_iter()))
}
