//! Whether two definitions say the same.

use super::overlay::Overlay;
use super::resources::{Resources, SchemaKey, schema_key};
use crate::source::{Node, NodeKind};
use std::collections::HashSet;

/// Whether two schemas are equal, and so is all that they refer to. No overlay tells them apart.
pub(super) fn same_schema<'a>(
    one: Node<'a>,
    other: Node<'a>,
    resources: &Resources<'a>,
    overlay: &Overlay<'a>,
) -> bool {
    if resources.dialect(one) != resources.dialect(other) {
        return false;
    }
    // Schemas that refer to each other are equal if nothing tells them apart.
    let mut compared: HashSet<(SchemaKey, SchemaKey)> = HashSet::new();
    let mut todo = vec![(one, other)];
    while let Some((one, other)) = todo.pop() {
        let keys = (schema_key(one), schema_key(other));
        if keys.0 == keys.1 || !compared.insert(keys) {
            continue;
        }
        let plain = |key: SchemaKey| overlay.at(key).is_empty() && overlay.names_at(key).is_empty();
        if one.kind() != other.kind() || !plain(keys.0) || !plain(keys.1) {
            return false;
        }
        match one.kind() {
            NodeKind::Array => {
                if one.elements().count() != other.elements().count() {
                    return false;
                }
                todo.extend(one.elements().zip(other.elements()));
            }
            NodeKind::Object => {
                if one.properties().count() != other.properties().count() {
                    return false;
                }
                for ((name, value), (other_name, other_value)) in one.properties().zip(other.properties()) {
                    if name.text() != other_name.text() {
                        return false;
                    }
                    if !matches!(name.plain(), Some("$ref" | "$dynamicRef")) {
                        todo.push((value, other_value));
                        continue;
                    }
                    let target = |from: Node<'a>, value: Node<'a>| resources.find(from, &value.text()?);
                    match (target(one, value), target(other, other_value)) {
                        (Some((found, first)), Some((other_found, second))) if first == second => {
                            todo.push((found, other_found));
                        }
                        _ => return false,
                    }
                }
            }
            _ if one.text() != other.text() || (one.text().is_none() && one.raw() != other.raw()) => {
                return false;
            }
            _ => {}
        }
    }
    true
}
