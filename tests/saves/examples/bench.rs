//! How fast saves are: ratios within one run, printed as the tables of `docs/BENCHMARKS.md`.
//!
//! `cargo run --release -p saves --example bench`. `QUEST_STORE_POSTGRES` names a database to measure as well, such as
//! `host=127.0.0.1 user=game dbname=postgres`; it should be empty.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a broken benchmark may stop")]

use journal::quests::Quest;
use journal::quests::journal::{Effects, Player, QuestEvent};
use journal::world::{Known, KnownFacts};
use journal::{enemy, item};
use quest_store::{Dirty, Lease, Postgres, Sqlite, Store};
use quest_types::journal::{Limits, Save, delta};
use std::hint::black_box;
use std::time::{Duration, Instant};

const PLAYERS: usize = 10_000;
const QUESTS: usize = 14;
const ROUNDS: usize = 7;

/// The best of several rounds, in seconds.
fn best(mut work: impl FnMut()) -> f64 {
    let round = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..ROUNDS).map(round).fold(f64::MAX, f64::min)
}

/// A player of a server of their own, so that ten thousand can have one name.
fn player(owner: &str) -> Player {
    let mut server = journal::server();
    let world = server.world("ironhold");
    let mut player = server.player(owner).unwrap();
    let mut facts = KnownFacts::default();
    ["ability:hacking", "flag:ready"].into_iter().for_each(|fact| facts.set(fact, Known::Is(true)));
    facts.set("level", Known::Number(50));
    let mut effects = Effects::new();
    {
        let mut attachment = server.session(&mut player).attach(&world);
        let tick = server.tick();
        for quest in Quest::all() {
            if attachment.player().active().count() < QUESTS {
                let _ = attachment.tick(&tick, &facts).unwrap().start(quest.id(), &mut effects);
            }
        }
        for event in [QuestEvent::Kill(enemy!("wolf")), QuestEvent::Collect(item!("herb"))] {
            attachment.tick(&tick, &facts).unwrap().notify(event, &mut effects).unwrap();
        }
    }
    effects.clear();
    player
}

fn saves() {
    let mut kim = player("kim");
    let quests = kim.active().count();
    let (limits, bytes) = (Limits::default(), kim.save_bytes());
    let save = Save::from_bytes(&bytes).unwrap();
    let json = serde_json::to_vec(&save).unwrap();
    let each = |mut work: Box<dyn FnMut() + '_>| best(|| (0..PLAYERS).for_each(|_| work()));

    let text = each(Box::new(|| {
        let written = serde_json::to_vec(black_box(&save)).unwrap();
        black_box(serde_json::from_slice::<Save>(&written).unwrap());
    }));
    let mut of_json = player("kim");
    let whole = each(Box::new(|| {
        let written = serde_json::to_vec(&of_json.save()).unwrap();
        let save: Save = serde_json::from_slice(&written).unwrap();
        black_box(journal::server().restore(&save, "kim", 0, &limits).unwrap());
    }));
    let mut of_bytes = player("kim");
    let compact = each(Box::new(|| {
        let written = of_bytes.save_bytes();
        black_box(journal::server().restore_bytes(black_box(&written), "kim", 0, &limits).unwrap());
    }));
    println!("| {PLAYERS} players with {quests} quests | ms | bytes a save |\n|---|---|---|");
    println!("| JSON alone: a `Save` written and read | {:.1} | {} |", text * 1e3, json.len());
    println!("| saved and restored through JSON | {:.1} | {} |", whole * 1e3, json.len());
    println!("| saved and restored in bytes | {:.1} | {} |", compact * 1e3, bytes.len());
    println!(
        "| ratio | {:.1} × as fast as JSON alone, {:.1} × as all of it | {:.2} |",
        text / compact,
        whole / compact,
        bytes.len() as f64 / json.len() as f64
    );

    let mut server = journal::server();
    let (mut kim, _) = server.restore_bytes(&bytes, "kim", 0, &limits).unwrap();
    let world = server.world("ironhold");
    let base = kim.save_bytes();
    {
        let mut attachment = server.session(&mut kim).attach(&world);
        let tick = server.tick();
        let wolf = QuestEvent::Kill(enemy!("wolf"));
        attachment.tick(&tick, &KnownFacts::default()).unwrap().notify(wolf, &mut Effects::new()).unwrap();
    }
    let changes = delta(&base, &kim.save_bytes()).unwrap();
    println!(
        "\n| a delta after one event | {} bytes | {:.1} % of the compact save, {:.1} % of JSON |",
        changes.len(),
        100.0 * changes.len() as f64 / base.len() as f64,
        100.0 * changes.len() as f64 / json.len() as f64
    );
}

