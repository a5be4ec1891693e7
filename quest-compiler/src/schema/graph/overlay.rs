//! Overlays: annotations, and whatever else a schema lacks, in a file of their own.
//!
//! An overlay names places in schemas by what a content file looks like: `stages[].advance[].to`. Each entry is a schema that
//! applies in addition to the schemas at that place.

use super::dialect::{READ, SILENT, asserts};
use super::resources::{Resources, SchemaKey, schema_key};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::annotations::misspelled_keyword;
use crate::source::{Document, Node, NodeKind};
use std::collections::{HashMap, HashSet};

/// The entries of all overlays, by the schema objects they apply to.
#[derive(Default)]
pub struct Overlay<'a> {
    entries: HashMap<SchemaKey, Vec<Node<'a>>>,
    /// Entries about the names in maps whose schemas have no `propertyNames`, by the schema of the map.
    names: HashMap<SchemaKey, Vec<Node<'a>>>,
}

/// One step of an address.
#[derive(Clone, Debug, PartialEq)]
enum OverlayStep {
    Property(String),
    /// `[]`: the elements of a list.
    Elements,
    /// `{}`: the values of a map.
    Values,
    /// `{key}`: the names in a map.
    Names,
}

/// An address as written, in parts.
#[derive(Debug, PartialEq)]
struct OverlayAddress {
    /// A JSON pointer to the schema where the steps start; without it, they start at the root.
    start: Option<String>,
    steps: Vec<OverlayStep>,
}

/// An entry that is being added to the schemas at its address.
struct OverlayEntry<'a> {
    address: Node<'a>,
    text: String,
    body: Node<'a>,
}

impl<'a> Overlay<'a> {
    pub(super) fn at(&self, schema: SchemaKey) -> &[Node<'a>] {
        self.entries.get(&schema).map_or(&[], Vec::as_slice)
    }

    pub(super) fn names_at(&self, schema: SchemaKey) -> &[Node<'a>] {
        self.names.get(&schema).map_or(&[], Vec::as_slice)
    }

    /// Whether an entry changes which values are valid, and not only what they mean.
    pub(super) fn refines(&self, schema: SchemaKey) -> bool {
        let mut keywords =
            self.at(schema).iter().flat_map(|entry| entry.properties()).filter_map(|(key, _)| key.text());
        keywords.any(|name| asserts(&name))
    }

