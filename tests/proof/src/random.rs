//! Random sets of quests with everything that can be said of quests in them.
//!
//! Most of what is made at random can never be finished. So ways lead on more often than back, and quests rather ask for those
//! before them: of each verdict there are about as many.

use crate::model::{
    Branch, Change, Condition, Failure, Objective, Prerequisite, Quest, Set, Stage, Topic, Trigger, Wanted,
};
use fastrand::Rng;

/// A set: a single quest with much in it, or several with little in each.
pub fn set(rng: &mut Rng) -> Set {
    let size = match rng.u8(..3) {
        0 => small(rng),
        1 => Size { topics: 1, quests: 1, stages: 4, objectives: 4, count: 2 },
        _ => Size { topics: 1 + rng.usize(..2), quests: 1, stages: 3, objectives: 3, count: 3 },
    };
    Set { quests: (0..size.quests).map(|at| quest(rng, at, &size)).collect() }
}

struct Size {
    /// Of each sort of facts there are so many.
    topics: usize,
    quests: usize,
    stages: usize,
    objectives: usize,
    count: u32,
}

fn small(rng: &mut Rng) -> Size {
    match rng.usize(2..=6) {
        2 => Size { topics: 2, quests: 2, stages: 2, objectives: 2, count: 1 },
        quests => Size {
            topics: 1 + rng.usize(..2),
            quests,
            stages: if quests == 3 { 2 } else { 1 },
            objectives: 1,
            count: 1,
        },
    }
}

fn quest(rng: &mut Rng, at: usize, size: &Size) -> Quest {
    let alone = size.quests == 1;
    let count = rng.usize(1..=size.stages);
    let stages: Vec<Stage> = (0..count).map(|at| stage(rng, at, count, size)).collect();
    let most = if alone { 4 } else { 2 };
    let branches = (0..rng.usize(..most)).filter_map(|_| branch(rng, &stages, alone, size.topics)).collect();
    let one_in = |rng: &mut Rng, n: u8| rng.u8(..n) == 0;
    let failures = [Failure::Death, Failure::Npc(rng.usize(..2)), Failure::Time];
    let failures = failures.into_iter().filter(|_| one_in(rng, if alone { 5 } else { 6 })).collect();
    let limit = (alone && one_in(rng, 3)).then(|| rng.u32(1..=3)).or_else(|| one_in(rng, 12).then_some(1));
    let consequences = (0..rng.usize(..3)).map(|_| consequence(rng, size.quests)).collect();
    let prerequisites = match size.quests {
        1 if one_in(rng, 6) => vec![prerequisite(rng, at, 1)],
        1 => Vec::new(),
        quests => (0..rng.usize(..3)).map(|_| prerequisite(rng, at, quests)).collect(),
    };
    Quest {
        stages,
        branches,
        failures,
        consequences,
        limit,
        repeatable: one_in(rng, 8),
        prerequisites,
        rewards: rewards(rng, alone),
    }
}

fn rewards(rng: &mut Rng, alone: bool) -> Vec<(Change, bool)> {
    match rng.u8(..if alone { 20 } else { 6 }) {
        0 => vec![(Change::Flag(rng.usize(..2), true), false)],
        1 => vec![(Change::Give(rng.usize(..2), rng.u32(1..=2)), false)],
        2 => vec![(Change::Give(0, 1), true), (Change::Give(1, 1), true)],
        _ => Vec::new(),
    }
}

fn consequence(rng: &mut Rng, quests: usize) -> Change {
    match rng.u8(..4) {
        0 => Change::Flag(rng.usize(..2), true),
        1 => Change::Lose(rng.usize(..2)),
        _ => Change::Lock(rng.usize(..quests)),
    }
}

fn prerequisite(rng: &mut Rng, own: usize, quests: usize) -> Prerequisite {
    let has = rng.u8(..3) > 0;
    // What asks for those behind it is often a circle.
    let others = if own > 0 && rng.u8(..6) > 0 { own } else { quests };
    let other = rng.usize(..others);
    match rng.u8(..10) {
        0..=3 if other != own => Prerequisite::Complete(other, has),
        4 if other != own => Prerequisite::Active(other, has),
        5 => Prerequisite::LevelAbove(rng.i64(1..=3)),
        6 => Prerequisite::LevelBelow(rng.i64(2..=4)),
        7 => Prerequisite::Item(rng.usize(..2), rng.i64(1..=2), has),
        8 => Prerequisite::Class(rng.usize(..2), has),
        _ => Prerequisite::Flag(rng.usize(..2), has),
    }
}

