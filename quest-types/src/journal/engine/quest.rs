//! A quest as a whole: begin, fail, turn in, reset (Quest Schema §3.2, §3.6, §12, UC-002, UC-005).

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Engine;
use super::condition::ConditionCx;
use crate::journal::Lifecycle;
use crate::journal::effect::{RawCause, RawEffect};
use crate::journal::error::{QuestError, Unmet};
use crate::journal::state::{Held, NO_DEADLINE, Run};

impl Engine<'_> {
    pub(super) fn conditions(&self, quest: u32, place: Option<u32>) -> ConditionCx<'_> {
        ConditionCx { program: self.program, state: self.state, world: self.world, quest, place }
    }

    fn require_known(&self, quest: u32) -> Result<(), QuestError> {
        if quest < self.program.quest_count() { Ok(()) } else { Err(QuestError::NotLoaded) }
    }

    fn require_phase(&self, quest: u32, wanted: Lifecycle) -> Result<(), QuestError> {
        self.require_known(quest)?;
        let actual = self.state.phase(quest);
        let run = self.state.entry(quest).and_then(|entry| entry.run.as_ref());
        if actual != wanted {
            Err(QuestError::WrongState { actual })
        } else if run.is_some_and(|run| run.world != self.state.here) {
            Err(QuestError::OtherWorld)
        } else {
            Ok(())
        }
    }

    pub(super) fn require_active(&self, quest: u32) -> Result<(), QuestError> {
        self.require_phase(quest, Lifecycle::Active)
    }

    /// Finds a secret quest.
    pub fn discover(&mut self, quest: u32) -> Result<(), QuestError> {
        self.require_known(quest)?;
        if self.program.hidden_quest(quest) {
            let entry = self.state.entry_or_insert(quest);
            if !entry.found {
                entry.found = true;
                self.emit(RawEffect::Discovered { quest });
            }
        }
        Ok(())
    }

    /// Whether a quest can be begun now.
    pub fn check(&self, quest: u32) -> Result<(), QuestError> {
        self.require_phase(quest, Lifecycle::NotStarted)?;
        if self.state.entry(quest).is_some_and(|entry| entry.locked) {
            return Err(QuestError::Locked);
        }
        match self.conditions(quest, None).unmet() {
            Some(unmet) => Err(unmet.into()),
            None => Ok(()),
        }
    }

    /// The prerequisites of a quest that are not met. None where one of several is enough, and one is met.
    #[must_use]
    pub fn unmet(&self, quest: u32) -> Vec<Unmet> {
        let conditions = self.conditions(quest, None);
        let count = if conditions.any_met() { 0 } else { self.program.prerequisites(quest).len() };
        (0..count).filter_map(|position| conditions.unmet_at(position)).collect()
    }

    /// Begins a quest.
    pub fn start(&mut self, quest: u32) -> Result<(), QuestError> {
        self.check(quest)?;
        self.begin(quest)
    }

    /// Begins a quest whatever has to be met before.
    pub fn begin(&mut self, quest: u32) -> Result<(), QuestError> {
        let here = self.state.here;
        let deadline = match self.program.limit(quest) {
            Some(limit) => {
                let end = self.state.turn(here).checked_add(u64::from(limit));
                end.filter(|end| *end < NO_DEADLINE).ok_or(QuestError::Overflow)?
            }
            None => NO_DEADLINE,
        };
        self.discover(quest)?;
        let first = self.program.start(quest);
        let begun = self.state.turn(here);
        let run = Run::new(self.program, quest, first.unwrap_or(u32::MAX), here, begun, deadline);
        let due = run.next_due(self.program, quest, begun).unwrap_or(NO_DEADLINE);
        let entry = self.state.entry_or_insert(quest);
        entry.phase = Lifecycle::Active;
        // It wraps around after four thousand million runs, of which nobody remembers the first.
        entry.runs = entry.runs.wrapping_add(1);
        entry.run = Some(Box::new(run));
        if let Some(clock) = self.state.worlds.get_mut(here as usize) {
            clock.next_deadline = clock.next_deadline.min(due);
        }
        self.subscriptions.add_failures(self.program, quest);
        self.emit(RawEffect::Started { quest });
        match first {
            Some(stage) => self.enter(quest, stage),
            None => self.complete(quest),
        }
        Ok(())
    }

    /// All is done.
    pub(super) fn complete(&mut self, quest: u32) {
        self.unsubscribe(quest);
        if let Some(entry) = self.state.entry_mut(quest) {
            entry.phase = Lifecycle::Complete;
        }
        self.emit(RawEffect::Complete { quest });
    }

    pub(super) fn unsubscribe(&mut self, quest: u32) {
        let Some(run) = self.state.active_mut(quest) else { return };
        run.deadline = NO_DEADLINE;
        let stage = run.stage;
        self.subscriptions.remove_failures(self.program, quest);
        self.subscriptions.leave(self.program, quest, stage);
    }

    /// Fails an active quest because the game says so.
    pub fn fail(&mut self, quest: u32) -> Result<(), QuestError> {
        self.require_active(quest)?;
        self.fail_quest(quest, RawCause::Game);
        Ok(())
    }

    pub(super) fn fail_quest(&mut self, quest: u32, cause: RawCause) {
        self.unsubscribe(quest);
        if let Some(entry) = self.state.entry_mut(quest) {
            entry.phase = Lifecycle::Failed;
            entry.run.iter_mut().for_each(|run| run.counts = Box::default());
        }
        let run = self.state.run_number(quest);
        self.emit(RawEffect::Failed { quest, cause });
        for consequence in self.program.consequences(quest) {
            self.emit(RawEffect::Consequence { consequence, quest, run });
            if let Some(locked) = self.program.locks(consequence) {
                self.lock(locked);
            }
        }
    }

    fn lock(&mut self, quest: u32) {
        let entry = self.state.entry_or_insert(quest);
        if !entry.locked {
            entry.locked = true;
            self.emit(RawEffect::Locked { quest });
        }
    }

    /// Turns a quest in. `choice` is the reward that is picked of several; `takes` says whether there is room
    /// for a reward now.
    pub fn turn_in(
        &mut self,
        quest: u32,
        choice: Option<u32>,
        takes: &mut dyn FnMut(u32) -> bool,
    ) -> Result<(), QuestError> {
        self.require_phase(quest, Lifecycle::Complete)?;
        let mut choices = self.program.rewards(quest).filter(|reward| self.program.is_choice(*reward));
        match choice {
            Some(choice) if choices.all(|reward| reward != choice) => return Err(QuestError::NotAChoice),
            None if choices.next().is_some() => return Err(QuestError::ChooseReward),
            _ => {}
        }
        let times = self.state.times_turned_in(quest).checked_add(1).ok_or(QuestError::Overflow)?;
        let run = self.state.run_number(quest);
        for reward in self.program.rewards(quest) {
            if self.program.is_choice(reward) && choice != Some(reward) {
                continue;
            }
            if takes(reward) {
                self.emit(RawEffect::Reward { reward, quest, run });
            } else {
                self.state.held.push(Held { quest, reward, run });
                self.emit(RawEffect::Held { reward });
            }
        }
        let repeatable = self.program.repeatable(quest);
        if let Some(entry) = self.state.entry_mut(quest) {
            entry.times = times;
            entry.phase = Lifecycle::TurnedIn;
            entry.run.iter_mut().for_each(|run| run.counts = Box::default());
        }
        self.emit(RawEffect::TurnedIn { quest });
        if repeatable {
            self.clear_run(quest);
        }
        Ok(())
    }

    /// Hands out the rewards of a quest that are held back, as far as there is room.
    pub fn claim(&mut self, quest: u32, takes: &mut dyn FnMut(u32) -> bool) -> Result<(), QuestError> {
        self.require_known(quest)?;
        if !self.state.held.iter().any(|held| held.quest == quest) {
            return Err(QuestError::NothingHeld);
        }
        let Self { state, effects, .. } = self;
        state.held.retain(|Held { quest: of, reward, run }| {
            let given = *of == quest && takes(*reward);
            if given {
                effects.push(RawEffect::Reward { reward: *reward, quest, run: *run });
            }
            !given
        });
        Ok(())
    }

    /// Takes a quest back to where it was before it was begun, in whatever world that was. What it has locked or paid
    /// stays so.
    pub fn reset(&mut self, quest: u32) -> Result<(), QuestError> {
        self.require_known(quest)?;
        match self.state.phase(quest) {
            actual @ (Lifecycle::NotStarted | Lifecycle::Available) => Err(QuestError::WrongState { actual }),
            _ => {
                self.unsubscribe(quest);
                self.clear_run(quest);
                Ok(())
            }
        }
    }

    fn clear_run(&mut self, quest: u32) {
        if let Some(entry) = self.state.entry_mut(quest) {
            entry.phase = Lifecycle::NotStarted;
            entry.run = None;
        }
        self.emit(RawEffect::Reset { quest });
    }
}