    /// Reads an overlay file: for each schema file that it names, entries by address.
    ///
    /// `schemas` are all schema files, with the names that messages use for them.
    pub fn read(
        &mut self,
        document: &'a Document,
        schemas: &[(&'a Document, String)],
        resources: &Resources<'a>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some(root) = document.root() else { return };
        if root.kind() != NodeKind::Object {
            diagnostics.push(not_an_object(
                root,
                "an overlay is an object: the name of a schema file, then places in it",
                "write `{ \"quest.schema.json\": { \"stages[].id\": { \"x-key\": \"quest.stage\" } } }`",
            ));
            return;
        }
        for (key, entries) in root.properties() {
            let Some(name) = key.text() else { continue };
            if name.starts_with('$') {
                continue; // `$schema`, `$comment`
            }
            let Some(schema) = find_schema(key, &name, schemas, diagnostics) else { continue };
            if entries.kind() != NodeKind::Object {
                diagnostics.push(not_an_object(
                    entries,
                    "what an overlay says of a schema is an object: places and annotations",
                    "write `{ \"stages[].id\": { \"x-key\": \"quest.stage\" } }`",
                ));
                continue;
            }
            self.read_entries(schema, entries, resources, diagnostics);
        }
    }

    fn read_entries(
        &mut self,
        schema: &'a Document,
        entries: Node<'a>,
        resources: &Resources<'a>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some(root) = schema.root() else { return };
        let mut known = HashSet::new();
        for (address, body) in entries.properties() {
            let Some(text) = address.text() else { continue };
            // A second entry for the same address has been reported.
            if known.insert(text.clone()) && check_keywords(body, diagnostics) {
                let entry = OverlayEntry { address, text: text.into_owned(), body };
                let added = self.add(root, &entry, resources, diagnostics);
                diagnostics.extend(added.err().map(|diagnostic| *diagnostic));
            }
        }
    }

    /// Adds an entry to all schemas at its address.
    fn add(
        &mut self,
        root: Node<'a>,
        entry: &OverlayEntry<'a>,
        resources: &Resources<'a>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<(), Box<Diagnostic>> {
        let OverlayAddress { start, steps } = OverlayAddress::parse(&entry.text).map_err(|what| {
            Diagnostic::new(&code::OVERLAY, format!("`{}` is no address: {what}", entry.text))
                .label(entry.address.span(), "cannot be read")
                .help(ADDRESS_HELP)
        })?;
        let mut schemas = match &start {
            None => vec![root],
            Some(pointer) => {
                let (found, _) = resources.find(root, &format!("#{pointer}")).ok_or_else(|| {
                    Diagnostic::new(&code::OVERLAY, format!("`#{pointer}` is not in this schema"))
                        .label(entry.address.span(), "leads nowhere")
                        .label(root.label(), "this schema")
                })?;
                vec![found]
            }
        };
        for (index, step) in steps.iter().enumerate() {
            let next = follow(&schemas, step, resources);
            if !next.is_empty() {
                schemas = next;
                continue;
            }
            let is_last = index + 1 == steps.len();
            let maps =
                if is_last && *step == OverlayStep::Names { maps(&schemas, resources) } else { Vec::new() };
            if maps.is_empty() {
                return Err(Box::new(unmatched(entry, index, step, &schemas, resources)));
            }
            for map in maps {
                self.names.entry(schema_key(map)).or_default().push(entry.body);
            }
            return Ok(());
        }
        for schema in schemas {
            if let Some(properties) = entry.body.get("properties") {
                check_closed(schema, properties, resources, diagnostics);
            }
            let known = self.entries.entry(schema_key(schema)).or_default();
            for other in known.iter() {
                check_conflict(*other, entry.body, diagnostics);
            }
            known.push(entry.body);
        }
        Ok(())
    }
}

fn not_an_object(node: Node<'_>, title: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&code::OVERLAY, title).label(node.label(), "not an object").help(help)
}

/// The schema file with a name; reports a name that does not mean exactly one file.
fn find_schema<'a>(
    key: Node<'a>,
    name: &str,
    schemas: &[(&'a Document, String)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a Document> {
    let found: Vec<&'a Document> =
        schemas.iter().filter(|(_, file)| is_file(file, name)).map(|(schema, _)| *schema).collect();
    if let [schema] = found.as_slice() {
        return Some(schema);
    }
    let (title, help) = if found.is_empty() {
        let names = schemas.iter().map(|(_, file)| file.rsplit('/').next().unwrap_or(file));
        (format!("no schema file is called `{name}`"), did_you_mean(name, names))
    } else {
        let help = "write the folders in front of the name too".to_owned();
        (format!("{} schema files are called `{name}`", found.len()), Some(help))
    };
    diagnostics.push(
        Diagnostic::new(&code::OVERLAY, title)
            .label(key.span(), "names no single schema of this project")
            .maybe_help(help),
    );
    None
}

/// Whether a name means a file: it is the file's name, with any number of the folders in front.
fn is_file(file: &str, name: &str) -> bool {
    file == name || file.strip_suffix(name).is_some_and(|rest| rest.ends_with('/'))
}

/// Reports an entry that is not a schema object, or has unknown keywords; returns whether it is usable.
fn check_keywords(body: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> bool {
    if body.kind() != NodeKind::Object {
        let title = "an entry of an overlay is an object with annotations";
        diagnostics.push(not_an_object(body, title, "write `{ \"x-ref\": \"item\" }`"));
        return false;
    }
    let before = diagnostics.len();
    for (key, _) in body.properties() {
        let name = key.text().unwrap_or_default();
        // A misspelled annotation is reported where annotations are read.
        let is_annotation = name.starts_with("x-") || misspelled_keyword(&name).is_some();
        if !is_annotation && !READ.contains(&&*name) && !SILENT.contains(&&*name) {
            diagnostics.push(
                Diagnostic::new(&code::OVERLAY, format!("`{name}` is not a keyword of JSON Schema"))
                    .label(key.span(), "says nothing about this place")
                    .maybe_help(did_you_mean(&name, READ.into_iter().chain(SILENT))),
            );
        }
    }
    diagnostics.len() == before
}

/// The diagnostic for a step that leads nowhere.
fn unmatched<'a>(
    entry: &OverlayEntry<'a>,
    index: usize,
    step: &OverlayStep,
    schemas: &[Node<'a>],
    resources: &Resources<'a>,
) -> Diagnostic {
    let (what, help) = match step {
        OverlayStep::Property(name) => {
            let names = property_names(schemas, resources);
            (format!("no property `{name}`"), did_you_mean(name, names.iter().map(String::as_str)))
        }
        OverlayStep::Elements => ("no `items`".to_owned(), None),
        OverlayStep::Values | OverlayStep::Names => {
            let help = "a map has `additionalProperties` or `patternProperties`".to_owned();
            ("no map".to_owned(), Some(help))
        }
    };
    let mut diagnostic =
        Diagnostic::new(&code::OVERLAY, format!("`{}` matches nothing: {what} there", entry.text))
            .label(entry.address.span(), format!("step {} leads nowhere", index + 1));
    if let Some(schema) = schemas.first() {
        diagnostic = diagnostic.label(schema.label(), "looked for here");
    }
    diagnostic.maybe_help(help)
}

/// Reports annotations that two entries give one schema, with different values.
fn check_conflict(first: Node<'_>, second: Node<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (key, value) in second.properties() {
        let Some(name) = key.text().filter(|name| name.starts_with("x-")) else { continue };
        let Some((_, other)) = first.property(&name).filter(|(_, other)| other.raw() != value.raw()) else {
            continue;
        };
        diagnostics.push(
            Diagnostic::new(
                &code::OVERLAY,
                format!("two entries say different things about `{name}` of one place"),
            )
            .label(value.label(), "the second one")
            .label(other.label(), "the first one")
            .help("keep one of them"),
        );
    }
}

/// Reports properties that an entry adds to an object which allows none but its own.
fn check_closed<'a>(
    schema: Node<'a>,
    properties: Node<'a>,
    resources: &Resources<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // Only schemas that apply to every object: a branch that forbids the property still leaves the others.
    let always = |schema: Node<'a>| {
        let reference = schema.get("$ref").and_then(|reference| target(schema, reference, resources));
        reference.into_iter().chain(schema.get("allOf").into_iter().flat_map(Node::elements)).collect()
    };
    for schema in reachable(&[schema], always) {
        let additional = schema.get("additionalProperties");
        let Some(closed) = additional.filter(|additional| additional.kind() == NodeKind::False) else {
            continue;
        };
        if schema.get("patternProperties").is_some() {
            continue;
        }
        for (key, _) in properties.properties() {
            let name = key.text().unwrap_or_default();
            if schema.get("properties").is_some_and(|known| known.get(&name).is_some()) {
                continue;
            }
            diagnostics.push(
                Diagnostic::new(&code::OVERLAY, format!("`{name}` cannot be added to this object"))
                    .label(
                        key.span(),
                        "no content can have it: the overlay adds to the schema, and takes nothing away",
                    )
                    .label(closed.label(), "the schema allows no other properties")
                    .help("add it in the schema"),
            );
        }
    }
}

const ADDRESS_HELP: &str = "an address is made of property names with dots between them, `[]` for the elements of a list, `{}` for the values of a \
     map and `{key}` for its names; `#/$defs/effect` in front starts at a definition";

impl OverlayAddress {
    fn parse(address: &str) -> Result<Self, &'static str> {
        let (start, mut rest) = match address.strip_prefix('#') {
            Some(rest) => {
                let end = rest.find(' ').unwrap_or(rest.len());
                (Some(rest[..end].to_owned()), rest[end..].trim_start())
            }
            None => (None, address),
        };
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let step;
            (step, rest) = OverlayStep::parse(rest)?;
            steps.push(step);
            if let Some(after) = rest.strip_prefix('.') {
                if after.is_empty() {
                    return Err("it ends in a dot");
                }
                rest = after;
            }
        }
        Ok(Self { start, steps })
    }
}

