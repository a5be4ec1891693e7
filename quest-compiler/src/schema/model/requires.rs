//! What the objects of a record require, give and lock: `x-requires`, with its paths followed.

use super::flow::Path;
use crate::schema::annotations::Means;
use crate::schema::ids::{KindId, RecordId};

/// What the objects of a record require before they can begin.
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

/// What can never begin once an object is complete.
#[derive(Clone, Debug)]
pub struct Locks {
    pub at: Path,
    /// Paths to the sort of an object at `at`, and to its reference; without them, `at` leads to references.
    pub by: Option<(Path, Path)>,
    /// The sorts that lock.
    pub sorts: Vec<String>,
}

/// A sort of condition that is compared with a property of the object itself.
#[derive(Clone, Debug)]
pub struct Own {
    pub sort: String,
    pub path: Path,
    /// The minimum and the maximum of the property.
    pub bounds: (f64, f64),
}

/// What the objects of a record give when they are complete.
#[derive(Clone, Debug)]
pub struct Gives {
    pub at: Path,
    pub by: Path,
    pub target: Path,
    pub optional: Option<Path>,
    pub amount: Option<Path>,
    pub meets: Vec<(String, String)>,
    /// The sorts of conditions that nothing but these gifts can meet.
    pub only: Vec<String>,
}
