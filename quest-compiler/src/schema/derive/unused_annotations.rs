//! Annotations that had no effect.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::{AnnotationKind, Annotations};
use crate::schema::graph::{Additional, Items, SchemaNode};
use crate::text::Span;
use std::collections::BTreeMap;

impl ModelBuilder<'_> {
    /// Reports annotations that nothing was derived from.
    pub(super) fn check_unused(&mut self) {
        let annotations = self.schemas.nodes.iter().flat_map(all_annotations);
        let mut unused: BTreeMap<Span, AnnotationKind> = BTreeMap::new();
        for (kind, span) in annotations.flat_map(Annotations::spans) {
            if !self.used.contains(&span) {
                let first = unused.entry(span).or_insert(kind);
                *first = kind.min(*first);
            }
        }
        for (span, kind) in unused {
            let (label, note) = why_unused(kind);
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, "this annotation has no effect")
                    .label(span, label)
                    .note(note),
            );
        }
    }
}

/// The annotations of a schema object and of its uses of other schemas.
fn all_annotations(node: &SchemaNode) -> Vec<&Annotations> {
    let mut annotations: Vec<&Annotations> =
        node.properties.iter().map(|property| &*property.annotations).collect();
    if let Items::Each(items) = &node.items {
        annotations.push(&items.annotations);
    }
    if let Additional::Schema(values) = &node.additional {
        annotations.push(&values.annotations);
    }
    if let Some(more) = &node.more {
        annotations.extend(more.property_names.as_ref().map(|names| &*names.annotations));
        annotations.extend(more.pattern_properties.iter().map(|(_, values)| &*values.annotations));
    }
    annotations.push(&node.annotations);
    annotations
}

/// Why an annotation has no effect, and what to do about it.
fn why_unused(kind: AnnotationKind) -> (&'static str, &'static str) {
    match kind {
        AnnotationKind::Key
        | AnnotationKind::Reference
        | AnnotationKind::Shorthand
        | AnnotationKind::Json => (
            "no table has a place for this value",
            "it is part of something that is kept as JSON text (`questc check --opaque` says why), or `x-key` stands on an object instead of on one of its properties",
        ),
        AnnotationKind::FileKey => (
            "this is not what a whole file holds",
            "the name of a file is the id of the document in it: put this on the outermost schema, and give what stands in it an id in a property",
        ),
        AnnotationKind::Flow => (
            "this is no object with a form in a table",
            "`x-flow` and `x-requires` stand on the object that contains the nodes or conditions",
        ),
        AnnotationKind::Name => (
            "nothing here has a name in generated code",
            "properties, objects, enums and unions of which a property tells the forms apart have one; beside a `$ref`, it is the name of the property",
        ),
        AnnotationKind::Names => (
            "there are no values here that could have names",
            "put it beside the `enum`, or beside the `oneOf` of a union of which a property tells the forms apart",
        ),
        AnnotationKind::Text | AnnotationKind::Version => (
            "no table has a place for this value",
            "it is part of something that is kept as JSON text (`questc check --opaque` says why), or is no property of an object",
        ),
        AnnotationKind::Lint => (
            "nothing beside it has a level that could be set",
            "it is for `pattern`, lengths, `uniqueItems`, `contains`, `not`, `minProperties`, `maxProperties`, `x-max-bytes`, `x-equals` and `x-group` in the same schema",
        ),
    }
}
