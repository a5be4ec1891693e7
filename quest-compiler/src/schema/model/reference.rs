//! References to ids, and how they are written.

use crate::schema::annotations::{Mapping, Role};
use crate::schema::ids::{KindId, RecordId};
use crate::schema::value::Literal;
use crate::text::Span;

/// How a reference is resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct RefSpec {
    pub kinds: Vec<KindId>,
    pub affixes: Vec<IdAffix>,
    pub syntax: RefSyntax,
    pub tolerated: bool,
    pub lint: Option<String>,
    /// These ids are defined here, and not only named.
    pub defines: bool,
}

/// An id that stands in a schema.
#[derive(Debug)]
pub struct SchemaIdRef {
    pub spec: RefSpec,
    pub id: String,
    pub span: Span,
}

/// How an id of a kind is written in a reference.
#[derive(Clone, Debug, PartialEq)]
pub struct IdAffix {
    pub kind: KindId,
    pub prefix: String,
    pub suffix: String,
}

/// What a reference looks like beside its ids.
#[derive(Clone, Debug, PartialEq)]
pub struct RefSyntax {
    /// Values that name nothing.
    pub none: Vec<Literal>,
    /// What stands between the parts of a path.
    pub separator: String,
    /// What the properties of the named object must be.
    pub filter: Vec<(String, Literal)>,
    /// The sibling property that names the object in which the id is looked for.
    pub within: Option<String>,
    pub role: Role,
}

/// A reference whose kind a sibling decides: one mapping for each value of the sibling.
#[derive(Debug)]
pub struct Target {
    /// Name of the type in generated code.
    pub name: String,
    pub description: Option<String>,
    pub source: Option<String>,
    pub record: RecordId,
    /// The sibling, a field whose shape is an enum.
    pub by: usize,
    /// In the order of the enum's variants.
    pub mappings: Vec<(String, Mapping)>,
    /// The kinds of each mapping.
    pub kinds: Vec<Vec<KindId>>,
    /// How ids of each mapping are written.
    pub affixes: Vec<Vec<IdAffix>>,
    pub syntax: RefSyntax,
    /// All kinds that occur, in order of first use: the numbering of table cells.
    pub all: Vec<KindId>,
    pub required: bool,
    pub tolerated: bool,
    pub lint: Option<String>,
    /// The field can hold several.
    pub many: bool,
    /// The field can be absent.
    pub optional: bool,
}
