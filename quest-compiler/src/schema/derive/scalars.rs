//! Values without parts: enums, whole numbers, and their constraints in words.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean, nouns};
use crate::schema::graph::{MergedSchema, SchemaNode, Schemas};
use crate::schema::ids::{EnumId, SchemaId};
use crate::schema::model::{Enum, Shape, Variant};
use crate::schema::value::Literal;
use crate::source::Number;
use std::collections::{HashMap, HashSet};

/// A table cell has a byte for the value of an enum, and reserves one of its values.
const MAX_ENUM_VALUES: usize = 254;

impl ModelBuilder<'_> {
    /// The shape of a string with fixed values. `descriptions` are those of single values.
    pub(super) fn enumeration(
        &mut self,
        schema: SchemaId,
        values: &[Literal],
        name: &str,
        descriptions: &HashMap<String, String>,
    ) -> Shape {
        if let Some(known) = self.enums.get(&schema) {
            return Shape::Enum(*known);
        }
        let texts: Option<Vec<String>> = values
            .iter()
            .filter(|value| **value != Literal::Null)
            .map(|value| value.as_text().map(str::to_owned))
            .collect();
        let Some(texts) = texts.filter(|texts| (1..=MAX_ENUM_VALUES).contains(&texts.len())) else {
            return Shape::Text;
        };
        let node = self.schemas.get(schema);
        let annotations = &node.annotations;
        self.use_names([&**annotations]);
        self.used.extend(&annotations.names_spans);
        self.check_value_names(node, &texts);
        let variant = |json: String| Variant {
            name: annotations.name_of(&json),
            description: descriptions.get(&json).cloned(),
            json,
        };
        let given = annotations.name.as_ref().map(|name| name.text.clone());
        let id = EnumId(self.model.enums.len() as u32);
        self.model.enums.push(Enum {
            name: given.or_else(|| node.definition.clone()).unwrap_or_else(|| name.to_owned()),
            description: annotations.description.clone(),
            source: annotations.source.clone(),
            variants: texts.into_iter().map(variant).collect(),
            schema,
        });
        self.enums.insert(schema, id);
        Shape::Enum(id)
    }

    /// Reports `x-names` of values that do not exist.
    pub(super) fn check_value_names(&mut self, node: &SchemaNode, values: &[String]) {
        let known: HashSet<&str> = values.iter().map(String::as_str).collect();
        for name in node.annotations.names.iter().filter(|name| !known.contains(&*name.value)) {
            let title = format!("`x-names` names `{}`, which is no value here", name.value);
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, title)
                    .label(name.span, "there is no such value")
                    .label(node.span, "in this schema")
                    .maybe_help(did_you_mean(&name.value, values.iter().map(String::as_str))),
            );
        }
    }
}

/// The tightest bounds of a number, over all schemas that apply to it.
struct Bounds {
    min: Option<Number>,
    exclusive_min: Option<Number>,
    max: Option<Number>,
    exclusive_max: Option<Number>,
}

impl Bounds {
    fn of(schemas: &Schemas, merged: &MergedSchema) -> Self {
        let all = |bound: fn(&SchemaNode) -> Option<Number>| {
            merged.parts.iter().filter_map(move |part| bound(schemas.get(*part)))
        };
        Self {
            min: all(|node| node.minimum).reduce(Number::max),
            exclusive_min: all(|node| node.exclusive_minimum).reduce(Number::max),
            max: all(|node| node.maximum).reduce(Number::min),
            exclusive_max: all(|node| node.exclusive_maximum).reduce(Number::min),
        }
    }

    /// The smallest integer within the bounds.
    fn min_integer(&self) -> Option<i128> {
        let inclusive = self.min.map(Number::ceil);
        let exclusive = self.exclusive_min.map(|bound| bound.floor().saturating_add(1));
        inclusive.into_iter().chain(exclusive).max()
    }

    /// The greatest integer within the bounds.
    fn max_integer(&self) -> Option<i128> {
        let inclusive = self.max.map(Number::floor);
        let exclusive = self.exclusive_max.map(|bound| bound.ceil().saturating_sub(1));
        inclusive.into_iter().chain(exclusive).min()
    }
}

/// The shape of an integer. Without bounds it is signed; with a lower bound of at least 0 alone, it is unsigned.
pub(super) fn integer(schemas: &Schemas, merged: &MergedSchema) -> Shape {
    let bounds = Bounds::of(schemas, merged);
    let min = bounds.min_integer().unwrap_or(i128::from(i64::MIN));
    let max = match bounds.max_integer() {
        Some(max) => max,
        None if min >= 0 => i128::from(u64::MAX),
        None => i128::from(i64::MAX),
    };
    Shape::Integer { min, max }
}

/// The constraints of a value in words, for documentation.
pub(super) fn constraints(schemas: &Schemas, merged: &MergedSchema) -> Vec<String> {
    let Bounds { min, exclusive_min, max, exclusive_max } = Bounds::of(schemas, merged);
    let mut words = Vec::new();
    match (min, max) {
        (Some(min), Some(max)) => words.push(format!("{min} to {max}")),
        (Some(min), None) => words.push(format!("at least {min}")),
        (None, Some(max)) => words.push(format!("at most {max}")),
        (None, None) => {}
    }
    words.extend(exclusive_min.map(|bound| format!("more than {bound}")));
    words.extend(exclusive_max.map(|bound| format!("less than {bound}")));
    for node in merged.parts.iter().map(|part| schemas.get(*part)) {
        words.extend(node_constraints(node));
    }
    words.dedup();
    words
}

fn node_constraints(node: &SchemaNode) -> Vec<String> {
    let at_least =
        |count: Option<u64>, noun: &str| count.map(|min| format!("at least {}", nouns::count(min, noun)));
    let at_most =
        |count: Option<u64>, noun: &str| count.map(|max| format!("at most {}", nouns::count(max, noun)));
    let more = node.more.as_deref();
    let all = [
        at_least(node.min_length, "character"),
        at_most(node.max_length, "character"),
        at_least(node.min_items, "element"),
        at_most(node.max_items, "element"),
        node.pattern.as_ref().map(|pattern| format!("matches `{}`", pattern.source())),
        at_most(more.and_then(|more| more.max_bytes), "byte"),
        more.filter(|more| more.unique).map(|_| "no two elements are equal".to_owned()),
        more.and_then(|more| more.multiple_of).map(|step| format!("a multiple of {step}")),
    ];
    all.into_iter().flatten().collect()
}
