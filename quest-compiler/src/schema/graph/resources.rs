//! Schemas by URI: files, `$id`s within files, anchors.

use super::dialect::{Dialect, subschemas};
use super::uri;
use crate::diagnostics::{Diagnostic, code};
use crate::source::{Document, Node, NodeKind};
use crate::text::{FileId, Span};
use std::collections::HashMap;

/// A schema object's identity: its file, and its position on the tape of that file.
pub(super) type SchemaKey = (FileId, u32);

pub(super) fn schema_key(node: Node<'_>) -> SchemaKey {
    (node.span().file, node.at())
}

/// A `$ref` to a file that has not been read.
#[derive(Clone, Debug)]
pub struct Outside {
    /// The absolute URI.
    pub uri: String,
    /// The reference as written.
    pub written: String,
}

/// The part of a file that has a base URI of its own.
#[derive(Debug)]
struct Area {
    file: FileId,
    start: u32,
    end: u32,
    base: String,
    dialect: Result<Dialect, Span>,
}

/// All schemas that a `$ref` can name.
#[derive(Default)]
pub struct Resources<'a> {
    /// Schemas by absolute URI without fragment.
    by_uri: HashMap<String, Node<'a>>,
    /// Schemas by URI and anchor.
    anchors: HashMap<(String, String), Node<'a>>,
    /// `$dynamicAnchor`s of all files, by name.
    dynamic: HashMap<String, Vec<Node<'a>>>,
    areas: Vec<Area>,
    /// URIs that two schemas have, with both.
    duplicates: Vec<(String, Node<'a>, Node<'a>)>,
}

impl<'a> Resources<'a> {
    /// Adds a file and everything in it that has a URI or an anchor. `addresses` are the URIs of the file itself.
    pub fn add(&mut self, document: &'a Document, addresses: &[String]) {
        let Some(root) = document.root() else { return };
        for address in addresses {
            self.by_uri.entry(uri::normalise(uri::split(address).0)).or_insert(root);
        }
        let base = addresses.first().map(|address| uri::normalise(address)).unwrap_or_default();
        let span = root.span();
        let dialect = dialect_of(root).unwrap_or(Ok(Dialect::DEFAULT));
        self.areas.push(Area {
            file: span.file,
            start: span.start,
            end: span.end,
            base: base.clone(),
            dialect,
        });
        self.walk(root, &base, dialect);
    }

    fn walk(&mut self, schema: Node<'a>, base: &str, dialect: Result<Dialect, Span>) {
        if schema.kind() != NodeKind::Object {
            return;
        }
        let dialect = dialect_of(schema).unwrap_or(dialect);
        let known = dialect.unwrap_or(Dialect::DEFAULT);
        let mut here = base.to_owned();
        let hidden = known.ref_stands_alone() && schema.get("$ref").is_some();
        let id = schema.get(known.id_keyword()).and_then(Node::text).filter(|_| !hidden);
        if let Some(id) = &id {
            let (address, fragment) = uri::split(id);
            // Up to draft-07, an id that is only a fragment is an anchor.
            if let Some(anchor) = fragment.filter(|anchor| !anchor.is_empty()) {
                let at = uri::resolve(base, address);
                self.anchors.entry((at, anchor.to_owned())).or_insert(schema);
            }
            if !address.is_empty() {
                here = uri::resolve(base, address);
                let first = *self.by_uri.entry(here.clone()).or_insert(schema);
                if schema_key(first) != schema_key(schema) {
                    self.duplicates.push((here.clone(), first, schema));
                }
                let span = schema.span();
                self.areas.push(Area {
                    file: span.file,
                    start: span.start,
                    end: span.end,
                    base: here.clone(),
                    dialect,
                });
            }
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = schema.get(keyword).and_then(Node::text) {
                if keyword == "$dynamicAnchor" {
                    self.dynamic.entry(name.clone().into_owned()).or_default().push(schema);
                }
                self.anchors.entry((here.clone(), name.into_owned())).or_insert(schema);
            }
        }
        let mut children = Vec::new();
        subschemas(schema, &mut |child| children.push(child));
        for child in children {
            self.walk(child, &here, dialect);
        }
    }

