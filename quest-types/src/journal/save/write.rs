//! From a player to a save.

use alloc::format;
use alloc::string::{String, ToString};

use super::ids::{OfRules, SavedIds, SavedKind};
use super::{SAVE_FORMAT, Save, SavedProgress, SavedQuest, SavedReward, SavedRun, SavedState};
use crate::journal::state::{Entry, NO_DEADLINE, Run, State};
use crate::journal::{Lifecycle, Player, Program, Rules};

impl<R: Rules> Player<R> {
    /// The quests of this player, to be kept (Quest Runtime Model §5). The version rises by one.
    ///
    /// It says all that is true of them and nothing that exists at run time only.
    #[must_use]
    pub fn save(&mut self) -> Save {
        // Nobody saves so often; a save that says so is refused.
        self.version = self.version.saturating_add(1);
        save_state(R::program(), &OfRules::<R>::NEW, &self.state, self.owner(), self.version)
    }

    /// How often this player was saved.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }
}

/// What is true of a player's quests, as a save.
pub fn save_state(program: &Program, ids: &dyn SavedIds, state: &State, owner: &str, version: u64) -> Save {
    let held = state.held.iter().map(|(quest, reward)| SavedReward {
        quest: ids.path(SavedKind::Quest, *quest),
        reward: program.reward_label(*reward).to_string(),
    });
    Save {
        format: SAVE_FORMAT,
        game: program.game().to_string(),
        content: format!("{:016x}", program.content()),
        owner: owner.to_string(),
        version,
        quests: state.entries.iter().map(|entry| quest(program, ids, state, entry)).collect(),
        held: held.collect(),
    }
}

fn quest(program: &Program, ids: &dyn SavedIds, state: &State, entry: &Entry) -> SavedQuest {
    SavedQuest {
        id: ids.path(SavedKind::Quest, entry.quest),
        state: match entry.phase {
            Lifecycle::NotStarted | Lifecycle::Available => SavedState::NotStarted,
            Lifecycle::Active => SavedState::Active,
            Lifecycle::Complete => SavedState::Complete,
            Lifecycle::TurnedIn => SavedState::TurnedIn,
            Lifecycle::Failed => SavedState::Failed,
        },
        times: entry.times,
        locked: entry.locked,
        found: entry.found,
        run: entry.run.as_deref().map(|run| saved(program, ids, state, (entry.quest, run))),
    }
}

/// Whether a branch of a quest is due after some turns.
fn counts_turns(program: &Program, quest: u32) -> bool {
    program.branches(quest).any(|branch| program.due(branch, None).is_some())
}

fn saved(program: &Program, ids: &dyn SavedIds, state: &State, (quest, run): (u32, &Run)) -> SavedRun {
    let objective = |row: &u32| -> String { ids.path(SavedKind::Objective, *row) };
    let first = program.objectives(quest).start;
    let progress = (first..).zip(run.counts.iter()).filter(|(_, count)| **count > 0);
    SavedRun {
        stage: (run.stage < program.stage_count()).then(|| ids.path(SavedKind::Stage, run.stage)),
        world: state.world(run).map(ToString::to_string),
        turns_left: (run.deadline != NO_DEADLINE).then(|| run.deadline.saturating_sub(state.turn(run.world))),
        turns: counts_turns(program, quest)
            .then(|| state.turn(run.world).wrapping_sub(run.begun))
            .filter(|_| state.active(quest).is_some()),
        expired: run.expired,
        progress: progress
            .map(|(row, count)| SavedProgress {
                objective: objective(&row),
                count: *count,
                done: *count >= program.required(row),
            })
            .collect(),
        revealed: run.revealed.iter().map(objective).collect(),
        branches: run.branches.iter().map(|branch| ids.path(SavedKind::Branch, *branch)).collect(),
        paths: run.paths.iter().map(|(done, via)| (objective(done), objective(via))).collect(),
    }
}
