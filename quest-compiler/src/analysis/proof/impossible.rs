//! Quests that can never be turned in: why, and what is said about it.

use super::machine::{Play, Step};
use super::search::Search;
use super::{Proof, Prover, Verdict};
use crate::analysis::NeverBegun;
use crate::analysis::graph::Graph;
use crate::check::Row;
use crate::diagnostics::{Diagnostic, Level, code, list};
use quest_types::journal::Lifecycle;
use quest_types::journal::program::{Condition, Operator};
use std::collections::BTreeSet;

/// The most conditions that are compared with each other.
const MOST_COMPARED: usize = 64;
/// The most ways to be refused that are told apart.
const MOST_REFUSALS: usize = 1 << 12;
/// The most places that are shown.
const MOST_SHOWN: usize = 3;

/// Why a quest can never be turned in.
#[derive(Clone, Debug)]
pub(crate) enum Cause {
    /// It waits for itself, or needs one that can never be turned in.
    Needs,
    /// It can never be begun. The rows of prerequisites that are never met, or never all of them together; none if it is not
    /// known which.
    Shut(Vec<u32>),
    /// It can be begun, and never ends. The objectives in its way that can never be done.
    Vain(Vec<u32>),
}

impl Prover<'_> {
    /// Why a quest can never be turned in, by a search that has found no way. `done` are the objectives that were done on it.
    pub(super) fn cause(
        &self,
        play: &Play<'_>,
        search: &Search<Step>,
        quest: u32,
        done: &BTreeSet<u32>,
    ) -> Cause {
        let mut refusals: BTreeSet<Vec<u32>> = BTreeSet::new();
        let mut stages = BTreeSet::new();
        for at in 0..search.states() {
            let words = search.state(at);
            let state = play.state(words);
            stages.extend(state.active_stage(quest));
            if state.stands(quest) == Lifecycle::NotStarted && refusals.len() < MOST_REFUSALS {
                play.refusals(words, quest, &mut |unmet| {
                    refusals.insert(unmet);
                });
            }
        }
        if !stages.is_empty() {
            let objectives = stages.into_iter().flat_map(|stage| self.program.objectives(stage));
            return Cause::Vain(objectives.filter(|objective| !done.contains(objective)).collect());
        }
        let refusals: Vec<Vec<u32>> = refusals.into_iter().filter(|unmet| !unmet.is_empty()).collect();
        Cause::Shut(never_met(&refusals))
    }

    /// Says of a quest that it can never be turned in, if nothing else does.
    pub(super) fn impossible(
        &self,
        row: Row,
        proof: &Proof,
        all: &[Proof],
        never_begun: &NeverBegun,
        diagnostics: &mut [Diagnostic],
    ) -> Option<Diagnostic> {
        let Verdict::Never(cause) = &proof.verdict else { return None };
        if let Some(known) = never_begun.get(&row).and_then(|at| diagnostics.get_mut(*at)) {
            // What is a warning elsewhere is proven here.
            known.level = Level::Deny;
            return None;
        }
        let needed = self.needed_before(proof.quest);
        if all.iter().any(|other| matches!(other.verdict, Verdict::Never(_)) && needed.contains(&other.quest))
        {
            return None;
        }
        let name = self.name(proof.quest);
        let begin = |title: String| Diagnostic::new(&code::NEVER_FINISHABLE, title);
        match cause {
            Cause::Needs => None,
            // What is wrong with a condition that compares with nothing is left to a rule, where there are some.
            Cause::Shut(conditions) if conditions.iter().any(|condition| self.is_ruled(*condition)) => None,
            Cause::Shut(conditions) => {
                let title = format!("`{name}` can never be begun");
                let places = conditions.iter().filter_map(|condition| self.prerequisite(*condition));
                let diagnostic = begin(title);
                Some(match (places.take(MOST_SHOWN).collect::<Vec<_>>().as_slice(), conditions.len()) {
                    ([], _) => diagnostic
                        .label(self.place(row), "what it asks for is never there all at once")
                        .help("change its conditions, or what gives and takes what they ask for"),
                    (places, 1) => places
                        .iter()
                        .fold(diagnostic, |diagnostic, place| diagnostic.label(*place, "this is never so"))
                        .help("change the condition, or let something bring it about"),
                    (places, _) => places
                        .iter()
                        .fold(diagnostic, |diagnostic, place| {
                            diagnostic.label(*place, "never at the same time as the other")
                        })
                        .note("what brings about one of them rules out the other")
                        .help("change one of the conditions, or what gives and takes what they ask for"),
                })
            }
            Cause::Vain(objectives) => {
                let read = self.read;
                let flow = &read.model.flows[read.journal.flow];
                let graph = Graph::read(read.model, read.resolved, flow, row)?;
                if self.explore(&graph).ends.is_empty() {
                    // Its own flow never ends, which is said of the flow.
                    return None;
                }
                let ids = read.resolved.ids.of(read.journal.objective);
                let name_of = |objective: &u32| ids.list.get(*objective as usize).map_or("", |id| &*id.text);
                let names: Vec<&str> = objectives.iter().map(name_of).collect();
                let diagnostic = begin(format!("`{name}` can be begun, and never be finished"));
                let places = objectives.iter().map(|objective| {
                    read.resolved
                        .content
                        .opening(Row { record: read.journal.objective_record, row: *objective })
                });
                let diagnostic = match objectives.as_slice() {
                    [] => diagnostic.label(self.place(row), "no way leads to an end"),
                    _ => places
                        .take(MOST_SHOWN)
                        .fold(diagnostic, |diagnostic, place| diagnostic.label(place, "can never be done")),
                };
                let note = format!(
                    "{} can be done in the quest alone, but not with all that it needs",
                    list(&names, "and")
                );
                let diagnostic = if names.is_empty() { diagnostic } else { diagnostic.note(note) };
                Some(diagnostic.help("change what it asks for, or what gives and takes it"))
            }
        }
    }

    /// Whether a prerequisite has no value to compare with, and the schema has rules about such.
    fn is_ruled(&self, condition: u32) -> bool {
        let Some((listed, _)) = &self.read.journal.prerequisites else { return false };
        let has_rules = self.read.model.rules.iter().any(|ruled| ruled.record == listed.record);
        let compares = |condition: Condition| {
            use Operator::{AtLeast, AtMost, GreaterThan, LessThan};
            condition.value.is_none()
                && matches!(condition.operator, AtLeast | AtMost | GreaterThan | LessThan)
        };
        has_rules && self.program.condition(condition).is_some_and(compares)
    }

    /// The place of a prerequisite, if it is an object of the content.
    fn prerequisite(&self, condition: u32) -> Option<crate::text::Span> {
        let (listed, _) = self.read.journal.prerequisites.as_ref()?;
        let content = &self.read.resolved.content;
        let row = Row { record: listed.record, row: self.program.condition(condition)?.row };
        (row.row < content.table(row.record).len()).then(|| content.object(row).label())
    }
}