impl OverlayStep {
    /// The first step of a text, and what follows it.
    fn parse(text: &str) -> Result<(Self, &str), &'static str> {
        for (symbol, step) in [("[]", Self::Elements), ("{key}", Self::Names), ("{}", Self::Values)] {
            if let Some(rest) = text.strip_prefix(symbol) {
                return Ok((step, rest));
            }
        }
        match text.find(['.', '[', '{']).unwrap_or(text.len()) {
            0 => Err("a name is missing"),
            end => Ok((Self::Property(text[..end].to_owned()), &text[end..])),
        }
    }
}

/// Schemas and all that lead on from them, each once.
fn reachable<'a>(start: &[Node<'a>], next: impl Fn(Node<'a>) -> Vec<Node<'a>>) -> Vec<Node<'a>> {
    let mut visited = HashSet::new();
    let mut found = Vec::new();
    let mut todo: Vec<Node<'a>> = start.iter().rev().copied().collect();
    while let Some(schema) = todo.pop() {
        if visited.insert(schema_key(schema)) {
            found.push(schema);
            todo.extend(next(schema).into_iter().rev());
        }
    }
    found
}

fn target<'a>(schema: Node<'a>, reference: Node<'a>, resources: &Resources<'a>) -> Option<Node<'a>> {
    resources.find(schema, &reference.text()?).map(|(found, _)| found)
}

