//! What stores guarantee, in both databases: one owner, nothing lost, nothing paid twice.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]
#![cfg(unix)]

#[path = "support/database.rs"]
mod database;

use database::{Folder, Server};
use journal::quests::journal::{Effects, Player};
use quest_store::{Dirty, Lease, Postgres, Sqlite, Store, StoreError, Transaction};
use quest_types::journal::{Limits, SaveHead};
use rusqlite::Connection;
use saves::{Account, Bank, LEASE, earned, next_step, play};
use std::time::Duration;

/// A save of a player in bytes, of some version.
fn save(owner: &str, version: u64) -> Vec<u8> {
    let mut server = journal::server();
    let mut player = server.player(owner).unwrap();
    (1..version).for_each(|_| drop(player.save_bytes()));
    player.save_bytes()
}

fn write(store: &mut impl Store, lease: &Lease, save: &[u8]) -> Result<(), StoreError> {
    store.transact(|transaction| transaction.write(lease, save))
}

/// All that holds for each store. `open` opens the same database once more.
fn guarantees<S: Bank>(open: &dyn Fn() -> S) {
    one_owner(open);
    saves_rise(open);
    payments_are_made_once(open);
    nothing_stays_of_a_failure(open);
    batches(open);
    odd_names(open);
}

fn one_owner<S: Bank>(open: &dyn Fn() -> S) {
    let (mut ours, mut theirs) = (open(), open());
    let lease = ours.claim("kim", "first", LEASE).unwrap();
    assert_eq!((lease.owner(), lease.holder(), lease.token()), ("kim", "first", 1));
    let held = theirs.claim("kim", "second", LEASE).unwrap_err();
    assert!(
        matches!(&held, StoreError::Held { owner, holder } if owner == "kim" && holder == "first"),
        "{held}"
    );
    write(&mut ours, &lease, &save("kim", 1)).unwrap();
    // A lease that has ended is another's, and what had it cannot do anything any more.
    ours.renew(&lease, Duration::ZERO).unwrap();
    let taken = theirs.claim("kim", "second", LEASE).unwrap();
    assert_eq!(taken.token(), 2);
    let fenced = |result: Result<(), StoreError>| {
        assert!(matches!(result, Err(StoreError::Fenced { .. })), "{result:?}")
    };
    fenced(write(&mut ours, &lease, &save("kim", 2)));
    fenced(ours.renew(&lease, LEASE));
    fenced(ours.load(&lease).map(drop));
    fenced(ours.transact(|transaction| transaction.pay(&lease, "effect")).map(drop));
    let late = ours.flush(&[Dirty { lease: &lease, save: &save("kim", 3) }]).unwrap();
    late.into_iter().for_each(fenced);
    fenced(ours.release(lease));
    assert_eq!(theirs.load(&taken).unwrap(), Some(save("kim", 1)));
    write(&mut theirs, &taken, &save("kim", 2)).unwrap();
    // After a restart, the same server has the player at once, and what is left of the process before has nothing.
    let again = theirs.claim("kim", "second", LEASE).unwrap();
    fenced(write(&mut theirs, &taken, &save("kim", 3)));
    theirs.release(again).unwrap();
    let free = ours.claim("kim", "first", LEASE).unwrap();
    ours.release(free).unwrap();
}

fn saves_rise<S: Bank>(open: &dyn Fn() -> S) {
    let mut store = open();
    let lease = store.claim("rises", "first", LEASE).unwrap();
    assert_eq!(store.load(&lease).unwrap(), None);
    write(&mut store, &lease, &save("rises", 5)).unwrap();
    for version in [5, 4, 1] {
        let stale = write(&mut store, &lease, &save("rises", version)).unwrap_err();
        assert!(matches!(stale, StoreError::Stale { stored: 5, .. }), "{stale}");
    }
    let other = write(&mut store, &lease, &save("eve", 6)).unwrap_err();
    assert!(matches!(other, StoreError::Owner { .. }), "{other}");
    let mut cut = save("rises", 6);
    cut.pop();
    for no_save in [&cut[..], b"", b"null"] {
        assert!(matches!(write(&mut store, &lease, no_save), Err(StoreError::Save(_))));
    }
    assert_eq!(store.load(&lease).unwrap(), Some(save("rises", 5)));
    store.release(lease).unwrap();
}

