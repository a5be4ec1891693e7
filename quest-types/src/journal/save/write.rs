//! From a player to a save.

use alloc::format;
use alloc::string::{String, ToString};

use super::{SAVE_FORMAT, Save, SavedProgress, SavedQuest, SavedReward, SavedRun, SavedState};
use crate::Id;
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
        let program = R::program();
        Save {
            format: SAVE_FORMAT,
            game: program.game().to_string(),
            content: format!("{:016x}", program.content()),
            owner: self.owner().to_string(),
            version: self.version,
            quests: self.state.entries.iter().map(|entry| quest::<R>(&self.state, entry)).collect(),
            held: self
                .state
                .held
                .iter()
                .map(|(quest, reward)| SavedReward {
                    quest: R::Quest::from_row(*quest).to_string(),
                    reward: program.reward_label(*reward).to_string(),
                })
                .collect(),
        }
    }

    /// How often this player was saved.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }
}

fn quest<R: Rules>(state: &State, entry: &Entry) -> SavedQuest {
    SavedQuest {
        id: R::Quest::from_row(entry.quest).to_string(),
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
        run: entry.run.as_deref().map(|run| saved::<R>(state, entry.quest, run)),
    }
}

/// Whether a branch of a quest is due after some turns.
fn counts_turns(program: &Program, quest: u32) -> bool {
    program.branches(quest).any(|branch| program.due(branch, None).is_some())
}

fn saved<R: Rules>(state: &State, quest: u32, run: &Run) -> SavedRun {
    let program = R::program();
    let objective = |row: &u32| -> String { R::Objective::from_row(*row).to_string() };
    let first = program.objectives(quest).start;
    let progress = (first..).zip(run.counts.iter()).filter(|(_, count)| **count > 0);
    SavedRun {
        stage: (run.stage < program.stage_count()).then(|| R::Stage::from_row(run.stage).to_string()),
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
        branches: run.branches.iter().map(|branch| R::Branch::from_row(*branch).to_string()).collect(),
        paths: run.paths.iter().map(|(done, via)| (objective(done), objective(via))).collect(),
    }
}
