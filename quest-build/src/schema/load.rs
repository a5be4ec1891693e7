//! A schema document, read into the graph. Every keyword is read, known to be without effect here, or refused with its place.

use super::annotate::notes;
use super::graph::{Additional, Items, Literal, Property, SchemaId, SchemaNode, Schemas, Types};
use super::pattern::{Pattern, Refused};
use crate::diagnose::{Diagnostic, code, did_you_mean, list};
use crate::source::{Document, Kind, Node};
use std::collections::HashMap;

/// Keywords that say nothing about which documents are valid.
const SILENT: [&str; 16] = [
    "$schema",
    "$id",
    "id",
    "$comment",
    "definitions",
    "$defs",
    "title",
    "description",
    "default",
    "examples",
    "format",
    "readOnly",
    "writeOnly",
    "deprecated",
    "contentMediaType",
    "contentEncoding",
];

/// Keywords that are read below.
const READ: [&str; 20] = [
    "$ref",
    "type",
    "enum",
    "const",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "items",
    "minItems",
    "maxItems",
    "properties",
    "required",
    "additionalProperties",
    "x-key",
    "x-ref",
    "x-name",
];

/// Assertions of JSON Schema that are not supported, and what to write instead.
const UNSUPPORTED: [(&str, &str); 22] = [
    ("allOf", "write the properties of all parts into one object schema"),
    ("anyOf", "give the value one type, or a list of types such as `[\"string\", \"null\"]`"),
    ("oneOf", "give the value one type, or a list of types such as `[\"string\", \"null\"]`"),
    ("not", "say what is allowed instead: `enum`, `pattern` or bounds"),
    ("if", "require the properties in every case, or declare the reference with `x-ref` and `by`"),
    ("then", "see `if`"),
    ("else", "see `if`"),
    ("patternProperties", "name the properties, or use a list of objects with an id"),
    ("propertyNames", "name the properties, or use a list of objects with an id"),
    ("dependencies", "require the properties in every case"),
    ("dependentRequired", "require the properties in every case"),
    ("dependentSchemas", "require the properties in every case"),
    ("prefixItems", "use an object with a named property for each position"),
    ("additionalItems", "use one schema for all `items`"),
    ("contains", "check this in game code"),
    ("uniqueItems", "check this in game code"),
    ("multipleOf", "check this in game code"),
    ("minProperties", "use `required`"),
    ("maxProperties", "use `additionalProperties: false`"),
    ("unevaluatedProperties", "use `additionalProperties`"),
    ("unevaluatedItems", "use `items`"),
    ("$dynamicRef", "use `$ref`"),
];

/// Reads a schema document; returns its root.
pub(crate) fn load(
    document: &Document,
    schemas: &mut Schemas,
    findings: &mut Vec<Diagnostic>,
) -> Option<SchemaId> {
    let root = document.root()?;
    let before = findings.len();
    if root.kind() != Kind::Object {
        findings.push(
            Diagnostic::new(&code::SCHEMA, "this is not a JSON Schema")
                .label(root.label(), "a schema is an object in `{ }`")
                .help("see https://json-schema.org/learn for the form of a schema"),
        );
        return None;
    }
    let keywords = root.properties().filter_map(|(key, _)| key.text());
    let known = |name: &str| {
        SILENT.contains(&name)
            || READ.contains(&name)
            || UNSUPPORTED.iter().any(|(keyword, _)| *keyword == name)
    };
    if !keywords.into_iter().any(|name| known(&name)) {
        findings.push(
            Diagnostic::new(&code::SCHEMA, "this object has none of the keywords of JSON Schema")
                .label(root.label(), "no `type`, `properties` or `$ref` in here")
                .help("is this a content file? `schema` in the manifest names the schema, `content` the files it describes"),
        );
        return None;
    }
    let mut loader = Loader { document, schemas, findings, seen: HashMap::new(), resolving: Vec::new() };
    let id = loader.schema(root, None);
    (loader.findings.len() == before
        || loader.findings[before..].iter().all(|f| f.level != crate::diagnose::Level::Deny))
    .then_some(id)
}

struct Loader<'a, 'f> {
    document: &'a Document,
    schemas: &'f mut Schemas,
    findings: &'f mut Vec<Diagnostic>,
    /// Tape position of a schema object to its node, entered before its content is read: recursion ends here.
    seen: HashMap<u32, SchemaId>,
    /// `$ref`s being followed, to find one that leads back to itself.
    resolving: Vec<u32>,
}

