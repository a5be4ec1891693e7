//! Overlays: annotations, and whatever else a schema lacks, in a file of their own.
//!
//! An overlay names places in schemas by what a content file looks like: `stages[].advance[].to`. Each entry is a schema that
//! holds in addition to what stands at that place.

use super::dialect::{READ, SILENT, asserts};
use super::resources::Resources;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Document, Node, NodeKind};
use crate::text::FileId;
use std::collections::{HashMap, HashSet};

/// The entries of all overlays by the schemas they belong to.
#[derive(Default)]
pub struct Overlay<'a> {
    entries: HashMap<(FileId, u32), Vec<Node<'a>>>,
    /// Entries about the names in maps whose schemas have no `propertyNames`, by the schema of the map.
    names: HashMap<(FileId, u32), Vec<Node<'a>>>,
}

/// One step of an address.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Property(String),
    /// `[]`: the elements of a list.
    Elements,
    /// `{}`: the values of a map.
    Values,
    /// `{key}`: the names in a map.
    Names,
}

impl<'a> Overlay<'a> {
    pub(super) fn at(&self, place: (FileId, u32)) -> &[Node<'a>] {
        self.entries.get(&place).map_or(&[], Vec::as_slice)
    }

    pub(super) fn names_at(&self, place: (FileId, u32)) -> &[Node<'a>] {
        self.names.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Whether an entry says more about valid values, and not only what they mean.
    pub(super) fn refines(&self, place: (FileId, u32)) -> bool {
        self.at(place)
            .iter()
            .any(|entry| entry.properties().filter_map(|(key, _)| key.text()).any(|name| asserts(&name)))
    }

    /// Reads an overlay file: for each schema file that it names, entries by address. `schemas` are all schema files with the
    /// names by which messages call them.
    pub fn read(
        &mut self,
        document: &'a Document,
        schemas: &[(&'a Document, String)],
        resources: &Resources<'a>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some(root) = document.root() else { return };
        if root.kind() != NodeKind::Object {
            diagnostics.push(
                Diagnostic::new(
                    &code::OVERLAY,
                    "an overlay is an object: the name of a schema file, then places in it",
                )
                .label(root.label(), "not an object")
                .help(
                    "write `{ \"quest.schema.json\": { \"stages[].id\": { \"x-key\": \"quest.stage\" } } }`",
                ),
            );
            return;
        }
        for (key, places) in root.properties() {
            let Some(name) = key.text() else { continue };
            if name.starts_with('$') {
                continue; // `$schema`, `$comment`
            }
            let meant: Vec<&(&Document, String)> =
                schemas.iter().filter(|(_, file)| is_file(file, &name)).collect();
            let [(schema, _)] = meant.as_slice() else {
                let names = schemas.iter().map(|(_, file)| file.rsplit('/').next().unwrap_or(file));
                let title = match meant.len() {
                    0 => format!("no schema file is called `{name}`"),
                    count => format!("{count} schema files are called `{name}`"),
                };
                diagnostics.push(
                    Diagnostic::new(&code::OVERLAY, title)
                        .label(key.span(), "names no single schema of this project")
                        .maybe_help(if meant.is_empty() {
                            did_you_mean(&name, names)
                        } else {
                            Some("write the folders in front of the name too".to_owned())
                        }),
                );
                continue;
            };
            if places.kind() != NodeKind::Object {
                diagnostics.push(
                    Diagnostic::new(
                        &code::OVERLAY,
                        "what an overlay says of a schema is an object: places and annotations",
                    )
                    .label(places.label(), "not an object")
                    .help("write `{ \"stages[].id\": { \"x-key\": \"quest.stage\" } }`"),
                );
                continue;
            }
            let mut known = HashSet::new();
            for (address, entry) in places.properties() {
                // One that is there twice has been reported.
                if !address.text().is_none_or(|text| known.insert(text.into_owned())) {
                    continue;
                }
                self.entry(schema, address, entry, resources, diagnostics);
            }
        }
    }

    fn entry(
        &mut self,
        schema: &'a Document,
        address: Node<'a>,
        entry: Node<'a>,
        resources: &Resources<'a>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let (Some(root), Some(text)) = (schema.root(), address.text()) else { return };
        if entry.kind() != NodeKind::Object {
            diagnostics.push(
                Diagnostic::new(&code::OVERLAY, "an entry of an overlay is an object with annotations")
                    .label(entry.label(), "not an object")
                    .help("write `{ \"x-ref\": \"item\" }`"),
            );
            return;
        }
        let before = diagnostics.len();
        for (key, _) in entry.properties() {
            let name = key.text().unwrap_or_default();
            if !name.starts_with("x-") && !READ.contains(&&*name) && !SILENT.contains(&&*name) {
                let all = READ.into_iter().chain(SILENT);
                diagnostics.push(
                    Diagnostic::new(&code::OVERLAY, format!("`{name}` is not a keyword of JSON Schema"))
                        .label(key.span(), "says nothing about this place")
                        .maybe_help(did_you_mean(&name, all)),
                );
            }
        }
        if diagnostics.len() > before {
            return;
        }
        let (start, steps) = match parse(&text) {
            Ok(parsed) => parsed,
            Err(what) => {
                diagnostics.push(
                    Diagnostic::new(&code::OVERLAY, format!("`{text}` is no address: {what}"))
                        .label(address.span(), "cannot be read")
                        .help(FORM),
                );
                return;
            }
        };
        let mut places = match &start {
            Some(pointer) => resources
                .find(root, &format!("#{pointer}"))
                .map(|(node, _)| node)
                .into_iter()
                .collect::<Vec<_>>(),
            None => vec![root],
        };
        if places.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    &code::OVERLAY,
                    format!("`#{}` is not in this schema", start.unwrap_or_default()),
                )
                .label(address.span(), "leads nowhere")
                .label(root.label(), "this schema"),
            );
            return;
        }
        for (at, step) in steps.iter().enumerate() {
            let mut next = Vec::new();
            let mut seen = Vec::new();
            for place in &places {
                steps_from(*place, step, resources, &mut seen, &mut next);
            }
            if next.is_empty() && *step == Step::Names && at + 1 == steps.len() {
                let mut maps = Vec::new();
                let mut seen = Vec::new();
                for place in &places {
                    maps_at(*place, resources, &mut seen, &mut maps);
                }
                for map in &maps {
                    self.names.entry((map.span().file, map.at())).or_default().push(entry);
                }
                if !maps.is_empty() {
                    return;
                }
            }
            if next.is_empty() {
                let mut names = Vec::new();
                let mut seen = Vec::new();
                for place in &places {
                    names_at(*place, resources, &mut seen, &mut names);
                }
                let (what, help) = match step {
                    Step::Property(name) => (
                        format!("no property `{name}`"),
                        did_you_mean(name, names.iter().map(String::as_str)),
                    ),
                    Step::Elements => ("no `items`".to_owned(), None),
                    Step::Values | Step::Names => (
                        "no map".to_owned(),
                        Some("a map has `additionalProperties` or `patternProperties`".to_owned()),
                    ),
                };
                let mut diagnostic =
                    Diagnostic::new(&code::OVERLAY, format!("`{text}` matches nothing: {what} there"))
                        .label(address.span(), format!("step {} leads nowhere", at + 1));
                if let Some(place) = places.first() {
                    diagnostic = diagnostic.label(place.label(), "looked for here");
                }
                diagnostics.push(diagnostic.maybe_help(help));
                return;
            }
            places = next;
        }
        for place in places {
            if let Some(properties) = entry.get("properties") {
                closed(place, properties, resources, diagnostics);
            }
            let known = self.entries.entry((place.span().file, place.at())).or_default();
            for other in known.iter() {
                said_twice(*other, entry, diagnostics);
            }
            known.push(entry);
        }
    }
}

