//! The names that all parts of a schema together allow in an object.

use crate::schema::{Additional, Literal, Pattern, SchemaId, SchemaNode, Schemas};

/// The names that a schema and all its parts declare, including branches that may not apply.
#[derive(Default)]
pub(super) struct KnownNames<'s> {
    pub(super) names: Vec<&'s str>,
    patterns: Vec<&'s Pattern>,
    /// Any name is allowed.
    map: bool,
}

impl<'s> KnownNames<'s> {
    pub(super) fn of(schemas: &'s Schemas, schema: SchemaId) -> Self {
        let mut known = Self::default();
        for part in parts(schemas, schema) {
            let node = schemas.get(part);
            known.map |= matches!(node.additional, Additional::Schema(_));
            known.names.extend(node.properties.iter().map(|property| property.name.as_str()));
            let patterns = node.more.iter().flat_map(|more| &more.pattern_properties);
            known.patterns.extend(patterns.map(|(pattern, _)| pattern));
        }
        known
    }

    /// Whether any branch allows a name.
    pub(super) fn allows(&self, name: &str) -> bool {
        self.map || self.names.contains(&name) || self.patterns.iter().any(|pattern| pattern.matches(name))
    }
}

/// A schema and all schemas that apply to the same value, itself first.
fn parts(schemas: &Schemas, schema: SchemaId) -> Vec<SchemaId> {
    let mut parts = vec![schema];
    let mut at = 0;
    while let Some(part) = parts.get(at).copied() {
        at += 1;
        for inner in schemas.get(part).in_place() {
            if !parts.contains(&inner) {
                parts.push(inner);
            }
        }
    }
    parts
}

/// Whether every object that fits a schema has a property.
pub(super) fn always_required(schemas: &Schemas, schema: SchemaId, name: &str) -> bool {
    let mut parts = vec![schema];
    let mut at = 0;
    while let Some(part) = parts.get(at).copied() {
        at += 1;
        let node = schemas.get(part);
        if node.properties.iter().any(|property| property.required && property.name == name) {
            return true;
        }
        let Some(more) = &node.more else { continue };
        if more.required.iter().any(|known| known == name) {
            return true;
        }
        for inner in more.reference.iter().chain(&more.all_of) {
            if !parts.contains(inner) {
                parts.push(*inner);
            }
        }
    }
    false
}

/// The declaration of a property.
pub(super) struct About<'s> {
    pub(super) description: Option<&'s str>,
    /// Its values, if it is an enum.
    pub(super) values: &'s [Literal],
    /// The declaring schema.
    pub(super) schema: Option<SchemaId>,
}

/// The declaration of a property: by the schema itself, else by others and their parts.
pub(super) fn property<'s>(
    schemas: &'s Schemas,
    node: &'s SchemaNode,
    others: &[Option<SchemaId>],
    name: &str,
) -> About<'s> {
    let others = others.iter().flatten().flat_map(|schema| parts(schemas, *schema));
    let nodes = std::iter::once(node).chain(others.map(|part| schemas.get(part)));
    let mut about = About { description: None, values: &[], schema: None };
    let mut first = true;
    for found in nodes.filter_map(|node| node.properties.iter().find(|property| property.name == name)) {
        let schema = schemas.get(found.schema);
        let description =
            found.annotations.description.as_deref().or(schema.annotations.description.as_deref());
        about.description = about.description.or(description);
        // Other parts may not apply.
        if std::mem::take(&mut first) {
            about.values = schema.values.as_deref().unwrap_or_default();
            about.schema = Some(found.schema);
        }
    }
    about
}
