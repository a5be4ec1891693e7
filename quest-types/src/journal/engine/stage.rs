//! What follows when an objective is done: alternatives, the end of a stage, branches, the next stage (Quest
//! Schema §3.3 to §3.5, §7, §11, UC-004).

use super::Engine;
use crate::journal::effect::RawEffect;
use crate::journal::error::QuestError;
use crate::journal::program::Ask;

impl Engine<'_> {
    /// An objective is done. Gives whether the quest has left the stage.
    pub(super) fn done(&mut self, quest: u32, objective: u32) -> bool {
        let Some(stage) = self.state.active(quest).map(|run| run.stage) else { return false };
        let mut done = core::mem::take(&mut self.subscriptions.done);
        done.clear();
        done.push(objective);
        self.subscriptions.remove(self.program, quest, objective);
        self.emit(RawEffect::ObjectiveComplete { objective, via: None });
        let mut at = 0;
        while let Some(via) = done.get(at).copied() {
            at += 1;
            for other in self.program.stage_objectives(stage) {
                if self.is_done_by(quest, other, via) {
                    self.mark(quest, other, via);
                    done.push(other);
                }
            }
        }
        let moved = self.advance_from(quest, stage, &done);
        self.subscriptions.done = done;
        moved
    }

    /// What follows when objectives of a stage are done. Gives whether the quest has left the stage.
    fn advance_from(&mut self, quest: u32, stage: u32, done: &[u32]) -> bool {
        let complete = self.is_complete(quest, stage);
        if complete {
            self.emit(RawEffect::StageComplete { stage });
            for action in self.program.actions(stage) {
                self.emit(RawEffect::Action { action });
            }
        }
        match self.branch(quest, done) {
            Some((branch, to)) => self.take_branch(quest, branch, to),
            None if complete => self.leave(quest, stage),
            None => return false,
        }
        true
    }

    /// Lets active quests go on whose stage needs nothing more, as when new content needs less.
    pub fn resume(&mut self) {
        for at in 0..self.state.entries.len() {
            let Some(entry) = self.state.entries.get(at) else { break };
            let quest = entry.quest;
            let here = self.state.here;
            let run = self.state.active(quest).filter(|run| run.world == here);
            let Some(stage) = run.map(|run| run.stage) else { continue };
            let mut needed = self.program.stage_objectives(stage).filter(|row| self.program.needed(*row));
            if needed.next().is_some() && self.is_complete(quest, stage) {
                self.advance_from(quest, stage, &[]);
            }
        }
    }

    /// Whether an objective is done by doing another.
    fn is_done_by(&self, quest: u32, objective: u32, via: u32) -> bool {
        self.program.modular(objective)
            && self.state.active(quest).is_some_and(|run| !run.is_done(self.program, quest, objective))
            && self.program.alternatives(objective).any(|other| other == via)
            && self.conditions(quest, None).all_hold(self.program.objective_conditions(objective))
    }

    fn mark(&mut self, quest: u32, objective: u32, via: u32) {
        let program = self.program;
        let Some(run) = self.state.active_mut(quest) else { return };
        let seen = run.is_seen(program, quest, objective);
        run.set_count(program, quest, objective, program.required(objective));
        run.paths.push((objective, via));
        if !seen {
            self.emit(RawEffect::Revealed { objective });
        }
        self.emit(RawEffect::ObjectiveComplete { objective, via: Some(via) });
    }

    /// Whether all that a stage needs is done.
    fn is_complete(&self, quest: u32, stage: u32) -> bool {
        let Some(run) = self.state.active(quest) else { return false };
        let mut needed =
            self.program.stage_objectives(stage).filter(|objective| self.program.needed(*objective));
        needed.all(|objective| run.is_done(self.program, quest, objective))
    }

    /// The first branch that is set off: by one of the objectives that are done just now, or by something else
    /// that holds and has not set it off before.
    fn branch(&self, quest: u32, done: &[u32]) -> Option<(u32, u32)> {
        let run = self.state.active(quest)?;
        let conditions = self.conditions(quest, None);
        self.program.branches(quest).find_map(|branch| {
            let (to, condition) = self.program.branch(branch)?;
            let set_off = match (condition.ask, condition.target) {
                (Ask::Objective, crate::Target::Link { row, .. }) => done.contains(&row),
                _ => !run.branches.contains(&branch) && conditions.holds(&condition),
            };
            set_off.then_some((branch, to))
        })
    }

    /// The first branch that waits for time to run out.
    pub(super) fn branch_of_time(&self, quest: u32) -> Option<(u32, u32)> {
        let run = self.state.active(quest)?;
        self.program.branches(quest).find_map(|branch| {
            let (to, condition) = self.program.branch(branch)?;
            (condition.ask == Ask::Time && !run.branches.contains(&branch)).then_some((branch, to))
        })
    }

    pub(super) fn take_branch(&mut self, quest: u32, branch: u32, to: u32) {
        if let Some(run) = self.state.active_mut(quest) {
            run.branches.push(branch);
        }
        self.emit(RawEffect::Branch { branch, to });
        self.enter(quest, to);
    }

    /// Goes on to the stage after this one, or to the end.
    fn leave(&mut self, quest: u32, stage: u32) {
        match self.program.next(stage) {
            Some(next) => self.enter(quest, next),
            None => self.complete(quest),
        }
    }

    /// Enters a stage. Its objectives begin anew.
    pub(super) fn enter(&mut self, quest: u32, stage: u32) {
        let program = self.program;
        let Some(run) = self.state.active_mut(quest) else { return };
        let before = core::mem::replace(&mut run.stage, stage);
        let own = program.stage_objectives(stage);
        for objective in own.clone() {
            run.set_count(program, quest, objective, 0);
        }
        run.revealed.retain(|objective| !own.contains(objective));
        run.paths.retain(|(objective, _)| !own.contains(objective));
        for objective in program.stage_objectives(before) {
            self.subscriptions.remove(program, quest, objective);
        }
        for objective in own {
            self.subscriptions.add(program, quest, objective);
        }
        self.emit(RawEffect::StageEntered { stage });
    }

    /// Takes a quest to a stage, as a dialogue says (`QuestUpdate`, §3.6).
    pub fn update(&mut self, stage: u32) -> Result<(), QuestError> {
        let quest = self.program.quest_of(stage).ok_or(QuestError::NotLoaded)?;
        self.require_active(quest)?;
        if self.state.active(quest).is_some_and(|run| run.stage != stage) {
            self.enter(quest, stage);
        }
        Ok(())
    }

    /// Passes over the stage in which a quest is, if it is optional. What it would do when it is over is not done.
    pub fn skip(&mut self, quest: u32) -> Result<(), QuestError> {
        self.require_active(quest)?;
        let stage = self.state.active(quest).map_or(u32::MAX, |run| run.stage);
        if !self.program.skippable(stage) {
            return Err(QuestError::NotOptional);
        }
        self.leave(quest, stage);
        Ok(())
    }
}
