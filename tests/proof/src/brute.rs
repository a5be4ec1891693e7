//! Verdicts by brute force: every state that the interpreter can reach, by every move, under every combination of facts.

use crate::model::{Condition, Failure, Prerequisite, Set, Topic, Trigger, Wanted};
use crate::naive::{Move, Rules, World};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is true of a quest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// From every state it can still be turned in.
    Always,
    /// There is a state from which it cannot; the fewest moves that lead there.
    Losable(usize),
    /// It cannot even from the beginning.
    Never,
}

/// All that brute force finds.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// For each quest.
    pub verdicts: Vec<Verdict>,
    /// The stages in which each quest can end.
    pub endings: Vec<BTreeSet<usize>>,
    /// How many states there are.
    pub states: usize,
}

/// The answers that matter of everything that conditions ask for, but for places.
fn answers(set: &Set) -> BTreeMap<Topic, BTreeSet<i64>> {
    let mut answers: BTreeMap<Topic, BTreeSet<i64>> = BTreeMap::new();
    let mut ask = |topic: Topic, wanted: Wanted| {
        let values = answers.entry(topic).or_default();
        values.insert(0);
        values.insert(match wanted {
            Wanted::Number(number) => number,
            Wanted::Nothing | Wanted::Is(_) | Wanted::Text => 1,
        });
    };
    for quest in &set.quests {
        let of_objectives = quest.stages.iter().flat_map(|stage| &stage.objectives);
        let of_branches = quest.branches.iter().filter_map(|branch| match &branch.on {
            Trigger::Fact(condition) => Some(condition),
            _ => None,
        });
        for Condition { topics, wanted } in of_objectives.flat_map(|one| &one.conditions).chain(of_branches) {
            topics.iter().for_each(|topic| ask(*topic, *wanted));
        }
        for prerequisite in &quest.prerequisites {
            match prerequisite {
                Prerequisite::Item(item, count, _) => ask(Topic::Item(*item), Wanted::Number(*count)),
                Prerequisite::Flag(flag, _) => ask(Topic::Flag(*flag), Wanted::Nothing),
                _ => {}
            }
        }
    }
    answers
}

fn moves(set: &Set) -> Vec<Move> {
    let mut moves = vec![Move::Refresh];
    let mut most: BTreeMap<usize, u32> = BTreeMap::new();
    let (mut topics, mut latest) = (BTreeSet::new(), 0);
    for (at, quest) in set.quests.iter().enumerate() {
        moves.extend([Move::Accept(at), Move::Skip(at), Move::TurnIn(at, None)]);
        let dues = quest.branches.iter().filter_map(|branch| match branch.on {
            Trigger::Time(turns) => turns.or(quest.limit),
            _ => None,
        });
        latest = latest.max(dues.chain(quest.limit).max().unwrap_or(0));
        let choices = (0..quest.rewards.len()).filter(|reward| quest.rewards[*reward].1);
        moves.extend(choices.map(|reward| Move::TurnIn(at, Some(reward))));
        let failures = quest.failures.iter().filter(|failure| **failure != Failure::Time);
        moves.extend(failures.map(|failure| Move::Blow(*failure)));
        for objective in quest.stages.iter().flat_map(|stage| &stage.objectives) {
            let most = most.entry(objective.enemy).or_default();
            *most = (*most).max(objective.count);
            topics.extend(objective.conditions.iter().flat_map(|condition| &condition.topics).copied());
        }
        for branch in &quest.branches {
            if let Trigger::Fact(condition) = &branch.on {
                topics.extend(condition.topics.iter().copied());
            }
        }
        if quest
            .prerequisites
            .iter()
            .any(|one| matches!(one, Prerequisite::LevelAbove(_) | Prerequisite::LevelBelow(_)))
        {
            moves.push(Move::Rise);
        }
    }
    moves.extend(
        most.into_iter().flat_map(|(enemy, most)| (1..=most).map(move |times| Move::Kill(enemy, times))),
    );
    moves.extend((1..=latest).map(Move::Turns));
    moves.extend(topics.into_iter().map(Move::Told));
    moves.sort_unstable();
    moves.dedup();
    moves
}

