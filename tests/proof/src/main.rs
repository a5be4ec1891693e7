//! Judges random sets of quests by brute force and by the compiler, and says where they differ.
//!
//! `cargo run --release -p proof -- --quests 1000000 [--seed 1]`

use proof::{brute, judge, model::Set, random};
use std::process::ExitCode;

/// Sets that are one content.
const BATCH: usize = 250;

/// Sets with more states than this are left out.
const MOST: usize = 4_000;

fn argument(name: &str, default: u64) -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn main() -> ExitCode {
    let (wanted, seed) = (argument("--quests", 10_000), argument("--seed", 1));
    let folder = std::env::temp_dir().join(format!("questc-proof-{}", std::process::id()));
    let (mut quests, mut different, mut unproven, mut lost, mut never) = (0, 0, 0, 0, 0);
    let mut rng = fastrand::Rng::with_seed(seed);
    while quests < wanted {
        let mut sets: Vec<(Set, brute::Judgement)> = Vec::new();
        while sets.len() < BATCH {
            let set = random::set(&mut rng);
            if let Some(judgement) = brute::judge(&set, MOST) {
                sets.push((set, judgement));
            }
        }
        let only: Vec<Set> = sets.iter().map(|(set, _)| set.clone()).collect();
        let all = match judge::judge(&only, &folder) {
            Ok(all) => all,
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        };
        for ((set, judgement), proved) in sets.iter().zip(&all) {
            for (at, one) in proved.iter().enumerate() {
                quests += 1;
                use quest_compiler::analysis::ProvedAs;
                unproven += u64::from(one.verdict == ProvedAs::NotProven);
                lost += u64::from(one.verdict == ProvedAs::CanBeLost);
                never += u64::from(one.verdict == ProvedAs::Never);
                if let Some(difference) = judge::difference(at, judgement, one) {
                    different += 1;
                    if different <= 5 {
                        println!("{difference}\n{}", serde_json::Value::from(proof::model::quests(set, "")));
                    }
                }
            }
        }
        println!(
            "{quests} quests: {different} different, {lost} can be lost, {never} never, {unproven} not proven"
        );
    }
    let _ = std::fs::remove_dir_all(folder);
    if different == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
