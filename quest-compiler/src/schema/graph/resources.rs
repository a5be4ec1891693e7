//! Schemas by their addresses: files, `$id`s within files, anchors.

use super::dialect::{Dialect, subschemas};
use super::uri;
use crate::diagnostics::{Diagnostic, code};
use crate::source::{Document, Node, NodeKind};
use crate::text::{FileId, Span};
use std::collections::HashMap;

/// A `$ref` that leads out of all schemas there are.
#[derive(Clone, Debug)]
pub struct Outside {
    /// The whole address.
    pub uri: String,
    /// As it is written.
    pub written: String,
}

/// The part of a file that has an address of its own.
#[derive(Debug)]
struct Area {
    file: FileId,
    start: u32,
    end: u32,
    base: String,
    dialect: Result<Dialect, Span>,
}

/// All schemas that can be referred to.
#[derive(Default)]
pub struct Resources<'a> {
    places: HashMap<String, Node<'a>>,
    anchors: HashMap<(String, String), Node<'a>>,
    /// `$dynamicAnchor`s by name, over all files.
    dynamic: HashMap<String, Vec<Node<'a>>>,
    areas: Vec<Area>,
    /// Schemas with an address that another has already: the address, and both.
    twice: Vec<(String, Node<'a>, Node<'a>)>,
}

impl<'a> Resources<'a> {
    /// Adds a file and everything in it that has an address. `addresses` are those by which the file itself is known.
    pub fn add(&mut self, document: &'a Document, addresses: &[String]) {
        let Some(root) = document.root() else { return };
        for address in addresses {
            self.places.entry(uri::split(address).0.to_owned()).or_insert(root);
        }
        let base = addresses.first().cloned().unwrap_or_default();
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
                let first = *self.places.entry(here.clone()).or_insert(schema);
                if (first.span().file, first.at()) != (schema.span().file, schema.at()) {
                    self.twice.push((here.clone(), first, schema));
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
        // Of two that span the same, the later one is the `$id` of a whole file.
        self.areas
            .iter()
            .rev()
            .filter(|area| area.file == span.file && area.start <= span.start && span.end <= area.end)
            .min_by_key(|area| area.end - area.start)
    }

    /// The draft that a schema follows; the place of its `$schema` if that names none.
    pub fn dialect(&self, node: Node<'_>) -> Result<Dialect, Span> {
        self.area(node).map_or(Ok(Dialect::DEFAULT), |area| area.dialect)
    }

    /// The address from which a `$ref` in a schema counts.
    fn base(&self, node: Node<'_>) -> &str {
        self.area(node).map_or("", |area| &area.base)
    }

    /// The whole address that a `$ref` means.
    pub fn address(&self, from: Node<'_>, reference: &str) -> String {
        uri::resolve(self.base(from), reference)
    }

    /// The schema that a `$ref` means, and the name of its definition if it is one.
    pub fn find(&self, from: Node<'_>, reference: &str) -> Option<(Node<'a>, Option<String>)> {
        let address = self.address(from, reference);
        let root = *self.places.get(&address)?;
        match uri::split(reference).1 {
            None | Some("") => Some((root, None)),
            Some(pointer) if pointer.starts_with('/') => follow(root, pointer),
            Some(anchor) => {
                let node = self.anchors.get(&(address, anchor.to_owned()))?;
                Some((*node, Some(anchor.to_owned())))
            }
        }
    }

    /// Reports schemas that have the address of another.
    pub fn check(&self, diagnostics: &mut Vec<Diagnostic>) {
        for (address, first, second) in &self.twice {
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

    /// Whether `$dynamicRef` to this name can mean one thing only.
    pub fn dynamic_is_certain(&self, name: &str) -> bool {
        self.dynamic.get(name).is_none_or(|places| places.len() < 2)
    }

    /// The `$ref`s of a file that lead to no schema that is known.
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
                if !self.places.contains_key(&uri) {
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

/// The draft that `$schema` of this object names, if it has one.
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
