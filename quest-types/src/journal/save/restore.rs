//! From a save to a player.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::ids::{OfRules, SavedIds, SavedKind};
use super::reader::Reader;
use super::{RestoreError, SAVE_FORMAT, Save};
use crate::journal::program::Program;
use crate::journal::state::{Clock, State};
use crate::journal::{Player, QuestServer, Rules};

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
        let (state, report) = restore_state(R::program(), &OfRules::<R>::NEW, save, (owner, newest), limits)?;
        Ok((Player::restored(owner.into(), state, save.version), report))
    }
}

/// Makes the state of a player's quests of a save. `wanted` is whose save it has to be, and the version that it has at least.
///
/// # Errors
///
/// As [`QuestServer::restore`].
pub fn restore_state(
    program: &'static Program,
    ids: &dyn SavedIds,
    save: &Save,
    wanted: (&str, u64),
    limits: &Limits,
) -> Result<(State, Report), RestoreError> {
    admit(program, save, wanted, limits)?;
    let content_changed = save.content != format!("{:016x}", program.content());
    let worlds = worlds(save)?;
    let mut state = State::default();
    state.worlds.extend(worlds.iter().map(|world| Clock::new(world)));
    let mut reader = Reader { program, ids, worlds, changed: content_changed, lost: Vec::new() };
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
        return Err(damaged(&ids.path(SavedKind::Quest, entry.quest), "is there twice"));
    }
    for held in &save.held {
        let Some(quest) = reader.quest(&held.quest)? else { continue };
        let reward = program.rewards(quest).find(|reward| program.reward_label(*reward) == held.reward);
        match reward {
            Some(reward) => state.held.push((quest, reward)),
            None => reader.lose(Lost::Reward(held.quest.clone(), held.reward.clone()))?,
        }
    }
    held_as_often_as_earned(program, ids, &state)?;
    let mut lost = reader.lost;
    lost.sort_unstable();
    lost.dedup();
    Ok((state, Report { content_changed, lost }))
}

/// Whether a save is one that this game reads, and of the player who is wanted.
fn admit(
    program: &Program,
    save: &Save,
    (owner, newest): (&str, u64),
    limits: &Limits,
) -> Result<(), RestoreError> {
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
    Ok(())
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
fn held_as_often_as_earned(program: &Program, ids: &dyn SavedIds, state: &State) -> Result<(), RestoreError> {
    let mut held = state.held.clone();
    held.sort_unstable();
    for of_quest in held.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((quest, _)) = of_quest.first() else { continue };
        let times = state.times_turned_in(*quest) as usize;
        let picked = of_quest.iter().filter(|(_, reward)| program.is_choice(*reward)).count();
        let most = of_quest.chunk_by(|one, other| one == other).map(<[_]>::len).max().unwrap_or(0);
        if most > times || picked > times {
            return Err(damaged(&ids.path(SavedKind::Quest, *quest), "holds back what it has not paid"));
        }
    }
    Ok(())
}

pub(super) fn damaged(at: &str, what: &'static str) -> RestoreError {
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