/// Saves of all players, each newer than those before.
struct Flush {
    players: Vec<Player>,
    leases: Vec<Lease>,
}

impl Flush {
    fn new(store: &mut impl Store) -> Self {
        let owners: Vec<String> = (0..PLAYERS).map(|number| format!("player-{number}")).collect();
        let lasts = Duration::from_secs(3_600);
        Self {
            players: owners.iter().map(|owner| player(owner)).collect(),
            leases: owners.iter().map(|owner| store.claim(owner, "bench", lasts).unwrap()).collect(),
        }
    }

    fn saves(&mut self) -> Vec<Vec<u8>> {
        self.players.iter_mut().map(Player::save_bytes).collect()
    }

    /// Rows per second: of flushes, and of a bare loop that inserts the same bytes.
    fn measure(&mut self, store: &mut impl Store, bare: &mut dyn FnMut(&[Vec<u8>])) -> (f64, f64) {
        let (mut flush, mut loops) = (f64::MAX, f64::MAX);
        for _ in 0..ROUNDS {
            let saves = self.saves();
            let dirty: Vec<Dirty<'_>> =
                self.leases.iter().zip(&saves).map(|(lease, save)| Dirty { lease, save }).collect();
            let start = Instant::now();
            assert!(store.flush(&dirty).unwrap().iter().all(Result::is_ok));
            flush = flush.min(start.elapsed().as_secs_f64());
            let start = Instant::now();
            bare(&saves);
            loops = loops.min(start.elapsed().as_secs_f64());
        }
        (PLAYERS as f64 / flush, PLAYERS as f64 / loops)
    }
}

fn row(name: &str, (flush, bare): (f64, f64)) {
    println!("| {name} | {flush:.0} | {bare:.0} | {:.2} |", flush / bare);
}

fn sqlite() {
    let folder = std::env::temp_dir().join(format!("quest-store-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut store = Sqlite::open(folder.join("quests.db")).unwrap();
    let mut other = rusqlite::Connection::open(folder.join("bare.db")).unwrap();
    other.pragma_update(None, "journal_mode", "WAL").unwrap();
    other.pragma_update(None, "synchronous", "FULL").unwrap();
    other
        .execute_batch("CREATE TABLE bare (id INTEGER PRIMARY KEY, version INTEGER, save BLOB) STRICT")
        .unwrap();
    let mut flush = Flush::new(&mut store);
    let mut version = 0_i64;
    let measured = flush.measure(&mut store, &mut |saves| {
        version += 1;
        let transaction = other.transaction().unwrap();
        {
            let mut insert =
                transaction.prepare_cached("INSERT INTO bare (version, save) VALUES (?1, ?2)").unwrap();
            for save in saves {
                insert.execute(rusqlite::params![version, save]).unwrap();
            }
        }
        transaction.commit().unwrap();
    });
    row("SQLite", measured);
    let _ = std::fs::remove_dir_all(folder);
}

fn postgres(parameters: &str) {
    let mut store = Postgres::connect(parameters).unwrap();
    let mut other = postgres::Client::connect(parameters, postgres::NoTls).unwrap();
    other.batch_execute("CREATE TABLE bare (id BIGSERIAL PRIMARY KEY, version BIGINT, save BYTEA)").unwrap();
    let mut flush = Flush::new(&mut store);
    let mut version = 0_i64;
    let measured = flush.measure(&mut store, &mut |saves| {
        version += 1;
        let mut transaction = other.transaction().unwrap();
        let insert = transaction.prepare("INSERT INTO bare (version, save) VALUES ($1, $2)").unwrap();
        for save in saves {
            transaction.execute(&insert, &[&version, save]).unwrap();
        }
        transaction.commit().unwrap();
    });
    row("PostgreSQL", measured);
}

fn main() {
    saves();
    println!(
        "\n| {PLAYERS} dirty players | flushed, rows/s | bare prepared inserts, rows/s | ratio |\n|---|---|---|---|"
    );
    sqlite();
    match std::env::var("QUEST_STORE_POSTGRES") {
        Ok(parameters) => postgres(&parameters),
        Err(_) => eprintln!("QUEST_STORE_POSTGRES names no database: PostgreSQL is not measured"),
    }
}