    fn area(&self, node: Node<'_>) -> Option<&Area> {
        let span = node.span();
        // Of two areas with the same span, the later one is the `$id` of a whole file.
        self.areas
            .iter()
            .rev()
            .filter(|area| area.file == span.file && area.start <= span.start && span.end <= area.end)
            .min_by_key(|area| area.end - area.start)
    }

    /// The draft that a schema follows; the span of its `$schema` if that names no known draft.
    pub fn dialect(&self, node: Node<'_>) -> Result<Dialect, Span> {
        self.area(node).map_or(Ok(Dialect::DEFAULT), |area| area.dialect)
    }

    /// The base URI of a schema.
    fn base(&self, node: Node<'_>) -> &str {
        self.area(node).map_or("", |area| &area.base)
    }

    /// The absolute URI of a `$ref`, without its fragment.
    pub fn address(&self, from: Node<'_>, reference: &str) -> String {
        uri::resolve(self.base(from), reference)
    }

    /// The schema that a `$ref` refers to, with its name if it is a definition.
    pub fn find(&self, from: Node<'_>, reference: &str) -> Option<(Node<'a>, Option<String>)> {
        let address = self.address(from, reference);
        let root = *self.by_uri.get(&address)?;
        match uri::split(reference).1 {
            None | Some("") => Some((root, None)),
            Some(pointer) if pointer.starts_with('/') => follow(root, pointer),
            Some(anchor) => {
                let node = self.anchors.get(&(address, anchor.to_owned()))?;
                Some((*node, Some(anchor.to_owned())))
            }
        }
    }

    /// Reports schemas with the same URI.
    pub fn check(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (address, first, second) in &self.duplicates {
            let place = |schema: &Node<'_>| {
                let id = schema.get("$id").or_else(|| schema.get("id"));
                id.map_or_else(|| schema.label(), Node::label)
            };
            diagnostics.push(
                Diagnostic::new(&code::SCHEMA_REF, format!("two schemas have the address `{address}`"))
                    .label(place(second), "the second one")
                    .label(place(first), "the first one")
                    .help("give one of them another `$id`: a `$ref` to it could mean either"),
            );
        }
    }

    /// Whether a `$dynamicRef` to this name has at most one candidate.
    pub fn dynamic_is_certain(&self, name: &str) -> bool {
        self.dynamic.get(name).is_none_or(|places| places.len() < 2)
    }

    /// The `$ref`s of a file whose files have not been read.
    pub fn outside(&self, document: &'a Document) -> Vec<Outside> {
        let mut outside = Vec::new();
        if let Some(root) = document.root() {
            self.outside_of(root, &mut outside);
        }
        outside
    }

    fn outside_of(&self, schema: Node<'a>, outside: &mut Vec<Outside>) {
        for keyword in ["$ref", "$dynamicRef"] {
            if let Some(written) = schema.get(keyword).and_then(Node::text) {
                let uri = self.address(schema, &written);
                if !self.by_uri.contains_key(&uri) {
                    outside.push(Outside { uri, written: written.into_owned() });
                }
            }
        }
        let mut children = Vec::new();
        subschemas(schema, &mut |child| children.push(child));
        for child in children {
            self.outside_of(child, outside);
        }
    }
}

/// The draft that the `$schema` of this object names, if it has one; its span if the draft is unknown.
fn dialect_of(schema: Node<'_>) -> Option<Result<Dialect, Span>> {
    let node = schema.get("$schema")?;
    Some(node.text().and_then(|uri| Dialect::named(&uri)).ok_or(node.span()))
}

/// Follows a JSON pointer from a schema.
fn follow<'a>(root: Node<'a>, pointer: &str) -> Option<(Node<'a>, Option<String>)> {
    let mut node = root;
    let mut section = String::new();
    let mut name = None;
    for segment in pointer.strip_prefix('/')?.split('/') {
        let segment = uri::decode(segment).replace("~1", "/").replace("~0", "~");
        node = match node.kind() {
            NodeKind::Array => node.elements().nth(segment.parse().ok()?)?,
            _ => node.get(&segment)?,
        };
        name = matches!(section.as_str(), "$defs" | "definitions").then(|| segment.clone());
        section = segment;
    }
    Some((node, name))
}
