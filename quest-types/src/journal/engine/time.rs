//! Turns, and quests whose time runs out (Quest Schema §5.1 `timeLimit`, §11.2, §12.1).

use super::Engine;
use crate::journal::effect::RawCause;
use crate::journal::error::QuestError;
use crate::journal::program::Ask;
use crate::journal::state::NO_DEADLINE;

impl Engine<'_> {
    /// Turns pass. Quests of which a moment has come go where a branch leads that waits for it; at the limit, without such a
    /// branch, they fail if a failure condition waits for it; the others go on. Takes no time if no moment has come. Quests of
    /// other worlds rest.
    pub fn pass(&mut self, turns: u64) -> Result<(), QuestError> {
        let here = self.state.here;
        let Some(clock) = self.state.worlds.get_mut(here as usize) else { return Ok(()) };
        let before = clock.turn;
        clock.turn = before.checked_add(turns).ok_or(QuestError::Overflow)?;
        let now = clock.turn;
        if now < clock.next_deadline {
            return Ok(());
        }
        for at in 0..self.state.entries.len() {
            let Some(entry) = self.state.entries.get(at) else { break };
            let (quest, mut passed) = (entry.quest, before);
            let next = |engine: &Self, passed: u64| {
                let run = engine.state.active(quest).filter(|run| run.world == here)?;
                run.next_due(engine.program, quest, passed).filter(|due| *due <= now)
            };
            while let Some(due) = next(self, passed) {
                passed = due;
                self.moment(quest, due);
            }
        }
        self.state.find_next_deadline(self.program);
        Ok(())
    }

    /// A turn in which a branch of time is due, or the limit of the quest.
    fn moment(&mut self, quest: u32, due: u64) {
        let Some(run) = self.state.active_mut(quest) else { return };
        let limit = run.deadline == due;
        if limit {
            run.deadline = NO_DEADLINE;
            run.expired = true;
        }
        if let Some((branch, to)) = self.branch_due(quest, due, limit) {
            self.take_branch(quest, branch, to);
            return;
        }
        let failure = self.program.failures(quest).find(|failure| self.program.fails_by_time(*failure));
        if let Some(failure) = failure.filter(|_| limit) {
            self.fail_quest(quest, RawCause::Condition(failure));
        }
    }

    /// The first branch that is due in a turn.
    fn branch_due(&self, quest: u32, due: u64, limit: bool) -> Option<(u32, u32)> {
        let run = self.state.active(quest)?;
        self.program.branches(quest).find_map(|branch| {
            let (to, condition) = self.program.branch(branch)?;
            let is_due = match condition.value {
                None => limit,
                Some(_) => run.due(self.program, branch) == Some(due),
            };
            let waits = condition.ask == Ask::Time && !run.branches.contains(&branch);
            (waits && is_due).then_some((branch, to))
        })
    }
}
