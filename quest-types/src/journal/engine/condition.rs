//! Whether conditions hold (Quest Schema §8.3, §9, §11.2).

use super::super::error::{ActualValue, Unmet};
use super::super::fact::{Fact, RawFacts, RawQuestion};
use super::super::lifecycle::Lifecycle;
use super::super::program::{Ask, Condition, Program, Rows};
use super::super::state::State;
use crate::Target;

/// What conditions are answered from.
#[derive(Clone, Copy)]
pub(crate) struct ConditionCx<'a> {
    pub(crate) program: &'a Program,
    pub(crate) state: &'a State,
    pub(crate) world: &'a dyn RawFacts,
    /// The quest in which the conditions stand.
    pub(crate) quest: u32,
    /// Where an event happened, if it says so.
    pub(crate) place: Option<u32>,
}

impl<'a> ConditionCx<'a> {
    /// Whether the player is at a place.
    pub(crate) fn at(self, wanted: u32) -> bool {
        match self.place {
            Some(place) => place == wanted,
            // The first kind and the first subject are those of places.
            None => {
                let target = Target::Link { kind: 1, row: wanted };
                self.world.fact(RawQuestion { subject: 0, sort: "", target }) == Fact::Is(true)
            }
        }
    }

    fn fact(self, condition: &Condition) -> Fact<'a> {
        let row = match condition.target {
            Target::Link { row, .. } => row,
            _ => u32::MAX,
        };
        match condition.ask {
            Ask::World => {
                let Condition { subject, sort, target, .. } = *condition;
                self.world.fact(RawQuestion { subject, sort, target })
            }
            Ask::Complete => Fact::Is(self.state.entry(row).is_some_and(|entry| entry.times > 0)),
            Ask::Active => Fact::Is(self.state.phase(row) == Lifecycle::Active),
            Ask::Objective => {
                let run = self.state.entry(self.quest).and_then(|entry| entry.run.as_deref());
                Fact::Is(run.is_some_and(|run| run.is_done(self.program, self.quest, row)))
            }
            Ask::Place => Fact::Is(self.at(row)),
            Ask::Nothing => Fact::Unknown,
            Ask::Time => Fact::Is(self.state.active(self.quest).is_some_and(|run| run.expired)),
        }
    }

    /// Whether a condition holds. What is not known does not.
    pub(crate) fn holds(self, condition: &Condition) -> bool {
        self.fact(condition).meets(condition.operator, condition.value) == Some(true)
    }

    /// Whether all conditions in some rows hold; of those that are joined by "or", one.
    pub(crate) fn all_hold(self, conditions: Rows) -> bool {
        let (mut one_holds, mut open) = (false, false);
        for row in conditions {
            let Some(condition) = self.program.condition(row) else { return false };
            one_holds = one_holds || self.holds(&condition);
            open = condition.or_next;
            if !open && !core::mem::take(&mut one_holds) {
                return false;
            }
        }
        !open || one_holds
    }

    /// The first prerequisite that is not met; none if the quest can be begun.
    pub(crate) fn unmet(self) -> Option<Unmet> {
        let mut all = 0..self.program.prerequisites(self.quest).len();
        if self.any_met() { None } else { all.find_map(|position| self.unmet_at(position)) }
    }

    /// Whether one prerequisite is enough, and one is met.
    pub(crate) fn any_met(self) -> bool {
        let mut all = 0..self.program.prerequisites(self.quest).len();
        self.program.any_is_enough(self.quest) && all.any(|position| self.unmet_at(position).is_none())
    }

    /// What is wrong with the prerequisite at a position, if something is.
    pub(crate) fn unmet_at(self, position: usize) -> Option<Unmet> {
        let row = self.program.prerequisites(self.quest).nth(position);
        let Some(condition) = row.and_then(|row| self.program.condition(row)) else {
            return Some(Unmet { position, sort: "", actual: ActualValue::Unknown });
        };
        let fact = self.fact(&condition);
        let actual = match (fact.meets(condition.operator, condition.value), fact) {
            (Some(true), _) => return None,
            (None, _) | (_, Fact::Unknown) => ActualValue::Unknown,
            (_, Fact::Is(is)) => ActualValue::Is(is),
            (_, Fact::Number(number)) => ActualValue::Number(number),
            (_, Fact::Float(number)) => ActualValue::Float(number),
            (_, Fact::Text(_)) => ActualValue::OtherText,
        };
        Some(Unmet { position, sort: condition.sort, actual })
    }

    /// Where the quest is, the world included.
    pub(crate) fn lifecycle(self) -> Lifecycle {
        let entry = self.state.entry(self.quest);
        match entry.map_or(Lifecycle::NotStarted, |entry| entry.phase) {
            Lifecycle::NotStarted => {
                let locked = entry.is_some_and(|entry| entry.locked);
                let secret = self.program.hidden_quest(self.quest) && !entry.is_some_and(|entry| entry.found);
                if locked || secret || self.unmet().is_some() {
                    Lifecycle::NotStarted
                } else {
                    Lifecycle::Available
                }
            }
            phase => phase,
        }
    }
}

impl State {
    /// Where a quest is, the world included.
    #[must_use]
    pub fn lifecycle(&self, program: &Program, world: &dyn RawFacts, quest: u32) -> Lifecycle {
        ConditionCx { program, state: self, world, quest, place: None }.lifecycle()
    }
}
