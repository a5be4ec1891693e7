//! What leads to what in the objects of a record: `x-flow`, with its paths followed.

use super::path::Path;
use crate::schema::ids::{KindId, RecordId};
use crate::schema::value::Literal;

/// What leads to what in the objects of a record.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The record whose objects contain the nodes.
    pub record: RecordId,
    /// The kind of the nodes.
    pub kind: KindId,
    pub nodes: Path,
    /// The property that names the first node; without it, flows start at the first node in the file.
    pub start: Option<Path>,
    pub next: Vec<Path>,
    /// The property of a node that says whether the object can be finished without it.
    pub optional: Option<Path>,
    /// Properties of a node and the values with which it can be the last.
    pub ends: Vec<(Path, Literal)>,
    pub branches: Option<[Path; 3]>,
    /// Branches on facts can be taken in every node, not only on the main line.
    pub everywhere: bool,
    pub tasks: Option<Tasks>,
}

/// What must be done in a node.
#[derive(Clone, Debug)]
pub struct Tasks {
    pub kind: KindId,
    pub at: Path,
    pub optional: Option<Path>,
    pub hidden: Option<Path>,
    pub any: Option<Path>,
}
