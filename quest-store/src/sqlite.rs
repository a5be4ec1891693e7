//! SQLite: a database in a file, for one machine.

use crate::open::{one_by_one, version};
use crate::schema::{Migrations, is_free, milliseconds};
use crate::{Dirty, Lease, Store, StoreError, Transaction};
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, TransactionBehavior, params};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const MIGRATIONS: Migrations = Migrations(&[
    "CREATE TABLE quest_player (
         id INTEGER PRIMARY KEY,
         owner TEXT NOT NULL UNIQUE,
         token INTEGER NOT NULL,
         holder TEXT,
         until INTEGER NOT NULL,
         version INTEGER NOT NULL,
         save BLOB
     ) STRICT;",
    "CREATE TABLE quest_paid (
         player INTEGER NOT NULL REFERENCES quest_player (id),
         effect TEXT NOT NULL,
         PRIMARY KEY (player, effect)
     ) STRICT, WITHOUT ROWID;",
]);

/// How long a call waits for others who write.
const PATIENCE: Duration = Duration::from_secs(10);

/// A store in a file of SQLite.
///
/// It is in WAL mode, so reading does not wait for writing. Each transaction that writes begins with `BEGIN IMMEDIATE`: it waits
/// for others at its begin, and never finds in the middle that it cannot go on. With `synchronous = FULL`, what a call has
/// written outlives a loss of power too.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    /// Milliseconds since 1970.
    now: fn() -> i64,
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn failed(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(
            ErrorCode::CannotOpen
            | ErrorCode::NotADatabase
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::ReadOnly
            | ErrorCode::PermissionDenied
            | ErrorCode::SystemIoFailure,
        ) => StoreError::Unavailable(error.into()),
        _ => StoreError::Database(error.into()),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        failed(error)
    }
}

impl Sqlite {
    /// Opens the store in a file, which is made if there is none. Older tables are brought up to date.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, is no database, or was written by a later version of this crate.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let connection = Connection::open(path).map_err(|error| StoreError::Unavailable(error.into()))?;
        Self::of(connection)
    }

    /// A store that is gone when it is dropped: for tests.
    ///
    /// # Errors
    ///
    /// There is no memory for it.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::of(Connection::open_in_memory()?)
    }

    /// A store in a connection that the game has made, in whose database its own tables are.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn of(mut connection: Connection) -> Result<Self, StoreError> {
        connection.busy_timeout(PATIENCE)?;
        write_ahead(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(32);
        migrate(&mut connection)?;
        Ok(Self { connection, now })
    }

    /// The same with another clock, which gives milliseconds: for tests.
    #[must_use]
    pub fn with_clock(self, now: fn() -> i64) -> Self {
        Self { now, ..self }
    }

    /// The connection, for what the game reads from its own tables.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    fn begin(&mut self) -> Result<rusqlite::Transaction<'_>, StoreError> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

/// Switches to WAL. SQLite does not wait for others here, whatever its timeout is, if they open a new file at the same time.
fn write_ahead(connection: &Connection) -> Result<(), StoreError> {
    const PAUSE: Duration = Duration::from_millis(20);
    let mut left = PATIENCE.as_millis() / PAUSE.as_millis();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL").map_err(failed) {
            Err(StoreError::Busy) if left > 0 => {
                left -= 1;
                std::thread::sleep(PAUSE);
            }
            result => return result,
        }
    }
}

/// Brings the tables up to date, which one connection does at a time.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch("CREATE TABLE IF NOT EXISTS quest_schema (version INTEGER NOT NULL) STRICT")?;
    let found = transaction.query_row("SELECT version FROM quest_schema", [], |row| row.get(0)).optional()?;
    for statement in MIGRATIONS.since(found.unwrap_or(0))? {
        transaction.execute_batch(statement)?;
    }
    transaction.execute("DELETE FROM quest_schema", [])?;
    transaction.execute("INSERT INTO quest_schema (version) VALUES (?1)", [MIGRATIONS.newest()])?;
    Ok(transaction.commit()?)
}

/// A transaction of [`Sqlite`].
#[derive(Debug)]
pub struct SqliteTransaction<'t> {
    transaction: rusqlite::Transaction<'t>,
}

impl SqliteTransaction<'_> {
    /// Why a save was not written.
    fn refused(&self, lease: &Lease, version: i64) -> Result<StoreError, StoreError> {
        let stored: Option<i64> = self
            .transaction
            .prepare_cached("SELECT version FROM quest_player WHERE id = ?1 AND token = ?2")?
            .query_row(params![lease.id, lease.token], |row| row.get(0))
            .optional()?;
        let owner = lease.owner.clone();
        Ok(match stored {
            None => StoreError::Fenced { owner },
            Some(stored) => {
                StoreError::Stale { owner, version: version.unsigned_abs(), stored: stored.unsigned_abs() }
            }
        })
    }

    fn holds(&self, lease: &Lease) -> Result<(), StoreError> {
        let holds = self
            .transaction
            .prepare_cached("SELECT 1 FROM quest_player WHERE id = ?1 AND token = ?2")?
            .exists(params![lease.id, lease.token])?;
        if holds { Ok(()) } else { Err(StoreError::Fenced { owner: lease.owner.clone() }) }
    }
}

