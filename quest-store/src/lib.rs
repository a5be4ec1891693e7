//! Keeps the quests of players in a database.
//!
//! A game claims a player before it loads the player's quests, and writes them under its claim. What the database guarantees:
//!
//! | | |
//! |---|---|
//! | one owner | at most one server holds a player. A [`Lease`] ends after a time, and each has a larger *fencing token* than the one before: a server that has lost its lease without noticing cannot write any more ([`StoreError::Fenced`]) |
//! | nothing lost | a save is written only over an older one ([`StoreError::Stale`]), in a transaction that has reached the disk when the call returns |
//! | nothing paid twice | [`Transaction::pay`] says `true` once for each id of an effect, in the transaction in which the game pays it |
//! | nothing apart | quests, and what the game keeps in the same database, change in one transaction or not at all ([`Store::transact`]) |
//!
//! [`Sqlite`] (feature `sqlite`, the default) keeps everything in a file, [`Postgres`] (feature `postgres`) on a server.
//!
//! ```
//! use quest_store::{Sqlite, Store, StoreError, Transaction};
//! # fn save() -> Vec<u8> { Vec::new() }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut store = Sqlite::in_memory()?;
//! let lease = store.claim("kim", "server-1", std::time::Duration::from_secs(30))?;
//! assert_eq!(store.load(&lease)?, None); // kim is new
//!
//! // After a tick: the save, and what its effects pay, together.
//! # if false {
//! store.transact(|transaction| {
//!     transaction.write(&lease, &save())?;
//!     if transaction.pay(&lease, "iron-path/1/reward/Gold coin 5")? {
//!         transaction.database().execute("UPDATE purse SET coins = coins + 5 WHERE owner = 'kim'", [])?;
//!     }
//!     Ok::<_, Box<dyn std::error::Error>>(())
//! })?;
//! # }
//! store.release(lease)?;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod error;
mod open;
#[cfg(feature = "postgres")]
mod postgres;
mod schema;
#[cfg(feature = "sqlite")]
mod sqlite;

pub use error::StoreError;
pub use open::{OpenError, open};
#[cfg(feature = "postgres")]
pub use postgres::{Postgres, PostgresTransaction};
#[cfg(feature = "sqlite")]
pub use sqlite::{Sqlite, SqliteTransaction};

use std::time::Duration;

/// The right to write the quests of a player, until it ends or another server takes it.
///
/// It cannot be cloned, and no code but a store makes one.
#[derive(Debug)]
pub struct Lease {
    /// The row of the player.
    id: i64,
    owner: String,
    holder: String,
    /// Rises with each lease of the player.
    token: i64,
}

impl Lease {
    /// Whose quests it is about.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The server that holds it.
    #[must_use]
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// The fencing token: the number of leases that this player has had.
    #[must_use]
    pub const fn token(&self) -> i64 {
        self.token
    }
}

/// A save to be written by [`Store::flush`].
#[derive(Clone, Copy, Debug)]
pub struct Dirty<'a> {
    /// The lease of the player.
    pub lease: &'a Lease,
    /// The save in bytes (`Player::save_bytes`).
    pub save: &'a [u8],
}

/// A database in which quests are kept.
pub trait Store {
    /// A transaction of it.
    type Transaction<'t>: Transaction
    where
        Self: 't;

    /// Claims a player for a server. A player of whom the database knows nothing is made.
    ///
    /// The server that holds the player already gets a new lease, as after a restart. Use a name that no other server has.
    ///
    /// # Errors
    ///
    /// Another server holds the player ([`StoreError::Held`]); the database fails.
    fn claim(&mut self, owner: &str, holder: &str, lasts: Duration) -> Result<Lease, StoreError>;

    /// Lets a lease last longer, from now on.
    ///
    /// # Errors
    ///
    /// The lease is lost ([`StoreError::Fenced`]); the database fails.
    fn renew(&mut self, lease: &Lease, lasts: Duration) -> Result<(), StoreError>;

    /// Gives a player back.
    ///
    /// # Errors
    ///
    /// The lease is lost ([`StoreError::Fenced`]); the database fails.
    fn release(&mut self, lease: Lease) -> Result<(), StoreError>;

    /// The last save of a player, in bytes; `None` if there is none yet.
    ///
    /// # Errors
    ///
    /// The lease is lost ([`StoreError::Fenced`]); the database fails.
    fn load(&mut self, lease: &Lease) -> Result<Option<Vec<u8>>, StoreError>;

    /// Shows all saves, one after the other, whoever holds the players: for statistics and for moving to another store.
    ///
    /// # Errors
    ///
    /// The database fails.
    fn each(&mut self, show: &mut dyn FnMut(&str, &[u8])) -> Result<u64, StoreError>;

    /// Does some work in one transaction: all of it, or nothing if it fails. It has reached the disk when this returns.
    ///
    /// # Errors
    ///
    /// The work fails, or the database does.
    fn transact<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Self::Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E>;

    /// Writes many saves in one transaction. A player whose lease is lost, or of whom a newer save is there, is left out and
    /// said in the result, in which the players have the order of `dirty`; the others are written.
    ///
    /// # Errors
    ///
    /// The database fails. Then nothing was written.
    fn flush(&mut self, dirty: &[Dirty<'_>]) -> Result<Vec<Result<(), StoreError>>, StoreError>;
}

/// A transaction: what is done in it is done together.
pub trait Transaction {
    /// The transaction of the database itself, for tables of the game.
    type Database;

    /// Writes a save in bytes over an older one.
    ///
    /// # Errors
    ///
    /// It is no save, or one of another player; the lease is lost; a save that is not older is there; the database fails.
    fn write(&mut self, lease: &Lease, save: &[u8]) -> Result<(), StoreError>;

    /// Notes that an effect is paid. `false` if it was paid before: the game must not pay it again.
    ///
    /// # Errors
    ///
    /// The lease is lost; the database fails.
    fn pay(&mut self, lease: &Lease, effect: &str) -> Result<bool, StoreError>;

    /// The transaction of the database itself. Tables whose names begin with `quest_` are not the game's.
    fn database(&mut self) -> &mut Self::Database;
}