/// Levels above this make no difference.
const HIGHEST: u8 = 5;

/// Players of every class that is asked for, and of none of them.
fn beginnings(set: &Set) -> Vec<World> {
    let prerequisites = set.quests.iter().flat_map(|quest| &quest.prerequisites);
    let classes = prerequisites.filter_map(|one| match one {
        Prerequisite::Class(class, _) => Some(*class as u8 + 1),
        _ => None,
    });
    let classes: BTreeSet<u8> = classes.chain([0]).collect();
    classes.into_iter().map(World::new).collect()
}

/// All states that were found, in the order of their depth.
struct Found {
    /// So many of them, the first, are beginnings.
    beginnings: usize,
    worlds: Vec<World>,
    depths: Vec<usize>,
    /// From which state one move leads to which.
    moves: Vec<(u32, u32)>,
}

/// Judges a set; `None` if it has more states than `most`.
pub fn judge(set: &Set, most: usize) -> Option<Judgement> {
    let (answers, moves) = (answers(set), moves(set));
    let rules = Rules::new(set, |topic| {
        answers.get(&topic).map_or_else(Vec::new, |values| values.iter().copied().collect())
    });
    let worlds = beginnings(set);
    let known = worlds.iter().copied().zip(0..);
    let mut known: HashMap<World, u32, rustc_hash::FxBuildHasher> = known.collect();
    let mut found =
        Found { beginnings: worlds.len(), depths: vec![0; worlds.len()], worlds, moves: Vec::new() };
    let mut endings = vec![BTreeSet::new(); set.quests.len()];
    let mut at = 0;
    while at < found.worlds.len() {
        let (world, depth) = (found.worlds[at], found.depths[at]);
        let mut last = None;
        for step in &moves {
            if *step == Move::Rise && world.level >= HIGHEST {
                continue;
            }
            rules.after(&world, *step, &mut |next, ended| {
                ended.iter().for_each(|(quest, stage)| {
                    endings[*quest].insert(*stage);
                });
                if next == world {
                    return;
                }
                let count = found.worlds.len() as u32;
                let to = *known.entry(next).or_insert(count);
                if to == count {
                    found.worlds.push(next);
                    found.depths.push(depth + 1);
                }
                if last.replace(to) != Some(to) {
                    found.moves.push((at as u32, to));
                }
            });
        }
        if found.worlds.len() > most {
            return None;
        }
        at += 1;
    }
    found.moves.sort_unstable_by_key(|(_, to)| *to);
    let verdicts = (0..set.quests.len()).map(|quest| found.verdict(quest)).collect();
    Some(Judgement { verdicts, endings, states: found.worlds.len() })
}

impl Found {
    fn verdict(&self, quest: usize) -> Verdict {
        let ended = |at: &usize| self.worlds[*at].quests[quest].ended;
        let mut open: Vec<usize> = (0..self.worlds.len()).filter(ended).collect();
        let mut good = vec![false; self.worlds.len()];
        open.iter().for_each(|at| good[*at] = true);
        while let Some(at) = open.pop() {
            let first = self.moves.partition_point(|(_, to)| (*to as usize) < at);
            let into = self.moves[first..].iter().take_while(|(_, to)| *to as usize == at);
            for from in into.map(|(from, _)| *from as usize) {
                if !std::mem::replace(&mut good[from], true) {
                    open.push(from);
                }
            }
        }
        // Who can never end it from the beginning does not lose it: it is for players of another class.
        let can_begin: Vec<u8> =
            (0..self.beginnings).filter(|at| good[*at]).map(|at| self.worlds[at].class).collect();
        if can_begin.is_empty() {
            return Verdict::Never;
        }
        match (0..self.worlds.len()).find(|at| !good[*at] && can_begin.contains(&self.worlds[*at].class)) {
            None => Verdict::Always,
            Some(at) => Verdict::Losable(self.depths[at]),
        }
    }
}
