//! From a save to a player.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::bytes::PathRef;
use super::ids::{OfRules, SavedIds, SavedKind};
use super::packed::{Content, Head, Packed, QuestRef, RunRef};
use super::reader::Reader;
use super::{MAX_NUMBER, RestoreError, SAVE_FORMAT, Save};
use crate::journal::program::Program;
use crate::journal::state::{Clock, Entry, Held, State};
use crate::journal::{Lifecycle, Player, PlayerView, QuestServer, Rules};

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
    /// The stage in which a quest was, by its path. The quest is in the first stage of its main line now that was not over,
    /// which begins anew.
    Stage(String),
    /// An objective, by its path. Its progress is lost.
    Objective(String),
    /// A branch, by its path. That it was taken is lost.
    Branch(String),
    /// A reward that waited for room: the quest, and what it was.
    Reward(String, String),
}

/// A held-back reward whose amount is another in the content of now, and is paid as it is now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct RewardChanged {
    /// Its quest, by the id in the save.
    pub quest: String,
    /// What was held back.
    pub was: String,
    /// What is held back now.
    pub now: String,
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
    /// Rewards that wait for room, and are more or less now than when they were earned.
    pub rewards: Vec<RewardChanged>,
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
    /// The save is of another format, owner or game, older than `newest`, too large, or says what cannot be; or a player
    /// of this owner is live on this server.
    pub fn restore(
        &mut self,
        save: &Save,
        owner: &str,
        newest: u64,
        limits: &Limits,
    ) -> Result<(Player<R>, Report), RestoreError> {
        known_format(save.format)?;
        self.restore_bytes(&save.to_bytes(), owner, newest, limits)
    }

    /// The same for a save in bytes ([`Player::save_bytes`]).
    ///
    /// # Errors
    ///
    /// As [`restore`](Self::restore); and the bytes are no save ([`RestoreError::Bytes`]).
    pub fn restore_bytes(
        &mut self,
        save: &[u8],
        owner: &str,
        newest: u64,
        limits: &Limits,
    ) -> Result<(Player<R>, Report), RestoreError> {
        if self.is_live(owner) {
            return Err(RestoreError::InUse { owner: owner.to_string() });
        }
        let wanted = Some((owner, newest));
        let (state, version, _, report) = read(R::program(), &OfRules::<R>::NEW, save, wanted, limits)?;
        Ok((self.admit(PlayerView::new(owner.into(), state, version)), report))
    }
}

impl<R: Rules> PlayerView<R> {
    /// What can be read of a save, without a server: for clients.
    ///
    /// # Errors
    ///
    /// As [`QuestServer::restore`], but a save of any owner and version can be read.
    pub fn of(save: &Save, limits: &Limits) -> Result<(Self, Report), RestoreError> {
        known_format(save.format)?;
        Self::of_bytes(&save.to_bytes(), limits)
    }

    /// The same for a save in bytes ([`Player::save_bytes`]).
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of); and the bytes are no save ([`RestoreError::Bytes`]).
    pub fn of_bytes(save: &[u8], limits: &Limits) -> Result<(Self, Report), RestoreError> {
        let (state, version, owner, report) = read(R::program(), &OfRules::<R>::NEW, save, None, limits)?;
        Ok((Self::new(owner.into(), state, version), report))
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
    known_format(save.format)?;
    let (state, _, _, report) = read(program, ids, &save.to_bytes(), Some(wanted), limits)?;
    Ok((state, report))
}

/// A state, the version of its save, its owner, and what was found.
type Restored<'s> = (State, u64, &'s str, Report);

