//! Random quests, judged by brute force and by the compiler: the verdicts, the lengths of the shortest ways on which quests are
//! lost, and the endings must be the same, and the same as without reductions.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use proof::{brute, judge, model::quests, random};
use quest_compiler::analysis::{Proved, ProvedAs};
use std::path::Path;

/// Without optimisation, a tenth of them takes as long.
const QUESTS: usize = if cfg!(debug_assertions) { 1_000 } else { 10_000 };

const BATCH: usize = 250;

/// Sets with more states than this are left out.
const MOST: usize = 1_500;

#[test]
fn the_compiler_and_brute_force_agree() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random");
    let mut rng = fastrand::Rng::with_seed(0x5eed);
    let (mut count, mut lost) = (0, 0);
    while count < QUESTS {
        let mut sets = Vec::new();
        let mut judgements = Vec::new();
        while sets.len() < BATCH {
            let set = random::set(&mut rng);
            if let Some(judgement) = brute::judge(&set, MOST) {
                sets.push(set);
                judgements.push(judgement);
            }
        }
        let all = judge::judge(&sets, &folder).unwrap();
        for (reduced, all) in all.iter().flatten().zip(judge::judge_without_reductions(&folder).unwrap()) {
            let known = |proved: &Proved| proved.verdict != ProvedAs::NotProven;
            let shown = |proved: &Proved| (proved.verdict, proved.path.len(), proved.endings.clone());
            if known(reduced) && known(&all) {
                assert_eq!(shown(reduced), shown(&all), "{}", all.quest);
            }
        }
        for ((judgement, set), proved) in judgements.iter().zip(&sets).zip(&all) {
            for (at, one) in proved.iter().enumerate() {
                count += 1;
                lost += usize::from(matches!(judgement.verdicts[at], brute::Verdict::Losable(_)));
                let difference = judge::difference(at, judgement, one);
                assert_eq!(difference, None, "{}", serde_json::Value::from(quests(set, "")));
            }
        }
    }
    // The quests are worth judging.
    assert!(lost > count / 10, "{lost} of {count}");
}