/// Reports annotations that two entries give one place, each in words of its own.
fn said_twice(first: Node<'_>, second: Node<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (key, value) in second.properties() {
        let Some(name) = key.text().filter(|name| name.starts_with("x-")) else { continue };
        let Some((_, said)) = first.property(&name).filter(|(_, said)| said.raw() != value.raw()) else {
            continue;
        };
        diagnostics.push(
            Diagnostic::new(
                &code::OVERLAY,
                format!("two entries say different things about `{name}` of one place"),
            )
            .label(value.label(), "the second one")
            .label(said.label(), "the first one")
            .help("keep one of them"),
        );
    }
}

/// Reports properties that an entry adds to an object which allows none but its own.
fn closed<'a>(
    place: Node<'a>,
    properties: Node<'a>,
    resources: &Resources<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut todo = vec![place];
    let mut seen = Vec::new();
    while let Some(schema) = todo.pop() {
        let at = (schema.span().file, schema.at());
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        let target = schema.get("$ref").and_then(Node::text);
        todo.extend(target.and_then(|target| resources.find(schema, &target)).map(|(node, _)| node));
        if let Some(list) = schema.get("allOf") {
            todo.extend(list.elements());
        }
        let Some(none) = schema.get("additionalProperties").filter(|rest| rest.kind() == NodeKind::False)
        else {
            continue;
        };
        if schema.get("patternProperties").is_some() {
            continue;
        }
        for (key, _) in properties.properties() {
            let name = key.text().unwrap_or_default();
            let listed = schema.get("properties").is_some_and(|known| known.get(&name).is_some());
            if !listed {
                diagnostics.push(
                    Diagnostic::new(&code::OVERLAY, format!("`{name}` cannot be added to this object"))
                        .label(
                            key.span(),
                            "no content can have it: the overlay adds to the schema, and takes nothing away",
                        )
                        .label(none.label(), "the schema allows no other properties")
                        .help("add it in the schema"),
                );
            }
        }
    }
}

const FORM: &str = "an address is made of property names with dots between them, `[]` for the elements of a list, `{}` for the values of a \
     map and `{key}` for its names; `#/$defs/effect` in front starts at a definition";

/// Whether a file is meant by a name: the name, or the name with some of the folders in front.
fn is_file(file: &str, name: &str) -> bool {
    file == name || file.strip_suffix(name).is_some_and(|rest| rest.ends_with('/'))
}

