//! How many states the proof looks at in a second: a stage with 20 independent objectives has 2^20, if none are left out.
//!
//! `cargo run --release -p proof --example states [OBJECTIVES]`
//!
//! The time is compared with that of a walk over the same states in a hash set of the standard library, in which a move sets a
//! bit.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use proof::judge::write_quests;
use quest_compiler::analysis::ProvedAs;
use quest_compiler::driver::{Inspection, Request, inspect};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The words of a state: a quest, its stage, a counter for each objective, the turns and the branches that were taken.
const MORE_WORDS: usize = 4;

/// A quest with so many objectives. Each waits for its own enemy while a flag of its own is set.
fn quest(objectives: usize) -> Value {
    let all: Vec<Value> = (0..objectives)
        .map(|at| {
            json!({
                "id": format!("o{at}"), "type": "Kill", "target": format!("e{at}"), "description": "Do the thing.",
                "conditions": [{ "type": "CustomFlag", "target": format!("f{at}"), "value": true }]
            })
        })
        .collect();
    json!({
        "id": "q", "name": "Quest", "description": "A quest for tests.", "category": "SideQuest",
        "stages": [{ "id": "s", "name": "Stage", "description": "A stage.", "objectives": all }]
    })
}

/// A walk over all subsets of so many bits.
fn walk(objectives: usize) -> Duration {
    let started = Instant::now();
    let words = objectives + MORE_WORDS;
    let mut known: HashSet<Box<[u32]>> = HashSet::new();
    let first = vec![0; words].into_boxed_slice();
    known.insert(first.clone());
    let mut open = vec![first];
    while let Some(state) = open.pop() {
        for at in 0..objectives {
            if state[at] == 0 {
                let mut next = state.clone();
                next[at] = 1;
                if known.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
    }
    black_box(known.len());
    started.elapsed()
}

fn main() -> ExitCode {
    let objectives = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(20);
    let folder = std::env::temp_dir().join(format!("questc-states-{}", std::process::id()));
    let manifest = write_quests(&[quest(objectives)], &folder).and_then(|path| {
        let text = std::fs::read_to_string(&path)?;
        std::fs::write(&path, format!("{text}[proof]\nstates = {}\n", (1_u64 << objectives) * 2))?;
        Ok(path)
    });
    let Ok(manifest) = manifest else { return ExitCode::FAILURE };
    let (mut all, mut reduced) = (None, Duration::ZERO);
    let look = &mut |inspection: &Inspection<'_, '_>| {
        let Some(prover) = inspection.prover else { return };
        let started = Instant::now();
        black_box(prover.proved_apart());
        reduced = started.elapsed();
        let started = Instant::now();
        let proved = prover.proved_without_reductions();
        all = proved.map(|proved| (proved, started.elapsed()));
    };
    let report = inspect(&Request::check(&manifest), &mut |_| {}, look);
    let _ = std::fs::remove_dir_all(folder);
    let Some((proved, all)) = all else {
        eprintln!("{}", report.human(false).join("\n"));
        return ExitCode::FAILURE;
    };
    let is_proven = proved.iter().all(|proved| proved.verdict == ProvedAs::Always);
    let (states, walked) = ((1_u64 << objectives) as f64, walk(objectives));
    println!(
        "{states} states, {}: {:.2} s, {:.0} states a second; in a hash set {:.2} s, so {:.1} times as long; with reductions {:.3} ms",
        if is_proven { "proven" } else { "not proven" },
        all.as_secs_f64(),
        states / all.as_secs_f64(),
        walked.as_secs_f64(),
        all.as_secs_f64() / walked.as_secs_f64(),
        1000.0 * reduced.as_secs_f64(),
    );
    ExitCode::SUCCESS
}
