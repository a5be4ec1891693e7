//! From a store to a player.

use crate::{Dirty, Lease, Store, StoreError, Transaction};
use quest_types::journal::{
    IdentityInUse, Limits, Player, QuestServer, Report, RestoreError, Rules, SaveHead,
};
use std::error::Error;
use std::fmt;

/// Why no player was made of what is stored.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// The store.
    Store(StoreError),
    /// The save.
    Restore(RestoreError),
    /// The player is live on this server already.
    InUse(IdentityInUse),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Restore(error) => error.fmt(f),
            Self::InUse(error) => error.fmt(f),
        }
    }
}

impl Error for OpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Self::Store(error) => error,
            Self::Restore(error) => error,
            Self::InUse(error) => error,
        })
    }
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The player of a lease: restored from the last save, or new if there is none.
///
/// # Errors
///
/// The lease is lost, the database fails, the save is refused, or the player is live on this server.
pub fn open<R: Rules, S: Store>(
    store: &mut S,
    server: &mut QuestServer<R>,
    lease: &Lease,
    limits: &Limits,
) -> Result<(Player<R>, Report), OpenError> {
    match store.load(lease)? {
        None => {
            let player = server.player(lease.owner()).map_err(OpenError::InUse)?;
            Ok((player, Report::default()))
        }
        Some(save) => {
            let restored = server.restore_bytes(&save, lease.owner(), 0, limits);
            restored.map_err(OpenError::Restore)
        }
    }
}

/// The version of a save, which must be one of the player of a lease.
pub(crate) fn version(lease: &Lease, save: &[u8]) -> Result<i64, StoreError> {
    let head = SaveHead::read(save)?;
    if head.owner != lease.owner {
        return Err(StoreError::Owner { lease: lease.owner.clone(), save: head.owner.to_owned() });
    }
    // No save has a larger one; a database has no larger numbers.
    Ok(i64::try_from(head.version).unwrap_or(i64::MAX))
}

/// Writes saves one after the other. Only a failure of the database ends it.
pub(crate) fn one_by_one(
    transaction: &mut impl Transaction,
    dirty: &[Dirty<'_>],
) -> Result<Vec<Result<(), StoreError>>, StoreError> {
    let mut results = Vec::with_capacity(dirty.len());
    for Dirty { lease, save } in dirty {
        match transaction.write(lease, save) {
            Err(failed) if failed.is_of_the_database() => return Err(failed),
            result => results.push(result),
        }
    }
    Ok(results)
}
