//! The ids by which saves name things: those of generated code, or those of a compiler that has none.

use alloc::string::{String, ToString};
use core::marker::PhantomData;

use crate::Id;
use crate::journal::Rules;

/// What a save names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavedKind {
    /// A quest.
    Quest,
    /// A stage.
    Stage,
    /// An objective.
    Objective,
    /// A branch.
    Branch,
}

/// The paths of rows, and the rows of paths.
pub trait SavedIds {
    /// The path of the id in a row. There must be such a row.
    fn path(&self, kind: SavedKind, row: u32) -> String;

    /// The row of a path, also of one from before something was renamed.
    fn find(&self, kind: SavedKind, path: &str) -> Option<u32>;
}

/// The ids of generated code.
pub(super) struct OfRules<R>(PhantomData<fn() -> R>);

impl<R> OfRules<R> {
    pub(super) const NEW: Self = Self(PhantomData);
}

impl<R: Rules> SavedIds for OfRules<R> {
    fn path(&self, kind: SavedKind, row: u32) -> String {
        match kind {
            SavedKind::Quest => R::Quest::from_row(row).to_string(),
            SavedKind::Stage => R::Stage::from_row(row).to_string(),
            SavedKind::Objective => R::Objective::from_row(row).to_string(),
            SavedKind::Branch => R::Branch::from_row(row).to_string(),
        }
    }

    fn find(&self, kind: SavedKind, path: &str) -> Option<u32> {
        match kind {
            SavedKind::Quest => R::Quest::parse_saved(path).map(Id::row),
            SavedKind::Stage => R::Stage::parse_saved(path).map(Id::row),
            SavedKind::Objective => R::Objective::parse_saved(path).map(Id::row),
            SavedKind::Branch => R::Branch::parse_saved(path).map(Id::row),
        }
    }
}