impl<'t> Transaction for SqliteTransaction<'t> {
    type Database = rusqlite::Transaction<'t>;

    fn write(&mut self, lease: &Lease, save: &[u8]) -> Result<(), StoreError> {
        let version = version(lease, save)?;
        let written = self
            .transaction
            .prepare_cached(
                "UPDATE quest_player SET version = ?1, save = ?2 WHERE id = ?3 AND token = ?4 AND version < ?1",
            )?
            .execute(params![version, save, lease.id, lease.token])?;
        if written == 1 { Ok(()) } else { Err(self.refused(lease, version)?) }
    }

    fn pay(&mut self, lease: &Lease, effect: &str) -> Result<bool, StoreError> {
        self.holds(lease)?;
        let paid = self
            .transaction
            .prepare_cached("INSERT INTO quest_paid (player, effect) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![lease.id, effect])?;
        Ok(paid == 1)
    }

    fn database(&mut self) -> &mut Self::Database {
        &mut self.transaction
    }
}

impl Store for Sqlite {
    type Transaction<'t> = SqliteTransaction<'t>;

    fn claim(&mut self, owner: &str, holder: &str, lasts: Duration) -> Result<Lease, StoreError> {
        let (now, lasts) = ((self.now)(), milliseconds(lasts));
        let transaction = self.begin()?;
        let known = transaction
            .prepare_cached("SELECT id, token, holder, until FROM quest_player WHERE owner = ?1")?
            .query_row([owner], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?, row.get(3)?))
            })
            .optional()?;
        let until = now.saturating_add(lasts);
        let (id, token) = match known {
            None => {
                transaction
                    .prepare_cached(
                        "INSERT INTO quest_player (owner, token, holder, until, version) VALUES (?1, 1, ?2, ?3, 0)",
                    )?
                    .execute(params![owner, holder, until])?;
                (transaction.last_insert_rowid(), 1)
            }
            Some((_, _, Some(by), ends)) if !is_free(Some(&by), ends, now, holder) => {
                return Err(StoreError::Held { owner: owner.to_owned(), holder: by });
            }
            Some((id, token, ..)) => {
                let token: i64 = token;
                transaction
                    .prepare_cached(
                        "UPDATE quest_player SET token = ?1, holder = ?2, until = ?3 WHERE id = ?4",
                    )?
                    .execute(params![token + 1, holder, until, id])?;
                (id, token + 1)
            }
        };
        transaction.commit()?;
        Ok(Lease { id, owner: owner.to_owned(), holder: holder.to_owned(), token })
    }

    fn renew(&mut self, lease: &Lease, lasts: Duration) -> Result<(), StoreError> {
        let until = (self.now)().saturating_add(milliseconds(lasts));
        let renewed = self
            .connection
            .prepare_cached(
                "UPDATE quest_player SET until = ?1 WHERE id = ?2 AND token = ?3 AND holder = ?4",
            )?
            .execute(params![until, lease.id, lease.token, lease.holder])?;
        if renewed == 1 { Ok(()) } else { Err(StoreError::Fenced { owner: lease.owner.clone() }) }
    }

    fn release(&mut self, lease: Lease) -> Result<(), StoreError> {
        let released = self
            .connection
            .prepare_cached(
                "UPDATE quest_player SET holder = NULL, until = 0, token = token + 1 WHERE id = ?1 AND token = ?2",
            )?
            .execute(params![lease.id, lease.token])?;
        if released == 1 { Ok(()) } else { Err(StoreError::Fenced { owner: lease.owner }) }
    }

    fn load(&mut self, lease: &Lease) -> Result<Option<Vec<u8>>, StoreError> {
        let save = self
            .connection
            .prepare_cached("SELECT save FROM quest_player WHERE id = ?1 AND token = ?2")?
            .query_row(params![lease.id, lease.token], |row| row.get(0))
            .optional()?;
        save.ok_or_else(|| StoreError::Fenced { owner: lease.owner.clone() })
    }

    fn each(&mut self, show: &mut dyn FnMut(&str, &[u8])) -> Result<u64, StoreError> {
        let mut all =
            self.connection.prepare_cached("SELECT owner, save FROM quest_player WHERE save IS NOT NULL")?;
        let (mut rows, mut count) = (all.query([])?, 0);
        while let Some(row) = rows.next()? {
            let text = row.get_ref(0)?.as_str().map_err(|error| StoreError::Database(error.into()))?;
            let save = row.get_ref(1)?.as_blob().map_err(|error| StoreError::Database(error.into()))?;
            show(text, save);
            count += 1;
        }
        Ok(count)
    }

    fn transact<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut SqliteTransaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut transaction = SqliteTransaction { transaction: self.begin()? };
        let result = work(&mut transaction)?;
        transaction.transaction.commit().map_err(failed)?;
        Ok(result)
    }

    fn flush(&mut self, dirty: &[Dirty<'_>]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        self.transact(|transaction| one_by_one(transaction, dirty))
    }
}
