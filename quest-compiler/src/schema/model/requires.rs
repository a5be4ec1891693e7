//! What the objects of a record require, give and lock: `x-requires`, with its paths followed.

use super::path::Path;
use crate::schema::annotations::{Means, Need, Operator};
use crate::schema::ids::{KindId, RecordId};
use crate::schema::value::Literal;
use crate::text::Span;

/// What the objects of a record require before they can begin.
#[derive(Clone, Debug)]
pub struct Requires {
    pub record: RecordId,
    pub kind: KindId,
    /// Where the schema says so.
    pub span: Span,
    /// References, or conditions.
    pub at: Option<Path>,
    /// How many of them are needed: of the outermost list first, then of the lists in it. All, of lists deeper than this.
    pub need: Vec<NeedRule>,
    /// The types of conditions, also of those in groups.
    pub conditions: Vec<RecordId>,
    /// The conditions that are made of others.
    pub groups: Vec<Group>,
    /// What must be complete for an object to be complete.
    pub members: Option<Path>,
    pub by: Option<Path>,
    pub target: Option<Path>,
    pub value: Option<Path>,
    pub operator: Option<Operators>,
    pub means: Vec<(String, Means)>,
    pub own: Vec<Own>,
    pub longest: Option<u64>,
    pub again: Option<Path>,
    pub gives: Option<Gives>,
    pub locks: Option<Locks>,
}

impl Requires {
    /// Whether conditions are objects, and not references alone.
    pub fn has_conditions(&self) -> bool {
        self.by.is_some() || self.target.is_some() || !self.groups.is_empty()
    }
}

/// What decides how many of several conditions are needed.
#[derive(Clone, Debug)]
pub enum NeedRule {
    Fixed(Need),
    /// A property: each of its values with its meaning. Without meanings, it is a number, and so many are needed.
    By {
        path: Path,
        means: Vec<(Literal, Need)>,
        default: Need,
    },
}

/// Conditions that are made of others.
#[derive(Clone, Debug)]
pub struct Group {
    /// From a condition to those that it is made of.
    pub at: Path,
    pub need: NeedRule,
}

/// The property that says how a condition compares, and what its values mean.
#[derive(Clone, Debug)]
pub struct Operators {
    pub path: Path,
    /// Every value of the property with its meaning.
    pub words: Vec<(String, Operator)>,
}

impl Operators {
    /// What a value of the property means.
    pub fn meaning(&self, word: &str) -> Option<Operator> {
        self.words.iter().find(|(known, _)| known == word).map(|(_, operator)| *operator)
    }
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
