//! Random quests, judged by brute force and by the compiler: the verdicts, the lengths of the shortest ways on which quests are
//! lost, and the endings must be the same, and the same as without reductions.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use proof::batch::{Batch, SETS, Tally};
use proof::judge;
use quest_compiler::analysis::{Proved, ProvedAs};
use std::path::Path;

/// Sets with more states than this are left out.
const MOST: usize = 1_500;

/// Compares what brute force and the compiler say of some batches, and of some of them what the compiler says without reductions.
fn compare(numbers: impl Iterator<Item = u64>, name: &str) -> Tally {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut tally = Tally::default();
    for number in numbers {
        let (all, more) = Batch::new(number, MOST).compare(&folder).unwrap();
        tally.add(more);
        // Without reductions it takes much longer.
        if number % 10 != 0 {
            continue;
        }
        for (said, all) in all.iter().flatten().zip(judge::judge_without_reductions(&folder).unwrap()) {
            let known = |proved: &Proved| proved.verdict != ProvedAs::NotProven;
            let shown = |proved: &Proved| (proved.verdict, proved.path.len(), proved.endings.clone());
            if known(&said.proved) && known(&all) {
                assert_eq!(shown(&said.proved), shown(&all), "{}", all.quest);
            }
        }
    }
    tally
}

#[test]
fn the_compiler_and_brute_force_agree() {
    const BATCHES: u64 = 10_000 / SETS as u64;
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let part = |thread: u64| {
            let numbers = (0..BATCHES).filter(move |number| number % threads == thread);
            move || compare(numbers, &format!("random-{thread}"))
        };
        let parts: Vec<_> = (0..threads).map(|thread| scope.spawn(part(thread))).collect();
        parts.into_iter().for_each(|part| tally.add(part.join().unwrap()));
    });
    println!("{tally}");
    assert_eq!(tally.different, [""; 0]);
    // Sets that are worth judging: no verdict is rare, and hardly anything is left out.
    for count in [tally.always, tally.lost, tally.never] {
        assert!(count > tally.quests() / 5, "{tally}");
    }
    assert!(tally.left_out < tally.sets / 10 && tally.unproven < tally.quests() / 100, "{tally}");
}
