//! Annotations that have no effect where they stand, and names in them that nothing has.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean, few};
use crate::schema::annotations::{AnnotationKind, Annotations};
use crate::schema::graph::{Additional, ExtraKeywords, Items, MergedSchema, SchemaNode, accepted};
use crate::schema::ids::{KindId, SchemaId};
use crate::schema::model::{SchemaIdRef, Shape};
use crate::schema::value::{Literal, Types};
use crate::text::Span;
use bit_set::BitSet;
use std::collections::HashMap;
use std::sync::Arc;

impl ModelBuilder<'_> {
    /// Checks the rules that JSON Schema does not know, and the conditions of references.
    pub(super) fn rules(&mut self) {
        let nodes = &self.schemas.nodes;
        let mut properties = BitSet::new();
        for property in nodes.iter().flat_map(|node| &node.properties) {
            properties.insert(property.schema.0 as usize);
        }
        for (at, node) in nodes.iter().enumerate() {
            if let Some(lint) = node.annotations.lint.as_ref().filter(|_| finds(node)) {
                self.used.insert(lint.span);
            }
            let Some(more) = node.more.as_deref() else { continue };
            let schema = SchemaId(at as u32);
            if let Some(span) = more.max_bytes_at
                && !accepted(self.schemas, schema).intersects(Types::STRING)
            {
                let label = format!("counts the bytes of a text, and this is {}", node.types.words());
                self.idle("x-max-bytes", span, &label);
            }
            if let Some(span) = more.equals_at.filter(|_| !properties.contains(at)) {
                self.idle("x-equals", span, "compares a property of an object, and this is none");
            }
            self.group_names(schema, more);
        }
        self.equals();
        for (kinds, reference) in std::mem::take(&mut self.filters) {
            for ((property, wanted), (key, value)) in reference.filter.iter().zip(&reference.filter_at) {
                self.condition(&kinds, property, wanted, *key, *value);
            }
        }
    }

    fn idle(&mut self, keyword: &str, span: Span, label: &str) {
        let title = format!("`{keyword}` has no effect here");
        self.diagnostics.push(Diagnostic::new(&code::ANNOTATION, title).label(span, label));
    }

    /// The names of all properties that objects of a schema can have; `None` if they can have any.
    fn names(&self, schema: SchemaId) -> Option<Vec<String>> {
        let view = MergedSchema::of(self.schemas, schema).with_branches(self.schemas);
        let any = view.map.is_some() || view.members.is_empty();
        (!any).then(|| view.members.into_iter().map(|member| member.name).collect::<Vec<_>>())
    }

    /// The properties that `x-group` names.
    fn group_names(&mut self, schema: SchemaId, more: &ExtraKeywords) {
        let Some(group) = &more.group else { return };
        let view = MergedSchema::of(self.schemas, schema).with_branches(self.schemas);
        let Some(objects) = view.items.or(view.map) else {
            self.idle("x-group", group.span, "stands on a list or map of objects");
            return;
        };
        let Some(known) = self.names(objects.schema) else { return };
        for (name, span) in group.names.iter().filter(|(name, _)| !known.contains(name)) {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("the objects of this group have no `{name}`"))
                    .label(*span, "is not among their properties")
                    .label(self.schemas.get(objects.schema).span, "these are the objects")
                    .maybe_help(meant(name, &known)),
            );
        }
    }

    /// The siblings that `x-equals` names.
    fn equals(&mut self) {
        let nodes = &self.schemas.nodes;
        // What stands under a name: in a map, or as a property.
        let mut named = BitSet::new();
        for node in nodes {
            for property in &node.properties {
                self.with_parts(property.schema, &mut named);
            }
            if let Additional::Schema(site) = &node.additional {
                self.with_parts(site.schema, &mut named);
            }
            let Some(more) = &node.more else { continue };
            for (_, site) in &more.pattern_properties {
                self.with_parts(site.schema, &mut named);
            }
            if let Some(rest) = more.unevaluated_properties {
                self.with_parts(rest, &mut named);
            }
        }
        // A property and its sibling can stand in different parts of one object.
        let mut siblings: HashMap<SchemaId, Vec<String>> = HashMap::new();
        for record in &self.model.records {
            let schema = record.branch.unwrap_or(record.schema);
            let view = MergedSchema::of(self.schemas, schema).with_branches(self.schemas);
            let names: Vec<String> = view.members.iter().map(|member| member.name.clone()).collect();
            for member in &view.members {
                siblings.entry(member.site.schema).or_default().extend(names.iter().cloned());
            }
        }
        let mut found = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            for property in &node.properties {
                let Some(more) = self.schemas.get(property.schema).more.as_deref() else { continue };
                let (Some(other), Some(span)) = (&more.equals, more.equals_at) else { continue };
                if other == "{key}" {
                    if !named.contains(at) {
                        found.push(
                            Diagnostic::new(&code::ANNOTATION, "`x-equals` has no effect here")
                                .label(span, "no object with this property stands under a name in a map"),
                        );
                    }
                    continue;
                }
                let Some(mut known) = self.names(SchemaId(at as u32)) else { continue };
                known.extend(siblings.get(&property.schema).into_iter().flatten().cloned());
                if !known.contains(other) {
                    known.retain(|name| property.name != *name);
                    found.push(
                        Diagnostic::new(
                            &code::ANNOTATION,
                            format!("`{}` cannot be equal to `{other}`, which does not exist", property.name),
                        )
                        .label(span, "no property of the same object")
                        .maybe_help(meant(other, &known)),
                    );
                }
            }
        }
        self.diagnostics.append(&mut found);
    }

    /// A schema and all that hold for the same value.
    fn with_parts(&self, schema: SchemaId, found: &mut BitSet) {
        let mut todo = vec![schema];
        while let Some(next) = todo.pop() {
            if found.insert(next.0 as usize) {
                todo.extend(self.schemas.get(next).in_place());
            }
        }
    }

    /// A property that `where` asks for, and the value that it must have.
    fn condition(&mut self, kinds: &[KindId], property: &str, wanted: &Literal, key: Span, value: Span) {
        let mut known: Vec<String> = Vec::new();
        let mut places = Vec::new();
        let mut allowed: Option<Vec<String>> = Some(Vec::new());
        let mut possible = false;
        let mut shapes = Vec::new();
        for kind in kinds {
            for record in &self.model.kind(*kind).records {
                let record = self.model.record(*record);
                let view = match record.branch {
                    Some(branch) => MergedSchema::of_branch(self.schemas, record.schema, branch),
                    None => MergedSchema::of(self.schemas, record.schema).with_branches(self.schemas),
                };
                known.extend(view.members.iter().map(|member| member.name.clone()));
                let Some(member) = view.members.iter().find(|member| member.name == property) else {
                    continue;
                };
                places.push(member.span);
                for site in std::iter::once(&member.site).chain(&member.others) {
                    let types = accepted(self.schemas, site.schema);
                    match MergedSchema::of(self.schemas, site.schema).values {
                        Some(values) => {
                            possible |= values.contains(wanted);
                            if let Some(allowed) = &mut allowed {
                                allowed.extend(values.iter().map(Literal::show_plain));
                            }
                        }
                        None => {
                            possible |= types.intersects(wanted.types());
                            allowed = None;
                        }
                    }
                }
                shapes.extend(
                    record
                        .fields
                        .iter()
                        .filter(|field| field.json == property)
                        .map(|field| field.shape.clone()),
                );
            }
        }
        if known.is_empty() {
            let nobody = kinds.iter().all(|kind| self.model.kind(*kind).records.is_empty());
            if nobody {
                self.idle(
                    "where",
                    key,
                    "no object of content has these ids, so there are no properties to look at",
                );
            }
            return;
        }
        if places.is_empty() {
            let what =
                crate::diagnostics::nouns::one_of(kinds.iter().map(|kind| self.model.kind(*kind).noun()));
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("no {what} has a property `{property}`"))
                    .label(key, "is not among their properties")
                    .maybe_help(meant(property, &known)),
            );
        } else if !possible {
            let mut diagnostic = Diagnostic::new(
                &code::ANNOTATION,
                format!("`{property}` is never `{}`", wanted.show_plain()),
            )
            .label(value, "the schema does not allow this value");
            if let Some(place) = places.first() {
                diagnostic = diagnostic.label(*place, "says which values there are");
            }
            let help = allowed.and_then(|allowed| meant(&wanted.show_plain(), &allowed));
            self.diagnostics.push(diagnostic.maybe_help(help));
        }
        for shape in shapes {
            if let (Shape::Link(spec), Literal::Text(_) | Literal::Integer(_)) = (shape, wanted) {
                let none = spec.syntax.none.contains(wanted);
                if !none {
                    self.model.schema_id_refs.push(SchemaIdRef {
                        spec,
                        id: wanted.show_plain(),
                        span: value,
                    });
                }
            }
        }
    }

    /// Reports annotations of which nothing was made.
    pub(super) fn unused(&mut self) {
        let mut found: Vec<(Span, AnnotationKind)> = Vec::new();
        for node in &self.schemas.nodes {
            for annotations in notes_of(node) {
                found.extend(annotations.places().iter().map(|(sort, span)| (*span, *sort)));
            }
        }
        found.retain(|(span, _)| !self.used.contains(span));
        found.sort();
        found.dedup_by_key(|(span, _)| *span);
        for (span, sort) in found {
            let (label, note) = why_unused(sort);
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, "this annotation has no effect")
                    .label(span, label)
                    .note(note),
            );
        }
    }
}

