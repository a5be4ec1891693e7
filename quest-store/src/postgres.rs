//! PostgreSQL: a database on a server, for several machines.

use crate::open::{one_by_one, version};
use crate::schema::{Migrations, is_free, milliseconds};
use crate::{Dirty, Lease, Store, StoreError, Transaction};
use postgres::Client;
use postgres::error::SqlState;
use std::fmt;
use std::time::Duration;

const MIGRATIONS: Migrations = Migrations(&[
    "CREATE TABLE quest_player (
         id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         owner TEXT NOT NULL UNIQUE,
         token BIGINT NOT NULL,
         holder TEXT,
         until BIGINT NOT NULL,
         version BIGINT NOT NULL,
         save BYTEA
     )",
    "CREATE TABLE quest_paid (
         player BIGINT NOT NULL REFERENCES quest_player (id),
         effect TEXT NOT NULL,
         PRIMARY KEY (player, effect)
     )",
]);

/// The number by which programs that migrate wait for each other.
const MIGRATION_LOCK: i64 = 0x7175_6573_7463;

/// The clock of the database, in milliseconds: the same for all servers.
const NOW: &str = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT";

/// How many saves are shown at a time.
const PAGE: i64 = 1_000;

/// A store in a database of PostgreSQL.
///
/// Leases end by the clock of the database, so servers whose clocks differ agree on them. Rows are locked in the order of their
/// ids, so that no two flushes wait for each other.
pub struct Postgres {
    client: Client,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").finish_non_exhaustive()
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        match error.code() {
            _ if error.is_closed() => Self::Unavailable(error.into()),
            Some(code)
                if [
                    &SqlState::LOCK_NOT_AVAILABLE,
                    &SqlState::QUERY_CANCELED,
                    &SqlState::T_R_DEADLOCK_DETECTED,
                    &SqlState::T_R_SERIALIZATION_FAILURE,
                ]
                .contains(&code) =>
            {
                Self::Busy
            }
            Some(code) if *code == SqlState::DISK_FULL => Self::Full,
            Some(code) if [&SqlState::ADMIN_SHUTDOWN, &SqlState::CRASH_SHUTDOWN].contains(&code) => {
                Self::Unavailable(error.into())
            }
            Some(_) => Self::Database(error.into()),
            None => Self::Unavailable(error.into()),
        }
    }
}

impl Postgres {
    /// Connects to a database, such as `host=localhost user=game dbname=game`, without encryption. Older tables are brought up to date.
    ///
    /// # Errors
    ///
    /// The server cannot be reached, or the tables were made by a later version of this crate.
    pub fn connect(parameters: &str) -> Result<Self, StoreError> {
        Self::of(Client::connect(parameters, postgres::NoTls)?)
    }

    /// A store in a connection that the game has made, such as one with TLS.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect).
    pub fn of(mut client: Client) -> Result<Self, StoreError> {
        // Nobody waits for ever.
        client.batch_execute("SET lock_timeout = '10s'; SET statement_timeout = '60s'")?;
        migrate(&mut client)?;
        Ok(Self { client })
    }

    /// The connection, for what the game reads from its own tables.
    pub const fn client(&mut self) -> &mut Client {
        &mut self.client
    }
}

fn migrate(client: &mut Client) -> Result<(), StoreError> {
    let mut transaction = client.transaction()?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATION_LOCK])?;
    transaction.batch_execute("CREATE TABLE IF NOT EXISTS quest_schema (version BIGINT NOT NULL)")?;
    let found: Option<i64> =
        transaction.query_opt("SELECT version FROM quest_schema", &[])?.map(|row| row.get(0));
    for statement in MIGRATIONS.since(found.unwrap_or(0))? {
        transaction.batch_execute(statement)?;
    }
    transaction.execute("DELETE FROM quest_schema", &[])?;
    transaction.execute("INSERT INTO quest_schema (version) VALUES ($1)", &[&MIGRATIONS.newest()])?;
    Ok(transaction.commit()?)
}

