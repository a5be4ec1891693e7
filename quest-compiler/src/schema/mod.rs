//! JSON Schema, read into a form that content can be checked against, and the model that everything else is derived from.
//!
//! Comes in: documents of the schema files. Goes out: [`Schemas`], the graph of schema objects with a place for each, and
//! [`Model`], the records, fields, kinds and references that it describes. This stage knows JSON Schema and our annotations; it
//! does not know content, tables or Rust.

mod annotate;
mod dialect;
mod flow;
mod graph;
mod journal;
mod keys;
mod keywords;
mod lints;
mod load;
mod model;
mod overlay;
mod pattern;
mod quick;
mod requires;
mod resources;
mod rules;
mod shape;
mod text;
mod uri;
mod view;

pub use annotate::{Foreign, Group, Mapping, Role};
pub use flow::{Flow, Path};
pub use graph::{
    Additional, Items, Literal, More, Property, SchemaId, SchemaNode, Schemas, Types, canonical_of,
};
pub use journal::{About, Journal, Listed, Subject};
pub use lints::{At, Example, Rule, placeholders};
pub use load::{Reading, load, repeated};
pub use model::{
    Default, Enum, EnumId, Field, KindId, Mention, Model, Origin, Record, RecordId, Registry, Resolves,
    Ruled, Shape, Target, TargetId, Union, UnionId, Variant, Way, Words,
};
pub use overlay::Overlay;
pub use pattern::Pattern;
pub use requires::{Gives, Locks, Means, Own, Requires};
pub use resources::{Outside, Resources};
pub use shape::model;
pub use text::Text;
pub use view::{accepted, tag};
