//! Decides which schemas the boolean fast path of validation (`check::validate::fast_path`) can check.

use super::node::{Additional, ExtraKeywords, Items, SchemaNode, Schemas};
use crate::schema::ids::SchemaId;

/// Computes for every schema whether the fast path supports it and all schemas below it, and which properties it requires.
pub(super) fn finalize(schemas: &mut Schemas) {
    let mut supported: Vec<bool> = schemas.nodes.iter().map(|node| supports(schemas, node)).collect();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); schemas.nodes.len()];
    for (index, node) in schemas.nodes.iter().enumerate() {
        for part in parts(node) {
            users[part.0 as usize].push(index);
        }
    }
    // A schema that uses an unsupported one is unsupported too. Schemas can use each other in cycles.
    let mut todo: Vec<usize> = (0..supported.len()).filter(|index| !supported[*index]).collect();
    while let Some(index) = todo.pop() {
        for user in &users[index] {
            if std::mem::replace(&mut supported[*user], false) {
                todo.push(*user);
            }
        }
    }
    for (index, node) in schemas.nodes.iter().enumerate() {
        if let Some(derived) = schemas.derived.get_mut(index) {
            (derived.quick, derived.required) = (supported[index], required(node));
        }
    }
}

/// Whether the fast path supports all keywords of one schema, regardless of the schemas below it.
fn supports(schemas: &Schemas, node: &SchemaNode) -> bool {
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

/// The schemas that validation against this one leads to.
fn parts(node: &SchemaNode) -> Vec<SchemaId> {
    let mut parts = node.in_place();
    parts.extend(node.properties.iter().map(|property| property.schema));
    if let Additional::Schema(usage) = &node.additional {
        parts.push(usage.schema);
    }
    if let Items::Each(usage) = &node.items {
        parts.push(usage.schema);
    }
    parts.extend(node.more.as_ref().and_then(|more| more.contains));
    parts
}

/// The properties that a schema requires as a bit set; properties from the 129th on have no bit.
fn required(node: &SchemaNode) -> u128 {
    let listed = node.properties.iter().enumerate().filter(|(_, property)| property.required);
    listed.fold(0, |all, (index, _)| all | 1u128.checked_shl(index as u32).unwrap_or(0))
}
