//! From a save to a player.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{RestoreError, SAVE_FORMAT, Save, SavedQuest, SavedRun, SavedState};
use crate::Id;
use crate::journal::program::Program;
use crate::journal::state::{Clock, Entry, NO_DEADLINE, NO_WORLD, Run, State};
use crate::journal::{Lifecycle, Player, QuestServer, Rules};

/// How large a save may be. Saves come from outside: what a server reads has to have an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Quests, and rewards that wait for room.
    pub quests: usize,
    /// Entries in each list of one quest.
    pub entries: usize,
    /// Bytes of one text.
    pub text: usize,
}

impl Limits {
    /// The same with another limit for quests, and for rewards that wait for room.
    #[must_use]
    pub const fn with_quests(self, quests: usize) -> Self {
        Self { quests, ..self }
    }

    /// The same with another limit for the entries in each list of one quest.
    #[must_use]
    pub const fn with_entries(self, entries: usize) -> Self {
        Self { entries, ..self }
    }

    /// The same with another limit for the bytes of one text.
    #[must_use]
    pub const fn with_text(self, text: usize) -> Self {
        Self { text, ..self }
    }
}

impl Default for Limits {
    /// 50,000 quests, 1,000 entries, 512 bytes.
    fn default() -> Self {
        Self { quests: 50_000, entries: 1_000, text: 512 }
    }
}

/// Something in a save that the content does not have any more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Lost {
    /// A quest, by its id. Everything about it is lost.
    Quest(String),
    /// The stage in which a quest was, by its path. The quest is in its first stage now.
    Stage(String),
    /// An objective, by its path. Its progress is lost.
    Objective(String),
    /// A branch, by its path. That it was taken is lost.
    Branch(String),
    /// A reward that waited for room: the quest, and what it was.
    Reward(String, String),
}

/// What restoring has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The save was written with other content. Call [`Quests::refresh`](crate::journal::Quests::refresh) in the player's
    /// next tick: a stage can need less than before.
    pub content_changed: bool,
    /// What the content does not have any more.
    pub lost: Vec<Lost>,
}

impl<R: Rules> QuestServer<R> {
    /// Makes a player of a save (Quest Runtime Model §5). Runs no quest logic.
    ///
    /// `owner` is whose save it has to be, and `newest` the version that it has at least: the one that was written last,
    /// or 0 if nobody knows.
    ///
    /// If the content has changed since, quests, stages, objectives and branches are found by their ids, or by those that
    /// they have now (`[renames]` in the manifest). What is gone is in the report.
    ///
    /// # Errors
    ///
    /// The save is of another format, owner or game, older than `newest`, too large, has none of the quests of this
    /// content, or says what cannot be.
    pub fn restore(
        &self,
        save: &Save,
        owner: &str,
        newest: u64,
        limits: &Limits,
    ) -> Result<(Player<R>, Report), RestoreError> {
        let program = R::program();
        if !(1..=SAVE_FORMAT).contains(&save.format) {
            return Err(RestoreError::Format { found: save.format });
        }
        within(save, limits)?;
        if save.owner != owner {
            return Err(RestoreError::Owner { found: save.owner.clone() });
        }
        if save.game != program.game() {
            return Err(RestoreError::OtherGame { found: save.game.clone() });
        }
        if save.version < newest {
            return Err(RestoreError::Older { found: save.version, newest });
        }
        if save.version == u64::MAX {
            return Err(damaged("version", "cannot rise any more"));
        }
        let content_changed = save.content != format!("{:016x}", program.content());
        let worlds = worlds(save)?;
        let mut state = State::default();
        state.worlds.extend(worlds.iter().map(|world| Clock::new(world)));
        let mut reader: Reader<'_, R> = Reader {
            program,
            worlds,
            changed: content_changed,
            lost: Vec::new(),
            rules: core::marker::PhantomData,
        };
        for saved in &save.quests {
            let Some(quest) = reader.quest(&saved.id)? else { continue };
            state.entries.push(reader.entry(quest, saved)?);
        }
        if state.entries.is_empty() && !save.quests.is_empty() {
            return Err(RestoreError::UnknownContent);
        }
        state.entries.sort_by_key(|entry| entry.quest);
        let twice = state.entries.windows(2).find(|pair| matches!(pair, [a, b] if a.quest == b.quest));
        if let Some([entry, _]) = twice {
            return Err(damaged(&R::Quest::from_row(entry.quest).to_string(), "is there twice"));
        }
        for held in &save.held {
            let Some(quest) = reader.quest(&held.quest)? else { continue };
            let reward = program.rewards(quest).find(|reward| program.reward_label(*reward) == held.reward);
            match reward {
                Some(reward) => state.held.push((quest, reward)),
                None => reader.lose(Lost::Reward(held.quest.clone(), held.reward.clone()))?,
            }
        }
        held_as_often_as_earned::<R>(program, &state)?;
        let mut lost = reader.lost;
        lost.sort_unstable();
        lost.dedup();
        let player = Player::restored(owner.into(), state, save.version);
        Ok((player, Report { content_changed, lost }))
    }
}

