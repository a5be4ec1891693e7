//! The model: what schemas describe, in terms of records with fields, kinds of ids and references.
//!
//! `derive` makes it from the graph; checks, tables, generated code, the site and the editor read it. Paths of annotations have been
//! followed, and kinds are positions in [`Model::kinds`]. These types know nothing of content, tables or Rust.

mod flow;
mod journal;
mod kind;
mod path;
mod record;
mod reference;
mod requires;
mod text;

pub use flow::{Flow, Tasks};
pub use journal::{About, ChangeList, Changes, Journal, Listed, Subject};
pub use kind::{IdKind, Registry};
pub use path::{MAP_NAME, Path};
pub use record::{DefaultValue, Enum, Field, Origin, Record, RestField, Shape, Union, Variant};
pub use reference::{IdAffix, RefSpec, RefSyntax, SchemaIdRef, Target};
pub use requires::{Gives, Group, Locks, NeedRule, Operators, Own, Requires};
pub use text::Text;

pub(super) use journal::Titles;

use super::annotations::Rule;
use super::ids::{EnumId, KindId, RecordId, TargetId, UnionId};
use crate::text::Span;

/// All types of a project.
#[derive(Debug, Default)]
pub struct Model {
    pub records: Vec<Record>,
    pub enums: Vec<Enum>,
    pub kinds: Vec<IdKind>,
    pub targets: Vec<Target>,
    pub unions: Vec<Union>,
    /// The shapes of documents, by index of the root schema: a record, a union, or a list or map of either.
    pub roots: Vec<Shape>,
    /// The names in generated code of ids of any of several kinds, if a schema gives one.
    pub union_names: Vec<(Vec<KindId>, String)>,
    pub flows: Vec<Flow>,
    pub requires: Vec<Requires>,
    /// Ids in schemas: in defaults, and in `where`.
    pub schema_id_refs: Vec<SchemaIdRef>,
    /// How the objects of one flow are played.
    pub journal: Option<Journal>,
    /// The fields that people read.
    pub texts: Vec<Text>,
    /// The fields that hold the version of a document.
    pub versions: Vec<(RecordId, usize)>,
    /// The rules of schemas, by the records they apply to.
    pub rules: Vec<RecordRules>,
    /// The lint names that schemas give, sorted.
    pub lints: Vec<String>,
    /// The schemas whose values no table can hold, and why.
    pub opaque: Vec<(Span, String)>,
}

impl Model {
    pub fn record(&self, id: RecordId) -> &Record {
        &self.records[id.0 as usize]
    }

    pub fn enumeration(&self, id: EnumId) -> &Enum {
        &self.enums[id.0 as usize]
    }

    pub fn kind(&self, id: KindId) -> &IdKind {
        &self.kinds[id.0 as usize]
    }

    pub fn union(&self, id: UnionId) -> &Union {
        &self.unions[id.0 as usize]
    }

    pub fn target(&self, id: TargetId) -> &Target {
        &self.targets[id.0 as usize]
    }

    pub fn kind_named(&self, path: &str) -> Option<KindId> {
        self.kinds.iter().position(|kind| kind.path == path).map(|index| KindId(index as u32))
    }

    /// The index of a field by the name of its property.
    pub fn field_named(&self, record: RecordId, name: &str) -> Option<usize> {
        self.record(record).fields.iter().position(|field| field.is_property(name))
    }

    /// The records whose objects a value of a shape is, or has as elements.
    pub(super) fn records_in(&self, shape: &Shape) -> Vec<RecordId> {
        match shape.element() {
            Shape::Record(record) | Shape::Map(record) => vec![*record],
            Shape::Union(union) => self.union(*union).variants.iter().map(|(_, record)| *record).collect(),
            _ => Vec::new(),
        }
    }

    /// A kind and its parents, innermost first.
    pub fn scopes(&self, kind: KindId) -> impl Iterator<Item = KindId> {
        std::iter::successors(Some(kind), |kind| self.kind(*kind).parent)
    }
}

/// Rules for the objects of a record.
#[derive(Debug)]
pub struct RecordRules {
    pub record: RecordId,
    /// The field that contains the objects, if the rules apply only to those.
    pub within: Option<(RecordId, usize)>,
    pub rules: Vec<Rule>,
}
