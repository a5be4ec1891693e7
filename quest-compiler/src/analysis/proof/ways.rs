//! Ways that a search found: to each ending of a quest, and to each move that loses it.

use super::machine::{Call, Play, Step};
use super::search::{Machine, Search};
use super::{How, Prover};
use quest_types::journal::Lifecycle;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Moves from the beginning, each with the state before it.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) moves: Vec<(Vec<u32>, Step)>,
    /// The state after the last of them.
    pub(super) last: Vec<u32>,
}

impl Way {
    /// The fewest moves to a state, and one more.
    fn to(search: &Search<Step>, state: usize, step: Step, last: Vec<u32>) -> Self {
        let mut moves = vec![(search.state(state).to_vec(), step)];
        let mut at = state;
        while let Some((before, step)) = search.parent(at) {
            moves.push((search.state(before).to_vec(), step.clone()));
            at = before;
        }
        moves.reverse();
        Self { moves, last }
    }
}

/// A quest ends in a stage.
pub(super) struct EndingWay {
    pub(super) stage: u32,
    pub(super) way: Way,
}

/// A quest is lost.
pub(super) struct LosingWay {
    pub(super) how: How,
    pub(super) way: Way,
}

/// What a search says about the ways of quests.
pub(super) struct Ways<'a, 'p> {
    pub(super) play: &'a Play<'p>,
    pub(super) search: &'a Search<Step>,
}

impl Ways<'_, '_> {
    fn phase(&self, words: &[u32], quest: u32) -> Lifecycle {
        self.play.state(words).stands(quest)
    }

    /// The states from which one move leads to some others, the nearest to the beginning first.
    fn before(&self, wanted: impl Fn(usize) -> bool) -> BTreeSet<usize> {
        let states = (0..self.search.states()).filter(|at| wanted(*at));
        states.flat_map(|at| self.search.before(at)).map(|from| *from as usize).collect()
    }

    /// The fewest moves to each ending of a quest, in the order of the number of moves.
    pub(super) fn endings(&self, quest: u32) -> Vec<EndingWay> {
        let is_complete = |words: &[u32]| self.phase(words, quest) == Lifecycle::Complete;
        let mut found: Vec<EndingWay> = Vec::new();
        for from in self.before(|at| is_complete(self.search.state(at))) {
            let Some(stage) = self.play.state(self.search.state(from)).active_stage(quest) else { continue };
            if found.iter().any(|known| known.stage == stage) {
                continue;
            }
            let mut first = None;
            self.play.successors(self.search.state(from), &mut |step, next| {
                if first.is_none() && is_complete(&next) {
                    first = Some((step, next));
                }
            });
            if let Some((step, next)) = first {
                found.push(EndingWay { stage, way: Way::to(self.search, from, step, next) });
            }
        }
        found
    }

    /// The fewest moves to each move after which a quest can never be turned in any more. Moves that differ in a number only are
    /// one.
    pub(super) fn losses(&self, prover: &Prover<'_>, quest: usize) -> Vec<LosingWay> {
        let may = self.search.leading_to(|at| self.play.has_ended(self.search.state(at), quest), true);
        let states: HashMap<&[u32], usize> =
            (0..self.search.states()).map(|at| (self.search.state(at), at)).collect();
        let quest = self.play.quests[quest];
        let mut found: BTreeMap<(String, How), LosingWay> = BTreeMap::new();
        let mut order = Vec::new();
        for from in self.before(|at| !may[at]).into_iter().filter(|from| may[*from]) {
            self.play.successors(self.search.state(from), &mut |step, next| {
                if states.get(next.as_slice()).is_none_or(|at| may[*at]) {
                    return;
                }
                let how = prover.how(self.play, &next, quest);
                let key = (prover.call_line(without_count(step.call)), how);
                if !found.contains_key(&key) {
                    let way = Way::to(self.search, from, step, next);
                    found.insert(key.clone(), LosingWay { how, way });
                    order.push(key);
                }
            });
        }
        order.iter().filter_map(|key| found.remove(key)).collect()
    }
}

/// A call without how often, how long, or what is picked.
pub(super) fn without_count(call: Call) -> Call {
    match call {
        Call::Event(key, _) => Call::Event(key, 1),
        Call::Turns(_) => Call::Turns(1),
        Call::TurnIn(quest, _) => Call::TurnIn(quest, None),
        other => other,
    }
}

/// A way through quests that are plain chains: every move leads on, so the first that there is is taken.
pub(super) fn straight(play: &Play<'_>, quest: u32) -> Option<EndingWay> {
    /// A plain quest has as many moves as objectives and a few more.
    const MOST: usize = 100_000;
    for root in play.roots() {
        let (mut words, mut moves) = (root, Vec::new());
        while moves.len() < MOST {
            let mut first = None;
            play.successors(&words, &mut |step, next| {
                if first.is_none() && next != words {
                    first = Some((step, next));
                }
            });
            let Some((step, next)) = first else { break };
            let stage = play.state(&words).active_stage(quest);
            moves.push((std::mem::replace(&mut words, next), step));
            if let (Some(stage), Lifecycle::Complete) = (stage, play.state(&words).stands(quest)) {
                return Some(EndingWay { stage, way: Way { moves, last: words } });
            }
        }
    }
    None
}
