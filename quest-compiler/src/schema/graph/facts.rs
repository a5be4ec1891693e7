//! What follows from a schema and those that hold for the same value, worked out once all are read.

use super::fast_path;
use super::node::{Additional, DerivedFacts, Items, SchemaNode, Schemas};
use crate::schema::ids::SchemaId;
use crate::schema::value::Types;

/// Whether a branch only restricts, and adds nothing to what a value looks like.
pub(super) fn only_asserts(schemas: &Schemas, branch: SchemaId) -> bool {
    schemas.derived.get(branch.0 as usize).is_some_and(|derived| derived.only_asserts)
}

/// The types of the values that a schema accepts, as far as that can be seen without one.
pub fn accepted(schemas: &Schemas, schema: SchemaId) -> Types {
    schemas.derived.get(schema.0 as usize).map_or(Types::ANY, |derived| derived.accepted)
}

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
    fast_path::finalize(schemas);
}

fn facts_of(schemas: &Schemas, schema: SchemaId) -> DerivedFacts {
    let node = schemas.get(schema);
    let parts = node.in_place().into_iter().map(|part| schemas.parts(part) + 1).max().unwrap_or(0);
    let accepted = accepted_of(schemas, node);
    DerivedFacts {
        accepted,
        only_asserts: restricts(schemas, node, accepted),
        parts,
        ..DerivedFacts::default()
    }
}

fn restricts(schemas: &Schemas, node: &SchemaNode, accepted: Types) -> bool {
    let bare = node.properties.is_empty()
        && node.values.is_none()
        && matches!(node.items, Items::Anything)
        && !matches!(node.additional, Additional::Schema(_));
    bare && accepted == Types::ANY
        && node.more.as_ref().is_none_or(|more| {
            more.pattern_properties.is_empty()
                && more
                    .in_place()
                    .into_iter()
                    .all(|part| more.not == Some(part) || only_asserts(schemas, part))
        })
        || bare && node.types == Types::OBJECT && node.in_place().is_empty()
}

fn accepted_of(schemas: &Schemas, node: &SchemaNode) -> Types {
    if node.never {
        return Types::NONE;
    }
    let mut types = node.types;
    if let Some(values) = &node.values {
        types = types.intersection(values.iter().fold(Types::NONE, |all, value| all.union(value.types())));
    }
    let Some(more) = &node.more else { return types };
    for part in more.reference.iter().chain(&more.all_of) {
        types = types.intersection(accepted(schemas, *part));
    }
    for branches in [&more.any_of, &more.one_of].into_iter().filter(|branches| !branches.is_empty()) {
        let any = branches.iter().fold(Types::NONE, |all, part| all.union(accepted(schemas, *part)));
        types = types.intersection(any);
    }
    types
}
