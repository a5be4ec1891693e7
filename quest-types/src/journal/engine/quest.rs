//! A quest as a whole: begin, fail, turn in, reset (Quest Schema §3.2, §3.6, §12, UC-002, UC-005).

use alloc::boxed::Box;

use super::Engine;
use super::condition::Asking;
use crate::journal::Lifecycle;
use crate::journal::effect::{RawCause, RawEffect};
use crate::journal::refused::Refused;
use crate::journal::state::{NEVER, Run};

impl Engine<'_> {
    pub(super) fn asking(&self, quest: u32, place: Option<u32>) -> Asking<'_> {
        Asking { program: self.program, state: self.state, world: self.world, quest, place }
    }

    fn known(&self, quest: u32) -> Result<(), Refused> {
        if quest < self.program.quest_count() { Ok(()) } else { Err(Refused::NotLoaded) }
    }

    fn in_phase(&self, quest: u32, wanted: Lifecycle) -> Result<(), Refused> {
        self.known(quest)?;
        let is = self.state.phase(quest);
        let run = self.state.entry(quest).and_then(|entry| entry.run.as_ref());
        if is != wanted {
            Err(Refused::Phase { is })
        } else if run.is_some_and(|run| run.world != self.state.here) {
            Err(Refused::OtherWorld)
        } else {
            Ok(())
        }
    }

    pub(super) fn is_active(&self, quest: u32) -> Result<(), Refused> {
        self.in_phase(quest, Lifecycle::Active)
    }

    /// Finds a secret quest.
    pub fn discover(&mut self, quest: u32) -> Result<(), Refused> {
        self.known(quest)?;
        if self.program.hidden_quest(quest) {
            let entry = self.state.touch(quest);
            if !entry.found {
                entry.found = true;
                self.say(RawEffect::Discovered { quest });
            }
        }
        Ok(())
    }

    /// Whether a quest can be begun now.
    pub fn check(&self, quest: u32) -> Result<(), Refused> {
        self.in_phase(quest, Lifecycle::NotStarted)?;
        if self.state.entry(quest).is_some_and(|entry| entry.locked) {
            return Err(Refused::Locked);
        }
        match self.asking(quest, None).unmet() {
            Some(unmet) => Err(unmet.into()),
            None => Ok(()),
        }
    }

    /// Begins a quest.
    pub fn start(&mut self, quest: u32) -> Result<(), Refused> {
        self.check(quest)?;
        let here = self.state.here;
        let deadline = match self.program.limit(quest) {
            Some(limit) => {
                let end = self.state.turn(here).checked_add(u64::from(limit));
                end.filter(|end| *end < NEVER).ok_or(Refused::Overflow)?
            }
            None => NEVER,
        };
        self.discover(quest)?;
        let first = self.program.start(quest);
        let run = Run::new(self.program, quest, first.unwrap_or(u32::MAX), here, deadline);
        let entry = self.state.touch(quest);
        entry.phase = Lifecycle::Active;
        entry.run = Some(Box::new(run));
        if let Some(clock) = self.state.worlds.get_mut(here as usize) {
            clock.next_deadline = clock.next_deadline.min(deadline);
        }
        self.waiting.add_failures(self.program, quest);
        self.say(RawEffect::Started { quest });
        match first {
            Some(stage) => self.enter(quest, stage),
            None => self.complete(quest),
        }
        Ok(())
    }

    /// All is done.
    pub(super) fn complete(&mut self, quest: u32) {
        self.stop_waiting(quest);
        if let Some(entry) = self.state.entry_mut(quest) {
            entry.phase = Lifecycle::Complete;
        }
        self.say(RawEffect::Complete { quest });
    }

    pub(super) fn stop_waiting(&mut self, quest: u32) {
        let Some(run) = self.state.active_mut(quest) else { return };
        run.deadline = NEVER;
        let stage = run.stage;
        self.waiting.remove_failures(self.program, quest);
        for objective in self.program.stage_objectives(stage) {
            self.waiting.remove(self.program, quest, objective);
        }
    }

    /// Fails an active quest because the game says so.
    pub fn fail(&mut self, quest: u32) -> Result<(), Refused> {
        self.is_active(quest)?;
        self.come_to_nothing(quest, RawCause::Game);
        Ok(())
    }

    pub(super) fn come_to_nothing(&mut self, quest: u32, cause: RawCause) {
        self.stop_waiting(quest);
        if let Some(entry) = self.state.entry_mut(quest) {
            entry.phase = Lifecycle::Failed;
            entry.run.iter_mut().for_each(|run| run.counts = Box::default());
        }
        self.say(RawEffect::Failed { quest, cause });
        for consequence in self.program.consequences(quest) {
            self.say(RawEffect::Consequence { consequence });
            if let Some(locked) = self.program.locks(consequence) {
                self.lock(locked);
            }
        }
    }

    fn lock(&mut self, quest: u32) {
        let entry = self.state.touch(quest);
        if !entry.locked {
            entry.locked = true;
            self.say(RawEffect::Locked { quest });
        }
    }

    /// Turns a quest in. `choice` is the reward that is picked of several; `takes` says whether there is room
    /// for a reward now.
    pub fn turn_in(
        &mut self,
        quest: u32,
        choice: Option<u32>,
        takes: &mut dyn FnMut(u32) -> bool,
    ) -> Result<(), Refused> {
        self.in_phase(quest, Lifecycle::Complete)?;
        let mut choices = self.program.rewards(quest).filter(|reward| self.program.is_choice(*reward));
        match choice {
            Some(choice) if choices.all(|reward| reward != choice) => return Err(Refused::NotAChoice),
            None if choices.next().is_some() => return Err(Refused::ChooseReward),
            _ => {}
        }
        let times = self.state.times(quest).checked_add(1).ok_or(Refused::Overflow)?;
        for reward in self.program.rewards(quest) {
            if self.program.is_choice(reward) && choice != Some(reward) {
                continue;
            }
            if takes(reward) {
                self.say(RawEffect::Reward { reward });
            } else {
                self.state.held.push((quest, reward));
                self.say(RawEffect::Held { reward });
            }
        }
        let repeatable = self.program.repeatable(quest);
        if let Some(entry) = self.state.entry_mut(quest) {
            entry.times = times;
            entry.phase = Lifecycle::TurnedIn;
            entry.run.iter_mut().for_each(|run| run.counts = Box::default());
        }
        self.say(RawEffect::TurnedIn { quest });
        if repeatable {
            self.begin_anew(quest);
        }
        Ok(())
    }

    /// Hands out the rewards of a quest that are held back, as far as there is room.
    pub fn claim(&mut self, quest: u32, takes: &mut dyn FnMut(u32) -> bool) -> Result<(), Refused> {
        self.known(quest)?;
        if !self.state.held.iter().any(|(of, _)| *of == quest) {
            return Err(Refused::NothingHeld);
        }
        let Self { state, effects, .. } = self;
        state.held.retain(|(of, reward)| {
            let given = *of == quest && takes(*reward);
            if given {
                effects.push(RawEffect::Reward { reward: *reward });
            }
            !given
        });
        Ok(())
    }

    /// Takes a quest back to where it was before it was begun, in whatever world that was. What it has locked or paid
    /// stays so.
    pub fn reset(&mut self, quest: u32) -> Result<(), Refused> {
        self.known(quest)?;
        match self.state.phase(quest) {
            is @ (Lifecycle::NotStarted | Lifecycle::Available) => Err(Refused::Phase { is }),
            _ => {
                self.stop_waiting(quest);
                self.begin_anew(quest);
                Ok(())
            }
        }
    }

    fn begin_anew(&mut self, quest: u32) {
        if let Some(entry) = self.state.entry_mut(quest) {
            entry.phase = Lifecycle::NotStarted;
            entry.run = None;
        }
        self.say(RawEffect::Reset { quest });
    }
}
