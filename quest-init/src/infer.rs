//! A JSON Schema for values that have none.
//!
//! All values of one place come in together, so that what is a record, a map or one of several forms is decided with all of them in
//! view. The schema accepts every value that it was made from.

use crate::address::address;
use crate::words::{is_sort, looks_like_id};
use heck::ToSnakeCase;
use quest_compiler::source::{Node, NodeKind};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

/// When a guess is made.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Thresholds {
    /// A text with at most so many different values can be an enum.
    pub enum_values: usize,
    /// Each value of an enum is there so often on average.
    pub enum_repeats: usize,
    /// A bound is proposed if there are so many numbers.
    pub bounded_numbers: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { enum_values: 16, enum_repeats: 4, bounded_numbers: 20 }
    }
}

/// Writes a schema.
pub(crate) struct Inference<'i> {
    pub(crate) thresholds: Thresholds,
    /// The addresses of ids and references, which are no enums. `None` for a schema without enums.
    pub(crate) ids: Option<&'i HashSet<String>>,
}

/// The forms of an object that a property tells apart.
struct Forms<'n, 'a> {
    tag: String,
    /// Values of the tag with their objects; values with the same properties are one form.
    forms: Vec<(Vec<String>, Vec<&'n Node<'a>>)>,
}

impl Inference<'_> {
    /// The schema of a document set.
    pub(crate) fn document(&self, title: &str, values: &[Node<'_>]) -> Value {
        let mut schema = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title });
        let inner = self.schema(values, &mut Vec::new());
        if let (Value::Object(schema), Value::Object(inner)) = (&mut schema, inner) {
            schema.extend(inner);
        }
        schema
    }

    /// The schema of the values in one place; `path` is the JSON pointer to it.
    fn schema(&self, values: &[Node<'_>], path: &mut Vec<String>) -> Value {
        let of = |wanted: &[NodeKind]| -> Vec<Node<'_>> {
            values.iter().filter(|value| wanted.contains(&value.kind())).copied().collect()
        };
        let texts = of(&[NodeKind::Text, NodeKind::Escaped, NodeKind::Word]);
        let numbers = of(&[NodeKind::Integer, NodeKind::Float]);
        let (objects, lists) = (of(&[NodeKind::Object]), of(&[NodeKind::Array]));
        let has_booleans = values.iter().any(|value| value.boolean().is_some());
        let mut forms: Vec<Value> = Vec::new();
        if !texts.is_empty() {
            forms.push(self.text(&texts, path));
        }
        if !numbers.is_empty() {
            forms.push(self.number(&numbers));
        }
        if has_booleans {
            forms.push(json!({ "type": "boolean" }));
        }
        let scalars = forms.len();
        let several =
            usize::from(scalars > 0) + usize::from(!objects.is_empty()) + usize::from(!lists.is_empty()) > 1;
        if several {
            path.extend(["anyOf".to_owned(), usize::from(scalars > 0).to_string()]);
        }
        if !objects.is_empty() {
            forms.push(self.object(&objects, path));
        }
        if several && !objects.is_empty() {
            path.pop();
            path.push((usize::from(scalars > 0) + 1).to_string());
        }
        if !lists.is_empty() {
            forms.push(self.list(&lists, path));
        }
        if several {
            path.truncate(path.len() - 2);
        }
        let mut schema = together(forms, scalars);
        if values.iter().any(|value| value.is_null()) {
            allow_null(&mut schema);
        }
        schema
    }

    fn text(&self, texts: &[Node<'_>], path: &[String]) -> Value {
        let name = path.iter().rev().find(|token| *token != "items").map_or("", String::as_str);
        if let Some(ids) = self.ids
            && !ids.contains(&address(path))
            && let Some(values) = self.values(texts, name)
        {
            return json!({ "type": "string", "enum": values });
        }
        json!({ "type": "string" })
    }

    /// The possible values of texts, if there seem to be only so many.
    fn values(&self, texts: &[Node<'_>], name: &str) -> Option<Vec<String>> {
        let mut values: BTreeSet<String> = BTreeSet::new();
        for text in texts {
            values.insert(text.text()?.into_owned());
            if values.len() > self.thresholds.enum_values {
                return None;
            }
        }
        let words = values.iter().all(|value| !value.is_empty() && value.len() <= 32 && !value.contains(' '));
        let repeats = if is_sort(name) { 2 } else { self.thresholds.enum_repeats };
        (words && values.len() > 1 && texts.len() >= repeats * values.len())
            .then(|| values.into_iter().collect())
    }

    fn number(&self, numbers: &[Node<'_>]) -> Value {
        // Whole numbers beyond 64 bits can only be checked as numbers.
        let fits = |number: &Node<'_>| number.integer().is_some_and(|value| i64::try_from(value).is_ok());
        let whole = numbers.iter().all(|number| number.kind() == NodeKind::Integer && fits(number));
        let mut schema = json!({ "type": if whole { "integer" } else { "number" } });
        let least = numbers.iter().filter_map(|number| number.number()).fold(f64::INFINITY, f64::min);
        if numbers.len() >= self.thresholds.bounded_numbers && least >= 0.0 {
            let bound = if whole && least >= 1.0 { 1 } else { 0 };
            schema["minimum"] = json!(bound);
        }
        schema
    }

    fn list(&self, lists: &[Node<'_>], path: &mut Vec<String>) -> Value {
        let elements: Vec<Node<'_>> = lists.iter().flat_map(|list| list.elements()).collect();
        if elements.is_empty() {
            return json!({ "type": "array" });
        }
        path.push("items".to_owned());
        let items = self.schema(&elements, path);
        path.pop();
        json!({ "type": "array", "items": items })
    }

    fn object(&self, objects: &[Node<'_>], path: &mut Vec<String>) -> Value {
        if is_map(objects) {
            let values: Vec<Node<'_>> =
                objects.iter().flat_map(|object| object.properties().map(|(_, value)| value)).collect();
            path.push("additionalProperties".to_owned());
            let schema = self.schema(&values, path);
            path.pop();
            return json!({ "type": "object", "additionalProperties": schema });
        }
        match forms(objects) {
            Some(forms) => self.union(&forms, path),
            None => self.record(objects, None, path),
        }
    }

    fn union(&self, forms: &Forms<'_, '_>, path: &mut Vec<String>) -> Value {
        path.push("oneOf".to_owned());
        let mut branches = Vec::new();
        for (at, (values, objects)) in forms.forms.iter().enumerate() {
            path.push(at.to_string());
            let objects: Vec<Node<'_>> = objects.iter().map(|object| **object).collect();
            branches.push(self.record(&objects, Some((&forms.tag, values)), path));
            path.pop();
        }
        path.pop();
        json!({ "oneOf": branches })
    }

    fn record(&self, objects: &[Node<'_>], tag: Option<(&str, &[String])>, path: &mut Vec<String>) -> Value {
        let mut names: Vec<Cow<'_, str>> = Vec::new();
        let mut values: HashMap<Cow<'_, str>, Vec<Node<'_>>> = HashMap::new();
        for object in objects {
            for (key, value) in object.properties() {
                let Some(name) = key.text() else { continue };
                let known = values.entry(name.clone()).or_insert_with(|| {
                    names.push(name);
                    Vec::new()
                });
                known.push(value);
            }
        }
        let (mut properties, mut required) = (Map::new(), Vec::new());
        let mut taken = HashSet::new();
        for name in names {
            let found = &values[&name];
            if found.len() >= objects.len() {
                required.push(json!(name));
            }
            let schema = match tag {
                Some((tag, [only])) if tag == name => json!({ "const": only }),
                Some((tag, several)) if tag == name => json!({ "enum": several }),
                _ => {
                    path.extend(["properties".to_owned(), name.to_string()]);
                    let schema = self.schema(found, path);
                    path.truncate(path.len() - 2);
                    schema
                }
            };
            let mut schema = schema;
            // Names that differ only in signs or case would be one name in Rust.
            if let (Some(other), Value::Object(schema)) = (other_name(&name, &mut taken), &mut schema) {
                schema.insert("x-name".to_owned(), json!(other));
            }
            properties.insert(name.into_owned(), schema);
        }
        let mut schema = json!({ "type": "object" });
        if !required.is_empty() {
            schema["required"] = Value::Array(required);
        }
        schema["additionalProperties"] = json!(false);
        schema["properties"] = Value::Object(properties);
        schema
    }
}

/// Another name for a property whose name in Rust is taken.
fn other_name(name: &str, taken: &mut HashSet<String>) -> Option<String> {
    let rust = name.to_snake_case();
    if taken.insert(rust.clone()) {
        return None;
    }
    let other = (2..).map(|number| format!("{rust}_{number}")).find(|other| taken.insert(other.clone()));
    other.map(|other| if other.starts_with('_') { format!("x{other}") } else { other })
}

/// One schema for values of several types; the first `scalars` forms are those of scalars.
fn together(mut forms: Vec<Value>, scalars: usize) -> Value {
    if forms.is_empty() {
        return json!({ "type": "null" });
    }
    if forms.len() == 1 {
        return forms.swap_remove(0);
    }
    if scalars > 1 {
        let types: Vec<Value> = forms.drain(..scalars).map(|form| form["type"].clone()).collect();
        forms.insert(0, json!({ "type": types }));
    }
    if forms.len() == 1 { forms.swap_remove(0) } else { json!({ "anyOf": forms }) }
}

fn allow_null(schema: &mut Value) {
    let Value::Object(object) = schema else { return };
    if let Some(Value::Array(values)) = object.get_mut("enum") {
        values.push(Value::Null);
    }
    match object.get_mut("type") {
        Some(Value::String(one)) if one == "null" => {}
        Some(types @ Value::String(_)) => *types = json!([types.clone(), "null"]),
        Some(Value::Array(types)) => types.push(json!("null")),
        _ => {
            for union in ["anyOf", "oneOf"] {
                if let Some(Value::Array(forms)) = object.get_mut(union) {
                    forms.push(json!({ "type": "null" }));
                }
            }
        }
    }
}

/// Whether objects are maps: many names, each in few of them, and values of one sort.
pub(crate) fn is_map(objects: &[Node<'_>]) -> bool {
    let mut names: HashSet<Cow<'_, str>> = HashSet::new();
    let mut values = Vec::new();
    for object in objects {
        for (key, value) in object.properties() {
            names.extend(key.text());
            values.push(value);
        }
    }
    if names.len() < 3 || values.is_empty() {
        return false;
    }
    let sort = |node: &Node<'_>| match node.kind() {
        NodeKind::Object => 0,
        NodeKind::Array => 1,
        NodeKind::Integer | NodeKind::Float => 2,
        NodeKind::True | NodeKind::False => 3,
        _ => 4,
    };
    let first = sort(&values[0]);
    if values.iter().any(|value| sort(value) != first) {
        return false;
    }
    let presence = values.len() as f64 / (objects.len() * names.len()) as f64;
    let like_ids = names.iter().filter(|name| looks_like_id(name)).count() * 2 >= names.len();
    match first {
        0 => alike(&values) && (like_ids || names.len() >= 6 || presence < 0.5),
        _ => like_ids && names.len() >= 5 && (objects.len() == 1 && names.len() >= 8 || presence < 0.4),
    }
}

/// Whether objects have mostly the same properties.
fn alike(objects: &[Node<'_>]) -> bool {
    let mut names: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut total = 0;
    for object in objects {
        for (key, _) in object.properties() {
            total += 1;
            *names.entry(key.text().unwrap_or_default()).or_default() += 1;
        }
    }
    !names.is_empty() && names.len() * objects.len() <= total * 3
}

/// Names of properties that tell forms apart, the most usual first.
const TAGS: [&str; 10] =
    ["type", "kind", "$type", "tag", "op", "event", "action", "class", "effect", "condition"];
/// More forms than this are no forms.
const MOST_FORMS: usize = 64;

/// The forms of objects, if the value of one property decides which others there are.
fn forms<'n, 'a>(objects: &'n [Node<'a>]) -> Option<Forms<'n, 'a>> {
    TAGS.iter().find_map(|tag| forms_by(objects, tag))
}

fn forms_by<'n, 'a>(objects: &'n [Node<'a>], tag: &str) -> Option<Forms<'n, 'a>> {
    let mut groups: Vec<(String, Vec<&'n Node<'a>>)> = Vec::new();
    for object in objects {
        let value = object.get(tag)?.text()?.into_owned();
        match groups.iter().position(|(known, _)| *known == value) {
            Some(at) => groups[at].1.push(object),
            None if groups.len() == MOST_FORMS => return None,
            None => groups.push((value, vec![object])),
        }
    }
    if groups.len() < 2 || groups.len() * 2 > objects.len() + 2 {
        return None;
    }
    let mut merged: Vec<(BTreeSet<String>, Vec<String>, Vec<&'n Node<'a>>)> = Vec::new();
    for (value, group) in groups {
        let names: BTreeSet<String> = group.iter().flat_map(|object| names_of(object)).collect();
        match merged.iter_mut().find(|(known, ..)| *known == names) {
            Some((_, values, objects)) => {
                values.push(value);
                objects.extend(group);
            }
            None => merged.push((names, vec![value], group)),
        }
    }
    let all: BTreeSet<&String> = merged.iter().flat_map(|(names, ..)| names).collect();
    let partial: Vec<&&String> =
        all.iter().filter(|name| !merged.iter().all(|(names, ..)| names.contains(**name))).collect();
    // A property that is in one form is in all objects of that form, or the tag explains nothing.
    let explained = partial.iter().filter(|name| {
        let with = merged.iter().filter(|(names, ..)| names.contains(***name));
        with.clone().all(|(_, _, objects)| {
            objects.iter().filter(|object| object.get(name).is_some()).count() * 2 > objects.len()
        })
    });
    let is_union = merged.len() >= 2 && !partial.is_empty() && explained.count() * 4 >= partial.len() * 3;
    let forms = merged.into_iter().map(|(_, values, objects)| (values, objects)).collect();
    is_union.then(|| Forms { tag: tag.to_owned(), forms })
}

fn names_of(object: &Node<'_>) -> Vec<String> {
    object.properties().filter_map(|(key, _)| key.text()).map(Cow::into_owned).collect()
}
