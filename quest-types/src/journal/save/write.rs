//! From a player to a save.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::bytes::{self, FULL, IN_QUEST, IN_STAGE, PathRef};
use super::ids::{OfRules, SavedIds, SavedKind};
use super::packed::{QuestRef, RunRef};
use super::{MAX_NUMBER, SAVE_FORMAT, Save, SavedState};
use crate::journal::state::{Entry, NO_DEADLINE, Run, State};
use crate::journal::{Attachment, Lend, Lifecycle, Player, Program, Rules};

impl<R: Rules> Player<R> {
    /// The quests of this player, to be kept (Quest Runtime Model §5). The version rises by one.
    ///
    /// It says all that is true of them and nothing that exists at run time only.
    #[must_use]
    pub fn save(&mut self) -> Save {
        match Save::from_bytes(&self.save_bytes()) {
            Ok(save) => save,
            // What was written a line above can be read.
            Err(_) => crate::broken(),
        }
    }

    /// The same in the compact form, of which nothing is made but bytes: the fastest way to keep many players.
    /// [`QuestServer::restore_bytes`](crate::journal::QuestServer::restore_bytes) reads it.
    #[must_use]
    pub fn save_bytes(&mut self) -> Vec<u8> {
        let view = &mut self.view;
        // Nobody saves so often; a save that says so is refused.
        view.version = view.version.saturating_add(1).min(MAX_NUMBER);
        let mut out = Vec::new();
        write_state(R::program(), &OfRules::<R>::NEW, &view.state, (view.owner(), view.version), &mut out);
        out
    }
}

impl<R: Rules, P: Lend<R>> Attachment<'_, R, P> {
    /// The quests of the player, to be kept, while the session goes on: as [`Player::save`].
    #[must_use]
    pub fn save(&mut self) -> Save {
        self.player_mut().save()
    }

    /// The same in bytes: as [`Player::save_bytes`].
    #[must_use]
    pub fn save_bytes(&mut self) -> Vec<u8> {
        self.player_mut().save_bytes()
    }
}

/// What is true of a player's quests, as a save.
pub fn save_state(program: &Program, ids: &dyn SavedIds, state: &State, owner: &str, version: u64) -> Save {
    let mut out = Vec::new();
    write_state(program, ids, state, (owner, version), &mut out);
    Save::from_bytes(&out).unwrap_or_else(|_| crate::broken())
}

/// Writes the compact form of a save. `of` is the owner and the version.
pub fn write_state(program: &Program, ids: &dyn SavedIds, state: &State, of: (&str, u64), out: &mut Vec<u8>) {
    let start = out.len();
    let (owner, version) = of;
    bytes::put_start(out, SAVE_FORMAT, version);
    bytes::put_fingerprint(out, program.content());
    bytes::put_text(out, program.game());
    bytes::put_text(out, owner);
    // Worlds in the order of the quests that are in them; one that has none is not saved.
    let mut worlds: BTreeMap<u32, usize> = BTreeMap::new();
    let mut in_order: Vec<u32> = Vec::new();
    for run in state.entries.iter().filter_map(|entry| entry.run.as_deref()) {
        if state.world(run).is_some() {
            worlds.entry(run.world).or_insert_with(|| {
                in_order.push(run.world);
                in_order.len() - 1
            });
        }
    }
    bytes::put_number(out, in_order.len() as u64);
    for world in &in_order {
        bytes::put_text(out, state.worlds.get(*world as usize).map_or("", |clock| &*clock.world));
    }
    bytes::put_number(out, state.entries.len() as u64);
    let writer = Writer { program, ids, state, worlds };
    for entry in &state.entries {
        writer.quest(out, entry);
    }
    bytes::put_number(out, state.held.len() as u64);
    for held in &state.held {
        bytes::put_text(out, &ids.path(SavedKind::Quest, held.quest));
        bytes::put_text(out, program.reward_label(held.reward));
        bytes::put_number(out, held.run.into());
    }
    bytes::put_checksum(out, start);
}

/// What is needed to write a quest.
struct Writer<'a> {
    program: &'a Program,
    ids: &'a dyn SavedIds,
    state: &'a State,
    /// The positions of worlds in the save.
    worlds: BTreeMap<u32, usize>,
}

