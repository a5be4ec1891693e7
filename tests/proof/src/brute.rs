//! Verdicts by brute force: every state that the interpreter can reach, by every move, under every combination of facts.

use crate::model::{Branch, Condition, Failure, Prerequisite, Set, Topic, Trigger, Wanted};
use crate::naive::{Facts, Move, World, own};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

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

/// Everything that conditions ask for beside what content gives, with the answers that matter.
fn free(set: &Set) -> Vec<(Topic, Vec<i64>)> {
    let own = own(set);
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
        for stage in &quest.stages {
            for objective in &stage.objectives {
                if let Some(place) = objective.place {
                    ask(Topic::Place(place), Wanted::Is(true));
                }
                for condition in &objective.conditions {
                    condition.topics.iter().for_each(|topic| ask(*topic, condition.wanted));
                }
            }
        }
        for Branch { on, .. } in &quest.branches {
            if let Trigger::Fact(Condition { topics, wanted }) = on {
                topics.iter().for_each(|topic| ask(*topic, *wanted));
            }
        }
        for prerequisite in &quest.prerequisites {
            match prerequisite {
                Prerequisite::Item(item, count, _) => ask(Topic::Item(*item), Wanted::Number(*count)),
                Prerequisite::Flag(flag, _) => ask(Topic::Flag(*flag), Wanted::Nothing),
                _ => {}
            }
        }
    }
    let answers = answers.into_iter().filter(|(topic, _)| !own.contains(topic));
    answers.map(|(topic, values)| (topic, values.into_iter().collect())).collect()
}

/// Every combination of facts. A player is at one place at a time.
fn combinations(set: &Set) -> Vec<Facts> {
    let mut all = vec![Facts::new()];
    for (topic, values) in free(set) {
        let add = |facts: &Facts| {
            values
                .iter()
                .map(|value| {
                    let mut facts = facts.clone();
                    facts.insert(topic, *value);
                    facts
                })
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(add).collect();
    }
    let places = |facts: &Facts| {
        facts.iter().filter(|(topic, value)| matches!(topic, Topic::Place(_)) && **value == 1).count()
    };
    all.retain(|facts| places(facts) <= 1);
    all
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
    moves.dedup();
    moves
}

/// Levels above this make no difference.
const HIGHEST: i64 = 5;

/// Judges a set; `None` if it has more states than `most`.
pub fn judge(set: &Set, most: usize) -> Option<Judgement> {
    let (combinations, moves) = (combinations(set), moves(set));
    let first = World::new(set);
    let mut known: HashMap<World, usize> = HashMap::from([(first.clone(), 0)]);
    let mut states = vec![(first.clone(), 0)];
    let mut before: Vec<Vec<usize>> = vec![Vec::new()];
    let mut endings = vec![BTreeSet::new(); set.quests.len()];
    let mut open = VecDeque::from([0]);
    while let Some(at) = open.pop_front() {
        let (world, depth) = states[at].clone();
        for step in &moves {
            if *step == Move::Rise && world.level >= HIGHEST {
                continue;
            }
            for facts in &combinations {
                let Some((next, ended)) = world.after(set, step, facts) else { continue };
                ended.iter().for_each(|(quest, stage)| {
                    endings[*quest].insert(*stage);
                });
                if next == world {
                    continue;
                }
                let count = states.len();
                let to = *known.entry(next.clone()).or_insert(count);
                if to == count {
                    if count >= most {
                        return None;
                    }
                    states.push((next, depth + 1));
                    before.push(Vec::new());
                    open.push_back(to);
                }
                if before[to].last() != Some(&at) {
                    before[to].push(at);
                }
            }
        }
    }
    let verdicts = (0..set.quests.len()).map(|quest| verdict(&states, &before, quest)).collect();
    Some(Judgement { verdicts, endings, states: states.len() })
}

fn verdict(states: &[(World, usize)], before: &[Vec<usize>], quest: usize) -> Verdict {
    let ended = |at: &usize| states[*at].0.quests[quest].ended;
    let mut open: Vec<usize> = (0..states.len()).filter(ended).collect();
    let mut good = vec![false; states.len()];
    open.iter().for_each(|at| good[*at] = true);
    while let Some(at) = open.pop() {
        for from in &before[at] {
            if !std::mem::replace(&mut good[*from], true) {
                open.push(*from);
            }
        }
    }
    // States are in the order of their depth.
    match (0..states.len()).find(|at| !good[*at]) {
        None => Verdict::Always,
        Some(0) => Verdict::Never,
        Some(at) => Verdict::Losable(states[at].1),
    }
}
