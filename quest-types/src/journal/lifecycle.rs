//! Where a quest of a player is between not taken and turned in.

use core::fmt;

/// Where a quest is (Quest Schema §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Lifecycle {
    /// It cannot be taken: a prerequisite is not met, it is locked, or it is a secret that was not found yet.
    NotStarted,
    /// It can be taken.
    Available,
    /// The player works on it.
    Active,
    /// Everything is done; it waits to be turned in.
    Complete,
    /// It is turned in. A repeatable quest goes on to [`NotStarted`](Self::NotStarted).
    TurnedIn,
    /// It came to a bad end.
    Failed,
}

impl fmt::Display for Lifecycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NotStarted => "not started",
            Self::Available => "available",
            Self::Active => "active",
            Self::Complete => "complete",
            Self::TurnedIn => "turned in",
            Self::Failed => "failed",
        })
    }
}
