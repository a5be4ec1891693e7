//! Where overlays write about a place: the schema file, and an address in it.

use crate::observe::{Holder, Observed, PlaceId, Step};
use quest_compiler::schema::{SchemaId, Schemas};
use quest_compiler::source::{Document, Node, NodeKind};
use quest_compiler::text::FileId;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// The schema objects of all files, by where they begin.
pub(crate) struct Addresses<'s> {
    schemas: &'s Schemas,
    by_start: HashMap<(FileId, u32), Vec<String>>,
}

/// What an overlay says of a place, and under which address.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OverlayEntry {
    pub(crate) file: FileId,
    pub(crate) address: String,
    pub(crate) body: Value,
}

impl<'s> Addresses<'s> {
    pub(crate) fn of<'a>(schemas: &'s Schemas, files: impl Iterator<Item = &'a Document>) -> Self {
        let mut by_start = HashMap::new();
        for document in files {
            if let Some(root) = document.root() {
                add(root, &mut Vec::new(), &mut by_start);
            }
        }
        Self { schemas, by_start }
    }

    /// The entry that gives an annotation to a place; `kind` is the JSON type of an open place.
    pub(crate) fn entry(
        &self,
        observed: &Observed<'_>,
        place: PlaceId,
        annotation: (&str, Value),
        types: &str,
    ) -> Option<OverlayEntry> {
        let here = observed.place(place);
        let mut body = Map::new();
        if !here.declared && here.step != Step::Names {
            body.insert("type".to_owned(), json!(types));
        }
        body.insert(annotation.0.to_owned(), annotation.1);
        self.wrapped(observed, place, Value::Object(body))
    }

    /// The entry for a body, inside as many undeclared places as there are around it.
    fn wrapped(&self, observed: &Observed<'_>, place: PlaceId, body: Value) -> Option<OverlayEntry> {
        let here = observed.place(place);
        if let (Holder::Schema(holder), true) = (here.holder, here.declared) {
            let (file, path) = self.path(holder)?;
            let step = step_token(observed, here.step);
            let full: Vec<String> = path.iter().cloned().chain(step).collect();
            return Some(OverlayEntry { file, address: address(&full), body });
        }
        let body = match here.step {
            Step::Property(name) => json!({ "properties": { observed.text(name): body } }),
            Step::Elements => json!({ "items": body }),
            Step::Values => json!({ "additionalProperties": body }),
            Step::Names | Step::Document => return None,
        };
        match here.holder {
            Holder::Schema(holder) => {
                let (file, path) = self.path(holder)?;
                Some(OverlayEntry { file, address: address(path), body })
            }
            Holder::Open(outer) => {
                let around = observed.place(outer);
                let mut body = body;
                if let (false, Value::Object(object)) = (around.declared, &mut body) {
                    let types = if around.objects > 0 { "object" } else { "array" };
                    object.insert("type".to_owned(), json!(types));
                }
                self.wrapped(observed, outer, body)
            }
        }
    }

    /// The file of a schema object, and the JSON pointer to it.
    fn path(&self, id: SchemaId) -> Option<(FileId, &[String])> {
        let span = self.schemas.get(id).span;
        self.by_start.get(&(span.file, span.start)).map(|path| (span.file, path.as_slice()))
    }

    /// The address of a schema object.
    pub(crate) fn schema(&self, id: SchemaId) -> Option<(FileId, String)> {
        self.path(id).map(|(file, path)| (file, address(path)))
    }

    /// The name under which `$defs` has a schema, or the property that it is the schema of.
    pub(crate) fn noun(&self, id: SchemaId) -> Option<&str> {
        let (_, path) = self.path(id)?;
        let mut tokens = path.iter();
        let mut noun = None;
        // After these keywords comes a name; whatever it is, it is no keyword.
        while let Some(token) = tokens.next() {
            if ["properties", "$defs", "definitions"].contains(&token.as_str()) {
                noun = tokens.next();
            }
        }
        noun.map(String::as_str)
    }
}

/// Records the JSON pointers to all objects in a file.
fn add(node: Node<'_>, path: &mut Vec<String>, found: &mut HashMap<(FileId, u32), Vec<String>>) {
    if node.kind() == NodeKind::Object {
        let start = node.opening();
        found.insert((start.file, start.start), path.clone());
    }
    for (key, value) in node.properties() {
        path.push(key.text().unwrap_or_default().into_owned());
        add(value, path, found);
        path.pop();
    }
    for (at, value) in node.elements().enumerate() {
        path.push(at.to_string());
        add(value, path, found);
        path.pop();
    }
}

/// The tokens of a JSON pointer that a step adds.
fn step_token(observed: &Observed<'_>, step: Step) -> Vec<String> {
    let token = match step {
        Step::Property(name) => return vec!["properties".to_owned(), observed.text(name).to_owned()],
        Step::Elements => "items",
        Step::Values => "additionalProperties",
        Step::Names => "propertyNames",
        Step::Document => return Vec::new(),
    };
    vec![token.to_owned()]
}

/// The address that a JSON pointer to a schema has: what content looks like, as far back as that can be said.
pub(crate) fn address(path: &[String]) -> String {
    let mut start = String::new();
    let mut steps = String::new();
    let mut pointer = String::new();
    let mut rest = path;
    while let Some((token, after)) = rest.split_first() {
        let plain = |name: &String| !name.is_empty() && !name.contains(['.', '[', ']', '{', '}', ' ', '#']);
        let (taken, step) = match (token.as_str(), after.first()) {
            ("properties", Some(name)) if plain(name) => (2, Some(name.clone())),
            ("$defs" | "definitions", Some(_)) => (2, None),
            ("patternProperties", Some(_)) => (2, Some("{}".to_owned())),
            ("items", next) if next.is_none_or(|next| next.parse::<usize>().is_err()) => {
                (1, Some("[]".to_owned()))
            }
            ("additionalProperties", _) => (1, Some("{}".to_owned())),
            ("propertyNames", _) => (1, Some("{key}".to_owned())),
            _ => (1, None),
        };
        for token in &rest[..taken] {
            pointer.push('/');
            pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
        }
        rest = &rest[taken..];
        match step {
            Some(step) => {
                if !steps.is_empty() && !step.starts_with(['[', '{']) {
                    steps.push('.');
                }
                steps.push_str(&step);
            }
            None => {
                start.clone_from(&pointer);
                steps.clear();
            }
        }
    }
    match (start.is_empty(), steps.is_empty()) {
        (true, _) => steps,
        (false, true) => format!("#{start}"),
        (false, false) => format!("#{start} {steps}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_look_like_content() {
        let of = |pointer: &str| address(&pointer.split('/').skip(1).map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of(""), "");
        assert_eq!(of("/properties/stages/items/properties/id"), "stages[].id");
        assert_eq!(of("/properties/rooms/additionalProperties"), "rooms{}");
        assert_eq!(of("/properties/rooms/propertyNames"), "rooms{key}");
        assert_eq!(of("/$defs/effect/properties/item"), "#/$defs/effect item");
        assert_eq!(of("/oneOf/1/properties/item"), "#/oneOf/1 item");
        assert_eq!(of("/properties/a.b"), "#/properties/a.b");
    }
}
