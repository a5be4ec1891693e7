//! Quests played under restrictions: without some moves, in so many turns.

use super::super::machine::{Call, Play, Step};
use super::super::search::{Machine, Search};
use super::super::ways::without_count;
use super::super::{Known, Prover};
use super::{Goal, Without};
use quest_types::journal::{Fact, Lifecycle};

/// Quests, and what players leave out. A state is that of the quests, the turns that have passed, and which goals were reached.
#[derive(Clone, Copy)]
pub(super) struct Bounded<'a, 'p> {
    pub(super) prover: &'a Prover<'a>,
    pub(super) play: &'a Play<'p>,
    pub(super) goals: &'a [Goal],
    pub(super) without: &'a Without,
    pub(super) turns: Option<u32>,
}

/// What stands behind the numbers of the quests: the turns and the goals.
const MORE: usize = 2;

fn split(state: &[u32]) -> (&[u32], [u32; MORE]) {
    match state.split_last_chunk() {
        Some((words, more)) => (words, *more),
        None => (state, [0; MORE]),
    }
}

impl Bounded<'_, '_> {
    /// The first state in which so many goals were reached.
    pub(super) fn first_with(&self, search: &Search<Step>, goals: u32) -> Option<usize> {
        (0..search.states()).find(|at| split(search.state(*at)).1[1].count_ones() >= goals)
    }

    /// Whether a move is among those that nobody makes.
    fn is_left_out(&self, step: &Step, after: &[u32]) -> bool {
        let Without { calls, known } = self.without;
        if calls.is_empty() && known.is_empty() {
            return false;
        }
        let is_so = |fact: &Fact<'_>| !matches!(fact, Fact::Is(false) | Fact::Number(0) | Fact::Unknown);
        let named =
            |id: &Known| self.prover.known_line(id, Fact::Is(true)).is_some_and(|line| known.contains(&line));
        let asked = step.known.iter().filter(|(_, fact)| is_so(fact));
        let own = self.play.facts(after).into_iter().filter(|(_, fact)| is_so(fact));
        calls.contains(&self.prover.call_line(without_count(step.call)))
            || asked.into_iter().any(|(id, _)| named(id))
            || own.into_iter().any(|(id, _)| named(&Known::Fact(id)))
    }

    /// The goals that are reached by a move.
    fn reached(&self, before: &[u32], after: &[u32]) -> u32 {
        let (before, after) = (self.play.state(before), self.play.state(after));
        let reached = |goal: &Goal| match goal.stage {
            None => after.times_turned_in(goal.quest) > 0,
            Some(stage) => {
                before.active_stage(goal.quest) == Some(stage)
                    && after.stands(goal.quest) == Lifecycle::Complete
            }
        };
        (0..).zip(self.goals).filter(|(_, goal)| reached(goal)).map(|(at, _)| 1_u32 << at).sum()
    }
}

impl Machine for Bounded<'_, '_> {
    type Step = Step;

    fn roots(&self) -> Vec<Vec<u32>> {
        self.play.roots().into_iter().map(|root| [root.as_slice(), &[0; MORE]].concat()).collect()
    }

    fn successors(&self, state: &[u32], visit: &mut dyn FnMut(Step, Vec<u32>)) {
        let (words, [passed, goals]) = split(state);
        self.play.successors(words, &mut |step, mut next| {
            let passed = match (step.call, self.turns) {
                (Call::Turns(turns), Some(_)) => {
                    passed.saturating_add(u32::try_from(turns).unwrap_or(u32::MAX))
                }
                _ => passed,
            };
            if self.turns.is_some_and(|most| passed > most) || self.is_left_out(&step, &next) {
                return;
            }
            let goals = goals | self.reached(words, &next);
            next.extend([passed, goals]);
            visit(step, next);
        });
    }

    fn is_tired(&self) -> bool {
        self.play.is_tired()
    }

    fn label(&self, _: &Step) -> Option<u32> {
        None
    }

    fn has_ended(&self, state: &[u32], quest: usize) -> bool {
        self.play.has_ended(split(state).0, quest)
    }
}
