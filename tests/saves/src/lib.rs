//! A game that keeps its players in a store: what the tests play, kill and start again.
#![forbid(unsafe_code)]

use journal::quests::journal::{Effect, Effects, Player, QuestEvent, QuestServer};
use journal::world::KnownFacts;
use journal::{enemy, npc, objective, quest, stage};
use quest_store::{
    Lease, Postgres, PostgresTransaction, Sqlite, SqliteTransaction, Store, StoreError, Transaction,
};
use quest_types::journal::{Lifecycle, Limits};
use std::error::Error;
use std::time::Duration;

/// How long a player is held.
pub const LEASE: Duration = Duration::from_secs(60);

/// Steps until the quest is turned in and can be begun again.
pub const ROUND: u64 = 6;

/// What the game keeps beside quests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// What rewards have paid.
    pub coins: i64,
    /// What actions have told.
    pub letters: i64,
}

/// A store with a table of the game.
pub trait Bank: Store {
    /// Makes the table, if there is none.
    ///
    /// # Errors
    ///
    /// The database fails.
    fn open_bank(&mut self) -> Result<(), StoreError>;

    /// Adds to an account.
    ///
    /// # Errors
    ///
    /// The database fails.
    fn add(transaction: &mut Self::Transaction<'_>, owner: &str, what: Account) -> Result<(), StoreError>;

    /// What is in an account.
    ///
    /// # Errors
    ///
    /// The database fails.
    fn account(&mut self, owner: &str) -> Result<Account, StoreError>;
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS account (owner TEXT PRIMARY KEY, coins BIGINT NOT NULL, letters BIGINT NOT NULL)";

impl Bank for Sqlite {
    fn open_bank(&mut self) -> Result<(), StoreError> {
        self.connection().execute(TABLE, [])?;
        Ok(())
    }

    fn add(transaction: &mut SqliteTransaction<'_>, owner: &str, what: Account) -> Result<(), StoreError> {
        transaction.database().execute(
            "INSERT INTO account VALUES (?1, ?2, ?3)
             ON CONFLICT (owner) DO UPDATE SET coins = coins + ?2, letters = letters + ?3",
            rusqlite::params![owner, what.coins, what.letters],
        )?;
        Ok(())
    }

    fn account(&mut self, owner: &str) -> Result<Account, StoreError> {
        let mut query = self.connection().prepare("SELECT coins, letters FROM account WHERE owner = ?1")?;
        let mut rows = query.query([owner])?;
        Ok(match rows.next()? {
            Some(row) => Account { coins: row.get(0)?, letters: row.get(1)? },
            None => Account::default(),
        })
    }
}

impl Bank for Postgres {
    fn open_bank(&mut self) -> Result<(), StoreError> {
        // Of several who make a table at once, PostgreSQL refuses all but one.
        Ok(self
            .client()
            .batch_execute(&format!("BEGIN; SELECT pg_advisory_xact_lock(1); {TABLE}; COMMIT"))?)
    }

    fn add(transaction: &mut PostgresTransaction<'_>, owner: &str, what: Account) -> Result<(), StoreError> {
        transaction.database().execute(
            "INSERT INTO account VALUES ($1, $2, $3) ON CONFLICT (owner)
             DO UPDATE SET coins = account.coins + $2, letters = account.letters + $3",
            &[&owner, &what.coins, &what.letters],
        )?;
        Ok(())
    }

    fn account(&mut self, owner: &str) -> Result<Account, StoreError> {
        let row =
            self.client().query_opt("SELECT coins, letters FROM account WHERE owner = $1", &[&owner])?;
        Ok(row.map_or_else(Account::default, |row| Account { coins: row.get(0), letters: row.get(1) }))
    }
}

/// The step that a player takes next, of all since the first.
#[must_use]
pub fn next_step(player: &Player) -> u64 {
    let plain = quest!("plain");
    let within = match player.lifecycle(plain, &KnownFacts::default()) {
        Lifecycle::Active if player.stage(plain) == Some(stage!("plain:two")) => 4,
        Lifecycle::Active => 1 + u64::from(player.progress(objective!("plain:one:wolves")).0),
        Lifecycle::Complete => 5,
        _ => 0,
    };
    u64::from(player.times_turned_in(plain)) * ROUND + within
}

/// What must have been paid when a player takes a step next.
#[must_use]
pub fn earned(step: u64) -> Account {
    let rounds = (step / ROUND) as i64;
    let told = rounds + i64::from(step % ROUND > 3);
    Account { coins: 5 * rounds, letters: 2 * told }
}

/// Plays one step.
///
/// # Errors
///
/// The journal refuses it, which it never should.
pub fn play(
    server: &mut QuestServer,
    player: &mut Player,
    effects: &mut Effects,
) -> Result<(), Box<dyn Error>> {
    let step = next_step(player) % ROUND;
    let (world, facts) = (server.world("world"), KnownFacts::default());
    let mut attachment = server.session(player).attach(&world);
    let tick = server.tick();
    let mut quests = attachment.tick(&tick, &facts)?;
    match step {
        0 => quests.start(quest!("plain"), effects)?,
        1..=3 => quests.notify(QuestEvent::Kill(enemy!("wolf")), effects)?,
        4 => quests.notify(QuestEvent::Talk(npc!("elder")), effects)?,
        _ => quests.turn_in(quest!("plain"), None, |_| true, effects)?,
    }
    Ok(())
}

/// Pays what effects say, each once.
fn pay<B: Bank>(
    transaction: &mut B::Transaction<'_>,
    lease: &Lease,
    effects: &Effects,
) -> Result<(), Box<dyn Error>> {
    for (effect, id) in effects.with_ids() {
        let Some(id) = id else { continue };
        let what = match effect {
            Effect::Reward(reward) => Account { coins: reward.amount().unwrap_or(1), ..Account::default() },
            _ => Account { letters: 1, ..Account::default() },
        };
        if transaction.pay(lease, &id.to_string())? {
            B::add(transaction, lease.owner(), what)?;
        }
    }
    Ok(())
}

/// A player that is held and played.
#[derive(Debug)]
pub struct Keeper<B> {
    /// Where the player is kept.
    pub store: B,
    /// The server.
    pub server: QuestServer,
    /// The lease.
    pub lease: Lease,
    /// The player.
    pub player: Player,
}

impl<B: Bank> Keeper<B> {
    /// Claims a player and loads the quests.
    ///
    /// # Errors
    ///
    /// Another server holds the player, or the database fails.
    pub fn claim(mut store: B, owner: &str, holder: &str) -> Result<Self, Box<dyn Error>> {
        store.open_bank()?;
        let mut server = journal::server();
        let lease = store.claim(owner, holder, LEASE)?;
        let (player, _) = quest_store::open(&mut store, &mut server, &lease, &Limits::default())?;
        Ok(Self { store, server, lease, player })
    }

    /// Plays a step, and keeps what has become of it: in one transaction, or first what it pays and then the quests, as a game
    /// does whose purse is in another database.
    ///
    /// # Errors
    ///
    /// The lease is lost, or the database fails.
    pub fn step(&mut self, together: bool) -> Result<u64, Box<dyn Error>> {
        let mut effects = Effects::new();
        play(&mut self.server, &mut self.player, &mut effects)?;
        let save = self.player.save_bytes();
        let lease = &self.lease;
        if together {
            self.store.transact(|transaction| {
                transaction.write(lease, &save)?;
                pay::<B>(transaction, lease, &effects)
            })?;
        } else {
            self.store.transact(|transaction| pay::<B>(transaction, lease, &effects))?;
            self.store.transact(|transaction| transaction.write(lease, &save))?;
        }
        Ok(next_step(&self.player))
    }
}
