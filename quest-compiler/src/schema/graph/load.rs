//! Reads schema documents into the graph. `$ref`s are followed here; `keywords` reads all other keywords.

use super::dialect::{Dialect, READ, SILENT, asserts};
use super::facts::finalize;
use super::node::{SchemaNode, SchemaUse, Schemas};
use super::overlay::Overlay;
use super::resources::{Resources, SchemaKey, schema_key};
use super::same::same_schema;
use super::uri;
use crate::diagnostics::{Diagnostic, Level, code, did_you_mean};
use crate::schema::annotations::{Annotations, Foreign, Rule};
use crate::schema::ids::SchemaId;
use crate::source::{Document, Node, NodeKind};
use crate::text::Span;
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
    let mut loader = Loader {
        reading,
        schemas,
        diagnostics,
        ids: HashMap::new(),
        used: HashSet::new(),
        definitions: HashMap::new(),
        todo: VecDeque::new(),
        unknown_dialects: HashSet::new(),
    };
    let mut roots: Vec<Option<SchemaId>> = Vec::new();
    for document in documents {
        let before = loader.diagnostics.len();
        let root = loader.root(document);
        let failed = loader.diagnostics[before..].iter().any(|diagnostic| diagnostic.level == Level::Deny);
        roots.push(root.filter(|_| !failed));
    }
    if loader.check_endless() || loader.check_depth() {
        roots.fill(None);
    }
    roots
}