fn fenced(lease: &Lease) -> StoreError {
    StoreError::Fenced { owner: lease.owner.clone() }
}

/// A transaction of [`Postgres`].
pub struct PostgresTransaction<'t> {
    transaction: postgres::Transaction<'t>,
}

impl fmt::Debug for PostgresTransaction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresTransaction").finish_non_exhaustive()
    }
}

impl<'t> Transaction for PostgresTransaction<'t> {
    type Database = postgres::Transaction<'t>;

    fn write(&mut self, lease: &Lease, save: &[u8]) -> Result<(), StoreError> {
        let version = version(lease, save)?;
        let written = self.transaction.execute(
            "UPDATE quest_player SET version = $1, save = $2 WHERE id = $3 AND token = $4 AND version < $1",
            &[&version, &save, &lease.id, &lease.token],
        )?;
        if written == 1 {
            return Ok(());
        }
        let stored = self.transaction.query_opt(
            "SELECT version FROM quest_player WHERE id = $1 AND token = $2",
            &[&lease.id, &lease.token],
        )?;
        Err(stored.map_or_else(|| fenced(lease), |row| stale(lease, version, row.get(0))))
    }

    fn pay(&mut self, lease: &Lease, effect: &str) -> Result<bool, StoreError> {
        // The row is locked until the end, so that nobody takes the player meanwhile.
        let held = self.transaction.query_opt(
            "SELECT 1 FROM quest_player WHERE id = $1 AND token = $2 FOR UPDATE",
            &[&lease.id, &lease.token],
        )?;
        held.ok_or_else(|| fenced(lease))?;
        let paid = self.transaction.execute(
            "INSERT INTO quest_paid (player, effect) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            &[&lease.id, &effect],
        )?;
        Ok(paid == 1)
    }

    fn database(&mut self) -> &mut Self::Database {
        &mut self.transaction
    }
}

fn stale(lease: &Lease, version: i64, stored: i64) -> StoreError {
    let owner = lease.owner.clone();
    StoreError::Stale { owner, version: version.unsigned_abs(), stored: stored.unsigned_abs() }
}

impl Store for Postgres {
    type Transaction<'t> = PostgresTransaction<'t>;

    fn claim(&mut self, owner: &str, holder: &str, lasts: Duration) -> Result<Lease, StoreError> {
        let mut transaction = self.client.transaction()?;
        transaction.execute(
            "INSERT INTO quest_player (owner, token, until, version) VALUES ($1, 0, 0, 0) ON CONFLICT DO NOTHING",
            &[&owner],
        )?;
        let row = transaction.query_one(
            "SELECT id, token, holder, until FROM quest_player WHERE owner = $1 FOR UPDATE",
            &[&owner],
        )?;
        let now: i64 = transaction.query_one(NOW, &[])?.get(0);
        let (id, token): (i64, i64) = (row.get(0), row.get(1));
        let by: Option<String> = row.get(2);
        if let Some(by) = by.filter(|by| !is_free(Some(by), row.get(3), now, holder)) {
            return Err(StoreError::Held { owner: owner.to_owned(), holder: by });
        }
        let (token, until) = (token + 1, now.saturating_add(milliseconds(lasts)));
        transaction.execute(
            "UPDATE quest_player SET token = $1, holder = $2, until = $3 WHERE id = $4",
            &[&token, &holder, &until, &id],
        )?;
        transaction.commit()?;
        Ok(Lease { id, owner: owner.to_owned(), holder: holder.to_owned(), token })
    }

    fn renew(&mut self, lease: &Lease, lasts: Duration) -> Result<(), StoreError> {
        let renewed = self.client.execute(
            "UPDATE quest_player SET until = (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT + $1
             WHERE id = $2 AND token = $3",
            &[&milliseconds(lasts), &lease.id, &lease.token],
        )?;
        if renewed == 1 { Ok(()) } else { Err(fenced(lease)) }
    }

