//! Quests of which it is seen without a search that they can always be finished: most are plain chains.

use super::components::Component;
use super::facts::FactId;
use super::machine::{Call, Step};
use super::{Proof, Prover, Verdict, through};
use quest_types::Target;
use quest_types::journal::Fact;
use quest_types::journal::program::{Ask, Condition, Operator};
use std::collections::{BTreeMap, BTreeSet};

impl Prover<'_> {
    /// The proofs of a component whose quests are all plain.
    pub(super) fn plainly(&self, component: &Component, before: &[Option<Proof>]) -> Option<Vec<Proof>> {
        if component.quests.iter().any(|quest| self.needs_several(*quest)) {
            return None;
        }
        let proof = |quest: u32, ending: u32| {
            let verdict = through(Verdict::Always, component.needed_by(quest), before);
            let endings = if matches!(verdict, Verdict::Never(_)) { Vec::new() } else { vec![ending] };
            Proof { quest, verdict, endings }
        };
        if let [quest] = component.quests.as_slice() {
            return Some(vec![proof(*quest, self.ending(*quest)?)]);
        }
        let is_proven = |needed: u32| {
            let proof = before.get(needed as usize).and_then(Option::as_ref);
            proof.is_some_and(|proof| matches!(proof.verdict, Verdict::Always))
        };
        if !component.after.iter().all(|(_, needed)| is_proven(*needed)) {
            return None;
        }
        let endings: Vec<u32> =
            component.quests.iter().map(|quest| self.ending(*quest)).collect::<Option<_>>()?;
        let quests = component.quests.iter().zip(endings);
        self.in_some_order(&component.quests)
            .then(|| quests.map(|(quest, ending)| proof(*quest, ending)).collect())
    }

    /// Whether a quest has to be played in all ways.
    pub(super) fn is_searched(&self, quest: u32) -> bool {
        self.played.get(quest as usize) == Some(&true) && self.ending(quest).is_none()
    }

    /// The stage in which a quest ends that is a plain chain and can always be begun.
    pub(super) fn ending(&self, quest: u32) -> Option<u32> {
        let sketch = self.outline.get(quest as usize)?;
        sketch.ending.or_else(|| self.ending_of_plain(quest).filter(|_| self.played[quest as usize]))
    }

    /// The fewest moves by which a plain quest is turned in. It must be played.
    pub(super) fn way_through(&self, quest: u32) -> Vec<Step> {
        let program = self.program;
        let mut calls = vec![Call::Start(quest)];
        let (mut at, mut left) = (program.start(quest), program.stages(quest).len());
        while let Some(stage) = at.filter(|_| left > 0) {
            calls.extend(self.events_through(stage));
            (at, left) = (program.next(stage), left - 1);
        }
        let choice = program.rewards(quest).find(|reward| program.is_choice(*reward));
        calls.push(Call::TurnIn(quest, choice));
        let step = |call| Step { call, known: Vec::new(), branch: None, ended: None };
        calls.into_iter().map(step).collect()
    }

    /// What has to happen in a stage: one event does for all objectives that wait for it.
    fn events_through(&self, stage: u32) -> Vec<Call> {
        let program = self.program;
        let needed = || program.stage_objectives(stage).filter(|objective| program.needed(*objective));
        let first = program.stage_objectives(stage).take(usize::from(needed().next().is_none()));
        let mut times: BTreeMap<u32, u32> = BTreeMap::new();
        for objective in needed().chain(first) {
            let Some(topic) = program.topic_of(objective) else { continue };
            let most = times.entry(topic).or_default();
            *most = (*most).max(program.required(objective));
        }
        let event = |(topic, times)| Some(Call::Event(program.key_of(topic)?, times));
        times.into_iter().filter_map(event).collect()
    }

    /// Whether quests can be turned in one after the other.
    fn in_some_order(&self, quests: &[u32]) -> bool {
        let needs = |quest: u32| {
            let rows = self.program.prerequisites(quest).filter_map(|row| self.program.condition(row));
            rows.filter(|condition| condition.ask == Ask::Complete).filter_map(|condition| {
                match condition.target {
                    Target::Link { row, .. } => Some(row),
                    _ => None,
                }
            })
        };
        let mut open: BTreeMap<u32, BTreeSet<u32>> =
            quests.iter().map(|quest| (*quest, needs(*quest).collect())).collect();
        loop {
            let done = open.iter().find(|(_, needed)| needed.iter().all(|other| !open.contains_key(other)));
            let Some(done) = done.map(|(quest, _)| *quest) else { return open.is_empty() };
            open.remove(&done);
        }
    }

    /// The stage in which a quest ends that is a plain chain: no branches, no failures, nothing that has to hold for its
    /// objectives, nothing that content changes.
    fn ending_of_plain(&self, quest: u32) -> Option<u32> {
        let program = self.program;
        if !self.has_plain_flow(quest) || program.any_is_enough(quest) || !self.can_be_begun(quest) {
            return None;
        }
        let mut seen = BTreeSet::new();
        let mut at = program.start(quest)?;
        while seen.insert(at) {
            if program.stage_objectives(at).is_empty() {
                return None;
            }
            match program.next(at) {
                Some(next) if !program.skippable(at) => at = next,
                Some(_) => return None,
                None => return Some(at),
            }
        }
        None
    }

    /// Whether nothing in a quest depends on anything but its objectives: no branches, no failures, no conditions.
    pub(super) fn has_plain_flow(&self, quest: u32) -> bool {
        let program = self.program;
        program.branches(quest).is_empty()
            && program.failures(quest).is_empty()
            && program.objectives(quest).all(|objective| {
                !program.modular(objective)
                    && program.topic_of(objective).is_some()
                    && program.place(objective).is_none()
                    && self.can_count(objective)
            })
    }

    /// Whether the conditions of an objective ask for nothing but what can be so at any time, all of it at once. If that is not
    /// easily seen, it is not said.
    fn can_count(&self, objective: u32) -> bool {
        let rows = self.program.objective_conditions(objective);
        let conditions: Vec<Condition> = rows.filter_map(|row| self.program.condition(row)).collect();
        let mut by_fact: BTreeMap<FactId, Vec<Condition>> = BTreeMap::new();
        for condition in &conditions {
            let fact = FactId::of(condition.subject, condition.target);
            let is_free = condition.ask == Ask::World
                && !condition.or_next
                && !self.kinds.is_of_all(fact)
                && !self.done.given.contains_key(&fact);
            if !is_free {
                return false;
            }
            by_fact.entry(fact).or_default().push(*condition);
        }
        by_fact.iter().all(|(fact, conditions)| self.kinds.can_all_hold(*fact, conditions))
    }

    /// Whether what has to hold before a quest can hold at any time, and goes on to.
    fn can_be_begun(&self, quest: u32) -> bool {
        let mut facts: BTreeSet<FactId> = BTreeSet::new();
        self.program.prerequisites(quest).filter_map(|row| self.program.condition(row)).all(|condition| {
            match condition.ask {
                Ask::Complete => {
                    let met =
                        |is: bool| Fact::Is(is).meets(condition.operator, condition.value) == Some(true);
                    met(true) && !met(false)
                }
                Ask::World => {
                    let fact = FactId::of(condition.subject, condition.target);
                    // Two quests can ask for two classes.
                    facts.insert(fact)
                        && !self.kinds.is_constant(fact)
                        && !self.done.given.contains_key(&fact)
                        && can_hold(&condition)
                }
                _ => false,
            }
        })
    }
}

/// Whether a condition on a fact that can be anything can hold, also if the fact only rises or never changes.
fn can_hold(condition: &Condition) -> bool {
    match condition.operator {
        Operator::Has | Operator::GreaterThan | Operator::AtLeast => {
            matches!(condition.value, None | Some(quest_types::Value::Int(0..=1_000_000)))
        }
        Operator::Equals => condition.value.is_none(),
        _ => false,
    }
}
