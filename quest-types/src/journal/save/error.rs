//! Why a save was refused.

use alloc::string::String;
use core::fmt;

use super::{SAVE_FORMAT, SaveBytesError};

/// Why a save was refused: no player was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RestoreError {
    /// It is of a format that this version does not read.
    Format {
        /// The format of the save.
        found: u32,
    },
    /// It is the save of another player.
    Owner {
        /// The owner that it names.
        found: String,
    },
    /// A newer save of this player is known.
    Older {
        /// The version of the save.
        found: u64,
        /// The version that is known.
        newest: u64,
    },
    /// It is the save of another game.
    OtherGame {
        /// The game that it names.
        found: String,
    },
    /// A player of this owner is live on this server already (Quest Runtime Model §3).
    InUse {
        /// The owner.
        owner: String,
    },
    /// It was to be read from bytes, and they are no save.
    Bytes(SaveBytesError),
    /// It has more of something than it may have.
    OverLimit {
        /// Of what.
        what: &'static str,
        /// How many, or how long.
        found: usize,
        /// How many at most, or how long.
        limit: usize,
    },
    /// It says what no game of this content can say: it was edited, or is damaged.
    Damaged {
        /// In which quest, or what else of it.
        at: String,
        /// What is wrong there.
        what: &'static str,
    },
}

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format { found } => {
                write!(f, "the save has format {found}, and this game reads formats 1 to {SAVE_FORMAT}")
            }
            Self::Owner { found } => write!(f, "the save belongs to `{found}`"),
            Self::Older { found, newest } => {
                write!(f, "the save is version {found} of this player, and version {newest} is known")
            }
            Self::OtherGame { found } => write!(f, "the save is of the game `{found}`"),
            Self::InUse { owner } => write!(f, "a player `{owner}` is live on this server already"),
            Self::Bytes(error) => error.fmt(f),
            Self::OverLimit { what, found, limit } => {
                write!(f, "the save is too large: {what} {found}, and {limit} at most")
            }
            Self::Damaged { at, what } => write!(f, "the save is damaged: `{at}` {what}"),
        }
    }
}

impl core::error::Error for RestoreError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Bytes(error) => Some(error),
            _ => None,
        }
    }
}

impl From<SaveBytesError> for RestoreError {
    fn from(error: SaveBytesError) -> Self {
        Self::Bytes(error)
    }
}