fn payments_are_made_once<S: Bank>(open: &dyn Fn() -> S) {
    let mut store = open();
    let (one, other) =
        (store.claim("payee", "first", LEASE).unwrap(), store.claim("another", "first", LEASE).unwrap());
    let mut pay = |lease: &Lease, id: &str| store.transact(|transaction| transaction.pay(lease, id)).unwrap();
    assert!(pay(&one, "plain/1/reward/Gold coin 5"));
    assert!(!pay(&one, "plain/1/reward/Gold coin 5"));
    assert!(pay(&one, "plain/2/reward/Gold coin 5"));
    assert!(pay(&other, "plain/1/reward/Gold coin 5"));
}

/// The save, the payment and the game's own table change together or not at all.
fn nothing_stays_of_a_failure<S: Bank>(open: &dyn Fn() -> S) {
    let mut store = open();
    store.open_bank().unwrap();
    let lease = store.claim("fails", "first", LEASE).unwrap();
    let coins = Account { coins: 5, letters: 0 };
    let mut try_it = |fails: bool| {
        store.transact(|transaction| {
            transaction.write(&lease, &save("fails", 1))?;
            if transaction.pay(&lease, "effect")? {
                S::add(transaction, "fails", coins)?;
            }
            if fails { Err(StoreError::Busy) } else { Ok(()) }
        })
    };
    assert!(matches!(try_it(true), Err(StoreError::Busy)));
    try_it(false).unwrap();
    assert_eq!(store.account("fails").unwrap(), coins);
}

/// Of many players, those are written that can be, and each of the others is named.
fn batches<S: Bank>(open: &dyn Fn() -> S) {
    let (mut ours, mut theirs) = (open(), open());
    let owners: Vec<String> = (0..50).map(|number| format!("of-batch-{number}")).collect();
    let leases: Vec<Lease> = owners.iter().map(|owner| ours.claim(owner, "first", LEASE).unwrap()).collect();
    ours.renew(&leases[7], Duration::ZERO).unwrap();
    let taken = theirs.claim(&owners[7], "second", LEASE).unwrap();
    write(&mut ours, &leases[9], &save(&owners[9], 9)).unwrap();
    let mut saves: Vec<Vec<u8>> = owners.iter().map(|owner| save(owner, 3)).collect();
    saves[11] = save("eve", 3);
    saves[13].truncate(20);
    let mut dirty: Vec<Dirty<'_>> =
        leases.iter().zip(&saves).map(|(lease, save)| Dirty { lease, save }).collect();
    // Against the order of the database, and one of them twice.
    dirty.reverse();
    let twice = Dirty { lease: &leases[0], save: &saves[0] };
    for (dirty, more) in [(dirty.clone(), None), ([dirty, vec![twice]].concat(), Some(50))] {
        let results = ours.flush(&dirty).unwrap();
        for (at, result) in results.iter().enumerate() {
            let number = if Some(at) == more { 0 } else { 49 - at };
            let right = match (number, more) {
                (7, _) => matches!(result, Err(StoreError::Fenced { .. })),
                (9, _) => matches!(result, Err(StoreError::Stale { stored: 9, .. })),
                (11, _) => matches!(result, Err(StoreError::Owner { .. })),
                (13, _) => matches!(result, Err(StoreError::Save(_))),
                (_, None) => result.is_ok(),
                (_, Some(_)) => matches!(result, Err(StoreError::Stale { stored: 3, .. })),
            };
            assert!(right, "{number}: {result:?}");
        }
    }
    assert_eq!(theirs.load(&taken).unwrap(), None);
    assert_eq!(ours.load(&leases[8]).unwrap(), Some(saves[8].clone()));
}

