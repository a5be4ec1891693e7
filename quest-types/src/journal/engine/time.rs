//! Turns, and quests whose time runs out (Quest Schema §5.1 `timeLimit`, §11.2, §12.1).

use super::Engine;
use crate::journal::Lifecycle;
use crate::journal::effect::RawCause;
use crate::journal::error::QuestError;
use crate::journal::state::NO_DEADLINE;

impl Engine<'_> {
    /// Turns pass. Quests whose time has run out go where a branch leads that waits for it, or fail if a failure
    /// condition does; the others go on. Takes no time if none has run out. Quests of other worlds rest.
    pub fn pass(&mut self, turns: u64) -> Result<(), QuestError> {
        let here = self.state.here;
        let Some(clock) = self.state.worlds.get_mut(here as usize) else { return Ok(()) };
        clock.turn = clock.turn.checked_add(turns).ok_or(QuestError::Overflow)?;
        let now = clock.turn;
        if now < clock.next_deadline {
            return Ok(());
        }
        for at in 0..self.state.entries.len() {
            let Some(entry) = self.state.entries.get_mut(at) else { break };
            let quest = entry.quest;
            let Some(run) = entry.run.as_mut().filter(|_| entry.phase == Lifecycle::Active) else { continue };
            if run.world != here || run.deadline > now || run.deadline == NO_DEADLINE {
                continue;
            }
            run.deadline = NO_DEADLINE;
            run.expired = true;
            self.expire(quest);
        }
        self.state.find_next_deadline();
        Ok(())
    }

    fn expire(&mut self, quest: u32) {
        if let Some((branch, to)) = self.branch_of_time(quest) {
            self.take_branch(quest, branch, to);
            return;
        }
        let failure = self.program.failures(quest).find(|failure| self.program.fails_by_time(*failure));
        if let Some(failure) = failure {
            self.fail_quest(quest, RawCause::Condition(failure));
        }
    }
}
