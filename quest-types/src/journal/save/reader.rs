//! What a save says of each quest, looked up in the content that there is now.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::bytes::PathRef;
use super::ids::{SavedIds, SavedKind};
use super::packed::{QuestRef, RunRef};
use super::restore::damaged;
use super::{Lost, RestoreError, SavedState};
use crate::journal::Lifecycle;
use crate::journal::program::Program;
use crate::journal::state::{Entry, NO_DEADLINE, NO_WORLD, Run};

/// Looks up what a save says.
pub(super) struct Reader<'s> {
    pub(super) program: &'static Program,
    pub(super) ids: &'s dyn SavedIds,
    /// The number of worlds that the save names.
    pub(super) worlds: usize,
    /// The format of the save.
    pub(super) format: u32,
    /// The save was written with other content.
    pub(super) changed: bool,
    pub(super) lost: Vec<Lost>,
    /// Room for a path.
    pub(super) path: String,
}

/// A quest of the save, and what it is now.
#[derive(Clone, Copy)]
struct Of<'a> {
    row: u32,
    saved: &'a QuestRef<'a>,
    /// It has the id that it had, so paths in it can be compared without the id.
    same_id: bool,
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

    /// The row of something in a quest.
    fn find(&mut self, kind: SavedKind, of: Of<'_>, saved: &RunRef<'_>, path: PathRef<'_>) -> Option<u32> {
        if of.same_id
            && let Some(row) = self.find_in(kind, of, saved, path)
        {
            return Some(row);
        }
        self.path.clear();
        path.write(of.saved.id, saved.stage, &mut self.path);
        self.ids.find(kind, &self.path)
    }

    /// The same for what still has its path: compares a few ids instead of searching among all.
    fn find_in(&self, kind: SavedKind, of: Of<'_>, saved: &RunRef<'_>, path: PathRef<'_>) -> Option<u32> {
        let program = self.program;
        let in_stage =
            |stage: u32, own: &str| program.stage_objectives(stage).find(|row| program.id(2, *row) == own);
        match (kind, path) {
            (SavedKind::Stage, PathRef::InQuest(own)) => {
                program.stages(of.row).find(|row| program.id(1, *row) == own)
            }
            (SavedKind::Branch, PathRef::InQuest(own)) => {
                program.branches(of.row).find(|row| program.id(3, *row) == own)
            }
            (SavedKind::Objective, PathRef::InStage(own)) => {
                in_stage(self.find_in(SavedKind::Stage, of, saved, saved.stage?)?, own)
            }
            (SavedKind::Objective, PathRef::InQuest(own)) => program.stages(of.row).find_map(|stage| {
                in_stage(stage, own.strip_prefix(program.id(1, stage))?.strip_prefix(':')?)
            }),
            _ => None,
        }
    }

    /// The path that was looked for last.
    fn whole(&mut self, of: Of<'_>, saved: &RunRef<'_>, path: PathRef<'_>) -> String {
        let mut whole = String::new();
        path.write(of.saved.id, saved.stage, &mut whole);
        whole
    }

    fn objective(
        &mut self,
        of: Of<'_>,
        saved: &RunRef<'_>,
        path: PathRef<'_>,
    ) -> Result<Option<u32>, RestoreError> {
        let found = self.find(SavedKind::Objective, of, saved, path);
        match found {
            None => {
                let whole = self.whole(of, saved, path);
                self.lose(Lost::Objective(whole))?;
            }
            Some(row) if !self.program.objectives(of.row).contains(&row) => {
                return Err(damaged(&self.whole(of, saved, path), "is an objective of another quest"));
            }
            Some(_) => {}
        }
        Ok(found)
    }

    pub(super) fn entry(
        &mut self,
        quest: u32,
        saved: &QuestRef<'_>,
        run: &RunRef<'_>,
    ) -> Result<Entry, RestoreError> {
        let program = self.program;
        let phase = match saved.state {
            SavedState::NotStarted => Lifecycle::NotStarted,
            SavedState::Active => Lifecycle::Active,
            SavedState::Complete => Lifecycle::Complete,
            SavedState::TurnedIn => Lifecycle::TurnedIn,
            SavedState::Failed => Lifecycle::Failed,
        };
        let of = Of { row: quest, saved, same_id: program.id(0, quest) == saved.id };
        let run = match (saved.has_run, phase) {
            (false, Lifecycle::NotStarted) => None,
            (true, Lifecycle::NotStarted) => return Err(damaged(saved.id, "was not begun and goes on")),
            (false, _) => return Err(damaged(saved.id, "was begun and does not say how it goes")),
            (true, _) => Some(Box::new(self.run(of, phase, run)?)),
        };
        if phase == Lifecycle::TurnedIn && saved.times == 0 {
            return Err(damaged(saved.id, "is turned in and never was"));
        }
        let (times, locked, found) = (saved.times, saved.locked, saved.found);
        let mut entry = Entry { quest, times, runs: self.runs(saved)?, phase, locked, found, run };
        // It can be done again now, as if it had been so when it was turned in.
        if self.changed && phase == Lifecycle::TurnedIn && program.repeatable(quest) {
            entry.phase = Lifecycle::NotStarted;
            entry.run = None;
        }
        Ok(entry)
    }

    /// How often a quest was begun. Earlier formats do not say it; then it was as often as it must have been.
    fn runs(&self, saved: &QuestRef<'_>) -> Result<u32, RestoreError> {
        let open = saved.has_run && saved.state != SavedState::TurnedIn;
        let least = saved.times.saturating_add(u32::from(open));
        if self.format < 4 {
            return Ok(least);
        }
        if saved.runs < least {
            return Err(damaged(saved.id, "was turned in more often than it was begun"));
        }
        Ok(saved.runs)
    }

    fn run(&mut self, of: Of<'_>, phase: Lifecycle, saved: &RunRef<'_>) -> Result<Run, RestoreError> {
        let (program, quest) = (self.program, of.row);
        let stage = self.stage(of, saved)?;
        let deadline = self.deadline(of, phase, saved)?;
        let world = saved.world.filter(|world| *world < self.worlds);
        let world = world.map_or(NO_WORLD, |world| world as u32);
        if world != NO_WORLD && self.format < 2 {
            return Err(damaged(of.saved.id, "names a world, of which its format does not speak"));
        }
        if saved.turns.is_some() && phase != Lifecycle::Active {
            return Err(damaged(of.saved.id, "is over and counts turns"));
        }
        // What has passed before the clock of the world is set again.
        let left = saved.turns_left.zip(program.limit(quest));
        let passed = || left.map_or(0, |(left, limit)| u64::from(limit).saturating_sub(left));
        let begun = 0_u64.wrapping_sub(saved.turns.unwrap_or_else(passed));
        let mut run = Run::new(program, quest, stage.unwrap_or(u32::MAX), world, begun, deadline);
        run.expired = saved.expired;
        run.entered = saved.entered;
        // What is over has no progress any more.
        if matches!(phase, Lifecycle::TurnedIn | Lifecycle::Failed) {
            if !saved.progress.is_empty() {
                return Err(damaged(of.saved.id, "is over and has progress"));
            }
            run.counts = Box::default();
        }
        self.progress(of, saved, &mut run)?;
        // Of a stage that is gone, no action can be done again.
        for path in &saved.acted {
            match self.find(SavedKind::Stage, of, saved, *path) {
                Some(stage) if program.quest_of(stage) == Some(quest) => run.acted.push(stage),
                _ if self.changed => {}
                _ => return Err(damaged(&self.whole(of, saved, *path), "is no stage of the quest")),
            }
        }
        for path in &saved.revealed {
            run.revealed.extend(self.objective(of, saved, *path)?);
        }
        self.branches(of, saved, &mut run)?;
        self.paths(of, saved, &mut run)?;
        if stage.is_none() {
            self.go_on(quest, phase, &mut run);
        }
        let acted = run.acted.len() as u32;
        if !self.changed && saved.settled > acted {
            return Err(damaged(of.saved.id, "has more settled stages than stages that have acted"));
        }
        run.settled = if self.changed { acted } else { saved.settled };
        Ok(run)
    }

    /// The stage in which a quest is, if it is not gone.
    fn stage(&mut self, of: Of<'_>, saved: &RunRef<'_>) -> Result<Option<u32>, RestoreError> {
        let Some(path) = saved.stage else { return Ok(None) };
        match self.find(SavedKind::Stage, of, saved, path) {
            Some(stage) if self.program.quest_of(stage) != Some(of.row) => {
                Err(damaged(&self.whole(of, saved, path), "is a stage of another quest"))
            }
            Some(stage) => Ok(Some(stage)),
            None => {
                let whole = self.whole(of, saved, path);
                self.lose(Lost::Stage(whole))?;
                Ok(None)
            }
        }
    }

    /// Takes a quest whose stage is gone to the first stage of the main line that was not over, which begins anew; to the last
    /// if all were over. What that did is not done again.
    fn go_on(&self, quest: u32, phase: Lifecycle, run: &mut Run) {
        let program = self.program;
        let Some(mut stage) = program.start(quest) else { return };
        if phase == Lifecycle::Active {
            let over = |stage: u32| {
                let mut needed =
                    program.stage_objectives(stage).filter(|row| program.needed(*row)).peekable();
                let done = needed.peek().is_some() && needed.all(|row| run.is_done(program, quest, row));
                done || run.acted.contains(&stage)
            };
            // The main line is not longer than the quest has stages, even if it leads back to itself.
            for _ in program.stages(quest) {
                match program.next(stage) {
                    Some(next) if over(stage) => stage = next,
                    _ => break,
                }
            }
            if over(stage) && !run.acted.contains(&stage) {
                run.acted.push(stage);
            }
            let own = program.stage_objectives(stage);
            for objective in own.clone() {
                run.set_count(program, quest, objective, 0);
            }
            run.revealed.retain(|objective| !own.contains(objective));
            run.paths.retain(|(objective, _)| !own.contains(objective));
            run.entered = run.entered.wrapping_add(1);
        }
        run.stage = stage;
    }

    /// The turns that a quest has left.
    fn deadline(&self, of: Of<'_>, phase: Lifecycle, saved: &RunRef<'_>) -> Result<u64, RestoreError> {
        let limit = self.program.limit(of.row);
        let wrong = |what| Err(damaged(of.saved.id, what));
        let deadline = match saved.turns_left {
            Some(_) if phase != Lifecycle::Active => return wrong("is over and has time left"),
            Some(0) => return wrong("has no turns left and goes on"),
            Some(_) if saved.expired => return wrong("has turns left after its last"),
            Some(turns) if !self.changed && limit.is_none_or(|limit| turns > limit.into()) => {
                return wrong("has more turns left than it has");
            }
            // Never more than the limit of now, and none if there is no limit any more.
            Some(turns) => limit.map_or(NO_DEADLINE, |limit| turns.min(limit.into())),
            None => NO_DEADLINE,
        };
        if saved.expired && !self.changed && limit.is_none() {
            return wrong("has reached a limit that it does not have");
        }
        Ok(deadline)
    }

    fn progress(&mut self, of: Of<'_>, saved: &RunRef<'_>, run: &mut Run) -> Result<(), RestoreError> {
        let (program, quest) = (self.program, of.row);
        for (path, count, done) in &saved.progress {
            let Some(objective) = self.objective(of, saved, *path)? else { continue };
            let required = program.required(objective);
            let fits = *count > 0 && *count <= required && *done == (*count == required);
            if !self.changed && !fits {
                return Err(damaged(&self.whole(of, saved, *path), "is further than it can be"));
            }
            let before = run.count(program, quest, objective).unwrap_or(0);
            if !self.changed && before > 0 {
                return Err(damaged(&self.whole(of, saved, *path), "has progress twice"));
            }
            // What was done stays done, and what was not is not done by new content.
            let count = if *done { required } else { (*count).min(required - 1) };
            // Two that new content has made one: the greater progress stays.
            run.set_count(program, quest, objective, count.max(before));
        }
        Ok(())
    }

    fn branches(&mut self, of: Of<'_>, saved: &RunRef<'_>, run: &mut Run) -> Result<(), RestoreError> {
        for path in &saved.branches {
            match self.find(SavedKind::Branch, of, saved, *path) {
                Some(branch) if !self.program.branches(of.row).contains(&branch) => {
                    return Err(damaged(&self.whole(of, saved, *path), "is a branch of another quest"));
                }
                Some(branch) => run.branches.push(branch),
                None => {
                    let whole = self.whole(of, saved, *path);
                    self.lose(Lost::Branch(whole))?;
                }
            }
        }
        Ok(())
    }

    /// By which objectives others were done.
    fn paths(&mut self, of: Of<'_>, saved: &RunRef<'_>, run: &mut Run) -> Result<(), RestoreError> {
        for (done, via) in &saved.paths {
            let found = (self.objective(of, saved, *done)?, self.objective(of, saved, *via)?);
            if let (Some(at), Some(via)) = found {
                if !self.changed && self.program.alternatives(at).all(|other| other != via) {
                    let whole = self.whole(of, saved, *done);
                    return Err(damaged(&whole, "was done by what is no way to do it"));
                }
                run.paths.push((at, via));
            }
        }
        Ok(())
    }
}