/// Whatever a player is called, it is a name and no SQL.
fn odd_names<S: Bank>(open: &dyn Fn() -> S) {
    let mut store = open();
    for name in ["", "'; DROP TABLE quest_player; --", "\" OR 1=1", "%", "_", "é\u{1F409}", &"x".repeat(500)]
    {
        let lease = store.claim(name, "first; '", LEASE).unwrap();
        write(&mut store, &lease, &save(name, 1)).unwrap();
        assert_eq!(store.load(&lease).unwrap(), Some(save(name, 1)));
        assert!(store.transact(|transaction| transaction.pay(&lease, "'); --")).unwrap());
        assert!(!store.transact(|transaction| transaction.pay(&lease, "'); --")).unwrap());
        store.release(lease).unwrap();
    }
    let mut seen = 0;
    let shown = store.each(&mut |owner, save| {
        assert_eq!(SaveHead::read(save).unwrap().owner, owner);
        seen += 1;
    });
    assert_eq!(shown.unwrap(), seen);
    assert!(seen > 50);
}

#[test]
fn sqlite_keeps_what_it_promises() {
    let folder = Folder::new("promises");
    let file = folder.file("quests.db");
    guarantees(&|| Sqlite::open(&file).unwrap());
}

#[test]
fn postgres_keeps_what_it_promises() {
    let Some(server) = Server::start() else { return };
    let parameters = server.parameters();
    guarantees(&|| Postgres::connect(&parameters).unwrap());
}

/// A game over two sessions: what was kept goes on, and the account says the same as the quests.
#[test]
fn a_game_goes_on() {
    let mut store = Sqlite::in_memory().unwrap();
    let mut server = journal::server();
    for session in 0..3_u64 {
        let lease = store.claim("kim", "first", LEASE).unwrap();
        let (mut player, report): (Player, _) =
            quest_store::open(&mut store, &mut server, &lease, &Limits::default()).unwrap();
        assert!(!report.content_changed);
        assert_eq!(next_step(&player), session * 7);
        // A player is live once, also through a store.
        assert!(quest_store::open(&mut store, &mut server, &lease, &Limits::default()).is_err());
        for _ in 0..7 {
            play(&mut server, &mut player, &mut Effects::new()).unwrap();
        }
        write(&mut store, &lease, &player.save_bytes()).unwrap();
        store.release(lease).unwrap();
    }
    assert_eq!(earned(21), Account { coins: 15, letters: 6 });
}

#[test]
fn a_hundred_thousand_players_are_loaded() {
    let mut store = Sqlite::in_memory().unwrap();
    let owners: Vec<String> = (0..100_000).map(|number| format!("player-{number}")).collect();
    let mut server = journal::server();
    for owners in owners.chunks(10_000) {
        let leases: Vec<Lease> =
            owners.iter().map(|owner| store.claim(owner, "first", LEASE).unwrap()).collect();
        let save = |owner: &String| server.player(owner.as_str()).unwrap().save_bytes();
        let saves: Vec<Vec<u8>> = owners.iter().map(save).collect();
        let dirty: Vec<_> = leases.iter().zip(&saves).map(|(lease, save)| Dirty { lease, save }).collect();
        assert!(store.flush(&dirty).unwrap().iter().all(Result::is_ok));
    }
    let mut players: Vec<Player> = Vec::new();
    let count = store.each(&mut |owner, save| {
        players.push(server.restore_bytes(save, owner, 1, &Limits::default()).unwrap().0);
    });
    assert_eq!((count.unwrap(), players.len()), (100_000, 100_000));
    assert!(owners.iter().all(|owner| server.is_live(owner)));
}

