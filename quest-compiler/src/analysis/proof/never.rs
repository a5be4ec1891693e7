//! Why an objective can never be done: the conditions that never hold, or never at the same time.

use super::Prover;
use super::facts::FactId;
use crate::analysis::explore::Reason;
use crate::check::Row;
use quest_format::program::CLASS_OBJECTIVE;
use quest_types::journal::Fact;
use quest_types::journal::program::{Ask, Condition};
use quest_types::{Target, Value};

/// The most conditions of an objective that are compared with each other.
const MOST_COMPARED: usize = 64;

const TOGETHER: &str = "these never hold at the same time";
const TWO_PLACES: &str = "nobody is at two places at once";

impl Prover<'_> {
    /// The conditions of an objective that can never hold, each by itself or two of them together. None if it takes more to see
    /// that, or if they are more than the first [`MOST_COMPARED`].
    pub(super) fn never_hold(&self, objective: u32) -> Vec<Reason> {
        let rows = self.program.objective_conditions(objective);
        let conditions: Vec<Condition> = rows.filter_map(|row| self.program.condition(row)).collect();
        // One of each list is enough.
        let lists: Vec<&[Condition]> = conditions.split_inclusive(|condition| !condition.or_next).collect();
        let by_themselves = lists.iter().filter(|list| list.iter().all(|one| self.why_never(one).is_some()));
        let reasons: Vec<Reason> = by_themselves
            .filter_map(|list| self.reason(list.first()?, self.why_never(list.first()?)?))
            .collect();
        if !reasons.is_empty() {
            return reasons;
        }
        let single: Vec<&Condition> =
            lists.iter().filter_map(|list| list.first().filter(|_| list.len() == 1)).collect();
        for (at, one) in single.iter().enumerate().take(MOST_COMPARED) {
            let why = |other: &&&Condition| self.why_not_both(one, other);
            if let Some((other, why)) = single[..at].iter().find_map(|other| Some((*other, why(&other)?))) {
                return [other, one].into_iter().filter_map(|one| self.reason(one, why)).collect();
            }
        }
        let (own, event) = (self.program.place(objective), self.event_place(objective));
        if own.is_some() && event.is_some() && own != event {
            let row = Row { record: self.read.journal.objective_record, row: objective };
            let span = self.read.resolved.content.object(row).label();
            return vec![(span, "this happens at one place, and counts at another only")];
        }
        let elsewhere = |condition: &&&Condition| {
            let there = own.or(event);
            there.is_some() && place(condition).is_some_and(|place| Some(place) != there)
        };
        let elsewhere = single.iter().find(elsewhere);
        let reason = |one: &&Condition| self.reason(one, "nobody is there where the objective happens");
        elsewhere.and_then(reason).into_iter().collect()
    }

    /// The place to which something has to happen for an objective.
    fn event_place(&self, objective: u32) -> Option<u32> {
        let key = self.program.topic_of(objective).and_then(|topic| self.program.key_of(topic));
        key.filter(|key| key.class == CLASS_OBJECTIVE && key.kind == 1).map(|key| key.row)
    }

    fn reason(&self, condition: &Condition, why: &'static str) -> Option<Reason> {
        let (listed, _) = self.read.journal.conditions.as_ref()?;
        let content = &self.read.resolved.content;
        let row = Row { record: listed.record, row: condition.row };
        (row.row < content.table(row.record).len()).then(|| (content.object(row).label(), why))
    }

    /// Why a condition never holds, if it does not.
    fn why_never(&self, condition: &Condition) -> Option<&'static str> {
        match condition.ask {
            Ask::Nothing => Some("this names nothing that could be so"),
            Ask::World => {
                let fact = FactId::of(condition.subject, condition.target);
                let never = !self.kinds.can_all_hold(fact, &[*condition]);
                never.then_some(match condition.value {
                    Some(Value::Text(_)) => "this is compared with a text, and is never one",
                    _ => "this never holds",
                })
            }
            _ => None,
        }
    }

    fn why_not_both(&self, one: &Condition, other: &Condition) -> Option<&'static str> {
        if let (Some(one), Some(other)) = (place(one), place(other)) {
            return (one != other).then_some(TWO_PLACES);
        }
        let fact = |condition: &Condition| FactId::of(condition.subject, condition.target);
        let same = one.ask == Ask::World && other.ask == Ask::World && fact(one) == fact(other);
        (same && !self.kinds.can_all_hold(fact(one), &[*one, *other])).then_some(TOGETHER)
    }
}

/// The place at which a condition wants the player to be.
fn place(condition: &Condition) -> Option<u32> {
    let is_there = Fact::Is(true).meets(condition.operator, condition.value) == Some(true);
    let is_away = Fact::Is(false).meets(condition.operator, condition.value) == Some(true);
    match condition.target {
        Target::Link { row, .. } if condition.ask == Ask::Place && is_there && !is_away => Some(row),
        _ => None,
    }
}
