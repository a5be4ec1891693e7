//! Values without parts: enums, whole numbers, and their constraints in words.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::graph::{MergedSchema, SchemaNode, Schemas};
use crate::schema::ids::{EnumId, SchemaId};
use crate::schema::model::{Enum, Shape, Variant};
use crate::schema::value::Literal;
use std::collections::HashMap;

impl ModelBuilder<'_> {
    pub(super) fn enumeration(
        &mut self,
        schema: SchemaId,
        values: &[Literal],
        place: &str,
        words: &HashMap<String, String>,
    ) -> Shape {
        if let Some(known) = self.model.enums.iter().position(|known| known.schema == schema) {
            return Shape::Enum(EnumId(known as u32));
        }
        let texts: Option<Vec<String>> = values
            .iter()
            .filter(|value| **value != Literal::Null)
            .map(|value| if let Literal::Text(text) = value { Some(text.clone()) } else { None })
            .collect();
        let Some(texts) = texts.filter(|texts| texts.len() < 255 && !texts.is_empty()) else {
            return Shape::Text;
        };
        let node = self.schemas.get(schema);
        let given =
            node.annotations.name.as_ref().map(|(name, _)| name.clone()).or_else(|| node.definition.clone());
        self.used.extend(
            node.annotations
                .name
                .iter()
                .map(|(_, span)| *span)
                .chain(node.annotations.names_at.iter().copied()),
        );
        self.no_such_values(node, &texts);
        let variant = |json: String| Variant {
            name: node
                .annotations
                .names
                .iter()
                .find(|(value, ..)| *value == json)
                .map(|(_, name, _)| name.clone()),
            description: words.get(&json).cloned(),
            json,
        };
        self.model.enums.push(Enum {
            name: given.unwrap_or_else(|| place.to_owned()),
            description: node.annotations.description.clone(),
            source: node.annotations.source.clone(),
            variants: texts.into_iter().map(variant).collect::<Vec<_>>(),
            schema,
        });
        Shape::Enum(EnumId(self.model.enums.len() as u32 - 1))
    }

    /// Reports names of values that there are not.
    pub(super) fn no_such_values(&mut self, node: &SchemaNode, values: &[String]) {
        for (value, _, span) in node.annotations.names.iter().filter(|(value, ..)| !values.contains(value)) {
            self.diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("`x-names` names `{value}`, which is no value here"),
                )
                .label(*span, "there is no such value")
                .label(node.span, "in this schema")
                .maybe_help(did_you_mean(value, values.iter().map(String::as_str))),
            );
        }
    }
}

/// The bounds of a number, over all parts.
pub(super) fn bounds(schemas: &Schemas, view: &MergedSchema) -> [Option<f64>; 4] {
    let nodes = || view.parts.iter().map(|part| schemas.get(*part));
    let tightest_max = |bounds: Vec<f64>| bounds.into_iter().reduce(f64::min);
    let tightest_min = |bounds: Vec<f64>| bounds.into_iter().reduce(f64::max);
    [
        tightest_min(nodes().filter_map(|node| node.minimum).collect::<Vec<_>>()),
        tightest_min(nodes().filter_map(|node| node.exclusive_minimum).collect::<Vec<_>>()),
        tightest_max(nodes().filter_map(|node| node.maximum).collect::<Vec<_>>()),
        tightest_max(nodes().filter_map(|node| node.exclusive_maximum).collect::<Vec<_>>()),
    ]
}

pub(super) fn integer(schemas: &Schemas, view: &MergedSchema) -> Shape {
    let [minimum, exclusive_minimum, maximum, exclusive_maximum] = bounds(schemas, view);
    let min = match (minimum, exclusive_minimum) {
        (Some(minimum), Some(exclusive_minimum)) => minimum.ceil().max(exclusive_minimum.floor() + 1.0),
        (Some(minimum), None) => minimum.ceil(),
        (None, Some(exclusive_minimum)) => exclusive_minimum.floor() + 1.0,
        (None, None) => i64::MIN as f64,
    };
    let max = match (maximum, exclusive_maximum) {
        (Some(maximum), Some(exclusive_maximum)) => maximum.floor().min(exclusive_maximum.ceil() - 1.0),
        (Some(maximum), None) => maximum.floor(),
        (None, Some(exclusive_maximum)) => exclusive_maximum.ceil() - 1.0,
        (None, None) if min >= 0.0 => {
            return Shape::Integer { min: min as i128, max: i128::from(u64::MAX) };
        }
        (None, None) => return Shape::Integer { min: min as i128, max: i128::from(i64::MAX) },
    };
    Shape::Integer { min: min as i128, max: max as i128 }
}

/// The constraints of a value in words, for documentation.
pub(super) fn constraints(schemas: &Schemas, view: &MergedSchema) -> Vec<String> {
    let mut words = Vec::new();
    let [minimum, exclusive_minimum, maximum, exclusive_maximum] = bounds(schemas, view);
    let number = |value: f64| value.to_string();
    match (minimum, maximum) {
        (Some(min), Some(max)) => words.push(format!("{} to {}", number(min), number(max))),
        (Some(min), None) => words.push(format!("at least {}", number(min))),
        (None, Some(max)) => words.push(format!("at most {}", number(max))),
        (None, None) => {}
    }
    words.extend(exclusive_minimum.map(|bound| format!("more than {}", number(bound))));
    words.extend(exclusive_maximum.map(|bound| format!("less than {}", number(bound))));
    let plural =
        |count: u64, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    for node in view.parts.iter().map(|part| schemas.get(*part)) {
        let more = node.more.as_deref();
        words.extend(node.min_length.map(|min| format!("at least {}", plural(min, "character"))));
        words.extend(node.max_length.map(|max| format!("at most {}", plural(max, "character"))));
        words.extend(node.min_items.map(|min| format!("at least {}", plural(min, "element"))));
        words.extend(node.max_items.map(|max| format!("at most {}", plural(max, "element"))));
        words.extend(node.pattern.as_ref().map(|pattern| format!("matches `{}`", pattern.source())));
        words.extend(
            more.and_then(|more| more.max_bytes).map(|max| format!("at most {}", plural(max, "byte"))),
        );
        words.extend(more.filter(|more| more.unique).map(|_| "no two elements are equal".to_owned()));
        words.extend(
            more.and_then(|more| more.multiple_of).map(|step| format!("a multiple of {}", number(step))),
        );
    }
    words.dedup();
    words
}
