//! `x-ref` without `by`: the fields that name ids of fixed kinds.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::{Mapping, Reference, Wanted};
use crate::schema::graph::{MergedSchema, accepted};
use crate::schema::ids::{KindId, SchemaId};
use crate::schema::model::{IdAffix, RefSpec, RefSyntax, Shape};
use crate::schema::value::Types;
use crate::text::Span;

impl ModelBuilder<'_> {
    /// The ways in which ids can be written, and their kinds.
    pub(super) fn affixes(
        &mut self,
        wanted: &[Wanted],
        reference: &Reference,
    ) -> (Vec<KindId>, Vec<IdAffix>) {
        let mut kinds = Vec::new();
        let mut affixes = Vec::new();
        for Wanted { kind, prefix, suffix } in wanted {
            let kind = self.kind(kind, Some(reference.span));
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
            affixes.push(IdAffix { kind, prefix: prefix.clone(), suffix: suffix.clone() });
        }
        if let Some((name, span)) = &reference.name {
            self.union_name(&kinds, name, *span);
        }
        (kinds, affixes)
    }

    /// Enters what the ids of several kinds are called together.
    fn union_name(&mut self, kinds: &[KindId], name: &str, span: Span) {
        match self.model.union_names.iter().find(|(known, _)| known == kinds) {
            Some((_, known)) if known == name => {}
            Some((_, known)) => self.diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("ids of these kinds are called `{known}` elsewhere"),
                )
                .label(span, "another name for the same kinds in the same order")
                .help(format!("write `{known}` here too")),
            ),
            None if kinds.len() > 1 => self.model.union_names.push((kinds.to_vec(), name.to_owned())),
            None => self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, "`name` of `x-ref` has no effect here")
                    .label(span, "there is only one kind, whose ids have a type already"),
            ),
        }
    }

    /// A reference that does not depend on a sibling.
    pub(super) fn link(&mut self, schema: SchemaId, reference: &Reference) -> Shape {
        let (many, element) = self.one_or_many(schema);
        let Some((_, mapping, _)) = reference.to.first() else { return Shape::Json };
        let Mapping::Kinds(wanted) = mapping else {
            // Any text, or nothing: then it is what its schema says.
            let shape = if *mapping == Mapping::Text { Shape::Text } else { Shape::Json };
            return if many && shape == Shape::Text { Shape::List(Box::new(shape)) } else { shape };
        };
        if !element.intersects(Types::STRING.union(Types::INTEGER)) {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, "only a string or a whole number can be a reference")
                    .label(reference.span, format!("the schema wants {} here", element.words())),
            );
            return Shape::Json;
        }
        let (kinds, affixes) = self.affixes(wanted, reference);
        self.filters.push((kinds.clone(), reference.clone()));
        let link = Shape::Link(RefSpec {
            kinds,
            affixes,
            syntax: words(reference),
            tolerated: reference.tolerated,
            lint: reference.lint.clone(),
            defines: false,
        });
        if many { Shape::List(Box::new(link)) } else { link }
    }

    /// Whether a value can be a list, and of what types its elements, or it itself, are.
    pub(super) fn one_or_many(&self, schema: SchemaId) -> (bool, Types) {
        let view = MergedSchema::of(self.schemas, schema);
        let types = view.types.unwrap_or(Types::ANY);
        if !types.intersects(Types::ARRAY) || types == Types::ANY {
            return (false, types);
        }
        let element = view.items.map_or(Types::STRING, |items| accepted(self.schemas, items.schema));
        (true, element)
    }
}

/// What stands between the parts of a path, unless a reference says otherwise.
pub(super) const SEPARATOR: &str = ":";

pub(super) fn words(reference: &Reference) -> RefSyntax {
    let separator = reference.separator.clone().unwrap_or_else(|| SEPARATOR.to_owned());
    RefSyntax {
        none: reference.none.clone(),
        separator,
        filter: reference.filter.clone(),
        within: reference.within.as_ref().map(|(sibling, _)| sibling.clone()),
        role: reference.role.clone(),
    }
}
