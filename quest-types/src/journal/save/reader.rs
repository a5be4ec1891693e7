//! What a save says of each quest, looked up in the content that there is now.

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::ids::{SavedIds, SavedKind};
use super::restore::damaged;
use super::{Lost, RestoreError, SavedQuest, SavedRun, SavedState};
use crate::journal::Lifecycle;
use crate::journal::program::Program;
use crate::journal::state::{Entry, NO_DEADLINE, NO_WORLD, Run};

/// Looks up what a save says.
pub(super) struct Reader<'s> {
    pub(super) program: &'static Program,
    pub(super) ids: &'s dyn SavedIds,
    /// In order; their positions are those in the state.
    pub(super) worlds: Vec<&'s str>,
    /// The save was written with other content.
    pub(super) changed: bool,
    pub(super) lost: Vec<Lost>,
}

impl Reader<'_> {
    /// Notes that something is gone, which can only be where the content has changed.
    pub(super) fn lose(&mut self, lost: Lost) -> Result<(), RestoreError> {
        if !self.changed {
            let at = match &lost {
                Lost::Quest(at) | Lost::Stage(at) | Lost::Objective(at) | Lost::Branch(at) => at,
                Lost::Reward(quest, _) => quest,
            };
            return Err(damaged(at, "does not exist in the content of the save"));
        }
        self.lost.push(lost);
        Ok(())
    }

    pub(super) fn quest(&mut self, id: &str) -> Result<Option<u32>, RestoreError> {
        let found = self.ids.find(SavedKind::Quest, id);
        if found.is_none() {
            self.lose(Lost::Quest(id.to_string()))?;
        }
        Ok(found)
    }

    fn objective(&mut self, quest: u32, path: &str) -> Result<Option<u32>, RestoreError> {
        let found = self.ids.find(SavedKind::Objective, path);
        match found {
            None => self.lose(Lost::Objective(path.to_string()))?,
            Some(row) if !self.program.objectives(quest).contains(&row) => {
                return Err(damaged(path, "is an objective of another quest"));
            }
            Some(_) => {}
        }
        Ok(found)
    }

    pub(super) fn entry(&mut self, quest: u32, saved: &SavedQuest) -> Result<Entry, RestoreError> {
        let phase = match saved.state {
            SavedState::NotStarted => Lifecycle::NotStarted,
            SavedState::Active => Lifecycle::Active,
            SavedState::Complete => Lifecycle::Complete,
            SavedState::TurnedIn => Lifecycle::TurnedIn,
            SavedState::Failed => Lifecycle::Failed,
        };
        let run = match (&saved.run, phase) {
            (None, Lifecycle::NotStarted) => None,
            (Some(_), Lifecycle::NotStarted) => return Err(damaged(&saved.id, "was not begun and goes on")),
            (None, _) => return Err(damaged(&saved.id, "was begun and does not say how it goes")),
            (Some(run), _) => Some(Box::new(self.run(quest, phase, saved, run)?)),
        };
        if phase == Lifecycle::TurnedIn && saved.times == 0 {
            return Err(damaged(&saved.id, "is turned in and never was"));
        }
        let (times, locked, found) = (saved.times, saved.locked, saved.found);
        Ok(Entry { quest, times, phase, locked, found, run })
    }

    fn run(
        &mut self,
        quest: u32,
        phase: Lifecycle,
        of: &SavedQuest,
        saved: &SavedRun,
    ) -> Result<Run, RestoreError> {
        let program = self.program;
        let stage = self.stage(quest, saved)?;
        let deadline = self.deadline(quest, phase, of, saved)?;
        let world = saved.world.as_deref().and_then(|world| self.worlds.binary_search(&world).ok());
        let world = world.map_or(NO_WORLD, |world| world as u32);
        if saved.turns.is_some() && phase != Lifecycle::Active {
            return Err(damaged(&of.id, "is over and counts turns"));
        }
        // What has passed before the clock of the world is set again.
        let left = saved.turns_left.zip(program.limit(quest));
        let passed = || left.map_or(0, |(left, limit)| u64::from(limit).saturating_sub(left));
        let begun = 0_u64.wrapping_sub(saved.turns.unwrap_or_else(passed));
        let mut run = Run::new(program, quest, stage.unwrap_or(u32::MAX), world, begun, deadline);
        run.expired = saved.expired;
        // What is over has no progress any more.
        if matches!(phase, Lifecycle::TurnedIn | Lifecycle::Failed) {
            if !saved.progress.is_empty() {
                return Err(damaged(&of.id, "is over and has progress"));
            }
            run.counts = Box::default();
        }
        self.progress(quest, saved, &mut run)?;
        for path in &saved.revealed {
            run.revealed.extend(self.objective(quest, path)?);
        }
        self.branches(quest, saved, &mut run)?;
        self.paths(quest, saved, &mut run)?;
        Ok(run)
    }

    /// The stage in which a quest is: the first, if that in which it was is gone.
    fn stage(&mut self, quest: u32, saved: &SavedRun) -> Result<Option<u32>, RestoreError> {
        let program = self.program;
        let Some(path) = &saved.stage else { return Ok(program.start(quest)) };
        match self.ids.find(SavedKind::Stage, path) {
            Some(stage) if program.quest_of(stage) != Some(quest) => {
                Err(damaged(path, "is a stage of another quest"))
            }
            Some(stage) => Ok(Some(stage)),
            None => {
                self.lose(Lost::Stage(path.clone()))?;
                Ok(program.start(quest))
            }
        }
    }

    /// The turns that a quest has left.
    fn deadline(
        &self,
        quest: u32,
        phase: Lifecycle,
        of: &SavedQuest,
        saved: &SavedRun,
    ) -> Result<u64, RestoreError> {
        let limit = self.program.limit(quest);
        let wrong = |what| Err(damaged(&of.id, what));
        let deadline = match saved.turns_left {
            Some(_) if phase != Lifecycle::Active => return wrong("is over and has time left"),
            Some(0) => return wrong("has no turns left and goes on"),
            Some(_) if saved.expired => return wrong("has turns left after its last"),
            Some(turns) if !self.changed && limit.is_none_or(|limit| turns > limit.into()) => {
                return wrong("has more turns left than it has");
            }
            Some(turns) if turns < NO_DEADLINE => turns,
            _ => NO_DEADLINE,
        };
        if saved.expired && !self.changed && limit.is_none() {
            return wrong("has reached a limit that it does not have");
        }
        Ok(deadline)
    }

    fn progress(&mut self, quest: u32, saved: &SavedRun, run: &mut Run) -> Result<(), RestoreError> {
        let program = self.program;
        for progress in &saved.progress {
            let Some(objective) = self.objective(quest, &progress.objective)? else { continue };
            let required = program.required(objective);
            let fits = progress.count > 0
                && progress.count <= required
                && progress.done == (progress.count == required);
            if !self.changed && !fits {
                return Err(damaged(&progress.objective, "is further than it can be"));
            }
            if run.count(program, quest, objective).is_some_and(|count| count > 0) {
                return Err(damaged(&progress.objective, "has progress twice"));
            }
            // What was done stays done, and what was not is not done by new content.
            let count = if progress.done { required } else { progress.count.min(required - 1) };
            run.set_count(program, quest, objective, count);
        }
        Ok(())
    }

    fn branches(&mut self, quest: u32, saved: &SavedRun, run: &mut Run) -> Result<(), RestoreError> {
        for path in &saved.branches {
            match self.ids.find(SavedKind::Branch, path) {
                Some(branch) if !self.program.branches(quest).contains(&branch) => {
                    return Err(damaged(path, "is a branch of another quest"));
                }
                Some(branch) => run.branches.push(branch),
                None => self.lose(Lost::Branch(path.clone()))?,
            }
        }
        Ok(())
    }

    /// By which objectives others were done.
    fn paths(&mut self, quest: u32, saved: &SavedRun, run: &mut Run) -> Result<(), RestoreError> {
        for (done, via) in &saved.paths {
            if let (Some(at), Some(via)) = (self.objective(quest, done)?, self.objective(quest, via)?) {
                if !self.changed && self.program.alternatives(at).all(|other| other != via) {
                    return Err(damaged(done, "was done by what is no way to do it"));
                }
                run.paths.push((at, via));
            }
        }
        Ok(())
    }
}