/// All annotations in a schema object and at the places where it uses others.
fn notes_of(node: &SchemaNode) -> Vec<&Arc<Annotations>> {
    let mut annotations = node.properties.iter().map(|property| &property.annotations).collect::<Vec<_>>();
    if let Items::Each(site) = &node.items {
        annotations.push(&site.annotations);
    }
    if let Additional::Schema(site) = &node.additional {
        annotations.push(&site.annotations);
    }
    if let Some(more) = &node.more {
        annotations.extend(more.property_names.as_ref().map(|site| &site.annotations));
        annotations.extend(more.pattern_properties.iter().map(|(_, site)| &site.annotations));
    }
    annotations.push(&node.annotations);
    annotations
}

/// Whether keywords of a schema find what a manifest can set the level of.
fn finds(node: &SchemaNode) -> bool {
    let more = |more: &ExtraKeywords| {
        more.unique
            || more.contains.is_some()
            || more.not.is_some()
            || more.max_bytes.is_some()
            || more.equals.is_some()
            || more.group.is_some()
            || more.min_properties.is_some()
            || more.max_properties.is_some()
    };
    node.pattern.is_some()
        || node.min_length.is_some()
        || node.max_length.is_some()
        || node.min_items.is_some()
        || node.max_items.is_some()
        || node.more.as_deref().is_some_and(more)
}

fn why_unused(sort: AnnotationKind) -> (&'static str, &'static str) {
    match sort {
        AnnotationKind::Key | AnnotationKind::Reference | AnnotationKind::Short | AnnotationKind::Json => (
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

/// What a name was probably meant to be, or all that it can be.
fn meant(name: &str, known: &[String]) -> Option<String> {
    let mut unique: Vec<&str> = known.iter().map(String::as_str).collect();
    unique.sort();
    unique.dedup();
    did_you_mean(name, unique.iter().copied()).or_else(|| few(unique.into_iter()))
}
