//! `x-ref` with `by`: the fields whose kind a sibling property decides.

use super::builder::ModelBuilder;
use super::references::words;
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::schema::annotations::{Mapping, Reference, Wanted};
use crate::schema::graph::{Member, MergedSchema, accepted};
use crate::schema::ids::{EnumId, KindId, RecordId, TargetId};
use crate::schema::model::{Field, Origin, Shape, Target};
use crate::schema::value::Types;

impl ModelBuilder<'_> {
    /// Reads the references that depend on a sibling, now that all fields are there.
    pub(super) fn targets(&mut self, record: RecordId, members: &[Member]) {
        for member in members {
            let own = member.site.annotations.reference.as_ref();
            let Some(reference) = own.or(self.schemas.get(member.site.schema).annotations.reference.as_ref())
            else {
                continue;
            };
            self.sibling(record, member, reference);
            let Some((by, by_span)) = reference.by.as_ref() else { continue };
            let owner = self.model.record(record);
            let named = |field: &Field| field.json == member.name && field.origin == Origin::Property;
            let Some(at) = owner.fields.iter().position(named) else { continue };
            if matches!(owner.fields[at].shape, Shape::Key(_)) {
                continue;
            }
            let sibling = owner.fields.iter().position(|field| field.json == *by);
            let Some(sibling) = sibling else {
                let help = did_you_mean(by, owner.fields.iter().map(|field| field.json.as_str()));
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{}` has no property `{by}`", owner.name))
                        .label(*by_span, "decides about the kind, but does not exist")
                        .maybe_help(help),
                );
                continue;
            };
            let Shape::Enum(values) = owner.fields[sibling].shape else {
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{by}` cannot decide about a kind"))
                        .label(*by_span, "only a string with `enum` can"),
                );
                continue;
            };
            if let Some(target) = self.target(record, sibling, values, member, reference) {
                let many = target.many;
                self.model.targets.push(target);
                let shape = Shape::Target(TargetId(self.model.targets.len() as u32 - 1));
                self.model.records[record.0 as usize].fields[at].shape =
                    if many { Shape::List(Box::new(shape)) } else { shape };
            }
        }
    }

    /// Checks the sibling that `in` names.
    fn sibling(&mut self, record: RecordId, member: &Member, reference: &Reference) {
        let Some((sibling, span)) = &reference.within else { return };
        let owner = self.model.record(record);
        let field =
            owner.fields.iter().find(|field| field.json == *sibling && field.origin == Origin::Property);
        let parents =
            |kind: &KindId| self.model.kind(*kind).path.rsplit_once('.').map(|(parent, _)| parent.to_owned());
        let own = owner.fields.iter().find(|field| field.json == member.name);
        let wanted: Vec<String> = match own.map(|field| field.shape.element()) {
            Some(Shape::Link(spec)) => spec.kinds.iter().filter_map(parents).collect::<Vec<_>>(),
            _ => return,
        };
        let diagnostic = match field.map(|field| field.shape.element()) {
            None => {
                let names = owner.fields.iter().map(|field| field.json.as_str());
                Diagnostic::new(&code::ANNOTATION, format!("`{}` has no property `{sibling}`", owner.name))
                    .label(*span, "says in which object the id is looked for, but does not exist")
                    .maybe_help(did_you_mean(sibling, names))
            }
            Some(Shape::Link(spec))
                if spec.kinds.iter().any(|kind| {
                    // An object with several keys can be named by any of them.
                    let records = &self.model.kind(*kind).records;
                    let keys = records.iter().flat_map(|record| &self.model.record(*record).keys);
                    keys.map(|(kind, _)| kind)
                        .chain([kind])
                        .any(|kind| wanted.contains(&self.model.kind(*kind).path))
                }) =>
            {
                return;
            }
            Some(_) => Diagnostic::new(
                &code::ANNOTATION,
                format!("`{sibling}` cannot say in which object `{}` is looked for", member.name),
            )
            .label(*span, format!("has no `\"x-ref\": \"{}\"`", wanted.first().map_or("", String::as_str))),
        };
        self.diagnostics.push(diagnostic);
    }

    fn target(
        &mut self,
        record: RecordId,
        by: usize,
        values: EnumId,
        member: &Member,
        reference: &Reference,
    ) -> Option<Target> {
        let variants: Vec<String> =
            self.model.enumeration(values).variants.iter().map(|variant| variant.json.clone()).collect();
        let mut mappings = Vec::new();
        let rest = reference.to.iter().find(|(tag, ..)| tag == OTHERS);
        let of = |variant: &str| reference.to.iter().find(|(tag, ..)| tag == variant).or(rest);
        let missing: Vec<&String> = variants.iter().filter(|variant| of(variant).is_none()).collect();
        let sibling = self.model.record(record).fields[by].json.clone();
        if !missing.is_empty() {
            let names = list(&missing, "and");
            self.diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("`x-ref` does not say what a reference is when `{sibling}` is {names}"),
                )
                .label(reference.span, "not complete")
                .help("add each: a kind, `true` for any text, or `null` for no reference; `\"*\"` stands for all others"),
            );
        }
        for (tag, _, span) in reference.to.iter().filter(|(tag, ..)| tag != OTHERS && !variants.contains(tag))
        {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{tag}` is not a value of `{sibling}`"))
                    .label(*span, "never happens")
                    .maybe_help(did_you_mean(tag, variants.iter().map(String::as_str))),
            );
        }
        if !missing.is_empty() {
            return None;
        }
        let mut kinds = Vec::new();
        let mut all_ways = Vec::new();
        let mut all = Vec::new();
        for variant in &variants {
            let (_, mapping, span) = of(variant)?;
            let wanted = if let Mapping::Kinds(wanted) = mapping { wanted.as_slice() } else { &[] };
            for Wanted { kind, .. } in wanted {
                self.kind(kind, Some(*span));
            }
            let (these, affixes) = self.affixes(wanted, reference);
            self.filters.push((these.clone(), reference.clone()));
            all_ways.push(affixes);
            for kind in &these {
                if !all.contains(kind) {
                    all.push(*kind);
                }
            }
            mappings.push((variant.clone(), mapping.clone()));
            kinds.push(these);
        }
        let types = accepted(self.schemas, member.site.schema);
        let (many, element) = self.one_or_many(member.site.schema);
        if many {
            self.elements_that_name_nothing(member, element, reference);
        }
        let owner = self.model.record(record);
        let annotations = &member.site.annotations;
        Some(Target {
            name: format!("{} {}", owner.name, member.name),
            description: annotations.description.clone(),
            source: annotations.source.clone().or_else(|| owner.source.clone()),
            record,
            by,
            mappings,
            kinds,
            affixes: all_ways,
            syntax: words(reference),
            all,
            required: reference.required,
            tolerated: reference.tolerated,
            lint: reference.lint.clone(),
            many,
            optional: !member.required || types.contains(Types::NULL),
        })
    }

    /// Reports a list of references that depend on a sibling in which an element can name nothing: it would not be in the table.
    fn elements_that_name_nothing(&mut self, member: &Member, element: Types, reference: &Reference) {
        let null = element.contains(Types::NULL) && element != Types::ANY;
        if !null && reference.none.is_empty() {
            return;
        }
        let items = MergedSchema::of(self.schemas, member.site.schema).items;
        let (what, place, help) = match items.filter(|_| null) {
            Some(items) => {
                let place = self.schemas.get(items.schema).span;
                ("`null`", place, "do not allow `null` here; a list can be shorter instead")
            }
            None => ("`none`", reference.span, "leave `none` out; a list can be shorter instead"),
        };
        let by = reference.by.as_ref().map_or("", |(by, _)| by.as_str());
        self.diagnostics.push(
            Diagnostic::new(
                &code::ANNOTATION,
                format!("{what} cannot stand in a list of references whose kind depends on `{by}`"),
            )
            .label(place, "an element that names nothing has no place in the table")
            .help(help),
        );
    }
}

/// Stands for all values of a sibling that are not listed.
const OTHERS: &str = "*";
