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
    /// An unknown id is a warning and not an error.
    pub tolerated: bool,
    pub lint: Option<String>,
    /// The reference defines these ids instead of naming them.
    pub defines: bool,
}

/// An id in a schema: in a default, or in `where`.
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

/// The syntax of a reference beside its ids.
#[derive(Clone, Debug, PartialEq)]
pub struct RefSyntax {
    /// Values that name nothing.
    pub none: Vec<Literal>,
    /// What separates the parts of a path.
    pub separator: String,
    /// What the properties of the named object must be.
    pub filter: Vec<(String, Literal)>,
    /// The sibling property that names the object in which the id is looked up.
    pub within: Option<String>,
    pub role: Role,
}

/// A reference whose kind depends on a sibling property: it has a mapping for each value of the sibling.
#[derive(Debug)]
pub struct Target {
    /// Name of the type in generated code.
    pub name: String,
    pub description: Option<String>,
    pub source: Option<String>,
    pub record: RecordId,
    /// The index of the sibling, a field whose shape is an enum.
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
