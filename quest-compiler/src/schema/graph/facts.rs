//! Facts that follow from a schema and the schemas that apply to the same value, computed once all schemas are read.

use super::node::{Additional, DerivedFacts, Items, SchemaNode, Schemas};
use super::{fast_path, index};
use crate::schema::ids::SchemaId;
use crate::schema::value::Types;

/// Computes the facts of every schema, parts before the schemas that are made of them.
///
/// No schema may be a part of itself: the loader has reported those.
pub(super) fn finalize(schemas: &mut Schemas) {
    let count = schemas.nodes.len();
    schemas.derived = vec![DerivedFacts::default(); count];
    let mut visited = vec![false; count];
    let mut todo: Vec<(SchemaId, bool)> = (0..count as u32).map(|index| (SchemaId(index), false)).collect();
    while let Some((id, parts_are_done)) = todo.pop() {
        if parts_are_done {
            schemas.derived[id.0 as usize] = facts_of(schemas, id);
            continue;
        }
        if std::mem::replace(&mut visited[id.0 as usize], true) {
            continue;
        }
        todo.push((id, true));
        let parts = schemas.get(id).in_place().into_iter();
        todo.extend(parts.filter(|part| !visited[part.0 as usize]).map(|part| (part, false)));
    }
    index::finalize(schemas);
    fast_path::finalize(schemas);
}

fn facts_of(schemas: &Schemas, schema: SchemaId) -> DerivedFacts {
    let node = schemas.get(schema);
    let parts = node.in_place().into_iter().map(|part| schemas.parts(part) + 1).max().unwrap_or(0);
    let accepted = compute_accepted(schemas, node);
    DerivedFacts {
        accepted,
        only_asserts: compute_only_asserts(schemas, node, accepted),
        parts,
        ..DerivedFacts::default()
    }
}

/// The types of the values that a schema accepts, as far as they are known without a value.
pub fn accepted(schemas: &Schemas, schema: SchemaId) -> Types {
    schemas.derived.get(schema.0 as usize).map_or(Types::ANY, |derived| derived.accepted)
}

/// Whether a schema only restricts values, and adds nothing to what they look like.
pub(super) fn only_asserts(schemas: &Schemas, schema: SchemaId) -> bool {
    schemas.derived.get(schema.0 as usize).is_some_and(|derived| derived.only_asserts)
}

fn compute_only_asserts(schemas: &Schemas, node: &SchemaNode, accepted: Types) -> bool {
    let describes_parts = !node.properties.is_empty()
        || node.values.is_some()
        || matches!(node.items, Items::Each(_))
        || matches!(node.additional, Additional::Schema(_));
    if describes_parts {
        return false;
    }
    let parts_only_assert = node.more.as_ref().is_none_or(|more| {
        let only_asserts = |part: SchemaId| more.not == Some(part) || only_asserts(schemas, part);
        more.pattern_properties.is_empty() && more.in_place().into_iter().all(only_asserts)
    });
    let is_bare_object = node.types == Types::OBJECT && node.in_place().is_empty();
    (accepted == Types::ANY && parts_only_assert) || is_bare_object
}

fn compute_accepted(schemas: &Schemas, node: &SchemaNode) -> Types {
    if node.never {
        return Types::NONE;
    }
    let union = |all: Types, types: Types| all.union(types);
    let mut types = node.types;
    if let Some(values) = &node.values {
        types = types.intersection(values.iter().map(|value| value.types()).fold(Types::NONE, union));
    }
    let Some(more) = &node.more else { return types };
    for part in more.reference.iter().chain(&more.all_of) {
        types = types.intersection(accepted(schemas, *part));
    }
    for branches in [&more.any_of, &more.one_of].into_iter().filter(|branches| !branches.is_empty()) {
        let any = branches.iter().map(|branch| accepted(schemas, *branch)).fold(Types::NONE, union);
        types = types.intersection(any);
    }
    types
}