/// Reads a save in bytes. `wanted` is whose it has to be, and the version that it has at least.
fn read<'s>(
    program: &'static Program,
    ids: &dyn SavedIds,
    save: &'s [u8],
    wanted: Option<(&str, u64)>,
    limits: &Limits,
) -> Result<Restored<'s>, RestoreError> {
    let (head, mut packed) = Packed::open(save)?;
    admit(program, &head, wanted, limits)?;
    let mut state = State::default();
    state.worlds.extend(head.worlds.iter().map(|world| Clock::new(world)));
    let mut reader = Reader {
        program,
        ids,
        worlds: head.worlds.len(),
        format: head.format,
        changed: head.content != Content::Fingerprint(program.content()),
        lost: Vec::new(),
        path: String::new(),
    };
    let mut entries: Vec<(Entry, &str)> = Vec::with_capacity(head.quests);
    let mut run = RunRef::default();
    for _ in 0..head.quests {
        let saved = packed.quest()?;
        if saved.has_run {
            packed.run(&mut run)?;
        }
        within(&saved, &run, limits)?;
        let Some(quest) = reader.quest(saved.id)? else { continue };
        entries.push((reader.entry(quest, &saved, &run)?, saved.id));
    }
    state.entries = in_order(&mut reader, entries)?;
    let mut report = Report { content_changed: reader.changed, ..Report::default() };
    held(&mut reader, &mut packed, limits, (&mut state, &mut report))?;
    packed.end()?;
    held_as_often_as_earned(program, ids, &state)?;
    let mut lost = reader.lost;
    lost.sort_unstable();
    lost.dedup();
    report.lost = lost;
    Ok((state, head.version, head.owner, report))
}

/// Puts quests into the order of the content. None may be there twice, unless two were made one by new content: then the one
/// that is further along stays.
fn in_order(reader: &mut Reader<'_>, mut entries: Vec<(Entry, &str)>) -> Result<Vec<Entry>, RestoreError> {
    let in_order = entries.is_sorted_by(|(one, _), (next, _)| one.quest < next.quest);
    if !in_order {
        entries.sort_by_key(|(entry, _)| (entry.quest, core::cmp::Reverse(along(entry))));
    }
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for (entry, id) in entries {
        match kept.last() {
            Some(last) if last.quest == entry.quest && reader.changed => {
                reader.lose(Lost::Quest(id.to_string()))?;
            }
            Some(last) if last.quest == entry.quest => return Err(damaged(id, "is there twice")),
            _ => kept.push(entry),
        }
    }
    Ok(kept)
}

/// How far along a quest is: what was turned in before all else.
fn along(entry: &Entry) -> (u32, u8) {
    let phase = match entry.phase {
        Lifecycle::NotStarted | Lifecycle::Available => 0,
        Lifecycle::Failed => 1,
        Lifecycle::Active => 2,
        Lifecycle::Complete => 3,
        Lifecycle::TurnedIn => 4,
    };
    (entry.times, phase)
}

fn known_format(format: u32) -> Result<(), RestoreError> {
    if (1..=SAVE_FORMAT).contains(&format) { Ok(()) } else { Err(RestoreError::Format { found: format }) }
}

/// Whether a save is one that this game reads, and of the player who is wanted.
fn admit(
    program: &Program,
    head: &Head<'_>,
    wanted: Option<(&str, u64)>,
    limits: &Limits,
) -> Result<(), RestoreError> {
    known_format(head.format)?;
    check("quests", head.quests, limits.quests)?;
    check("worlds", head.worlds.len(), limits.quests)?;
    let content = if let Content::Text(content) = head.content { content } else { "" };
    for header in [head.game, content, head.owner].into_iter().chain(head.worlds.iter().copied()) {
        check("bytes of a text", header.len(), limits.text)?;
    }
    if wanted.is_some_and(|(owner, _)| head.owner != owner) {
        return Err(RestoreError::Owner { found: head.owner.to_string() });
    }
    if head.game != program.game() {
        return Err(RestoreError::OtherGame { found: head.game.to_string() });
    }
    if let Some((_, newest)) = wanted.filter(|(_, newest)| head.version < *newest) {
        return Err(RestoreError::Older { found: head.version, newest });
    }
    if head.version >= MAX_NUMBER {
        return Err(damaged("version", "cannot rise any more"));
    }
    Ok(())
}