fn stage(rng: &mut Rng, at: usize, count: usize, size: &Size) -> Stage {
    let objectives = rng.usize(1..=size.objectives);
    let next = match rng.u8(..14) {
        0 => Some(rng.usize(..count)).filter(|next| *next != at),
        1 => None,
        _ => Some(at + 1).filter(|next| *next < count),
    };
    let actions = match rng.u8(..if size.quests == 1 { 16 } else { 6 }) {
        0 => vec![Change::Flag(rng.usize(..2), rng.bool())],
        1 => vec![Change::Give(rng.usize(..2), 1)],
        _ => Vec::new(),
    };
    let objectives = (0..objectives).map(|own| objective(rng, own, objectives, size)).collect();
    Stage { objectives, next, optional: rng.u8(..8) == 0, actions }
}

fn objective(rng: &mut Rng, own: usize, count: usize, size: &Size) -> Objective {
    let others: Vec<usize> = (0..count).filter(|other| *other != own).collect();
    let modular = !others.is_empty() && rng.u8(..5) == 0;
    let lists = if modular { 1 + usize::from(rng.u8(..4) == 0) } else { 0 };
    let list = |rng: &mut Rng| -> Vec<usize> {
        if rng.u8(..40) == 0 {
            return Vec::new();
        }
        let first = others[rng.usize(..others.len())];
        let more = others.iter().copied().filter(|other| *other != first && rng.bool());
        let mut list: Vec<usize> = std::iter::once(first).chain(more.collect::<Vec<_>>()).collect();
        list.sort_unstable();
        list
    };
    let any = (0..lists).map(|_| list(rng)).collect();
    let conditions = match rng.u8(..10) {
        0 | 1 => vec![condition(rng, true, size.topics)],
        2 => vec![condition(rng, true, size.topics), condition(rng, true, size.topics)],
        _ => Vec::new(),
    };
    Objective {
        // Two objectives can wait for the same.
        enemy: if rng.u8(..3) == 0 { rng.usize(..2) } else { 2 + own },
        count: rng.u32(1..=size.count),
        optional: rng.u8(..4) == 0,
        place: (rng.u8(..10) == 0).then(|| rng.usize(..2)),
        any,
        conditions,
    }
}

fn condition(rng: &mut Rng, of_objective: bool, topics: usize) -> Condition {
    let number = rng.usize(..topics);
    let (topic, wanted): (fn(usize) -> Topic, Wanted) = match rng.u8(..6) {
        0 if of_objective => (Topic::Place, Wanted::Is(rng.u8(..4) > 0)),
        0 => (Topic::Answer, Wanted::Nothing),
        1 | 2 => (Topic::Item, if rng.bool() { Wanted::Nothing } else { Wanted::Number(rng.i64(1..=2)) }),
        3 => (Topic::Standing, if rng.u8(..12) == 0 { Wanted::Text } else { Wanted::Number(5) }),
        _ => (Topic::Flag, if rng.u8(..3) == 0 { Wanted::Nothing } else { Wanted::Is(rng.u8(..3) > 0) }),
    };
    let topics = match rng.u8(..8) {
        0 if of_objective && topics > 1 => vec![topic(0), topic(1)],
        _ => vec![topic(number)],
    };
    Condition { topics, wanted }
}

fn branch(rng: &mut Rng, stages: &[Stage], alone: bool, topics: usize) -> Option<Branch> {
    let stage = rng.usize(..stages.len());
    let on = match rng.u8(..8) {
        0 | 1 => Trigger::Fact(condition(rng, false, topics)),
        2 if alone => Trigger::Time((rng.bool()).then(|| rng.u32(1..=3))),
        _ => Trigger::Objective(stage, rng.usize(..stages[stage].objectives.len())),
    };
    let later = stage + 1..stages.len();
    let to = match rng.u8(..5) {
        0 => 0..stages.len(),
        _ if later.is_empty() => return None,
        _ => later,
    };
    Some(Branch { on, to: rng.usize(to) })
}
