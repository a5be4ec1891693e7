//! A save in bytes, part by part, without copying a text.

use alloc::vec::Vec;

use super::SavedState;
use super::bytes::{
    CHECKSUM, Cursor, LAYOUT, MAGIC, PathRef, SaveBytesError, checksum, put_number, put_text, quest_flag,
    run_flag,
};

/// What a save says before its quests.
pub(super) struct Head<'a> {
    pub(super) format: u32,
    pub(super) version: u64,
    pub(super) content: Content<'a>,
    pub(super) game: &'a str,
    pub(super) owner: &'a str,
    pub(super) worlds: Vec<&'a str>,
    /// How many quests follow.
    pub(super) quests: usize,
}

/// The fingerprint of content, or the text that is in its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content<'a> {
    Fingerprint(u64),
    Text(&'a str),
}

/// A quest without its run.
pub(super) struct QuestRef<'a> {
    pub(super) id: &'a str,
    pub(super) state: SavedState,
    pub(super) times: u32,
    pub(super) runs: u32,
    pub(super) locked: bool,
    pub(super) found: bool,
    pub(super) has_run: bool,
}

impl QuestRef<'_> {
    /// Writes it. Its run follows if it has one.
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        let state = match self.state {
            SavedState::NotStarted => 0,
            SavedState::Active => 1,
            SavedState::Complete => 2,
            SavedState::TurnedIn => 3,
            SavedState::Failed => 4,
        };
        out.push(
            state
                | set(&[
                    (self.locked, quest_flag::LOCKED),
                    (self.found, quest_flag::FOUND),
                    (self.has_run, quest_flag::RUN),
                    (self.times > 0, quest_flag::TIMES),
                    (self.runs > 0, quest_flag::RUNS),
                ]),
        );
        put_text(out, self.id);
        for number in [self.times, self.runs].into_iter().filter(|number| *number > 0) {
            put_number(out, number.into());
        }
    }
}

fn set(flags: &[(bool, u8)]) -> u8 {
    flags.iter().filter(|(is, _)| *is).fold(0, |all, (_, flag)| all | flag)
}

/// A run. Its lists keep their room for the next.
#[derive(Default)]
pub(super) struct RunRef<'a> {
    pub(super) stage: Option<PathRef<'a>>,
    pub(super) world: Option<usize>,
    pub(super) turns_left: Option<u64>,
    pub(super) turns: Option<u64>,
    pub(super) expired: bool,
    pub(super) settled: u32,
    pub(super) entered: u32,
    pub(super) progress: Vec<(PathRef<'a>, u32, bool)>,
    pub(super) acted: Vec<PathRef<'a>>,
    pub(super) revealed: Vec<PathRef<'a>>,
    pub(super) branches: Vec<PathRef<'a>>,
    pub(super) paths: Vec<(PathRef<'a>, PathRef<'a>)>,
}

impl RunRef<'_> {
    /// Writes what is before the lists. `more` says whether others than that of the progress follow.
    pub(super) fn put_head(&self, out: &mut Vec<u8>, more: bool) {
        out.push(set(&[
            (self.stage.is_some(), run_flag::STAGE),
            (self.world.is_some(), run_flag::WORLD),
            (self.turns_left.is_some(), run_flag::TURNS_LEFT),
            (self.turns.is_some(), run_flag::TURNS),
            (self.expired, run_flag::EXPIRED),
            (self.settled > 0, run_flag::SETTLED),
            (more, run_flag::MORE),
        ]));
        put_number(out, self.entered.into());
        if self.settled > 0 {
            put_number(out, self.settled.into());
        }
        if let Some(stage) = self.stage {
            stage.put(out);
        }
        if let Some(world) = self.world {
            put_number(out, world as u64);
        }
        for turns in [self.turns_left, self.turns].into_iter().flatten() {
            put_number(out, turns);
        }
    }
}

/// A reward that waits for room.
pub(super) struct HeldRef<'a> {
    pub(super) quest: &'a str,
    pub(super) reward: &'a str,
    pub(super) run: u32,
}

/// Reads a save in bytes from its begin to its end.
pub(super) struct Packed<'a> {
    cursor: Cursor<'a>,
    worlds: usize,
}

/// What is between the start of a save and its checksum: format and version, and the cursor behind them.
pub(super) fn open(bytes: &[u8]) -> Result<(u32, u64, Cursor<'_>), SaveBytesError> {
    if !bytes.starts_with(&MAGIC) {
        let cut = MAGIC.starts_with(bytes);
        return Err(if cut { SaveBytesError::Damaged } else { SaveBytesError::NoSave });
    }
    match bytes.get(MAGIC.len()) {
        None => return Err(SaveBytesError::Damaged),
        Some(&LAYOUT) => {}
        Some(&found) => return Err(SaveBytesError::Layout { found }),
    }
    let (body, end) = bytes.split_last_chunk::<CHECKSUM>().ok_or(SaveBytesError::Damaged)?;
    if *end != checksum(body) {
        return Err(SaveBytesError::Damaged);
    }
    let mut cursor = Cursor::new(body, MAGIC.len() + 1);
    let (format, version) = (cursor.small()?, cursor.number()?);
    Ok((format, version, cursor))
}

