//! Events and the progress of objectives (Quest Schema §8, UC-003).

use super::Engine;
use super::subscriptions::{Subscriber, SubscriberKind};
use crate::journal::effect::{RawCause, RawEffect};
use crate::journal::error::QuestError;
use crate::journal::program::Key;

impl Engine<'_> {
    /// Something happened so many times, perhaps at a place. With several keys it is one event about several
    /// things: an objective counts it once.
    ///
    /// It counts for the stages in which quests are now, and not for those that are entered because of it. Quests fail by it
    /// in whatever stage they are afterwards.
    pub fn notify(
        &mut self,
        keys: impl IntoIterator<Item = Key>,
        times: u32,
        place: Option<u32>,
    ) -> Result<(), QuestError> {
        let mut notified = core::mem::take(&mut self.subscriptions.notified);
        notified.clear();
        for key in keys {
            if let Some(topic) = self.program.topic(key) {
                self.subscriptions.collect(topic, &mut notified);
            }
        }
        if notified.len() > 1 {
            notified.sort_unstable();
            notified.dedup();
        }
        // One cannot be too many: what has been done as often as can be waits for nothing.
        if times > 1 && notified.iter().any(|subscriber| self.overflows(*subscriber, times, place)) {
            self.subscriptions.notified = notified;
            return Err(QuestError::Overflow);
        }
        let mut moved = None;
        for subscriber in notified.iter().filter(|_| times > 0) {
            match subscriber.of {
                SubscriberKind::Objective(_) if moved == Some(subscriber.quest) => {}
                SubscriberKind::Objective(objective) => {
                    if self.counts(subscriber.quest, objective, place)
                        && self.progress(subscriber.quest, objective, times)
                    {
                        moved = Some(subscriber.quest);
                    }
                }
                SubscriberKind::Failure(failure) => {
                    if self.state.active(subscriber.quest).is_some() {
                        self.fail_quest(subscriber.quest, RawCause::Condition(failure));
                    }
                }
                SubscriberKind::Fact => {}
            }
        }
        self.subscriptions.notified = notified;
        Ok(())
    }

    /// Whether a count would be larger than a count can be.
    fn overflows(&self, subscriber: Subscriber, times: u32, place: Option<u32>) -> bool {
        let SubscriberKind::Objective(objective) = subscriber.of else { return false };
        let run = self.state.active(subscriber.quest);
        let count = run.and_then(|run| run.count(self.program, subscriber.quest, objective));
        count.is_some_and(|count| count.checked_add(times).is_none())
            && self.counts(subscriber.quest, objective, place)
    }

    /// Whether a deed counts: it is done at the right place, and all conditions hold.
    fn counts(&self, quest: u32, objective: u32, place: Option<u32>) -> bool {
        let conditions = self.conditions(quest, place);
        let at_place = self.program.place(objective).is_none_or(|wanted| conditions.at(wanted));
        at_place && conditions.all_hold(self.program.objective_conditions(objective))
    }

    /// Counts; gives whether the quest has left the stage.
    fn progress(&mut self, quest: u32, objective: u32, times: u32) -> bool {
        let required = self.program.required(objective);
        let Some(run) = self.state.active_mut(quest) else { return false };
        let Some(before) = run.count(self.program, quest, objective) else { return false };
        let current = before.saturating_add(times).min(required);
        if current == before {
            return false;
        }
        let seen = run.is_seen(self.program, quest, objective);
        run.set_count(self.program, quest, objective, current);
        if !seen {
            self.emit(RawEffect::Revealed { objective });
        }
        self.emit(RawEffect::Progress { objective, current, required });
        current == required && self.done(quest, objective)
    }

    fn current(&self, objective: u32) -> Result<u32, QuestError> {
        let stage = self.program.stage_of(objective).ok_or(QuestError::NotLoaded)?;
        let quest = self.program.quest_of(stage).ok_or(QuestError::NotLoaded)?;
        self.require_active(quest)?;
        if self.state.active(quest).is_none_or(|run| run.stage != stage) {
            return Err(QuestError::NotInStage);
        }
        Ok(quest)
    }

    /// Counts for one objective, whatever its conditions are.
    pub fn advance(&mut self, objective: u32, times: u32) -> Result<(), QuestError> {
        let quest = self.current(objective)?;
        if self.program.modular(objective) {
            return Err(QuestError::Alternatives);
        }
        if self.state.active(quest).is_some_and(|run| run.is_done(self.program, quest, objective)) {
            return Err(QuestError::Done);
        }
        if self.state.count(self.program, objective).checked_add(times).is_none() {
            return Err(QuestError::Overflow);
        }
        self.progress(quest, objective, times);
        Ok(())
    }

    /// Finds a secret objective.
    pub fn reveal(&mut self, objective: u32) -> Result<(), QuestError> {
        let quest = self.current(objective)?;
        let program = self.program;
        if let Some(run) = self.state.active_mut(quest).filter(|_| program.hidden(objective)) {
            let seen = run.is_seen(program, quest, objective);
            // What a count shows already is found as well: counts end with the quest, and what was found stays found.
            if !run.revealed.contains(&objective) {
                run.revealed.push(objective);
            }
            if !seen {
                self.emit(RawEffect::Revealed { objective });
            }
        }
        Ok(())
    }
}