/// A pointer to start from, and the steps from there.
fn parse(address: &str) -> Result<(Option<String>, Vec<Step>), &'static str> {
    let (start, mut rest) = match address.strip_prefix('#') {
        Some(rest) => {
            let end = rest.find(' ').unwrap_or(rest.len());
            (Some(rest[..end].to_owned()), rest[end..].trim_start())
        }
        None => (None, address),
    };
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("[]") {
            steps.push(Step::Elements);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("{key}") {
            steps.push(Step::Names);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("{}") {
            steps.push(Step::Values);
            rest = after;
        } else {
            let end = rest.find(['.', '[', '{']).unwrap_or(rest.len());
            if end == 0 {
                return Err("a name is missing");
            }
            steps.push(Step::Property(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        if let Some(after) = rest.strip_prefix('.') {
            if after.is_empty() {
                return Err("it ends in a dot");
            }
            rest = after;
        }
    }
    Ok((start, steps))
}

/// The schemas that hold for the same value: what `$ref` means, and the parts and branches of combinations.
fn same_value<'a>(schema: Node<'a>, resources: &Resources<'a>) -> Vec<Node<'a>> {
    let mut found = Vec::new();
    for keyword in ["$ref", "$dynamicRef"] {
        let target = schema.get(keyword).and_then(Node::text);
        found.extend(target.and_then(|target| resources.find(schema, &target)).map(|(node, _)| node));
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if let Some(list) = schema.get(keyword) {
            found.extend(list.elements());
        }
    }
    for keyword in ["then", "else"] {
        found.extend(schema.get(keyword));
    }
    for keyword in ["dependentSchemas", "dependencies"] {
        if let Some(map) = schema.get(keyword) {
            found.extend(map.properties().map(|(_, schema)| schema));
        }
    }
    found
}

fn steps_from<'a>(
    schema: Node<'a>,
    step: &Step,
    resources: &Resources<'a>,
    seen: &mut Vec<(FileId, u32)>,
    found: &mut Vec<Node<'a>>,
) {
    let place = (schema.span().file, schema.at());
    if seen.contains(&place) {
        return;
    }
    seen.push(place);
    match step {
        Step::Property(name) => {
            found.extend(schema.get("properties").and_then(|properties| properties.get(name)));
        }
        Step::Elements => {
            found.extend(schema.get("items").filter(|items| items.kind() != NodeKind::Array));
            for keyword in ["prefixItems", "items"] {
                if let Some(list) = schema.get(keyword) {
                    found.extend(list.elements());
                }
            }
        }
        Step::Values => {
            found
                .extend(schema.get("additionalProperties").filter(|values| values.kind() != NodeKind::False));
            if let Some(patterns) = schema.get("patternProperties") {
                found.extend(patterns.properties().map(|(_, schema)| schema));
            }
        }
        Step::Names => {
            found.extend(schema.get("propertyNames"));
        }
    }
    for other in same_value(schema, resources) {
        steps_from(other, step, resources, seen, found);
    }
}

/// The schemas of maps that hold for a value.
fn maps_at<'a>(
    schema: Node<'a>,
    resources: &Resources<'a>,
    seen: &mut Vec<(FileId, u32)>,
    found: &mut Vec<Node<'a>>,
) {
    let place = (schema.span().file, schema.at());
    if seen.contains(&place) {
        return;
    }
    seen.push(place);
    let values = schema.get("additionalProperties").filter(|values| values.kind() == NodeKind::Object);
    if values.or_else(|| schema.get("patternProperties")).is_some() {
        found.push(schema);
    }
    for other in same_value(schema, resources) {
        maps_at(other, resources, seen, found);
    }
}

/// The names of the properties that a schema has.
fn names_at<'a>(
    schema: Node<'a>,
    resources: &Resources<'a>,
    seen: &mut Vec<(FileId, u32)>,
    names: &mut Vec<String>,
) {
    let place = (schema.span().file, schema.at());
    if seen.contains(&place) {
        return;
    }
    seen.push(place);
    if let Some(properties) = schema.get("properties") {
        names.extend(properties.properties().filter_map(|(key, _)| Some(key.text()?.into_owned())));
    }
    for other in same_value(schema, resources) {
        names_at(other, resources, seen, names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let property = |name: &str| Step::Property(name.to_owned());
        assert_eq!(
            parse("stages[].advance[].to"),
            Ok((
                None,
                vec![property("stages"), Step::Elements, property("advance"), Step::Elements, property("to")]
            ))
        );
        assert_eq!(
            parse("#/$defs/effect map{key}"),
            Ok((Some("/$defs/effect".to_owned()), vec![property("map"), Step::Names]))
        );
        assert_eq!(parse("{}.id"), Ok((None, vec![Step::Values, property("id")])));
        assert_eq!(parse(""), Ok((None, vec![])));
        assert_eq!(parse("a..b"), Err("a name is missing"));
        assert_eq!(parse("a."), Err("it ends in a dot"));
    }
}
