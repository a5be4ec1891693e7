//! Content files that hold a list or a map of documents where the manifest takes each of them for one document: a forgotten `at`.

use super::typed::Typed;
use crate::check::{Sink, fits};
use crate::diagnostics::{Diagnostic, code};
use crate::project::SchemaSource;
use crate::schema::{SchemaId, Types, accepted};
use crate::source::{Node, NodeKind};
use std::collections::HashSet;

/// At most this many elements are tried.
const MOST_TRIED: usize = 3;

/// Where in files the documents of each schema are, if the manifest does not say it.
#[derive(Default)]
pub(super) struct Wrapped {
    /// The schemas that have been reported.
    reported: HashSet<u32>,
}

impl Wrapped {
    /// Reports a file that wraps documents of a schema, once for each schema; returns whether it is one.
    pub(super) fn report(
        &mut self,
        typed: &Typed<'_>,
        root: u32,
        node: Node<'_>,
        sink: &mut Sink<'_>,
    ) -> bool {
        let schema = typed.roots[root as usize];
        let Some(at) = place(typed, schema, node) else { return false };
        sink.lose(node.span());
        if self.reported.insert(root) {
            sink.emit(forgotten(typed, root, node, &at));
        }
        true
    }
}

fn forgotten(typed: &Typed<'_>, root: u32, node: Node<'_>, at: &str) -> Diagnostic {
    let (input, files) = (&typed.project.input, typed.files);
    let name = input.schemas.get(root as usize).map(|schema| files.name(schema.file)).unwrap_or_default();
    let stem = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let section = typed.project.manifest.documents.iter().find(|set| match &set.schema {
        SchemaSource::File(file) => stem(&file.text) == stem(name) && set.at.is_none(),
        SchemaSource::Named => false,
    });
    let what = if node.kind() == NodeKind::Array || at.ends_with("[]") { "list" } else { "map" };
    let title = format!("this file has a {what} of documents, and is taken for one document");
    let mut diagnostic = Diagnostic::new(&code::NO_DOCUMENT, title)
        .label(node.label(), format!("the documents are in `{at}`"))
        .help(format!("add `at = \"{at}\"` to this `[[documents]]` section in the manifest"));
    if let Some(pattern) = section.and_then(|set| set.content.first()) {
        diagnostic = diagnostic.label(pattern.span, "every file is one document here");
    }
    diagnostic
}

/// The path to the documents in a file that is none itself.
fn place(typed: &Typed<'_>, schema: SchemaId, node: Node<'_>) -> Option<String> {
    let schemas = &typed.schemas;
    if node.at() != 0 || node.broken() {
        return None;
    }
    let is_document = |node: Node<'_>| node.kind() == NodeKind::Object && fits(schemas, schema, node);
    match node.kind() {
        NodeKind::Array if !accepted(schemas, schema).intersects(Types::ARRAY) => {
            node.elements().take(MOST_TRIED).any(is_document).then(|| "[]".to_owned())
        }
        NodeKind::Object => {
            // A document that lacks nothing is one, whatever else is wrong with it.
            let declared = schemas.get(schema);
            let required = || declared.properties.iter().filter(|property| property.required);
            if required().next().is_none() || required().any(|property| node.get(&property.name).is_some()) {
                return None;
            }
            let mut values = node.properties().filter_map(|(key, value)| Some((key.text()?, value)));
            let inside = values.find_map(|(name, value)| match value.kind() {
                NodeKind::Array => {
                    value.elements().take(MOST_TRIED).any(is_document).then(|| format!("{name}[]"))
                }
                NodeKind::Object => {
                    let mut inner = value.properties().take(MOST_TRIED).map(|(_, value)| value);
                    inner.any(is_document).then(|| format!("{name}{{}}"))
                }
                _ => None,
            });
            let mut own = node.properties().take(MOST_TRIED).map(|(_, value)| value);
            inside.or_else(|| own.any(is_document).then(|| "{}".to_owned()))
        }
        _ => None,
    }
}
