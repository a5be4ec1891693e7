//! Between a save and its bytes.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::bytes::{self, PathRef, SaveBytesError, quest_flag, run_flag};
use super::packed::{Content, Packed, QuestRef, RunRef};
use super::{Save, SavedProgress, SavedQuest, SavedReward, SavedRun, SavedState};

impl Save {
    /// The compact form: the same in about a fifth of the bytes of JSON. [`from_bytes`](Self::from_bytes) reads it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        bytes::put_start(&mut out, self.format, self.version);
        bytes::put_content(&mut out, &self.content);
        bytes::put_text(&mut out, &self.game);
        bytes::put_text(&mut out, &self.owner);
        let mut worlds: Vec<&str> = Vec::new();
        for world in self.quests.iter().filter_map(|quest| quest.run.as_ref()?.world.as_deref()) {
            if !worlds.contains(&world) {
                worlds.push(world);
            }
        }
        bytes::put_number(&mut out, worlds.len() as u64);
        worlds.iter().for_each(|world| bytes::put_text(&mut out, world));
        bytes::put_number(&mut out, self.quests.len() as u64);
        for quest in &self.quests {
            put_quest(&mut out, quest, &worlds);
        }
        bytes::put_number(&mut out, self.held.len() as u64);
        for held in &self.held {
            bytes::put_text(&mut out, &held.quest);
            bytes::put_text(&mut out, &held.reward);
            bytes::put_number(&mut out, held.run.into());
        }
        bytes::put_checksum(&mut out, 0);
        out
    }

    /// Reads the compact form.
    ///
    /// # Errors
    ///
    /// The bytes are no save, are cut short or changed, or were written by a later version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SaveBytesError> {
        let (head, mut packed) = Packed::open(bytes)?;
        let mut run = RunRef::default();
        let mut quests = Vec::new();
        for _ in 0..head.quests {
            let quest = packed.quest()?;
            if quest.has_run {
                packed.run(&mut run)?;
            }
            let run = quest.has_run.then(|| saved_run(&quest, &run, &head.worlds));
            quests.push(saved_quest(&quest, run));
        }
        let mut held = Vec::new();
        for _ in 0..packed.held_count()? {
            let reward = packed.held()?;
            let (quest, label) = (reward.quest.to_string(), reward.reward.to_string());
            held.push(SavedReward { quest, reward: label, run: reward.run });
        }
        packed.end()?;
        Ok(Self {
            format: head.format,
            game: head.game.to_string(),
            content: match head.content {
                Content::Fingerprint(content) => format!("{content:016x}"),
                Content::Text(content) => content.to_string(),
            },
            owner: head.owner.to_string(),
            version: head.version,
            quests,
            held,
        })
    }
}

fn put_quest(out: &mut Vec<u8>, quest: &SavedQuest, worlds: &[&str]) {
    let flags = [
        (quest.locked, quest_flag::LOCKED),
        (quest.found, quest_flag::FOUND),
        (quest.run.is_some(), quest_flag::RUN),
        (quest.times > 0, quest_flag::TIMES),
        (quest.runs > 0, quest_flag::RUNS),
    ];
    out.push(state_number(quest.state) | set(&flags));
    bytes::put_text(out, &quest.id);
    for number in [quest.times, quest.runs].into_iter().filter(|number| *number > 0) {
        bytes::put_number(out, number.into());
    }
    if let Some(run) = &quest.run {
        put_run(out, &quest.id, run, worlds);
    }
}

pub(super) fn state_number(state: SavedState) -> u8 {
    match state {
        SavedState::NotStarted => 0,
        SavedState::Active => 1,
        SavedState::Complete => 2,
        SavedState::TurnedIn => 3,
        SavedState::Failed => 4,
    }
}

pub(super) fn set(flags: &[(bool, u8)]) -> u8 {
    flags.iter().filter(|(is, _)| *is).fold(0, |all, (_, flag)| all | flag)
}

fn put_run(out: &mut Vec<u8>, quest: &str, run: &SavedRun, worlds: &[&str]) {
    let more =
        !(run.acted.is_empty() && run.revealed.is_empty() && run.branches.is_empty() && run.paths.is_empty());
    out.push(set(&[
        (run.stage.is_some(), run_flag::STAGE),
        (run.world.is_some(), run_flag::WORLD),
        (run.turns_left.is_some(), run_flag::TURNS_LEFT),
        (run.turns.is_some(), run_flag::TURNS),
        (run.expired, run_flag::EXPIRED),
        (run.settled > 0, run_flag::SETTLED),
        (more, run_flag::MORE),
    ]));
    bytes::put_number(out, run.entered.into());
    if run.settled > 0 {
        bytes::put_number(out, run.settled.into());
    }
    let stage = run.stage.as_deref();
    if let Some(stage) = stage {
        bytes::put_path_in(out, quest, None, stage);
    }
    if let Some(world) = &run.world {
        let at = worlds.iter().position(|other| other == world);
        bytes::put_number(out, at.unwrap_or(worlds.len()) as u64);
    }
    for turns in [run.turns_left, run.turns].into_iter().flatten() {
        bytes::put_number(out, turns);
    }
    bytes::put_number(out, run.progress.len() as u64);
    for progress in &run.progress {
        bytes::put_path_in(out, quest, stage, &progress.objective);
        bytes::put_number(out, u64::from(progress.count) << 1 | u64::from(progress.done));
    }
    if !more {
        return;
    }
    bytes::put_number(out, run.acted.len() as u64);
    run.acted.iter().for_each(|path| bytes::put_path_in(out, quest, None, path));
    bytes::put_number(out, run.revealed.len() as u64);
    run.revealed.iter().for_each(|path| bytes::put_path_in(out, quest, stage, path));
    bytes::put_number(out, run.branches.len() as u64);
    run.branches.iter().for_each(|path| bytes::put_path_in(out, quest, None, path));
    bytes::put_number(out, run.paths.len() as u64);
    for (done, via) in &run.paths {
        bytes::put_path_in(out, quest, stage, done);
        bytes::put_path_in(out, quest, stage, via);
    }
}

fn saved_quest(quest: &QuestRef<'_>, run: Option<SavedRun>) -> SavedQuest {
    SavedQuest {
        id: quest.id.to_string(),
        state: quest.state,
        times: quest.times,
        runs: quest.runs,
        locked: quest.locked,
        found: quest.found,
        run,
    }
}

fn saved_run(quest: &QuestRef<'_>, run: &RunRef<'_>, worlds: &[&str]) -> SavedRun {
    let text = |path: PathRef<'_>| {
        let mut text = String::new();
        path.write(quest.id, run.stage, &mut text);
        text
    };
    SavedRun {
        stage: run.stage.map(text),
        world: run.world.and_then(|world| worlds.get(world)).map(ToString::to_string),
        turns_left: run.turns_left,
        turns: run.turns,
        expired: run.expired,
        entered: run.entered,
        settled: run.settled,
        acted: run.acted.iter().map(|path| text(*path)).collect(),
        revealed: run.revealed.iter().map(|path| text(*path)).collect(),
        branches: run.branches.iter().map(|path| text(*path)).collect(),
        paths: run.paths.iter().map(|(done, via)| (text(*done), text(*via))).collect(),
        progress: run
            .progress
            .iter()
            .map(|(path, count, done)| SavedProgress::new(text(*path), *count, *done))
            .collect(),
    }
}