/// The worlds in which quests of a save are, in order.
fn worlds(save: &Save) -> Result<Vec<&str>, RestoreError> {
    let mut worlds = Vec::new();
    for quest in &save.quests {
        if let Some(world) = quest.run.as_ref().and_then(|run| run.world.as_deref()) {
            if save.format < 2 {
                return Err(damaged(&quest.id, "names a world, of which its format does not speak"));
            }
            worlds.push(world);
        }
    }
    worlds.sort_unstable();
    worlds.dedup();
    Ok(worlds)
}

/// A reward is held back once at most for each time that its quest was turned in, and one of those to pick from.
fn held_as_often_as_earned<R: Rules>(program: &Program, state: &State) -> Result<(), RestoreError> {
    let mut held = state.held.clone();
    held.sort_unstable();
    for of_quest in held.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((quest, _)) = of_quest.first() else { continue };
        let times = state.times_turned_in(*quest) as usize;
        let picked = of_quest.iter().filter(|(_, reward)| program.is_choice(*reward)).count();
        let most = of_quest.chunk_by(|one, other| one == other).map(<[_]>::len).max().unwrap_or(0);
        if most > times || picked > times {
            return Err(damaged(&R::Quest::from_row(*quest).to_string(), "holds back what it has not paid"));
        }
    }
    Ok(())
}

fn damaged(at: &str, what: &'static str) -> RestoreError {
    RestoreError::Damaged { at: at.to_string(), what }
}

/// Whether a save is as large as it may be.
fn within(save: &Save, limits: &Limits) -> Result<(), RestoreError> {
    let check = |what, found, limit| {
        if found > limit { Err(RestoreError::OverLimit { what, found, limit }) } else { Ok(()) }
    };
    let text = |text: &str| check("bytes of a text", text.len(), limits.text);
    check("quests", save.quests.len(), limits.quests)?;
    check("rewards held back", save.held.len(), limits.quests)?;
    for header in [&save.game, &save.content, &save.owner] {
        text(header)?;
    }
    for held in &save.held {
        text(&held.quest)?;
        text(&held.reward)?;
    }
    for quest in &save.quests {
        text(&quest.id)?;
        let Some(run) = &quest.run else { continue };
        for (what, found) in [
            ("objectives with progress", run.progress.len()),
            ("objectives that were found", run.revealed.len()),
            ("branches", run.branches.len()),
            ("paths", run.paths.len()),
        ] {
            check(what, found, limits.entries)?;
        }
        let lists = run.revealed.iter().chain(&run.branches).chain(&run.stage).chain(&run.world);
        let objectives = run.progress.iter().map(|progress| &progress.objective);
        let pairs = run.paths.iter().flat_map(|(done, via)| [done, via]);
        lists.chain(objectives).chain(pairs).try_for_each(|path| text(path))?;
    }
    Ok(())
}