/// Reports objects of a schema or overlay that have two properties of one name: only the first would count.
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
    /// The node of each schema object. Entered before its content is read, so that recursive schemas end.
    ids: HashMap<SchemaKey, SchemaId>,
    /// The definitions that have a node, by name: schemas of exporters bundle the same ones.
    definitions: HashMap<String, Vec<(Node<'a>, SchemaId)>>,
    /// The schemas of properties, elements and the like, whose annotations belong to the use and not to the node.
    used: HashSet<SchemaKey>,
    /// Schemas that have a node but are not read yet. A queue instead of recursion, because chains of schemas can be long.
    todo: VecDeque<(Node<'a>, SchemaId)>,
    /// Each `$schema` that names no known draft, which is reported once for all schemas that it applies to.
    unknown_dialects: HashSet<Span>,
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

    /// Reports a keyword whose value has the wrong form. The help is left out if it is empty.
    pub(super) fn wrong(&mut self, node: Node<'a>, title: &str, help: &str) {
        let help = (!help.is_empty()).then(|| help.to_owned());
        self.diagnostics.push(Diagnostic::new(&code::SCHEMA, title).label(node.label(), "").maybe_help(help));
    }

    pub(super) fn unsupported(&mut self, key: Node<'a>, what: &str, instead: &str) {
        self.diagnostics.push(
            Diagnostic::new(&code::UNSUPPORTED, format!("{what} is not supported"))
                .label(key.span(), "cannot be checked")
                .help(instead),
        );
    }

    /// The draft that a schema follows.
    pub(super) fn dialect(&mut self, node: Node<'a>) -> Dialect {
        let span = match self.reading.resources.dialect(node) {
            Ok(dialect) => return dialect,
            Err(span) => span,
        };
        if self.unknown_dialects.insert(span) {
            self.diagnostics.push(
                Diagnostic::new(&code::UNSUPPORTED, "this `$schema` is no draft of JSON Schema that questc knows")
                    .label(span, "decides what all keywords below mean")
                    .help("write `https://json-schema.org/draft/2020-12/schema` or `http://json-schema.org/draft-07/schema#`"),
            );
        }
        Dialect::DEFAULT
    }

    /// Reads a schema together with the annotations of this use of it.
    pub(super) fn schema_use(&mut self, schema: Node<'a>) -> SchemaUse {
        self.used.insert(schema_key(schema));
        let id = self.schema(schema, None);
        let before = self.diagnostics.len();
        let mut annotations = self.annotations(schema);
        if schema.get("$ref").is_some() {
            annotations.rules = self.rules_beside_ref(schema);
        } else {
            // The node has the same annotations, and reading it reports what is wrong with them.
            self.diagnostics.truncate(before);
        }
        SchemaUse { schema: id, annotations: Arc::new(annotations) }
    }

    fn annotations(&mut self, schema: Node<'a>) -> Annotations {
        let mut annotations = Annotations::default();
        if schema.kind() == NodeKind::Object {
            annotations.read(schema, self.reading.foreign, self.diagnostics);
        }
        for entry in self.reading.overlay.at(schema_key(schema)) {
            annotations.read(*entry, &[], self.diagnostics);
        }
        annotations
    }

    /// The rules beside a `$ref`, which apply only to the objects of this use.
    fn rules_beside_ref(&mut self, schema: Node<'a>) -> Vec<Rule> {
        let overlay = self.reading.overlay.at(schema_key(schema)).iter().copied();
        let entries: Vec<Node<'a>> = std::iter::once(schema).chain(overlay).collect();
        let rules = entries.into_iter().filter_map(|entry| entry.get("x-rules"));
        rules.flat_map(|rules| self.rules(rules)).collect()
    }

    /// The node of a schema; `definition` is its name under `$defs`.
    ///
    /// A `$ref` that is alone has no node of its own: it is the schema it refers to. Annotations beside it belong to the use.
    pub(super) fn schema(&mut self, object: Node<'a>, definition: Option<&str>) -> SchemaId {
        let mut current = object;
        let mut definition = definition.map(str::to_owned);
        let mut passed: HashSet<SchemaKey> = HashSet::new();
        let id = loop {
            if let Some(id) = self.ids.get(&schema_key(current)) {
                break *id;
            }
            let Some(reference) = self.lone_ref(current) else { break self.enter(current, definition) };
            if !passed.insert(schema_key(current)) {
                let target = reference.text().unwrap_or_default();
                self.diagnostics.push(
                    Diagnostic::new(&code::SCHEMA_REF, format!("`$ref` to `{target}` leads back to itself"))
                        .label(reference.span(), "no schema is ever reached"),
                );
                break self.enter_empty(current);
            }
            match self.resolve(current, reference) {
                Some((target, name)) => (current, definition) = (target, name),
                None => break self.enter_empty(current),
            }
        };
        for key in passed {
            self.ids.insert(key, id);
        }
        id
    }

    /// The `$ref` of a schema that asserts nothing else.
    fn lone_ref(&mut self, object: Node<'a>) -> Option<Node<'a>> {
        let key = schema_key(object);
        let (_, reference) = object.property("$ref")?;
        if self.reading.overlay.refines(key) {
            return None;
        }
        let is_used = self.used.contains(&key);
        (self.dialect(object).ref_stands_alone() || !asserts_beside_ref(object, is_used)).then_some(reference)
    }

    /// A node for a schema, which is read later.
    fn enter(&mut self, object: Node<'a>, definition: Option<String>) -> SchemaId {
        let known = definition.as_ref().and_then(|name| self.definitions.get(name));
        let Reading { resources, overlay, .. } = self.reading;
        let equal = |first: &Node<'a>| same_schema(*first, object, resources, overlay);
        if let Some((_, id)) = known.and_then(|known| known.iter().find(|(first, _)| equal(first))) {
            self.ids.insert(schema_key(object), *id);
            return *id;
        }
        let id = self.add_empty(object);
        if let Some(name) = &definition {
            self.definitions.entry(name.clone()).or_default().push((object, id));
        }
        self.schemas.nodes[id.0 as usize].definition = definition;
        self.ids.insert(schema_key(object), id);
        self.todo.push_back((object, id));
        id
    }

    /// A node that asserts nothing, in place of a schema that cannot be read.
    fn enter_empty(&mut self, object: Node<'a>) -> SchemaId {
        let id = self.add_empty(object);
        self.ids.insert(schema_key(object), id);
        id
    }

    fn add_empty(&mut self, object: Node<'a>) -> SchemaId {
        self.schemas.nodes.push(SchemaNode::new(object.label()));
        SchemaId(self.schemas.nodes.len() as u32 - 1)
    }

    fn read(&mut self, object: Node<'a>, id: SchemaId) {
        let key = schema_key(object);
        let mut node = self.schemas.get(id).clone();
        match object.kind() {
            NodeKind::Object => self.read_keywords(object, &mut node),
            NodeKind::True => {}
            NodeKind::False => node.never = true,
            NodeKind::Invalid => {}
            _ => self.wrong(object, "a schema is an object in `{ }`, `true` or `false`", ""),
        }
        node.annotations = Arc::new(self.annotations(object));
        let names = self.reading.overlay.names_at(key);
        if !names.is_empty() && node.more().property_names.is_none() {
            let mut annotations = Annotations::default();
            for entry in names {
                annotations.read(*entry, &[], self.diagnostics);
            }
            let schema = self.add_empty(object);
            node.more().property_names = Some(SchemaUse { schema, annotations: Arc::new(annotations) });
        }
        if self.reading.overlay.refines(key) {
            for entry in self.reading.overlay.at(key) {
                let refinement = self.schema(*entry, None);
                node.more().all_of.push(refinement);
            }
        }
        self.schemas.nodes[id.0 as usize] = node;
    }

    /// The schema that a `$ref` beside other keywords refers to.
    pub(super) fn referred(&mut self, object: Node<'a>, reference: Node<'a>) -> SchemaId {
        match self.resolve(object, reference) {
            Some((target, name)) => self.schema(target, name.as_deref()),
            None => self.add_empty(object),
        }
    }

    /// The schema that a `$dynamicRef` refers to, which is supported only if there is one candidate.
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

    /// The schema that a `$ref` refers to, with its name if it is a definition.
    fn resolve(&mut self, object: Node<'a>, reference: Node<'a>) -> Option<(Node<'a>, Option<String>)> {
        let Some(target) = reference.text() else {
            self.wrong(reference, "`$ref` is a string such as `\"#/definitions/Quest\"`", "");
            return None;
        };
        let found = self.reading.resources.find(object, &target);
        if found.is_none() {
            let diagnostic = self.unresolved(object, reference, &target);
            self.diagnostics.push(diagnostic);
        }
        found
    }

    fn unresolved(&self, object: Node<'a>, reference: Node<'a>, target: &str) -> Diagnostic {
        let diagnostic = Diagnostic::new(&code::SCHEMA_REF, format!("unresolved `$ref`: `{target}`"));
        let definitions = self.definitions(object, target);
        let has_address = !uri::split(target).0.is_empty();
        if has_address && definitions.is_empty() {
            return diagnostic.label(reference.span(), "no schema has this address").help(
                "put the file beside this one, or say in the manifest where it is: `[schemas]` with \
                 `\"https://example.com/schemas/\" = \"schemas/\"`",
            );
        }
        diagnostic
            .label(reference.span(), "leads nowhere")
            .maybe_help(did_you_mean(target, definitions.iter().map(String::as_str)))
    }

    /// The definitions at the address of a `$ref`, as one would refer to them.
    fn definitions(&self, object: Node<'a>, target: &str) -> Vec<String> {
        let (address, _) = uri::split(target);
        let Some((root, _)) = self.reading.resources.find(object, &format!("{address}#")) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for section in ["definitions", "$defs"] {
            let names = root.get(section).into_iter().flat_map(Node::properties);
            let names = names.filter_map(|(key, _)| key.text());
            found.extend(names.map(|name| format!("{address}#/{section}/{name}")));
        }
        found
    }

    /// Reports schemas that apply to a value only if they apply to the same value: validation would not end.
    fn check_endless(&mut self) -> bool {
        let (mut visited, mut open) = (BitSet::new(), BitSet::new());
        let mut found = false;
        for start in (0..self.schemas.nodes.len() as u32).map(SchemaId) {
            // A depth-first search with its own stack, because chains of schemas can be long.
            let mut path: Vec<(SchemaId, Vec<SchemaId>)> = Vec::new();
            if visited.insert(start.0 as usize) {
                open.insert(start.0 as usize);
                path.push((start, self.schemas.get(start).in_place()));
            }
            while let Some((id, todo)) = path.last_mut() {
                let Some(next) = todo.pop() else {
                    open.remove(id.0 as usize);
                    path.pop();
                    continue;
                };
                if open.contains(next.0 as usize) {
                    let span = self.schemas.get(next).span;
                    self.diagnostics.push(
                        Diagnostic::new(&code::SCHEMA_REF, "this schema leads back to itself")
                            .label(span, "checking a value against it would never end"),
                    );
                    found = true;
                } else if visited.insert(next.0 as usize) {
                    open.insert(next.0 as usize);
                    path.push((next, self.schemas.get(next).in_place()));
                }
            }
        }
        found
    }

    /// Computes the facts of all schemas, and reports nesting that is too deep to validate recursively.
    fn check_depth(&mut self) -> bool {
        finalize(self.schemas);
        let ids = (0..self.schemas.nodes.len() as u32).map(SchemaId);
        let Some(deepest) = ids.max_by_key(|id| self.schemas.parts(*id)) else { return false };
        let parts = self.schemas.parts(deepest);
        if parts <= MAX_PARTS {
            return false;
        }
        let title =
            format!("schema nesting too deep: {parts} subschemas apply to one value (limit {MAX_PARTS})");
        self.diagnostics.push(
            Diagnostic::new(&code::UNSUPPORTED, title)
                .label(self.schemas.get(deepest).span, "the outermost of them")
                .help("let `$ref` or `allOf` lead to the last of them directly"),
        );
        true
    }
}

/// Validation recurses once for each schema that applies to one value through another; deeper nesting is rejected.
const MAX_PARTS: u32 = 100;

/// Whether keywords beside `$ref` assert something of their own. The rules beside it belong to the use, if there is one.
fn asserts_beside_ref(object: Node<'_>, is_used: bool) -> bool {
    let others = object.properties().filter_map(|(key, _)| key.text()).filter(|name| *name != "$ref");
    others.filter(|name| !is_used || *name != "x-rules").any(|name| asserts(&name))
}
