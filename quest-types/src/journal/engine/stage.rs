//! What follows when an objective is done or a fact has changed: alternatives, the end of a stage, branches, the next stage (Quest
//! Schema §3.3 to §3.5, §7, §11, UC-004).

use alloc::vec::Vec;

use super::Engine;
use crate::journal::effect::RawEffect;
use crate::journal::error::QuestError;
use crate::journal::program::{Ask, Condition, Key};

impl Engine<'_> {
    /// An objective is done. Gives whether the quest has left the stage.
    pub(super) fn done(&mut self, quest: u32, objective: u32) -> bool {
        let Some(stage) = self.state.active(quest).map(|run| run.stage) else { return false };
        let mut done = core::mem::take(&mut self.subscriptions.done);
        done.clear();
        done.push(objective);
        self.subscriptions.remove(self.program, quest, objective);
        self.emit(RawEffect::ObjectiveComplete { objective, via: None });
        self.mark_alternatives(quest, stage, &mut done);
        let moved = self.advance_from(quest, stage, &done);
        self.subscriptions.done = done;
        moved
    }

    /// A fact has changed: looks at the quests that wait for it, each once.
    pub fn fact_changed(&mut self, fact: Key) {
        let mut notified = core::mem::take(&mut self.subscriptions.notified);
        notified.clear();
        if let Some(topic) = self.program.topic(fact) {
            self.subscriptions.collect(topic, &mut notified);
        }
        notified.sort_unstable();
        notified.dedup();
        for subscriber in &notified {
            self.look(subscriber.quest);
        }
        self.subscriptions.notified = notified;
    }

    /// Anything can have changed, facts as well as content: looks at every active quest once.
    pub fn refresh(&mut self) {
        for at in 0..self.state.entries.len() {
            let Some(entry) = self.state.entries.get(at) else { break };
            self.look(entry.quest);
        }
    }

    /// Looks at a quest that is active here, without an objective being done: at what is done by doing others, at branches,
    /// and whether its stage needs nothing more.
    fn look(&mut self, quest: u32) {
        let here = self.state.here;
        let run = self.state.active(quest).filter(|run| run.world == here);
        let Some(stage) = run.map(|run| run.stage) else { return };
        let mut done = core::mem::take(&mut self.subscriptions.done);
        done.clear();
        self.mark_alternatives(quest, stage, &mut done);
        self.advance_from(quest, stage, &done);
        self.subscriptions.done = done;
    }

    /// Marks all objectives of a stage that are done by doing others and whose conditions hold, and adds them to those that
    /// are done just now.
    fn mark_alternatives(&mut self, quest: u32, stage: u32, done: &mut Vec<u32>) {
        let program = self.program;
        loop {
            let before = done.len();
            for objective in program.stage_objectives(stage) {
                if done.contains(&objective) {
                    continue;
                }
                if let Some(via) = self.done_by(quest, objective, done) {
                    self.mark(quest, objective, via);
                    done.push(objective);
                }
            }
            if done.len() == before {
                break;
            }
        }
    }

    /// What follows when objectives of a stage are done, or when nothing is done but facts have changed. Gives whether the
    /// quest has left the stage.
    fn advance_from(&mut self, quest: u32, stage: u32, done: &[u32]) -> bool {
        let mut needed = self.program.stage_objectives(stage).filter(|row| self.program.needed(*row));
        let complete = (!done.is_empty() || needed.next().is_some()) && self.is_complete(quest, stage);
        if complete {
            self.emit(RawEffect::StageComplete { stage });
            self.act(quest, stage);
        }
        match self.branch(quest, done) {
            Some((branch, to)) => self.take_branch(quest, branch, to),
            None if complete => self.leave(quest, stage),
            None => return false,
        }
        true
    }

    /// What the world does when a stage is over.
    fn act(&mut self, quest: u32, stage: u32) {
        let run = self.state.run_number(quest);
        let Some(run_now) = self.state.active(quest) else { return };
        let entered = run_now.entered;
        let settled = run_now.acted.iter().take(run_now.settled as usize).any(|acted| *acted == stage);
        let actions = self.program.actions(stage);
        if actions.is_empty() || settled {
            return;
        }
        if let Some(run) = self.state.active_mut(quest).filter(|run| !run.acted.contains(&stage)) {
            run.acted.push(stage);
        }
        for action in actions {
            self.emit(RawEffect::Action { action, stage, run, entered });
        }
    }

    /// The objective by which another is done, if it is: one that is done just now, else the first that is done.
    fn done_by(&self, quest: u32, objective: u32, done: &[u32]) -> Option<u32> {
        let program = self.program;
        let run = self.state.active(quest)?;
        if !program.modular(objective)
            || run.is_done(program, quest, objective)
            || !self.conditions(quest, None).all_hold(program.objective_conditions(objective))
        {
            return None;
        }
        let just_now = program.alternatives(objective).find(|other| done.contains(other));
        let before = || program.alternatives(objective).find(|other| run.is_done(program, quest, *other));
        just_now.or_else(before)
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

    /// The first branch that is set off: by one of the objectives that are done just now, or by a fact that holds and has
    /// not set it off before, if branches on facts can be taken in this stage.
    fn branch(&self, quest: u32, done: &[u32]) -> Option<(u32, u32)> {
        let run = self.state.active(quest)?;
        let conditions = self.conditions(quest, None);
        let open = self.program.open_to_facts(run.stage);
        self.program.branches(quest).find_map(|branch| {
            let (to, _) = self.program.branch(branch)?;
            let fits = |condition: Condition| match (condition.ask, condition.target) {
                (Ask::Objective, crate::Target::Link { row, .. }) => done.contains(&row),
                // Time sets off its branches itself.
                (Ask::Time, _) => false,
                _ => open && !run.branches.contains(&branch) && conditions.holds(&condition),
            };
            self.program.branch_conditions(branch).any(fits).then_some((branch, to))
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
        run.entered = run.entered.wrapping_add(1);
        let own = program.stage_objectives(stage);
        for objective in own.clone() {
            run.set_count(program, quest, objective, 0);
        }
        run.revealed.retain(|objective| !own.contains(objective));
        run.paths.retain(|(objective, _)| !own.contains(objective));
        self.subscriptions.leave(program, quest, before);
        for objective in own {
            self.subscriptions.add(program, quest, objective);
        }
        self.subscriptions.add_facts(program, quest, stage);
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
