//! Judges random sets of quests by brute force and by the compiler, and says where they differ.
//!
//! `cargo run --release -p proof -- --sets 1000000 [--from BATCH] [--jobs N]`
//!
//! Batches are numbered, and a number always gives the same sets. After each shard of batches it is said with which `--from` a
//! run that was stopped goes on. A shard is a process of its own: the compiler keeps the programs that it plays in memory until it
//! ends.

use proof::batch::{Batch, SETS, Tally};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};

/// The batches of a process.
const SHARD: u64 = 40;

/// Sets with more states than this are left out.
const MOST: usize = 4_000;

fn argument(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).and_then(|value| value.parse().ok())
}

fn main() -> ExitCode {
    match (argument("--shard"), argument("--batches")) {
        (Some(first), Some(count)) => shard(first, count),
        _ => all(),
    }
}

/// Judges some batches; the last line that is printed is the tally.
fn shard(first: u64, count: u64) -> ExitCode {
    let folder = std::env::temp_dir().join(format!("questc-proof-{}", std::process::id()));
    let mut tally = Tally::default();
    for number in first..first + count {
        match Batch::new(number, MOST).compare(&folder) {
            Ok((_, more)) => tally.add(more),
            Err(error) => {
                eprintln!("batch {number}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    let _ = std::fs::remove_dir_all(folder);
    println!("{}", tally.line());
    ExitCode::SUCCESS
}

/// Runs a shard in a process of its own.
fn run_shard(first: u64, count: u64) -> Option<Tally> {
    let program = std::env::current_exe().ok()?;
    let numbers = ["--shard", &first.to_string(), "--batches", &count.to_string()].map(str::to_owned);
    let output = Command::new(program).args(numbers).output().ok()?;
    if !output.status.success() {
        eprintln!("batches {first} to {}: {}", first + count - 1, String::from_utf8_lossy(&output.stderr));
        return None;
    }
    Tally::read(String::from_utf8_lossy(&output.stdout).lines().last()?)
}

/// Judges all batches, in as many processes at a time as there are processors.
fn all() -> ExitCode {
    let from = argument("--from").unwrap_or(0);
    let end = argument("--sets").unwrap_or(10_000).div_ceil(SETS as u64).max(from);
    let processors = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let next = Mutex::new(from);
    let (sender, results) = channel();
    std::thread::scope(|scope| {
        for _ in 0..argument("--jobs").unwrap_or(processors).max(1) {
            let (next, sender) = (&next, sender.clone());
            scope.spawn(move || work(next, end, &sender));
        }
        drop(sender);
        let (mut tally, mut finished, mut failed) = (Tally::default(), Vec::new(), false);
        for (first, result) in results {
            let Some(more) = result else {
                // No other shard is begun.
                failed = true;
                next.lock().iter_mut().for_each(|next| **next = end);
                continue;
            };
            more.different.iter().for_each(|difference| println!("{difference}"));
            tally.add(more);
            finished.push(first);
            let mut goes_on = from;
            while finished.contains(&goes_on) {
                goes_on += SHARD;
            }
            println!("{tally} (--from {})", goes_on.min(end));
        }
        if failed || !tally.different.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    })
}

fn work(next: &Mutex<u64>, end: u64, sender: &Sender<(u64, Option<Tally>)>) {
    loop {
        let first = {
            let Ok(mut next) = next.lock() else { return };
            let first = *next;
            *next = (first + SHARD).min(end);
            first
        };
        if first >= end || sender.send((first, run_shard(first, SHARD.min(end - first)))).is_err() {
            return;
        }
    }
}
