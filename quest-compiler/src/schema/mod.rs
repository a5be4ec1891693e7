//! JSON Schema, read into a form that content can be checked against, and the model that everything else is derived from.
//!
//! Comes in: documents of the schema files. Goes out: [`Schemas`], the graph of schema objects with a place for each, and
//! [`Model`], the records, fields, kinds and references that it describes. This stage knows JSON Schema and our annotations; it
//! does not know content, tables or Rust.

mod annotations;
mod derive;
mod dialect;
mod fast_path;
mod flow;
mod graph;
mod ids;
mod journal;
mod keywords;
mod load;
mod merged;
mod model;
mod overlay;
mod pattern;
mod requires;
mod resources;
mod rules;
mod text;
mod unused_annotations;
mod uri;

pub use annotations::{Foreign, Group, Mapping, Role};
pub use derive::model;
pub use flow::{Flow, Path};
pub use graph::{
    Additional, ExtraKeywords, Items, Literal, Property, SchemaId, SchemaNode, Schemas, Types, canonical_of,
};
pub use journal::{About, Journal, Listed, Subject};
pub use load::{Reading, load, repeated};
pub use merged::{accepted, tag};
pub use model::{
    DefaultValue, Enum, EnumId, Field, IdAffix, KindId, Model, Origin, Record, RecordId, RecordRules,
    RefSpec, RefSyntax, Registry, SchemaIdRef, Shape, Target, TargetId, Union, UnionId, Variant,
};
pub use overlay::Overlay;
pub use pattern::Pattern;
pub use requires::{Gives, Locks, Means, Own, Requires};
pub use resources::{Outside, Resources};
pub use rules::{At, Example, Rule, placeholders};
pub use text::Text;
