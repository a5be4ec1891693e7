//! Which schemas a quick look is enough for: one that says whether a value fits, and not why (`check::validate::quick`).

use super::node::{Additional, ExtraKeywords, Items, SchemaNode, Schemas};
use crate::schema::ids::SchemaId;

/// Works out for every schema whether a quick look knows all keywords in it and in those it leads to, and which properties it requires.
pub(super) fn finalize(schemas: &mut Schemas) {
    let mut quick: Vec<bool> = schemas.nodes.iter().map(|node| knows(schemas, node)).collect();
    let parts: Vec<Vec<SchemaId>> = schemas.nodes.iter().map(parts).collect();
    // What leads to one that it does not know is not known either; schemas lead to each other in circles.
    loop {
        let mut changed = false;
        for (at, parts) in parts.iter().enumerate() {
            if quick[at] && !parts.iter().all(|part| quick[part.0 as usize]) {
                quick[at] = false;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for (at, node) in schemas.nodes.iter().enumerate() {
        if let Some(derived) = schemas.derived.get_mut(at) {
            (derived.quick, derived.required) = (quick[at], required(node));
        }
    }
}

/// Whether a schema has no keywords but those that the quick look knows. What its parts have is not asked.
fn knows(schemas: &Schemas, node: &SchemaNode) -> bool {
    let more = |more: &ExtraKeywords| {
        more.dependent_schemas.is_empty()
            && more.dependent_required.is_empty()
            && more.pattern_properties.is_empty()
            && more.property_names.is_none()
            && more.min_properties.is_none()
            && more.max_properties.is_none()
            && more.prefix.is_empty()
            && more.multiple_of.is_none()
            && more.group.is_none()
            && more.unevaluated_properties.is_none()
            && more.unevaluated_items.is_none()
    };
    let equals =
        |schema: SchemaId| schemas.get(schema).more.as_ref().is_some_and(|more| more.equals.is_some());
    node.properties.len() <= u128::BITS as usize
        && node.more.as_deref().is_none_or(more)
        && !node.properties.iter().any(|property| equals(property.schema))
}

/// The schemas that values are validated against because they are validated against this one.
fn parts(node: &SchemaNode) -> Vec<SchemaId> {
    let mut parts = node.in_place();
    parts.extend(node.properties.iter().map(|property| property.schema));
    if let Additional::Schema(site) = &node.additional {
        parts.push(site.schema);
    }
    if let Items::Each(site) = &node.items {
        parts.push(site.schema);
    }
    parts.extend(node.more.as_ref().and_then(|more| more.contains));
    parts
}

/// The properties that a schema requires, a bit for each.
fn required(node: &SchemaNode) -> u128 {
    let listed = node.properties.iter().enumerate().filter(|(_, property)| property.required);
    listed.fold(0, |all, (at, _)| all | 1u128.checked_shl(at as u32).unwrap_or(0))
}
