//! Schema documents, read into the graph: `$ref` is followed here, keywords are read in `keywords`.

use super::dialect::{Dialect, READ, SILENT, asserts};
use super::facts::finalize;
use super::node::{SchemaNode, SchemaUse, Schemas};
use super::overlay::Overlay;
use super::resources::Resources;
use super::uri;
use crate::diagnostics::{Diagnostic, Level, code, did_you_mean};
use crate::schema::annotations::{Annotations, Foreign, Rule, annotations};
use crate::schema::ids::SchemaId;
use crate::source::{Document, Node, NodeKind};
use crate::text::{FileId, Span};
use bit_set::BitSet;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

/// What schemas are read with.
pub struct Reading<'a> {
    pub resources: &'a Resources<'a>,
    pub overlay: &'a Overlay<'a>,
    /// Annotation keywords of the studio's own.
    pub foreign: &'a [Foreign],
}

/// Reads the schemas of documents; `None` for those that have errors.
pub fn load<'a>(
    documents: &[&'a Document],
    reading: &Reading<'a>,
    schemas: &mut Schemas,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<SchemaId>> {
    let (seen, sites, todo) = (HashMap::new(), HashSet::new(), VecDeque::new());
    let mut loader = Loader { reading, schemas, diagnostics, seen, sites, todo };
    let mut roots: Vec<Option<SchemaId>> = Vec::new();
    for document in documents {
        let before = loader.diagnostics.len();
        let root = loader.root(document);
        let failed = loader.diagnostics[before..].iter().any(|diagnostic| diagnostic.level == Level::Deny);
        roots.push(root.filter(|_| !failed));
    }
    if loader.endless() || loader.deep() {
        roots.fill(None);
    }
    roots
}

/// Reports properties that stand in one object twice, in a schema or overlay: of two definitions of one name only the first would count.
pub fn repeated(document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let mut todo: Vec<Node<'_>> = document.root().into_iter().collect();
    while let Some(node) = todo.pop() {
        todo.extend(node.elements());
        let mut seen: HashMap<String, Span> = HashMap::new();
        for (key, value) in node.properties() {
            todo.push(value);
            let Some(name) = key.text() else { continue };
            if let Some(first) = seen.get(&*name) {
                diagnostics.push(
                    Diagnostic::new(&code::DUPLICATE_PROPERTY, format!("property `{name}` is there twice"))
                        .label(key.span(), "the second one")
                        .label(*first, "the first one")
                        .help("keep one of them: programs disagree about which of the two counts"),
                );
            } else {
                seen.insert(name.into_owned(), key.span());
            }
        }
    }
}

pub(super) struct Loader<'r, 'a, 'f> {
    reading: &'r Reading<'a>,
    pub(super) schemas: &'f mut Schemas,
    pub(super) diagnostics: &'f mut Vec<Diagnostic>,
    /// A schema's place to its node, entered before its content is read: recursion ends here.
    seen: HashMap<(FileId, u32), SchemaId>,
    /// The schemas of properties, elements and the like, which have annotations of their own.
    sites: HashSet<(FileId, u32)>,
    /// Schemas that have a node and are still to be read. A queue and no recursion: each can lead to the next for as long as there are any.
    todo: VecDeque<(Node<'a>, SchemaId)>,
}

fn place(node: Node<'_>) -> (FileId, u32) {
    (node.span().file, node.at())
}

impl<'a> Loader<'_, 'a, '_> {
    fn root(&mut self, document: &'a Document) -> Option<SchemaId> {
        let root = document.root()?;
        if root.kind() != NodeKind::Object {
            self.diagnostics.push(
                Diagnostic::new(&code::SCHEMA, "this is not a JSON Schema")
                    .label(root.label(), "a schema is an object in `{ }`")
                    .help("see https://json-schema.org/learn for the form of a schema"),
            );
            return None;
        }
        let known = |name: &str| SILENT.contains(&name) || READ.contains(&name);
        let mut keywords = root.properties().filter_map(|(key, _)| key.text()).peekable();
        if keywords.peek().is_some() && !keywords.any(|name| known(&name)) {
            self.diagnostics.push(
                Diagnostic::new(&code::SCHEMA, "this object has none of the keywords of JSON Schema")
                    .label(root.label(), "no `type`, `properties` or `$ref` in here")
                    .help("is this a content file? `schema` in the manifest names the schema, `content` the files it describes"),
            );
            return None;
        }
        let id = self.schema(root, None);
        while let Some((object, id)) = self.todo.pop_front() {
            self.read(object, id);
        }
        Some(id)
    }

    pub(super) fn wrong(&mut self, node: Node<'a>, title: &str, help: &str) {
        let mut diagnostic = Diagnostic::new(&code::SCHEMA, title).label(node.label(), "");
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        self.diagnostics.push(diagnostic);
    }

    /// The draft that a schema follows; one that is not known is reported once, at its `$schema`.
    pub(super) fn dialect(&mut self, node: Node<'a>) -> Dialect {
        match self.reading.resources.dialect(node) {
            Ok(dialect) => dialect,
            Err(span) => {
                let reported = |diagnostic: &Diagnostic| {
                    diagnostic.code.id == code::UNSUPPORTED.id
                        && diagnostic.labels.first().is_some_and(|label| label.span == span)
                };
                if !self.diagnostics.iter().any(reported) {
                    self.diagnostics.push(
                        Diagnostic::new(&code::UNSUPPORTED, "this `$schema` is no draft of JSON Schema that questc knows")
                            .label(span, "decides what all keywords below mean")
                            .help("write `https://json-schema.org/draft/2020-12/schema` or `http://json-schema.org/draft-07/schema#`"),
                    );
                }
                Dialect::DEFAULT
            }
        }
    }

    /// Reads a schema and the annotations at the place that uses it.
    pub(super) fn site(&mut self, schema: Node<'a>) -> SchemaUse {
        self.sites.insert(place(schema));
        let id = self.schema(schema, None);
        // The diagnostics of annotations were made when the schema itself was read, except beside a `$ref`.
        let annotations = if schema.get("$ref").is_some() {
            let mut annotations = self.annotations(schema);
            annotations.rules = self.rules_beside(schema);
            Arc::new(annotations)
        } else {
            Arc::new(self.notes_without_diagnostics(schema))
        };
        SchemaUse { schema: id, annotations }
    }

    pub(super) fn annotations(&mut self, schema: Node<'a>) -> Annotations {
        let mut found = Annotations::default();
        if schema.kind() == NodeKind::Object {
            annotations(&mut found, schema, self.reading.foreign, self.diagnostics);
        }
        for entry in self.reading.overlay.at(place(schema)) {
            annotations(&mut found, *entry, &[], self.diagnostics);
        }
        found
    }

    /// The rules beside a `$ref`, which hold for the objects at this place alone.
    fn rules_beside(&mut self, schema: Node<'a>) -> Vec<Rule> {
        let overlay = self.reading.overlay.at(place(schema)).iter().copied();
        let entries: Vec<Node<'a>> = std::iter::once(schema).chain(overlay).collect();
        entries
            .into_iter()
            .filter_map(|entry| entry.get("x-rules"))
            .flat_map(|rules| self.rules(rules))
            .collect::<Vec<_>>()
    }

    fn notes_without_diagnostics(&mut self, schema: Node<'a>) -> Annotations {
        let before = self.diagnostics.len();
        let annotations = self.annotations(schema);
        self.diagnostics.truncate(before);
        annotations
    }

    /// The node of a schema. A `$ref` that stands alone is the schema it means; descriptions and annotations beside it are read by
    /// whoever refers.
    pub(super) fn schema(&mut self, object: Node<'a>, definition: Option<&str>) -> SchemaId {
        let mut at = object;
        let mut definition = definition.map(str::to_owned);
        let mut passed: HashSet<(FileId, u32)> = HashSet::new();
        let id = loop {
            if let Some(id) = self.seen.get(&place(at)) {
                break *id;
            }
            let refined = self.reading.overlay.refines(place(at));
            let Some((_, reference)) = at.property("$ref").filter(|_| {
                let site = self.sites.contains(&place(at));
                !refined && (self.dialect(at).ref_stands_alone() || !asserts_beside_ref(at, site))
            }) else {
                break self.enter(at, definition);
            };
            if !passed.insert(place(at)) {
                let target = reference.text().unwrap_or_default();
                self.diagnostics.push(
                    Diagnostic::new(&code::SCHEMA_REF, format!("`$ref` to `{target}` leads back to itself"))
                        .label(reference.span(), "no schema is ever reached"),
                );
                break self.nothing(at);
            }
            match self.target(at, reference) {
                Some((found, name)) => (at, definition) = (found, name),
                None => break self.nothing(at),
            }
        };
        for place in passed {
            self.seen.insert(place, id);
        }
        id
    }

    /// A node for a schema, which is read later.
    fn enter(&mut self, object: Node<'a>, definition: Option<String>) -> SchemaId {
        let id = SchemaId(self.schemas.nodes.len() as u32);
        self.seen.insert(place(object), id);
        let mut node = SchemaNode::new(object.label());
        node.definition = definition;
        self.schemas.nodes.push(node);
        self.todo.push_back((object, id));
        id
    }

    fn read(&mut self, object: Node<'a>, id: SchemaId) {
        let refined = self.reading.overlay.refines(place(object));
        let mut node = self.schemas.get(id).clone();
        match object.kind() {
            NodeKind::Object => self.fill(object, &mut node),
            NodeKind::True => {}
            NodeKind::False => node.never = true,
            NodeKind::Invalid => {}
            _ => self.wrong(object, "a schema is an object in `{ }`, `true` or `false`", ""),
        }
        node.annotations = Arc::new(self.annotations(object));
        let names = self.reading.overlay.names_at(place(object));
        if !names.is_empty() && node.more().property_names.is_none() {
            let mut found = Annotations::default();
            for entry in names {
                annotations(&mut found, *entry, &[], self.diagnostics);
            }
            let any = self.nothing_at(object);
            node.more().property_names = Some(SchemaUse { schema: any, annotations: Arc::new(found) });
        }
        if refined {
            for entry in self.reading.overlay.at(place(object)) {
                let extra = self.schema(*entry, None);
                node.more().all_of.push(extra);
            }
        }
        self.schemas.nodes[id.0 as usize] = node;
    }

    /// A schema that asserts nothing.
    fn nothing_at(&mut self, object: Node<'a>) -> SchemaId {
        self.schemas.nodes.push(SchemaNode::new(object.label()));
        SchemaId(self.schemas.nodes.len() as u32 - 1)
    }

    fn nothing(&mut self, object: Node<'a>) -> SchemaId {
        let id = self.nothing_at(object);
        self.seen.insert(place(object), id);
        id
    }

    /// The schema that a `$ref` beside other keywords means.
    pub(super) fn referred(&mut self, object: Node<'a>, reference: Node<'a>) -> SchemaId {
        match self.target(object, reference) {
            Some((found, name)) => self.schema(found, name.as_deref()),
            None => self.nothing_at(object),
        }
    }

    /// What a `$ref` leads to, and the name of the definition.
    fn target(&mut self, object: Node<'a>, reference: Node<'a>) -> Option<(Node<'a>, Option<String>)> {
        let Some(target) = reference.text() else {
            self.wrong(reference, "`$ref` is a string such as `\"#/definitions/Quest\"`", "");
            return None;
        };
        if let Some(found) = self.reading.resources.find(object, &target) {
            return Some(found);
        }
        let known = self.known_definitions(object, &target);
        let (address, fragment) = uri::split(&target);
        let mut diagnostic =
            Diagnostic::new(&code::SCHEMA_REF, format!("`$ref` to `{target}`, which is not there"));
        let missing_file = !address.is_empty() && known.is_empty();
        diagnostic = if missing_file {
            diagnostic.label(reference.span(), "no schema has this address").help(
                "put the file beside this one, or say in the manifest where it is: `[schemas]` with \
                 `\"https://example.com/schemas/\" = \"schemas/\"`",
            )
        } else {
            diagnostic.label(reference.span(), "leads nowhere").maybe_help(did_you_mean(
                fragment.map_or(&*target, |_| &target),
                known.iter().map(String::as_str),
            ))
        };
        self.diagnostics.push(diagnostic);
        None
    }

    /// What a misspelt `$ref` may have meant.
    fn known_definitions(&self, object: Node<'a>, target: &str) -> Vec<String> {
        let (address, _) = uri::split(target);
        let Some((root, _)) = self.reading.resources.find(object, &format!("{address}#")) else {
            return Vec::new();
        };
        ["definitions", "$defs"]
            .into_iter()
            .filter_map(|section| Some((section, root.get(section)?)))
            .flat_map(|(section, object)| {
                object
                    .properties()
                    .filter_map(move |(key, _)| Some(format!("{address}#/{section}/{}", key.text()?)))
            })
            .collect::<Vec<_>>()
    }

    /// `$dynamicRef`, where it can mean one thing only.
    pub(super) fn dynamic(&mut self, object: Node<'a>, reference: Node<'a>) -> Option<SchemaId> {
        let target = reference.text()?;
        let name = uri::split(&target).1.unwrap_or_default().to_owned();
        if !self.reading.resources.dynamic_is_certain(&name) {
            self.unsupported(
                reference,
                "`$dynamicRef` to one of several `$dynamicAnchor`s",
                "use `$ref` to the one that is meant",
            );
            return None;
        }
        Some(self.referred(object, reference))
    }

    pub(super) fn unsupported(&mut self, key: Node<'a>, what: &str, instead: &str) {
        self.diagnostics.push(
            Diagnostic::new(&code::UNSUPPORTED, format!("{what} is not supported"))
                .label(key.span(), "cannot be checked")
                .help(instead),
        );
    }

    /// Reports schemas that a value is validated against again and again, without ever going into it.
    fn endless(&mut self) -> bool {
        let (mut done, mut open) = (BitSet::new(), BitSet::new());
        let mut found = false;
        for start in 0..self.schemas.nodes.len() as u32 {
            let mut path: Vec<(SchemaId, Vec<SchemaId>)> = Vec::new();
            let edges = |id: SchemaId, schemas: &Schemas| -> Vec<SchemaId> { schemas.get(id).in_place() };
            let start = SchemaId(start);
            if done.insert(start.0 as usize) {
                open.insert(start.0 as usize);
                path.push((start, edges(start, self.schemas)));
            }
            while let Some((id, todo)) = path.last_mut() {
                let Some(next) = todo.pop() else {
                    open.remove(id.0 as usize);
                    path.pop();
                    continue;
                };
                if open.contains(next.0 as usize) {
                    let span: Span = self.schemas.get(next).span;
                    self.diagnostics.push(
                        Diagnostic::new(&code::SCHEMA_REF, "this schema leads back to itself")
                            .label(span, "a value would be held against it without end"),
                    );
                    found = true;
                } else if done.insert(next.0 as usize) {
                    open.insert(next.0 as usize);
                    path.push((next, edges(next, self.schemas)));
                }
            }
        }
        found
    }

    /// Works out what follows from the parts of each schema, and reports those that are too many in each other.
    fn deep(&mut self) -> bool {
        finalize(self.schemas);
        let deepest =
            (0..self.schemas.nodes.len() as u32).map(SchemaId).max_by_key(|id| self.schemas.parts(*id));
        let Some(deepest) = deepest.filter(|id| self.schemas.parts(*id) > MOST_PARTS) else { return false };
        let parts = self.schemas.parts(deepest);
        self.diagnostics.push(
            Diagnostic::new(
                &code::UNSUPPORTED,
                format!("one value is held against {parts} schemas that stand in each other"),
            )
            .label(self.schemas.get(deepest).span, "the outermost of them")
            .help(format!(
                "let `$ref` or `allOf` lead to the last of them directly: {MOST_PARTS} are possible"
            )),
        );
        true
    }
}

/// More schemas than this in each other, for one value, are not validated against it.
const MOST_PARTS: u32 = 100;

/// Whether keywords beside `$ref` assert something of their own. The rules of a place that uses a schema are read with its annotations.
fn asserts_beside_ref(object: Node<'_>, site: bool) -> bool {
    let others = object.properties().filter_map(|(key, _)| key.text()).filter(|name| *name != "$ref");
    others.filter(|name| !site || *name != "x-rules").any(|name| asserts(&name))
}