/// Tables of an earlier version are brought up to date with what is in them, and those of a later one are left alone.
#[test]
fn tables_are_brought_up_to_date() {
    let folder = Folder::new("migrations");
    let file = folder.file("quests.db");
    let connection = Connection::open(&file).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE quest_schema (version INTEGER NOT NULL) STRICT;
             INSERT INTO quest_schema VALUES (1);
             CREATE TABLE quest_player (id INTEGER PRIMARY KEY, owner TEXT NOT NULL UNIQUE, token INTEGER NOT NULL,
                 holder TEXT, until INTEGER NOT NULL, version INTEGER NOT NULL, save BLOB) STRICT;",
        )
        .unwrap();
    let sql = "INSERT INTO quest_player (owner, token, until, version, save) VALUES ('kim', 4, 0, 2, ?1)";
    connection.execute(sql, [save("kim", 2)]).unwrap();
    let mut store = Sqlite::open(&file).unwrap();
    let lease = store.claim("kim", "first", LEASE).unwrap();
    assert_eq!((lease.token(), store.load(&lease).unwrap()), (5, Some(save("kim", 2))));
    assert!(store.transact(|transaction| transaction.pay(&lease, "effect")).unwrap());
    connection.execute("UPDATE quest_schema SET version = 99", []).unwrap();
    assert!(matches!(Sqlite::open(&file), Err(StoreError::Schema { found: 99, .. })));
}

/// Clocks that jump: forward, a lease ends early, and its server is fenced; back, nobody is locked out for ever.
#[test]
fn clocks_jump() {
    let folder = Folder::new("clocks");
    let file = folder.file("quests.db");
    let at = |now: fn() -> i64| Sqlite::open(&file).unwrap().with_clock(now);
    let mut usual = at(|| 1_000_000_000_000);
    let lease = usual.claim("kim", "first", LEASE).unwrap();
    assert!(matches!(at(|| 1_000_000_000_000).claim("kim", "second", LEASE), Err(StoreError::Held { .. })));
    let early = at(|| i64::MAX).claim("kim", "second", LEASE).unwrap();
    assert!(matches!(write(&mut usual, &lease, &save("kim", 1)), Err(StoreError::Fenced { .. })));
    let late = at(|| 0).claim("kim", "third", LEASE).unwrap();
    assert!(early.token() < late.token());
}

/// A database that is full, locked, gone, or none.
#[test]
fn broken_databases_are_errors() {
    let folder = Folder::new("broken");
    let file = folder.file("quests.db");
    let mut store = Sqlite::open(&file).unwrap();
    let lease = store.claim("kim", "first", LEASE).unwrap();
    // Full.
    store.connection().pragma_update(None, "max_page_count", 1).unwrap();
    let full = (1..2_000).find_map(|number| {
        let payment = store.transact(|transaction| transaction.pay(&lease, &format!("{number:0500}")));
        payment.err().map(|error| (number, error))
    });
    let (number, error) = full.expect("there is no room for so many");
    assert!(matches!(error, StoreError::Full), "{error}");
    store.connection().pragma_update(None, "max_page_count", 100_000).unwrap();
    // It was not paid, and can be now.
    assert!(store.transact(|transaction| transaction.pay(&lease, &format!("{number:0500}"))).unwrap());
    // Locked.
    let other = Connection::open(&file).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    store.connection().busy_timeout(Duration::from_millis(20)).unwrap();
    assert!(matches!(write(&mut store, &lease, &save("kim", 1)), Err(StoreError::Busy)));
    other.execute_batch("ROLLBACK").unwrap();
    write(&mut store, &lease, &save("kim", 1)).unwrap();
    // Gone, and none.
    assert!(matches!(Sqlite::open(folder.file("no/such/folder")), Err(StoreError::Unavailable(_))));
    std::fs::write(folder.file("text.db"), "not a database, but a text of some length, as it is").unwrap();
    assert!(matches!(Sqlite::open(folder.file("text.db")), Err(StoreError::Unavailable(_))));
}

/// A server that ends in the middle: the store says so, nothing is half done, and it goes on with the next server.
#[test]
fn a_database_server_that_ends_is_an_error() {
    let Some(mut server) = Server::start() else { return };
    let mut store = Postgres::connect(&server.parameters()).unwrap();
    let lease = store.claim("kim", "first", LEASE).unwrap();
    server.kill();
    let gone = write(&mut store, &lease, &save("kim", 1)).unwrap_err();
    assert!(matches!(gone, StoreError::Unavailable(_)), "{gone}");
    assert!(matches!(Postgres::connect(&server.parameters()), Err(StoreError::Unavailable(_))));
}
