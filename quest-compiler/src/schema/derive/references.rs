//! `x-ref` without `by`: the fields that name ids of fixed kinds.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::annotations::{AffixedKind, Mapping, Reference, Role, SpannedText};
use crate::schema::graph::{MergedSchema, accepted};
use crate::schema::ids::{KindId, SchemaId};
use crate::schema::model::{IdAffix, RefSpec, RefSyntax, Shape};
use crate::schema::value::Types;

/// What separates the parts of a path, unless the reference has a separator of its own.
const DEFAULT_SEPARATOR: &str = ":";

impl ModelBuilder<'_> {
    /// The shape of a reference that does not depend on a sibling.
    pub(super) fn link(&mut self, schema: SchemaId, reference: &Reference) -> Shape {
        let (many, element) = self.element_types(schema);
        let kinds = match reference.to.first().map(|to| &to.mapping) {
            Some(Mapping::Kinds(kinds)) => kinds,
            Some(Mapping::Text) if many => return Shape::List(Box::new(Shape::Text)),
            Some(Mapping::Text) => return Shape::Text,
            Some(Mapping::Nothing) | None => return Shape::Json,
        };
        if !element.intersects(Types::STRING.union(Types::INTEGER)) {
            let label = format!("the schema wants {} here", element.words());
            self.reject(reference.span, "only a string or a whole number can be a reference", label);
            return Shape::Json;
        }
        let (kinds, affixes) = self.affixes(kinds, reference);
        let link = Shape::Link(RefSpec {
            kinds,
            affixes,
            syntax: ref_syntax(reference),
            tolerated: reference.tolerated,
            lint: reference.lint.clone(),
            defines: false,
        });
        if many { Shape::List(Box::new(link)) } else { link }
    }

    /// Whether a schema describes a list, and the types of its elements, or else of the value itself.
    pub(super) fn element_types(&self, schema: SchemaId) -> (bool, Types) {
        let merged = MergedSchema::of(self.schemas, schema);
        let types = merged.types.unwrap_or(Types::ANY);
        if !types.intersects(Types::ARRAY) || types == Types::ANY {
            return (false, types);
        }
        let element = merged.items.map_or(Types::STRING, |items| accepted(self.schemas, items.schema));
        (true, element)
    }

    /// The kinds that a reference can name, and how their ids are written.
    pub(super) fn affixes(
        &mut self,
        affixed: &[AffixedKind],
        reference: &Reference,
    ) -> (Vec<KindId>, Vec<IdAffix>) {
        let mut kinds = Vec::new();
        let mut affixes = Vec::new();
        for AffixedKind { kind, prefix, suffix } in affixed {
            let kind = self.kind(kind, Some(reference.span));
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
            affixes.push(IdAffix { kind, prefix: prefix.clone(), suffix: suffix.clone() });
        }
        if let Some(name) = &reference.name {
            self.name_kinds(&kinds, name);
        }
        if !reference.conditions.is_empty() {
            self.conditions.push((kinds.clone(), reference.conditions.clone()));
        }
        (kinds, affixes)
    }

    /// Enters the name of ids of any of several kinds.
    fn name_kinds(&mut self, kinds: &[KindId], name: &SpannedText) {
        match self.model.union_names.iter().find(|(known, _)| known == kinds) {
            Some((_, known)) if *known == name.text => {}
            Some((_, known)) => {
                let diagnostic = Diagnostic::new(
                    &code::ANNOTATION,
                    format!("ids of these kinds are called `{known}` elsewhere"),
                )
                .label(name.span, "another name for the same kinds in the same order")
                .help(format!("write `{known}` here too"));
                self.diagnostics.push(diagnostic);
            }
            None if kinds.len() > 1 => self.model.union_names.push((kinds.to_vec(), name.text.clone())),
            None => {
                let label = "there is only one kind, whose ids have a type already";
                self.reject(name.span, "`name` of `x-ref` has no effect here", label);
            }
        }
    }
}

/// The spec of ids that a list defines.
pub(super) fn id_list_spec(kind: KindId) -> RefSpec {
    RefSpec {
        kinds: vec![kind],
        affixes: vec![IdAffix { kind, prefix: String::new(), suffix: String::new() }],
        syntax: RefSyntax {
            none: Vec::new(),
            separator: DEFAULT_SEPARATOR.to_owned(),
            filter: Vec::new(),
            within: None,
            role: Role::default(),
        },
        tolerated: false,
        lint: None,
        defines: true,
    }
}

pub(super) fn ref_syntax(reference: &Reference) -> RefSyntax {
    let conditions = reference.conditions.iter();
    RefSyntax {
        none: reference.none.clone(),
        separator: reference.separator.clone().unwrap_or_else(|| DEFAULT_SEPARATOR.to_owned()),
        filter: conditions.map(|condition| (condition.property.clone(), condition.value.clone())).collect(),
        within: reference.within.as_ref().map(|sibling| sibling.text.clone()),
        role: reference.role.clone(),
    }
}
