//! JSON Schema, read into a form that content can be checked against, and the model that everything else is derived from.
//!
//! Comes in: documents of the schema files. Goes out: [`Schemas`], the graph of schema objects with a place for each, and
//! [`Model`], the records, fields, kinds and references that it describes. This stage knows JSON Schema and our annotations; it
//! does not know content, tables or Rust.

mod annotate;
mod graph;
mod load;
mod model;
mod pattern;
mod shape;

pub(crate) use annotate::Mapping;
pub(crate) use graph::{Additional, Items, Literal, SchemaId, SchemaNode, Schemas, Types};
pub(crate) use load::load;
pub(crate) use model::{
    Default, Enum, EnumId, Field, KindId, Model, Record, RecordId, Registry, Resolves, Shape, Target,
    TargetId,
};
pub(crate) use shape::model;
