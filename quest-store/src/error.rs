//! What goes wrong.

use quest_types::journal::SaveBytesError;
use std::error::Error;
use std::fmt;

/// Why a store did nothing: nothing has changed then.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// Another server holds the player.
    Held {
        /// The player.
        owner: String,
        /// The server.
        holder: String,
    },
    /// The lease has ended and another server has taken the player, or the lease was given back.
    Fenced {
        /// The player.
        owner: String,
    },
    /// A save that is not older is there already.
    Stale {
        /// The player.
        owner: String,
        /// The version of the save that was to be written.
        version: u64,
        /// The version that is there.
        stored: u64,
    },
    /// The save is one of another player than the lease.
    Owner {
        /// The player of the lease.
        lease: String,
        /// The player of the save.
        save: String,
    },
    /// What was to be written is no save.
    Save(SaveBytesError),
    /// The tables were made by a later version of this crate.
    Schema {
        /// The version of the tables.
        found: i64,
        /// The latest version that this crate knows.
        known: i64,
    },
    /// The database is in use by others for too long. Nothing is lost; try again.
    Busy,
    /// There is no room on the disk.
    Full,
    /// The database cannot be opened or reached, or is no database.
    Unavailable(Box<dyn Error + Send + Sync>),
    /// Something else in the database.
    Database(Box<dyn Error + Send + Sync>),
}

impl StoreError {
    /// Whether the database failed, and not one player.
    pub(crate) const fn is_of_the_database(&self) -> bool {
        matches!(
            self,
            Self::Busy | Self::Full | Self::Unavailable(_) | Self::Database(_) | Self::Schema { .. }
        )
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held { owner, holder } => write!(f, "`{holder}` holds the player `{owner}`"),
            Self::Fenced { owner } => write!(f, "the lease of the player `{owner}` is lost"),
            Self::Stale { owner, version, stored } => {
                write!(f, "version {version} of the player `{owner}` is not newer than version {stored}")
            }
            Self::Owner { lease, save } => {
                write!(f, "the save belongs to `{save}`, and the lease is of `{lease}`")
            }
            Self::Save(error) => error.fmt(f),
            Self::Schema { found, known } => {
                write!(f, "the tables have version {found}, and this program knows versions 1 to {known}")
            }
            Self::Busy => f.write_str("the database is in use by others"),
            Self::Full => f.write_str("there is no room for the database"),
            Self::Unavailable(error) => write!(f, "the database cannot be used: {error}"),
            Self::Database(error) => write!(f, "the database fails: {error}"),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Save(error) => Some(error),
            Self::Unavailable(error) | Self::Database(error) => Some(&**error),
            _ => None,
        }
    }
}

impl From<SaveBytesError> for StoreError {
    fn from(error: SaveBytesError) -> Self {
        Self::Save(error)
    }
}