/// Reads the rewards that wait for room.
fn held(
    reader: &mut Reader<'_>,
    packed: &mut Packed<'_>,
    limits: &Limits,
    (state, report): (&mut State, &mut Report),
) -> Result<(), RestoreError> {
    let program = reader.program;
    let count = packed.held_count()?;
    check("rewards held back", count, limits.quests)?;
    for _ in 0..count {
        let held = packed.held()?;
        for text in [held.quest, held.reward] {
            check("bytes of a text", text.len(), limits.text)?;
        }
        let Some(quest) = reader.quest(held.quest)? else { continue };
        let label = |reward: &u32| program.reward_label(*reward);
        let same = program.rewards(quest).find(|reward| label(reward) == held.reward);
        let found = same.or_else(|| {
            // Another amount of the same: the one that there is, if there is one.
            let mut alike =
                program.rewards(quest).filter(|reward| differ_in_amount(label(reward), held.reward));
            alike.next().filter(|_| reader.changed && alike.next().is_none())
        });
        let Some(reward) = found else {
            reader.lose(super::Lost::Reward(held.quest.to_string(), held.reward.to_string()))?;
            continue;
        };
        if same.is_none() {
            let now = program.reward_label(reward).to_string();
            let (quest, was) = (held.quest.to_string(), held.reward.to_string());
            report.rewards.push(RewardChanged { quest, was, now });
        }
        let earned = if reader.format < 4 { state.times_turned_in(quest) } else { held.run };
        state.held.push(Held { quest, reward, run: earned });
    }
    Ok(())
}

/// Whether two rewards are of one sort and one target, whatever their numbers are.
fn differ_in_amount(one: &str, other: &str) -> bool {
    let words = |label| str::split(label, ' ').filter(|word| word.parse::<i64>().is_err());
    words(one).eq(words(other))
}

/// A reward is held back once at most for each time that its quest was turned in, and one of those to pick from.
fn held_as_often_as_earned(program: &Program, ids: &dyn SavedIds, state: &State) -> Result<(), RestoreError> {
    let mut held = state.held.clone();
    held.sort_unstable();
    for of_quest in held.chunk_by(|one, other| one.quest == other.quest) {
        let Some(Held { quest, .. }) = of_quest.first() else { continue };
        let times = state.times_turned_in(*quest) as usize;
        let picked = of_quest.iter().filter(|held| program.is_choice(held.reward)).count();
        let same = of_quest.chunk_by(|one, other| one.reward == other.reward);
        let most = same.map(<[_]>::len).max().unwrap_or(0);
        if most > times || picked > times {
            return Err(damaged(&ids.path(SavedKind::Quest, *quest), "holds back what it has not paid"));
        }
    }
    Ok(())
}

pub(super) fn damaged(at: &str, what: &'static str) -> RestoreError {
    RestoreError::Damaged { at: at.to_string(), what }
}

fn check(what: &'static str, found: usize, limit: usize) -> Result<(), RestoreError> {
    if found > limit { Err(RestoreError::OverLimit { what, found, limit }) } else { Ok(()) }
}

/// Whether a quest is as large as it may be.
fn within(quest: &QuestRef<'_>, run: &RunRef<'_>, limits: &Limits) -> Result<(), RestoreError> {
    check("bytes of a text", quest.id.len(), limits.text)?;
    if !quest.has_run {
        return Ok(());
    }
    for (what, found) in [
        ("objectives with progress", run.progress.len()),
        ("stages that have acted", run.acted.len()),
        ("objectives that were found", run.revealed.len()),
        ("branches", run.branches.len()),
        ("paths", run.paths.len()),
    ] {
        check(what, found, limits.entries)?;
    }
    let lists = run.revealed.iter().chain(&run.acted).chain(&run.branches).chain(&run.stage);
    let objectives = run.progress.iter().map(|(path, _, _)| path);
    let pairs = run.paths.iter().flat_map(|(done, via)| [done, via]);
    let paths = lists.chain(objectives).chain(pairs);
    paths
        .map(|path| length(*path, quest, run))
        .try_for_each(|length| check("bytes of a text", length, limits.text))
}

/// The length of a whole path.
fn length(path: PathRef<'_>, quest: &QuestRef<'_>, run: &RunRef<'_>) -> usize {
    match path {
        PathRef::Full(path) => path.len(),
        PathRef::InQuest(own) => quest.id.len() + 1 + own.len(),
        PathRef::InStage(own) => {
            let stage = run.stage.filter(|stage| !matches!(stage, PathRef::InStage(_)));
            stage.map_or(0, |stage| length(stage, quest, run)) + 1 + own.len()
        }
    }
}
