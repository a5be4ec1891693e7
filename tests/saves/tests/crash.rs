//! Processes that are killed, and processes that race.
//!
//! `QUEST_STORE_KILLS=1000 cargo test -p saves --test crash` is a long run.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]
#![cfg(unix)]

#[path = "support/database.rs"]
mod database;

use database::{Folder, Server};
use quest_store::{Postgres, Sqlite};
use saves::{Bank, Keeper, earned, next_step};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// A random number below a bound.
fn random(below: u64) -> u64 {
    RandomState::new().build_hasher().finish() % below
}

struct Process {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(database: [&str; 2], owner: &str, holder: &str, how: &str, steps: u64) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_keeper"))
            .args(database)
            .args([owner, holder, how, &steps.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn line(&mut self) -> Option<String> {
        self.lines.next()?.ok()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Kills a server of one player again and again. Every step that it said to be kept is there, and everything is paid once.
fn killed(database: [&str; 2], kills: u64, mut look: impl FnMut() -> (u64, saves::Account)) {
    let (mut kept, mut said) = (0, 0);
    for kill in 0..kills {
        let how = if kill % 2 == 0 { "together" } else { "apart" };
        let mut process = Process::start(database, "kim", "server", how, u64::MAX);
        assert_eq!(process.line().as_deref(), Some("claimed"));
        for _ in 0..random(6) {
            kept = process.line().unwrap().parse().unwrap();
            said += 1;
        }
        sleep(Duration::from_micros(random(3_000)));
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        // What it said before it died counts as well.
        while let Some(line) = process.line() {
            kept = line.parse().unwrap();
            said += 1;
        }
        let (step, _) = look();
        // One more may be kept than was said.
        assert!((kept..=kept + 1).contains(&step), "after {kill} kills: {kept} kept, {step} there");
        kept = step;
    }
    // What was paid and not yet kept is played once more, and not paid once more.
    let mut process = Process::start(database, "kim", "server", "together", 12);
    while process.line().is_some() {}
    let (step, account) = look();
    assert_eq!(step, kept + 12);
    assert_eq!(account, earned(step));
    println!("{kills} kills, {said} steps said to be kept, {step} there, paid: {account:?}");
}

fn kills() -> u64 {
    std::env::var("QUEST_STORE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(200)
}

fn look<B: Bank>(store: B) -> (u64, saves::Account) {
    let mut keeper = Keeper::claim(store, "kim", "server").unwrap();
    (next_step(&keeper.player), keeper.store.account("kim").unwrap())
}

#[test]
fn sqlite_outlives_kills() {
    let folder = Folder::new("kills");
    let file = folder.file("quests.db");
    killed(["sqlite", &file], kills(), || look(Sqlite::open(&file).unwrap()));
}

#[test]
fn postgres_outlives_kills() {
    let Some(server) = Server::start() else { return };
    let parameters = server.parameters();
    killed(["postgres", &parameters], kills(), || look(Postgres::connect(&parameters).unwrap()));
}

/// Processes claim one player at once: one has the player, the others are told who.
fn race(database: [&str; 2]) {
    for round in 0..20 {
        let owner = format!("player-{round}");
        let mut processes: Vec<Process> = ["first", "second", "third"]
            .map(|holder| Process::start(database, &owner, holder, "together", 0))
            .into();
        let lines: Vec<String> = processes.iter_mut().map(|process| process.line().unwrap()).collect();
        let won = lines.iter().filter(|line| *line == "claimed").count();
        let refused =
            lines.iter().filter(|line| line.starts_with("refused: `") && line.contains("holds")).count();
        assert_eq!((won, refused), (1, 2), "{lines:?}");
    }
}

#[test]
fn one_process_has_a_player_in_sqlite() {
    let folder = Folder::new("race");
    let file = folder.file("quests.db");
    // The tables are made by whoever comes first, too.
    race(["sqlite", &file]);
}

#[test]
fn one_process_has_a_player_in_postgres() {
    let Some(server) = Server::start() else { return };
    race(["postgres", &server.parameters()]);
}