impl Writer<'_> {
    fn quest(&self, out: &mut Vec<u8>, entry: &Entry) {
        QuestRef {
            id: &self.ids.path(SavedKind::Quest, entry.quest),
            state: saved_state(entry.phase),
            times: entry.times,
            runs: entry.runs,
            locked: entry.locked,
            found: entry.found,
            has_run: entry.run.is_some(),
        }
        .put(out);
        if let Some(run) = entry.run.as_deref() {
            self.run(out, entry, run);
        }
    }

    fn run(&self, out: &mut Vec<u8>, entry: &Entry, run: &Run) {
        let (program, state) = (self.program, self.state);
        let stage = (run.stage < program.stage_count()).then_some(run.stage);
        // No branch waits for more turns than a `u32` counts, so more of them make no difference.
        let passed = || state.turn(run.world).wrapping_sub(run.begun).min(u64::from(u32::MAX) + 1);
        let more = !(run.acted.is_empty()
            && run.revealed.is_empty()
            && run.branches.is_empty()
            && run.paths.is_empty());
        RunRef {
            stage: stage.map(|stage| PathRef::InQuest(program.id(1, stage))),
            world: self.worlds.get(&run.world).copied(),
            turns_left: (run.deadline != NO_DEADLINE)
                .then(|| run.deadline.saturating_sub(state.turn(run.world))),
            turns: (entry.phase == Lifecycle::Active && counts_turns(program, entry.quest)).then(passed),
            expired: run.expired,
            settled: run.settled,
            entered: run.entered,
            ..RunRef::default()
        }
        .put_head(out, more);
        self.lists(out, entry.quest, run, more);
    }

    fn lists(&self, out: &mut Vec<u8>, quest: u32, run: &Run, more: bool) {
        let program = self.program;
        let objective = |out: &mut Vec<u8>, row: u32| self.objective(out, run.stage, row);
        let first = program.objectives(quest).start;
        let progress = || (first..).zip(run.counts.iter()).filter(|(_, count)| **count > 0);
        bytes::put_number(out, progress().count() as u64);
        for (row, count) in progress() {
            objective(out, row);
            let done = *count >= program.required(row);
            bytes::put_number(out, u64::from(*count) << 1 | u64::from(done));
        }
        if !more {
            return;
        }
        bytes::put_number(out, run.acted.len() as u64);
        run.acted.iter().for_each(|row| bytes::put_path(out, IN_QUEST, (program.id(1, *row), None)));
        bytes::put_number(out, run.revealed.len() as u64);
        run.revealed.iter().for_each(|row| objective(out, *row));
        bytes::put_number(out, run.branches.len() as u64);
        run.branches.iter().for_each(|row| bytes::put_path(out, IN_QUEST, (program.id(3, *row), None)));
        bytes::put_number(out, run.paths.len() as u64);
        for (done, via) in &run.paths {
            objective(out, *done);
            objective(out, *via);
        }
    }

    fn objective(&self, out: &mut Vec<u8>, current: u32, row: u32) {
        let own = self.program.id(2, row);
        match self.program.stage_of(row) {
            Some(stage) if stage == current => bytes::put_path(out, IN_STAGE, (own, None)),
            Some(stage) => bytes::put_path(out, IN_QUEST, (self.program.id(1, stage), Some(own))),
            None => bytes::put_path(out, FULL, (&self.ids.path(SavedKind::Objective, row), None)),
        }
    }
}

fn saved_state(phase: Lifecycle) -> SavedState {
    match phase {
        Lifecycle::NotStarted | Lifecycle::Available => SavedState::NotStarted,
        Lifecycle::Active => SavedState::Active,
        Lifecycle::Complete => SavedState::Complete,
        Lifecycle::TurnedIn => SavedState::TurnedIn,
        Lifecycle::Failed => SavedState::Failed,
    }
}

/// Whether a branch of a quest is due after some turns.
fn counts_turns(program: &Program, quest: u32) -> bool {
    program.branches(quest).any(|branch| program.due(branch, None).is_some())
}