impl<'a> Packed<'a> {
    /// Reads what is before the quests.
    pub(super) fn open(bytes: &'a [u8]) -> Result<(Head<'a>, Self), SaveBytesError> {
        let (format, version, mut cursor) = open(bytes)?;
        let content = match cursor.byte()? {
            0 => {
                let bytes = cursor.bytes(8)?;
                Content::Fingerprint(bytes.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)))
            }
            1 => Content::Text(cursor.text()?),
            _ => return cursor.wrong("the content has no fingerprint"),
        };
        let (game, owner) = (cursor.text()?, cursor.text()?);
        let worlds = (0..cursor.count()?).map(|_| cursor.text()).collect::<Result<Vec<_>, _>>()?;
        let quests = cursor.count()?;
        let count = worlds.len();
        Ok((Head { format, version, content, game, owner, worlds, quests }, Self { cursor, worlds: count }))
    }

    pub(super) fn position(&self) -> usize {
        self.cursor.position()
    }

    /// Reads the next quest. Its run follows if it has one.
    pub(super) fn quest(&mut self) -> Result<QuestRef<'a>, SaveBytesError> {
        let cursor = &mut self.cursor;
        let flags = cursor.byte()?;
        let state = match flags & 7 {
            0 => SavedState::NotStarted,
            1 => SavedState::Active,
            2 => SavedState::Complete,
            3 => SavedState::TurnedIn,
            4 => SavedState::Failed,
            _ => return cursor.wrong("a quest has a state that does not exist"),
        };
        let id = cursor.text()?;
        let times = if flags & quest_flag::TIMES == 0 { 0 } else { cursor.small()? };
        let runs = if flags & quest_flag::RUNS == 0 { 0 } else { cursor.small()? };
        Ok(QuestRef {
            id,
            state,
            times,
            runs,
            locked: flags & quest_flag::LOCKED != 0,
            found: flags & quest_flag::FOUND != 0,
            has_run: flags & quest_flag::RUN != 0,
        })
    }

    /// Reads the run of the quest that was read last.
    pub(super) fn run(&mut self, run: &mut RunRef<'a>) -> Result<(), SaveBytesError> {
        let cursor = &mut self.cursor;
        let flags = cursor.byte()?;
        if flags & !run_flag::ALL != 0 {
            return cursor.wrong("a run has a flag that does not exist");
        }
        let is = |flag: u8| flags & flag != 0;
        run.entered = cursor.small()?;
        run.expired = is(run_flag::EXPIRED);
        run.settled = if is(run_flag::SETTLED) { cursor.small()? } else { 0 };
        run.stage = if is(run_flag::STAGE) { Some(cursor.path(false)?) } else { None };
        run.world = if is(run_flag::WORLD) { Some(cursor.small()? as usize) } else { None };
        if run.world.is_some_and(|world| world >= self.worlds) {
            return cursor.wrong("a quest is in a world that does not exist");
        }
        run.turns_left = if is(run_flag::TURNS_LEFT) { Some(cursor.number()?) } else { None };
        run.turns = if is(run_flag::TURNS) { Some(cursor.number()?) } else { None };
        let in_stage = run.stage.is_some();
        run.progress.clear();
        for _ in 0..cursor.count()? {
            let path = cursor.path(in_stage)?;
            let number = cursor.number()?;
            let Ok(count) = u32::try_from(number >> 1) else { return cursor.wrong("a count is too large") };
            run.progress.push((path, count, number & 1 != 0));
        }
        run.acted.clear();
        run.revealed.clear();
        run.branches.clear();
        run.paths.clear();
        if is(run_flag::MORE) {
            for _ in 0..cursor.count()? {
                run.acted.push(cursor.path(false)?);
            }
            for _ in 0..cursor.count()? {
                run.revealed.push(cursor.path(in_stage)?);
            }
            for _ in 0..cursor.count()? {
                run.branches.push(cursor.path(false)?);
            }
            for _ in 0..cursor.count()? {
                run.paths.push((cursor.path(in_stage)?, cursor.path(in_stage)?));
            }
        }
        Ok(())
    }

    /// How many rewards wait for room. They follow the quests.
    pub(super) fn held_count(&mut self) -> Result<usize, SaveBytesError> {
        self.cursor.count()
    }

    pub(super) fn held(&mut self) -> Result<HeldRef<'a>, SaveBytesError> {
        let (quest, reward) = (self.cursor.text()?, self.cursor.text()?);
        Ok(HeldRef { quest, reward, run: self.cursor.small()? })
    }

    /// Nothing may follow.
    pub(super) fn end(mut self) -> Result<(), SaveBytesError> {
        match self.cursor.byte() {
            Err(_) => Ok(()),
            Ok(_) => self.cursor.wrong("something follows"),
        }
    }
}

/// What a save in bytes says about itself, without reading its quests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SaveHead<'a> {
    /// Whose quests they are.
    pub owner: &'a str,
    /// How often this player was saved.
    pub version: u64,
    /// The game.
    pub game: &'a str,
}

impl<'a> SaveHead<'a> {
    /// Reads it, and sees whether the bytes are whole.
    ///
    /// # Errors
    ///
    /// The bytes are no save, are cut short or changed, or were written by a later version.
    pub fn read(bytes: &'a [u8]) -> Result<Self, SaveBytesError> {
        let (head, _) = Packed::open(bytes)?;
        Ok(Self { owner: head.owner, version: head.version, game: head.game })
    }
}
