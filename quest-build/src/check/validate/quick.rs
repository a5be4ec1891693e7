//! Whether a value fits, without a word about why: the few keywords that conditions are made of, and no memory.

use super::words::type_of;
use crate::schema::{Additional, Items, More, SchemaId, SchemaNode, Schemas, Types};
use crate::source::{Kind, Node};

/// Whether a value fits a schema; `None` if the schema has a keyword that is not known here.
pub(super) fn quick(schemas: &Schemas, schema: SchemaId, value: Node<'_>) -> Option<bool> {
    let node = schemas.get(schema);
    if value.kind() == Kind::Invalid || !known(node) {
        return None;
    }
    if node.never {
        return Some(false);
    }
    let types = type_of(value);
    let accepted = match types {
        Types::INTEGER => node.types.has(Types::INTEGER),
        Types::NUMBER => node.types.has(Types::NUMBER),
        other => node.types.meets(other),
    };
    if !accepted || node.values.as_ref().is_some_and(|values| !values.iter().any(|literal| literal.is(value)))
    {
        return Some(false);
    }
    let fits = match types {
        // Numbers of any size the validator knows.
        Types::INTEGER if value.integer().is_some_and(|whole| i64::try_from(whole).is_ok()) => {
            in_bounds(node, value.number().unwrap_or(f64::NAN))
        }
        Types::INTEGER | Types::NUMBER => return None,
        Types::STRING => {
            let bounded = node.min_length.is_some() || node.max_length.is_some();
            !bounded || counts(value.text()?.chars().count(), node.min_length, node.max_length)
        }
        Types::ARRAY => {
            let bounded = node.min_items.is_some() || node.max_items.is_some();
            !bounded || counts(value.elements().count(), node.min_items, node.max_items)
        }
        Types::OBJECT => properties(schemas, node, value)?,
        _ => true,
    };
    if !fits {
        return Some(false);
    }
    match &node.more {
        Some(more) => combined(schemas, more, value),
        None => Some(true),
    }
}

fn properties(schemas: &Schemas, node: &SchemaNode, value: Node<'_>) -> Option<bool> {
    for property in &node.properties {
        let fits = match value.get_named(&property.name) {
            Some(item) => quick(schemas, property.schema, item)?,
            None => !property.required,
        };
        if !fits {
            return Some(false);
        }
    }
    Some(true)
}

fn combined(schemas: &Schemas, more: &More, value: Node<'_>) -> Option<bool> {
    if value.kind() == Kind::Object && more.required.iter().any(|name| value.get_named(name).is_none()) {
        return Some(false);
    }
    for part in &more.all_of {
        if !quick(schemas, *part, value)? {
            return Some(false);
        }
    }
    if !more.any_of.is_empty() {
        let mut any = false;
        for part in &more.any_of {
            any |= quick(schemas, *part, value)?;
        }
        if !any {
            return Some(false);
        }
    }
    if let Some(not) = more.not
        && quick(schemas, not, value)?
    {
        return Some(false);
    }
    if let Some(condition) = more.condition {
        let branch = if quick(schemas, condition, value)? { more.then } else { more.otherwise };
        if let Some(branch) = branch
            && !quick(schemas, branch, value)?
        {
            return Some(false);
        }
    }
    if let Some(contains) = more.contains.filter(|_| value.kind() == Kind::Array) {
        let mut count = 0;
        for element in value.elements() {
            count += u64::from(quick(schemas, contains, element)?);
        }
        if count < more.min_contains.unwrap_or(1) || more.max_contains.is_some_and(|most| count > most) {
            return Some(false);
        }
    }
    Some(true)
}

fn in_bounds(node: &SchemaNode, number: f64) -> bool {
    node.minimum.is_none_or(|least| number >= least)
        && node.maximum.is_none_or(|most| number <= most)
        && node.above.is_none_or(|bound| number > bound)
        && node.below.is_none_or(|bound| number < bound)
}

fn counts(count: usize, least: Option<u64>, most: Option<u64>) -> bool {
    least.is_none_or(|least| count as u64 >= least) && most.is_none_or(|most| count as u64 <= most)
}

/// Whether a schema has no keywords but those that are looked at here.
fn known(node: &SchemaNode) -> bool {
    let more = |more: &More| {
        more.reference.is_none()
            && more.one_of.is_empty()
            && more.dependent_schemas.is_empty()
            && more.dependent_required.is_empty()
            && more.pattern_properties.is_empty()
            && more.property_names.is_none()
            && more.min_properties.is_none()
            && more.max_properties.is_none()
            && more.prefix.is_empty()
            && !more.unique
            && more.multiple_of.is_none()
            && more.max_bytes.is_none()
            && more.equals.is_none()
            && more.group.is_none()
            && more.unevaluated_properties.is_none()
            && more.unevaluated_items.is_none()
    };
    node.pattern.is_none()
        && matches!(node.items, Items::Anything)
        && matches!(node.additional, Additional::Anything)
        && node.more.as_deref().is_none_or(more)
}