/// The schemas that apply to the same value: what `$ref` refers to, and the parts and branches of combinations.
fn same_value<'a>(schema: Node<'a>, resources: &Resources<'a>) -> Vec<Node<'a>> {
    let mut found = Vec::new();
    for keyword in ["$ref", "$dynamicRef"] {
        found.extend(schema.get(keyword).and_then(|reference| target(schema, reference, resources)));
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        found.extend(schema.get(keyword).into_iter().flat_map(Node::elements));
    }
    for keyword in ["then", "else"] {
        found.extend(schema.get(keyword));
    }
    for keyword in ["dependentSchemas", "dependencies"] {
        let schemas = schema.get(keyword).into_iter().flat_map(Node::properties);
        found.extend(schemas.map(|(_, schema)| schema));
    }
    found
}

/// The schemas that one step leads to.
fn follow<'a>(schemas: &[Node<'a>], step: &OverlayStep, resources: &Resources<'a>) -> Vec<Node<'a>> {
    let mut found = Vec::new();
    for schema in reachable(schemas, |schema| same_value(schema, resources)) {
        match step {
            OverlayStep::Property(name) => {
                found.extend(schema.get("properties").and_then(|properties| properties.get(name)));
            }
            OverlayStep::Elements => {
                found.extend(schema.get("items").filter(|items| items.kind() != NodeKind::Array));
                for keyword in ["prefixItems", "items"] {
                    found.extend(schema.get(keyword).into_iter().flat_map(Node::elements));
                }
            }
            OverlayStep::Values => {
                let values = schema.get("additionalProperties");
                found.extend(values.filter(|values| values.kind() != NodeKind::False));
                let patterns = schema.get("patternProperties").into_iter().flat_map(Node::properties);
                found.extend(patterns.map(|(_, schema)| schema));
            }
            OverlayStep::Names => found.extend(schema.get("propertyNames")),
        }
    }
    found
}

/// The schemas of maps that apply to a value.
fn maps<'a>(schemas: &[Node<'a>], resources: &Resources<'a>) -> Vec<Node<'a>> {
    let is_map = |schema: &Node<'a>| {
        let values = schema.get("additionalProperties");
        values.is_some_and(|values| values.kind() == NodeKind::Object)
            || schema.get("patternProperties").is_some()
    };
    reachable(schemas, |schema| same_value(schema, resources)).into_iter().filter(is_map).collect()
}

/// The names of the properties that a value can have.
fn property_names<'a>(schemas: &[Node<'a>], resources: &Resources<'a>) -> Vec<String> {
    let schemas = reachable(schemas, |schema| same_value(schema, resources)).into_iter();
    let properties = schemas.filter_map(|schema| schema.get("properties")).flat_map(Node::properties);
    properties.filter_map(|(key, _)| Some(key.text()?.into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let property = |name: &str| OverlayStep::Property(name.to_owned());
        let parse = |address: &str| OverlayAddress::parse(address).map(|found| (found.start, found.steps));
        assert_eq!(
            parse("stages[].advance[].to"),
            Ok((
                None,
                vec![
                    property("stages"),
                    OverlayStep::Elements,
                    property("advance"),
                    OverlayStep::Elements,
                    property("to")
                ]
            ))
        );
        assert_eq!(
            parse("#/$defs/effect map{key}"),
            Ok((Some("/$defs/effect".to_owned()), vec![property("map"), OverlayStep::Names]))
        );
        assert_eq!(parse("{}.id"), Ok((None, vec![OverlayStep::Values, property("id")])));
        assert_eq!(parse(""), Ok((None, vec![])));
        assert_eq!(parse("a..b"), Err("a name is missing"));
        assert_eq!(parse("a."), Err("it ends in a dot"));
    }
}
