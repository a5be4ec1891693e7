//! `x-key`: the fields that hold ids, and the kinds whose ids are unique within another.

use super::builder::{ModelBuilder, field_of};
use super::references::SEPARATOR;
use crate::diagnostics::{Diagnostic, code, did_you_mean, near};
use crate::schema::annotations::{Key, Role};
use crate::schema::graph::{Member, accepted};
use crate::schema::ids::{KindId, RecordId, SchemaId};
use crate::schema::model::{IdAffix, IdKind, Origin, RefSpec, RefSyntax, Shape};
use crate::schema::value::Types;

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