/// The conditions of which, whenever something was refused, one was not met: one by itself, or else two.
fn never_met(refusals: &[Vec<u32>]) -> Vec<u32> {
    let Some((first, others)) = refusals.split_first() else { return Vec::new() };
    let always: Vec<u32> = first
        .iter()
        .copied()
        .filter(|condition| others.iter().all(|unmet| unmet.contains(condition)))
        .collect();
    if !always.is_empty() {
        return always[..1].to_vec();
    }
    let all: BTreeSet<u32> = refusals.iter().flatten().copied().collect();
    let all: Vec<u32> = all.into_iter().take(MOST_COMPARED).collect();
    let mut pairs =
        all.iter().enumerate().flat_map(|(at, one)| all[at + 1..].iter().map(move |other| [*one, *other]));
    let pair = pairs.find(|pair| refusals.iter().all(|unmet| pair.iter().any(|one| unmet.contains(one))));
    pair.map_or_else(Vec::new, |pair| pair.to_vec())
}

#[cfg(test)]
mod tests {
    use super::never_met;

    #[test]
    fn what_is_never_met() {
        assert_eq!(never_met(&[vec![1, 2], vec![2, 3]]), [2]);
        assert_eq!(never_met(&[vec![1], vec![4], vec![1, 4, 5]]), [1, 4]);
        assert!(never_met(&[vec![1], vec![2], vec![3]]).is_empty());
        assert!(never_met(&[]).is_empty());
    }
}
