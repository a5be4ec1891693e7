//! What the objects of a record require, give and lock: `x-requires`, with its paths followed.

use super::flow::Path;
use crate::schema::annotations::Means;
use crate::schema::ids::{KindId, RecordId};

/// What the objects of a record type ask for before they can be begun.
#[derive(Clone, Debug)]
pub struct Requires {
    pub record: RecordId,
    pub kind: KindId,
    pub at: Path,
    pub any: bool,
    pub by: Option<Path>,
    pub target: Option<Path>,
    pub value: Option<Path>,
    pub operator: Option<Path>,
    pub means: Vec<(String, Means)>,
    pub own: Vec<Own>,
    pub longest: Option<u64>,
    pub again: Option<Path>,
    pub gives: Option<Gives>,
    pub locks: Option<Locks>,
}

/// What can never be begun once an object is complete.
#[derive(Clone, Debug)]
pub struct Locks {
    pub at: Path,
    /// The sort of what stands there, and the reference in it; without them, references stand there themselves.
    pub by: Option<(Path, Path)>,
    /// The sorts that lock.
    pub sorts: Vec<String>,
}

/// A sort of conditions that is compared with a property of the object.
#[derive(Clone, Debug)]
pub struct Own {
    pub sort: String,
    pub path: Path,
    /// The least and the greatest that the property can be.
    pub bounds: (f64, f64),
}

/// What the objects of a record type give when they are complete.
#[derive(Clone, Debug)]
pub struct Gives {
    pub at: Path,
    pub by: Path,
    pub target: Path,
    pub optional: Option<Path>,
    pub amount: Option<Path>,
    pub meets: Vec<(String, String)>,
    /// Sorts of conditions that nothing else can meet.
    pub only: Vec<String>,
}
