//! What the manifest says of quests, checked by the search of the proof.

mod bounded;
mod named;

use super::Prover;
use super::machine::Play;
use super::machine::{Call, Step};
use super::search::{Found, Search};
use crate::check::Row;
use crate::diagnostics::{Diagnostic, code, list};
use crate::project::{Assertion, Claim, Located};
use bounded::Bounded;
use std::collections::BTreeSet;

/// What a quest comes to: that it is turned in, or that it ends in a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Goal {
    quest: u32,
    stage: Option<u32>,
}

/// What no player does.
#[derive(Clone, Debug, Default)]
struct Without {
    /// Moves, as lines of scripts without a count.
    calls: BTreeSet<String>,
    /// What is not known, as lines of scripts.
    known: BTreeSet<String>,
}

/// What is said about an assertion that does not hold: what is wrong, and why.
struct Refuted {
    label: String,
    notes: Vec<String>,
}

/// The answer to an assertion; an error is the number of states after which the search ended.
type Answer = Result<Option<Refuted>, usize>;

impl Prover<'_> {
    /// Reports the assertions that do not hold.
    pub fn check_assertions(&self, diagnostics: &mut Vec<Diagnostic>) {
        for assertion in &self.limits.assertions {
            diagnostics.extend(self.assertion(assertion));
        }
    }

    /// What is wrong with an assertion: names that there are not, or that it does not hold.
    fn assertion(&self, assertion: &Assertion) -> Vec<Diagnostic> {
        let mut wrong = Vec::new();
        let without = self.without(&assertion.without, &mut wrong);
        let named: Vec<&Located> = match &assertion.claim {
            Claim::Reachable(id) | Claim::Always(id) => vec![id],
            Claim::NeverBoth(one, other) => vec![one, other],
        };
        let goals: Vec<Option<Goal>> = named
            .iter()
            .map(|id| self.goal(id, matches!(assertion.claim, Claim::Always(_)), &mut wrong))
            .collect();
        let goals: Vec<Goal> = goals.into_iter().flatten().collect();
        if !wrong.is_empty() {
            return wrong;
        }
        let (claim, answer) = match (&assertion.claim, goals.as_slice()) {
            (Claim::Reachable(id), [goal]) => {
                (format!("`{}` cannot be reached", id.text), self.reachable(*goal, &without, assertion.turns))
            }
            (Claim::Always(id), [goal]) => (
                format!("`{}` cannot always be finished", id.text),
                self.always(*goal, &without, assertion.turns),
            ),
            (Claim::NeverBoth(one, other), [first, second]) => (
                format!("a player can see both `{}` and `{}`", one.text, other.text),
                self.never_both(*first, *second, &without, assertion.turns),
            ),
            _ => return Vec::new(),
        };
        let title = format!("{claim}{}", restrictions(assertion));
        match answer {
            Ok(None) => Vec::new(),
            Ok(Some(Refuted { label, notes })) => {
                let mut diagnostic =
                    Diagnostic::new(&code::ASSERTION, title).label(assertion.span, "says the contrary");
                if let Some(goal) = goals.first() {
                    diagnostic = diagnostic
                        .label(self.place(Row { record: self.quest_record(), row: goal.quest }), label);
                }
                vec![notes.into_iter().fold(diagnostic, Diagnostic::note)]
            }
            Err(states) => {
                let title = "whether an assertion holds is not proven";
                let label = format!("{states} states were looked at, and there are more");
                let help = "allow more with `states` of `[proof]` in the manifest";
                vec![Diagnostic::new(&code::NOT_PROVEN, title).label(assertion.span, label).help(help)]
            }
        }
    }

    /// All quests on which some depend, in content order.
    fn around(&self, quests: &[u32]) -> Vec<u32> {
        let components = self.components(super::TOGETHER);
        let mut all: BTreeSet<u32> = quests.iter().copied().collect();
        loop {
            let before = all.len();
            for component in &components {
                if component.quests.iter().any(|quest| all.contains(quest)) {
                    all.extend(&component.quests);
                    all.extend(component.after.iter().map(|(_, needed)| needed));
                    all.extend(&component.before);
                }
            }
            if all.len() == before {
                return all.into_iter().collect();
            }
        }
    }

    /// Some quests with all around them. What is left out can tell objectives apart that otherwise make the same difference.
    fn play_around(&self, quests: &[u32]) -> Play<'_> {
        let mut play = self.play(&self.around(quests), Vec::new(), false);
        play.reduced = false;
        play
    }

    fn reachable(&self, goal: Goal, without: &Without, turns: Option<u32>) -> Answer {
        let play = self.play_around(&[goal.quest]);
        let machine = Bounded { prover: self, play: &play, goals: &[goal], without, turns };
        let search = Search::run(&machine, self.limits.states);
        if machine.first_with(&search, 1).is_some() {
            return Ok(None);
        }
        if !search.is_complete() {
            return Err(search.states());
        }
        let free = Without::default();
        let machine = Bounded { without: &free, turns: None, ..machine };
        let search = Search::run(&machine, self.limits.states);
        Ok(Some(match machine.first_with(&search, 1) {
            Some(at) => Refuted {
                label: "it is reached in another way only".to_owned(),
                notes: vec![format!("the shortest way there is {}", self.moves(&search.path(at)))],
            },
            None => Refuted { label: "no way leads there".to_owned(), notes: Vec::new() },
        }))
    }

    fn always(&self, goal: Goal, without: &Without, turns: Option<u32>) -> Answer {
        let play = self.play_around(&[goal.quest]);
        let machine = Bounded { prover: self, play: &play, goals: &[goal], without, turns };
        let search = Search::run(&machine, self.limits.states);
        let Some(at) = play.quests.iter().position(|quest| *quest == goal.quest) else { return Ok(None) };
        match search.judge(&machine, at, &|_| true).found {
            Found::Always => Ok(None),
            Found::Unknown => Err(search.states()),
            Found::Lost(state) => Ok(Some(Refuted {
                label: self.what(self.how(&play, search.state(state), goal.quest)),
                notes: vec![format!("it is lost by {}", self.moves(&search.path(state)))],
            })),
            Found::Never => {
                self.reachable(goal, without, turns).map(|refuted| {
                    Some(refuted.unwrap_or(Refuted {
                        label: "it can never be finished".to_owned(),
                        notes: Vec::new(),
                    }))
                })
            }
        }
    }

    fn never_both(&self, first: Goal, second: Goal, without: &Without, turns: Option<u32>) -> Answer {
        let play = self.play_around(&[first.quest, second.quest]);
        let goals = [first, second];
        let machine = Bounded { prover: self, play: &play, goals: &goals, without, turns };
        let search = Search::run(&machine, self.limits.states);
        match machine.first_with(&search, 2) {
            Some(at) => Ok(Some(Refuted {
                label: "this one is among them".to_owned(),
                notes: vec![format!("both are seen by {}", self.moves(&search.path(at)))],
            })),
            None if search.is_complete() => Ok(None),
            None => Err(search.states()),
        }
    }

    /// Moves in the words of scripts. Of what rises step by step, the last step says it all.
    fn moves(&self, path: &[Step]) -> String {
        let mut calls: Vec<Call> = path.iter().map(|step| step.call).collect();
        calls.dedup_by(|later, earlier| match (&later, &earlier) {
            (Call::Rise(one, to), Call::Rise(other, _)) if one == other => {
                *earlier = Call::Rise(*one, *to);
                true
            }
            _ => false,
        });
        let lines: Vec<String> = calls.into_iter().map(|call| self.call_line(call)).collect();
        list(&lines.iter().map(String::as_str).collect::<Vec<_>>(), "and then")
    }
}

/// What an assertion says beside its claim.
fn restrictions(assertion: &Assertion) -> String {
    let without: Vec<&str> = assertion.without.iter().map(|line| line.text.as_str()).collect();
    let without =
        if without.is_empty() { String::new() } else { format!(" without {}", list(&without, "and")) };
    match assertion.turns {
        Some(1) => format!("{without} in 1 turn"),
        Some(turns) => format!("{without} in {turns} turns"),
        None => without,
    }
}
