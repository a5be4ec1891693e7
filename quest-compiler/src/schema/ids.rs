//! Keys and references: what `x-key` and `x-ref` make of fields.

use super::annotations::{Key, Mapping, Reference, Role, Wanted};
use super::derive::{ModelBuilder, field_of};
use super::graph::{SchemaId, Types};
use super::merged::{Member, MergedSchema, accepted};
use super::model::{
    EnumId, Field, IdAffix, IdKind, KindId, Origin, RecordId, RefSpec, RefSyntax, Shape, Target, TargetId,
};
use crate::diagnostics::{Diagnostic, code, did_you_mean, near};
use crate::text::Span;

impl ModelBuilder<'_> {
    /// A property that holds the id of its object.
    pub(super) fn key(&mut self, record: RecordId, member: &Member, key: &Key) -> Shape {
        let types = accepted(self.schemas, member.site.schema);
        // The names in a map are text, whatever their schema leaves open.
        if !matches!(types, Types::STRING | Types::INTEGER) && types != Types::ANY {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{}` cannot be a key", member.name)).label(
                    key.span,
                    format!("a key is a string or a whole number, and this is {}", types.words()),
                ),
            );
            return Shape::Text;
        }
        if !self.define(record, key) {
            return Shape::Text;
        }
        let kind = self.kind(&key.kind, None);
        self.model.kinds[kind.0 as usize].partial |= !member.required;
        Shape::Key(kind)
    }

    /// The file name as the key of what stands in the file.
    pub(super) fn file_key(&mut self, record: RecordId) {
        let schema = self.model.record(record).schema;
        let node = self.schemas.get(schema);
        let Some(key) = node.annotations.key.clone() else { return };
        self.used.insert(key.span);
        if self.define(record, &key) {
            let shape = Shape::Key(self.kind(&key.kind, None));
            let mut field = field_of("file name", Origin::FileName, key.span, shape);
            field.description = Some("The name of the file, without folders and ending.".to_owned());
            self.model.records[record.0 as usize].fields.push(field);
        }
    }

    /// Enters a record as one that defines ids; its next field will hold them.
    fn define(&mut self, record: RecordId, key: &Key) -> bool {
        let kind = self.kind(&key.kind, Some(key.span));
        let owner = self.model.record(record);
        if owner.keys.iter().any(|(known, _)| *known == kind) {
            self.diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("`{}` has a second key of the kind `{}`", owner.name, key.kind),
                )
                .label(key.span, "each key of an object has a kind of its own"),
            );
            return false;
        }
        let at = owner.fields.len();
        self.model.records[record.0 as usize].keys.push((kind, at));
        self.one_prefix(kind, key);
        let entry = &mut self.model.kinds[kind.0 as usize];
        if !entry.records.contains(&record) {
            entry.records.push(record);
        }
        entry.prefix.clone_from(&key.prefix);
        entry.shared |= key.shared;
        true
    }

    /// Reports a prefix that is not that of the other ids of the kind.
    fn one_prefix(&mut self, kind: KindId, key: &Key) {
        let entry = self.model.kind(kind);
        if entry.by_content() && entry.prefix != key.prefix {
            let mut diagnostic = Diagnostic::new(
                &code::ANNOTATION,
                format!(
                    "ids of `{}` start with `{}` here and with `{}` elsewhere",
                    entry.path, key.prefix, entry.prefix
                ),
            )
            .label(key.span, "another prefix for the same kind");
            if let Some(span) = entry.span.filter(|span| *span != key.span) {
                diagnostic = diagnostic.label(span, "the first one");
            }
            self.diagnostics
                .push(diagnostic.help("give them kinds of their own; a reference can name several"));
        }
    }

    /// The elements of a list that are ids of which nothing else is known.
    pub(super) fn defines(&mut self, schema: SchemaId, key: &Key) -> Shape {
        let types = accepted(self.schemas, schema).difference(Types::NULL);
        if !matches!(types, Types::STRING | Types::INTEGER) {
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, "an element of this list cannot be a key").label(
                    key.span,
                    format!("a key is a string or a whole number, and this is {}", types.words()),
                ),
            );
        }
        let kind = self.kind(&key.kind, Some(key.span));
        self.one_prefix(kind, key);
        let entry = &mut self.model.kinds[kind.0 as usize];
        entry.listed = true;
        entry.shared |= key.shared;
        entry.prefix.clone_from(&key.prefix);
        let affix = IdAffix { kind, prefix: String::new(), suffix: String::new() };
        Shape::Link(RefSpec {
            kinds: vec![kind],
            affixes: vec![affix],
            syntax: RefSyntax {
                none: Vec::new(),
                separator: SEPARATOR.to_owned(),
                filter: Vec::new(),
                within: None,
                role: Role::default(),
            },
            tolerated: false,
            lint: None,
            defines: true,
        })
    }

    /// The ways in which ids can be written, and their kinds.
    fn affixes(&mut self, wanted: &[Wanted], reference: &Reference) -> (Vec<KindId>, Vec<IdAffix>) {
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
    fn one_or_many(&self, schema: SchemaId) -> (bool, Types) {
        let view = MergedSchema::of(self.schemas, schema);
        let types = view.types.unwrap_or(Types::ANY);
        if !types.intersects(Types::ARRAY) || types == Types::ANY {
            return (false, types);
        }
        let element = view.items.map_or(Types::STRING, |items| accepted(self.schemas, items.schema));
        (true, element)
    }

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
            let names = crate::diagnostics::list(&missing, "and");
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

    /// Reports a kind that lives in objects of which none carries its ids.
    fn nobodys_key(&mut self, at: usize) {
        let kind = &self.model.kinds[at];
        let keys = self.model.kinds.iter().filter(|kind| kind.by_content()).map(|kind| kind.path.as_str());
        let mut diagnostic =
            Diagnostic::new(&code::ANNOTATION, format!("no property is the key of `{}`", kind.path));
        if let Some(span) = kind.span {
            diagnostic = diagnostic.label(span, "refers to ids that do not exist");
        }
        let help = did_you_mean(&kind.path, keys);
        self.diagnostics.push(diagnostic.maybe_help(help));
    }

    /// Connects `quest.stage` to `quest`.
    pub(super) fn scopes(&mut self) {
        let explained = self.explained();
        // Kinds of which it has been said that they are no key's.
        let mut missing: Vec<String> = explained.clone();
        let mut orphans: Vec<usize> = Vec::new();
        for at in 0..self.model.kinds.len() {
            let kind = &self.model.kinds[at];
            let Some((parent, _)) = kind.path.rsplit_once('.') else { continue };
            match self.model.kind_named(parent) {
                Some(found) if self.model.kind(found).partial => {
                    let mut diagnostic = Diagnostic::new(
                        &code::ANNOTATION,
                        format!(
                            "ids of `{}` are unique within a `{parent}`, but not every `{parent}` has an id",
                            kind.path
                        ),
                    );
                    if let Some(span) = self.model.kind(found).span {
                        diagnostic = diagnostic.label(span, "this property must be required");
                    }
                    self.diagnostics.push(diagnostic);
                }
                Some(found) if !self.model.kind(found).records.is_empty() => {
                    self.model.kinds[at].parent = Some(found);
                    let kind = &self.model.kinds[at];
                    if !kind.by_content() && !explained.contains(&kind.path) {
                        missing.push(kind.path.clone());
                        self.nobodys_key(at);
                    }
                }
                _ => orphans.push(at),
            }
        }
        for at in orphans {
            let kind = &self.model.kinds[at];
            let Some((parent, _)) = kind.path.rsplit_once('.') else { continue };
            if explained.contains(&kind.path) || missing.iter().any(|known| known == parent) {
                missing.push(kind.path.clone());
                continue;
            }
            let mut diagnostic = Diagnostic::new(
                &code::ANNOTATION,
                format!(
                    "ids of `{}` are unique within a `{parent}`, but no property is the key of `{parent}`",
                    kind.path
                ),
            );
            if let Some(span) = kind.span {
                diagnostic = diagnostic.label(span, format!("needs `\"x-key\": \"{parent}\"` somewhere"));
            }
            let help = did_you_mean(parent, self.keyed_paths());
            missing.push(parent.to_owned());
            self.diagnostics.push(diagnostic.maybe_help(help));
        }
    }

    /// The kinds of which a property is the key.
    fn keyed_paths(&self) -> impl Iterator<Item = &str> {
        self.model.kinds.iter().filter(|kind| kind.by_content()).map(|kind| kind.path.as_str())
    }

    /// Kinds of which no property seems to be the key, only since that of one is misspelt: `qust.stage` where all others say
    /// `quest.stage`. That is said where it is misspelt.
    fn explained(&self) -> Vec<String> {
        let meant = |kind: &IdKind| {
            let (parent, last) = kind.path.rsplit_once('.')?;
            let there = self.model.kind_named(parent).is_some_and(|kind| self.model.kind(kind).by_content());
            let parent = near(parent, self.keyed_paths()).first().copied().filter(|_| !there)?;
            Some(format!("{parent}.{last}"))
        };
        let keyed = self.model.kinds.iter().filter(|kind| kind.by_content());
        keyed.filter_map(meant).collect::<Vec<_>>()
    }
}

/// Stands for all values of a sibling that are not listed.
const OTHERS: &str = "*";

/// What stands between the parts of a path, unless a reference says otherwise.
const SEPARATOR: &str = ":";

fn words(reference: &Reference) -> RefSyntax {
    let separator = reference.separator.clone().unwrap_or_else(|| SEPARATOR.to_owned());
    RefSyntax {
        none: reference.none.clone(),
        separator,
        filter: reference.filter.clone(),
        within: reference.within.as_ref().map(|(sibling, _)| sibling.clone()),
        role: reference.role.clone(),
    }
}