struct Reader<'s, R> {
    program: &'static Program,
    /// In order; their positions are those in the state.
    worlds: Vec<&'s str>,
    /// The save was written with other content.
    changed: bool,
    lost: Vec<Lost>,
    rules: core::marker::PhantomData<fn() -> R>,
}

impl<R: Rules> Reader<'_, R> {
    /// Notes that something is gone, which can only be where the content has changed.
    fn lose(&mut self, lost: Lost) -> Result<(), RestoreError> {
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

    fn quest(&mut self, id: &str) -> Result<Option<u32>, RestoreError> {
        let found = R::Quest::parse_saved(id).map(Id::row);
        if found.is_none() {
            self.lose(Lost::Quest(id.to_string()))?;
        }
        Ok(found)
    }

    fn objective(&mut self, quest: u32, path: &str) -> Result<Option<u32>, RestoreError> {
        let found = R::Objective::parse_saved(path).map(Id::row);
        match found {
            None => self.lose(Lost::Objective(path.to_string()))?,
            Some(row) if !self.program.objectives(quest).contains(&row) => {
                return Err(damaged(path, "is an objective of another quest"));
            }
            Some(_) => {}
        }
        Ok(found)
    }

    fn entry(&mut self, quest: u32, saved: &SavedQuest) -> Result<Entry, RestoreError> {
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
        quest_saved: &SavedQuest,
        saved: &SavedRun,
    ) -> Result<Run, RestoreError> {
        let program = self.program;
        let first = program.start(quest);
        let stage = match &saved.stage {
            None => first,
            Some(path) => match R::Stage::parse_saved(path).map(Id::row) {
                Some(stage) if program.quest_of(stage) != Some(quest) => {
                    return Err(damaged(path, "is a stage of another quest"));
                }
                Some(stage) => Some(stage),
                None => {
                    self.lose(Lost::Stage(path.clone()))?;
                    first
                }
            },
        };
        let deadline = match saved.turns_left {
            Some(_) if phase != Lifecycle::Active => {
                return Err(damaged(&quest_saved.id, "is over and has time left"));
            }
            Some(0) => return Err(damaged(&quest_saved.id, "has no turns left and goes on")),
            Some(_) if saved.expired => {
                return Err(damaged(&quest_saved.id, "has turns left after its last"));
            }
            Some(turns) if !self.changed && program.limit(quest).is_none_or(|limit| turns > limit.into()) => {
                return Err(damaged(&quest_saved.id, "has more turns left than it has"));
            }
            Some(turns) if turns < NO_DEADLINE => turns,
            _ => NO_DEADLINE,
        };
        if saved.expired && !self.changed && program.limit(quest).is_none() {
            return Err(damaged(&quest_saved.id, "has reached a limit that it does not have"));
        }
        let world = saved.world.as_deref().and_then(|world| self.worlds.binary_search(&world).ok());
        let world = world.map_or(NO_WORLD, |world| world as u32);
        if saved.turns.is_some() && phase != Lifecycle::Active {
            return Err(damaged(&quest_saved.id, "is over and counts turns"));
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
                return Err(damaged(&quest_saved.id, "is over and has progress"));
            }
            run.counts = Box::default();
        }
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
        for path in &saved.revealed {
            run.revealed.extend(self.objective(quest, path)?);
        }
        for path in &saved.branches {
            match R::Branch::parse_saved(path).map(Id::row) {
                Some(branch) if !program.branches(quest).contains(&branch) => {
                    return Err(damaged(path, "is a branch of another quest"));
                }
                Some(branch) => run.branches.push(branch),
                None => self.lose(Lost::Branch(path.clone()))?,
            }
        }
        for (done, via) in &saved.paths {
            if let (Some(at), Some(via)) = (self.objective(quest, done)?, self.objective(quest, via)?) {
                if !self.changed && program.alternatives(at).all(|other| other != via) {
                    return Err(damaged(done, "was done by what is no way to do it"));
                }
                run.paths.push((at, via));
            }
        }
        Ok(run)
    }
}
