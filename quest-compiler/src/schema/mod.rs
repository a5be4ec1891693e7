//! JSON Schema, read into a graph that content is validated against, and the model that everything else is derived from.
//!
//! Comes in: documents of the schema and overlay files. Goes out: [`Schemas`], the graph of schema objects with their spans, and
//! [`Model`], the records, fields, kinds and references that it describes. This stage knows JSON Schema and our annotations; it must
//! not know content, tables or Rust.
//!
//! Modules depend only on those before them: `ids` and `value` → `annotations` (keywords as written) → `graph` (schemas as linked) →
//! `model` (types for what schemas mean) → `derive` (which works that out).

mod annotations;
mod derive;
mod graph;
mod ids;
mod model;
mod value;

pub use annotations::{
    Annotations, Foreign, Group, Mapping, Means, Need, Operator, Role, Rule, RuleExample, RulePath,
    placeholders,
};
pub use derive::model;
pub use graph::{
    Additional, ExtraKeywords, Items, NameIndex, Outside, Overlay, Pattern, Property, Reading, Resources,
    SchemaNode, Schemas, TagTable, accepted, load, repeated, tag, tag_table,
};
pub use ids::{EnumId, KindId, RecordId, SchemaId, TargetId, UnionId};
pub use model::{
    About, ChangeList, Changes, DefaultValue, Enum, Field, Flow, Gives, Group as RequiresGroup, IdAffix,
    IdKind, Journal, Listed, Locks, MAP_NAME, Model, NeedRule, Operators, Origin, Own, Path, Record,
    RecordRules, RefSpec, RefSyntax, Registry, Requires, RestField, SchemaIdRef, Shape, Subject, Target,
    Tasks, Text, Union, Variant,
};
pub use value::{Literal, Types, canonical_of};