impl<'a> Loader<'a, '_> {
    fn wrong(&mut self, node: Node<'a>, title: &str, help: &str) {
        let mut finding = Diagnostic::new(&code::SCHEMA, title).label(node.label(), "");
        if !help.is_empty() {
            finding = finding.help(help);
        }
        self.findings.push(finding);
    }

    fn schema(&mut self, object: Node<'a>, definition: Option<&str>) -> SchemaId {
        if let Some(id) = self.seen.get(&object.at()) {
            return *id;
        }
        if let Some((_, reference)) = object.property("$ref") {
            return self.follow(object, reference);
        }
        let id = SchemaId(self.schemas.nodes.len() as u32);
        self.seen.insert(object.at(), id);
        let mut node = SchemaNode::new(object.label());
        node.definition = definition.map(str::to_owned);
        self.schemas.nodes.push(node.clone());
        match object.kind() {
            Kind::Object => self.fill(object, &mut node),
            Kind::True => {}
            Kind::False => node.never = true,
            Kind::Invalid => {}
            _ => self.wrong(object, "a schema is an object in `{ }`, `true` or `false`", ""),
        }
        self.schemas.nodes[id.0 as usize] = node;
        id
    }

    /// In draft-07, keywords beside `$ref` assert nothing; descriptions and annotations there are read by whoever refers.
    fn follow(&mut self, object: Node<'a>, reference: Node<'a>) -> SchemaId {
        let nothing = |loader: &mut Self| {
            let id = SchemaId(loader.schemas.nodes.len() as u32);
            loader.schemas.nodes.push(SchemaNode::new(object.label()));
            loader.seen.insert(object.at(), id);
            id
        };
        let Some(target) = reference.text() else {
            self.wrong(reference, "`$ref` is a string such as `\"#/definitions/Quest\"`", "");
            return nothing(self);
        };
        let Some(pointer) = target.strip_prefix('#') else {
            self.findings.push(
                Diagnostic::new(&code::UNSUPPORTED, "`$ref` into another file is not supported")
                    .label(reference.span(), "leads out of this file")
                    .help("move what it refers to under `definitions` of this file"),
            );
            return nothing(self);
        };
        if self.resolving.contains(&object.at()) {
            self.findings.push(
                Diagnostic::new(&code::SCHEMA_REF, format!("`$ref` to `{target}` leads back to itself"))
                    .label(reference.span(), "no schema is ever reached"),
            );
            return nothing(self);
        }
        match self.pointer(pointer) {
            Some((found, name)) => {
                self.resolving.push(object.at());
                let id = self.schema(found, name.as_deref());
                self.resolving.pop();
                self.seen.insert(object.at(), id);
                id
            }
            None => {
                let known: Vec<String> = ["definitions", "$defs"]
                    .into_iter()
                    .filter_map(|section| Some((section, self.document.root()?.get(section)?)))
                    .flat_map(|(section, object)| {
                        object
                            .properties()
                            .filter_map(move |(key, _)| Some(format!("#/{section}/{}", key.text()?)))
                    })
                    .collect();
                self.findings.push(
                    Diagnostic::new(&code::SCHEMA_REF, format!("`$ref` to `{target}`, which is not there"))
                        .label(reference.span(), "leads nowhere")
                        .maybe_help(did_you_mean(&target, known.iter().map(String::as_str))),
                );
                nothing(self)
            }
        }
    }

    /// Follows a JSON pointer; also gives its last segment.
    fn pointer(&self, pointer: &str) -> Option<(Node<'a>, Option<String>)> {
        let mut node = self.document.root()?;
        if pointer.is_empty() {
            return Some((node, None));
        }
        let mut name = None;
        for segment in pointer.strip_prefix('/')?.split('/') {
            let segment =
                segment.replace("~1", "/").replace("~0", "~").replace("%25", "%").replace("%24", "$");
            node = match node.kind() {
                Kind::Array => node.elements().nth(segment.parse().ok()?)?,
                _ => node.get(&segment)?,
            };
            name = Some(segment);
        }
        Some((node, name))
    }

    fn fill(&mut self, object: Node<'a>, node: &mut SchemaNode) {
        node.notes = notes(object, self.findings);
        let mut required: Vec<(Node<'a>, String)> = Vec::new();
        for (key, value) in object.properties() {
            let Some(name) = key.text() else { continue };
            match &*name {
                "type" => node.types = self.types(value),
                "enum" => {
                    let values: Vec<Literal> = value.elements().map(Literal::of).collect();
                    if value.kind() != Kind::Array || values.is_empty() {
                        self.wrong(value, "`enum` is a list of the values that are allowed", "");
                    } else {
                        node.values = Some(values);
                    }
                }
                "const" => node.values = Some(vec![Literal::of(value)]),
                "minLength" => node.min_length = self.count(&name, value),
                "maxLength" => node.max_length = self.count(&name, value),
                "minItems" => node.min_items = self.count(&name, value),
                "maxItems" => node.max_items = self.count(&name, value),
                "minimum" => node.minimum = self.bound(&name, value),
                "maximum" => node.maximum = self.bound(&name, value),
                "exclusiveMinimum" => node.above = self.bound(&name, value),
                "exclusiveMaximum" => node.below = self.bound(&name, value),
                "pattern" => match value.text().map(|source| Pattern::new(&source)) {
                    Some(Ok(pattern)) => node.pattern = Some(pattern),
                    Some(Err(Refused::Wrong(error))) => {
                        self.wrong(value, &format!("this pattern is no regular expression: {error}"), "")
                    }
                    Some(Err(Refused::NeedsEngine)) => self.unsupported(
                        value,
                        "this regular expression",
                        "switch on the feature `regex` of quest-build, or write the pattern as `^`, characters, classes and \
                         repetitions, `$`",
                    ),
                    None => self.wrong(value, "`pattern` is a regular expression, a string", ""),
                },
                "items" if value.kind() == Kind::Array => {
                    self.unsupported(key, "a list of schemas for `items`", "use one schema for all `items`")
                }
                "items" => node.items = Items::Each(self.schema(value, None)),
                "properties" if value.kind() == Kind::Object => {
                    for (key, schema) in value.properties() {
                        let Some(name) = key.text() else { continue };
                        let notes = if schema.kind() == Kind::Object {
                            notes(schema, &mut Vec::new())
                        } else {
                            Default::default()
                        };
                        let schema_id = self.schema(schema, None);
                        // Findings of the notes were made when the schema itself was read, except beside a `$ref`.
                        if schema.get("$ref").is_some() {
                            super::annotate::notes(schema, self.findings);
                        }
                        node.properties.push(Property {
                            name: name.into_owned(),
                            span: key.span(),
                            schema: schema_id,
                            required: false,
                            notes,
                        });
                    }
                }
                "properties" => self.wrong(value, "`properties` is an object: a schema for each name", ""),
                "required" => {
                    if value.kind() != Kind::Array || value.elements().any(|name| !name.is_text()) {
                        self.wrong(
                            value,
                            "`required` is a list of property names",
                            "write `\"required\": [\"id\"]`",
                        );
                    }
                    required
                        .extend(value.elements().filter_map(|name| Some((name, name.text()?.into_owned()))));
                }
                "additionalProperties" => {
                    node.additional = match value.kind() {
                        Kind::True => Additional::Anything,
                        Kind::False => Additional::Nothing,
                        _ => Additional::Schema(self.schema(value, None)),
                    }
                }
                _ if SILENT.contains(&&*name) => {}
                _ => {
                    if let Some((_, instead)) = UNSUPPORTED.iter().find(|(keyword, _)| *keyword == name) {
                        self.unsupported(key, &format!("`{name}`"), instead);
                    } else if let Some(help) = (!name.starts_with("x-"))
                        .then(|| {
                            did_you_mean(&name, READ.into_iter().filter(|keyword| !keyword.starts_with("x-")))
                        })
                        .flatten()
                    {
                        self.findings.push(
                            Diagnostic::new(
                                &code::ANNOTATION_TYPO,
                                format!("`{name}` is not a keyword of JSON Schema"),
                            )
                            .label(key.span(), "has no effect")
                            .help(help),
                        );
                    }
                }
            }
        }
        for (place, name) in required {
            match node.properties.iter_mut().find(|property| property.name == name) {
                Some(property) => property.required = true,
                None => {
                    let help =
                        did_you_mean(&name, node.properties.iter().map(|property| property.name.as_str()));
                    self.findings.push(
                        Diagnostic::new(
                            &code::SCHEMA,
                            format!("`required` names `{name}`, which is not among the properties"),
                        )
                        .label(place.span(), "no schema says what it is")
                        .maybe_help(help),
                    );
                }
            }
        }
    }

    fn unsupported(&mut self, key: Node<'a>, what: &str, instead: &str) {
        self.findings.push(
            Diagnostic::new(&code::UNSUPPORTED, format!("{what} is not supported"))
                .label(key.span(), "no table can be made from this")
                .help(instead),
        );
    }

    fn types(&mut self, value: Node<'a>) -> Types {
        let mut types = Types::NONE;
        let names: Vec<Node<'a>> =
            if value.kind() == Kind::Array { value.elements().collect() } else { vec![value] };
        for name in names {
            match name.text().map(|text| (Types::named(&text), text)) {
                Some((Some(one), _)) => types = types.with(one),
                Some((None, text)) => {
                    let finding = Diagnostic::new(&code::SCHEMA, format!("JSON has no type `{text}`"))
                        .label(name.span(), "");
                    self.findings.push(match did_you_mean(&text, Types::names()) {
                        Some(help) => finding.help(help),
                        None => finding.help(format!("the types are {}", list(Types::names(), "and"))),
                    });
                }
                None => self.wrong(name, "`type` is a name such as `\"string\"`, or a list of names", ""),
            }
        }
        if types == Types::NONE { Types::ANY } else { types }
    }

    fn count(&mut self, keyword: &str, value: Node<'a>) -> Option<u64> {
        let count = value.integer().and_then(|count| u64::try_from(count).ok());
        if count.is_none() {
            self.wrong(value, &format!("`{keyword}` is a whole number from 0 up"), "");
        }
        count
    }

    fn bound(&mut self, keyword: &str, value: Node<'a>) -> Option<f64> {
        let bound = value.number().filter(|bound| bound.is_finite());
        if bound.is_none() {
            self.wrong(value, &format!("`{keyword}` is a number"), "");
        }
        bound
    }
}