    fn release(&mut self, lease: Lease) -> Result<(), StoreError> {
        let released = self.client.execute(
            "UPDATE quest_player SET holder = NULL, until = 0, token = token + 1 WHERE id = $1 AND token = $2",
            &[&lease.id, &lease.token],
        )?;
        if released == 1 { Ok(()) } else { Err(fenced(&lease)) }
    }

    fn load(&mut self, lease: &Lease) -> Result<Option<Vec<u8>>, StoreError> {
        let row = self.client.query_opt(
            "SELECT save FROM quest_player WHERE id = $1 AND token = $2",
            &[&lease.id, &lease.token],
        )?;
        row.map(|row| row.get(0)).ok_or_else(|| fenced(lease))
    }

    fn each(&mut self, show: &mut dyn FnMut(&str, &[u8])) -> Result<u64, StoreError> {
        // One state of the database, page by page.
        let mut transaction = self
            .client
            .build_transaction()
            .isolation_level(postgres::IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()?;
        let (mut last, mut count) = (0_i64, 0);
        loop {
            let rows = transaction.query(
                "SELECT id, owner, save FROM quest_player WHERE id > $1 AND save IS NOT NULL ORDER BY id LIMIT $2",
                &[&last, &PAGE],
            )?;
            let Some(end) = rows.last() else { return Ok(count) };
            last = end.get(0);
            for row in &rows {
                show(row.get(1), row.get(2));
                count += 1;
            }
        }
    }

    fn transact<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut PostgresTransaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self.client.transaction().map_err(StoreError::from)?;
        let mut transaction = PostgresTransaction { transaction };
        let result = work(&mut transaction)?;
        transaction.transaction.commit().map_err(StoreError::from)?;
        Ok(result)
    }

    fn flush(&mut self, dirty: &[Dirty<'_>]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        let versions: Vec<_> = dirty.iter().map(|Dirty { lease, save }| version(lease, save)).collect();
        let good =
            || dirty.iter().zip(&versions).filter_map(|(of, version)| Some((of, *version.as_ref().ok()?)));
        let ids: Vec<i64> = good().map(|(of, _)| of.lease.id).collect();
        let tokens: Vec<i64> = good().map(|(of, _)| of.lease.token).collect();
        let numbers: Vec<i64> = good().map(|(_, version)| version).collect();
        let saves: Vec<&[u8]> = good().map(|(of, _)| of.save).collect();
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        if sorted.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
            return self.transact(|transaction| one_by_one(transaction, dirty));
        }
        let mut transaction = self.client.transaction()?;
        let locked = transaction.query(
            "SELECT id, token, version FROM quest_player WHERE id = ANY($1) ORDER BY id FOR UPDATE",
            &[&ids],
        )?;
        let stored = |id: i64| {
            let row =
                locked.binary_search_by_key(&id, |row| row.get(0)).ok().and_then(|at| locked.get(at))?;
            Some((row.get::<_, i64>(1), row.get::<_, i64>(2)))
        };
        transaction.execute(
            "UPDATE quest_player AS player SET version = new.version, save = new.save
             FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BYTEA[]) AS new (id, token, version, save)
             WHERE player.id = new.id AND player.token = new.token AND player.version < new.version",
            &[&ids, &tokens, &numbers, &saves],
        )?;
        transaction.commit()?;
        let result = |(of, version): (&Dirty<'_>, Result<i64, StoreError>)| {
            let version = version?;
            match stored(of.lease.id) {
                Some((token, stored)) if token == of.lease.token && stored < version => Ok(()),
                Some((token, stored)) if token == of.lease.token => Err(stale(of.lease, version, stored)),
                _ => Err(fenced(of.lease)),
            }
        };
        Ok(dirty.iter().zip(versions).map(result).collect())
    }
}
