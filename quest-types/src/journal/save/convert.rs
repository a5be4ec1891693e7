//! Between a save and its bytes.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::bytes::{self, PathRef, SaveBytesError};
use super::packed::{Content, Packed, QuestRef, RunRef};
use super::{Save, SavedProgress, SavedQuest, SavedReward, SavedRun};

impl Save {
    /// The compact form: the same in about a fifth of the bytes of JSON. [`from_bytes`](Self::from_bytes) reads it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        bytes::put_start(&mut out, self.format, self.version);
        bytes::put_content(&mut out, &self.content);
        bytes::put_text(&mut out, &self.game);
        bytes::put_text(&mut out, &self.owner);
        // Worlds in the order of the quests that are in them.
        let mut worlds: BTreeMap<&str, usize> = BTreeMap::new();
        let mut names: Vec<&str> = Vec::new();
        for world in self.quests.iter().filter_map(|quest| quest.run.as_ref()?.world.as_deref()) {
            worlds.entry(world).or_insert_with(|| {
                names.push(world);
                names.len() - 1
            });
        }
        bytes::put_number(&mut out, names.len() as u64);
        names.iter().for_each(|world| bytes::put_text(&mut out, world));
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

fn put_quest(out: &mut Vec<u8>, quest: &SavedQuest, worlds: &BTreeMap<&str, usize>) {
    QuestRef {
        id: &quest.id,
        state: quest.state,
        times: quest.times,
        runs: quest.runs,
        locked: quest.locked,
        found: quest.found,
        has_run: quest.run.is_some(),
    }
    .put(out);
    if let Some(run) = &quest.run {
        put_run(out, &quest.id, run, worlds);
    }
}

fn put_run(out: &mut Vec<u8>, quest: &str, run: &SavedRun, worlds: &BTreeMap<&str, usize>) {
    let more =
        !(run.acted.is_empty() && run.revealed.is_empty() && run.branches.is_empty() && run.paths.is_empty());
    let stage = run.stage.as_deref();
    let in_quest = |path: &str, out: &mut Vec<u8>| PathRef::of(quest, None, path).put(out);
    let in_stage = |path: &str, out: &mut Vec<u8>| PathRef::of(quest, stage, path).put(out);
    RunRef {
        stage: stage.map(|stage| PathRef::of(quest, None, stage)),
        world: run.world.as_deref().and_then(|world| worlds.get(world).copied()),
        turns_left: run.turns_left,
        turns: run.turns,
        expired: run.expired,
        settled: run.settled,
        entered: run.entered,
        ..RunRef::default()
    }
    .put_head(out, more);
    bytes::put_number(out, run.progress.len() as u64);
    for progress in &run.progress {
        in_stage(&progress.objective, out);
        bytes::put_number(out, u64::from(progress.count) << 1 | u64::from(progress.done));
    }
    if !more {
        return;
    }
    bytes::put_number(out, run.acted.len() as u64);
    run.acted.iter().for_each(|path| in_quest(path, out));
    bytes::put_number(out, run.revealed.len() as u64);
    run.revealed.iter().for_each(|path| in_stage(path, out));
    bytes::put_number(out, run.branches.len() as u64);
    run.branches.iter().for_each(|path| in_quest(path, out));
    bytes::put_number(out, run.paths.len() as u64);
    for (done, via) in &run.paths {
        in_stage(done, out);
        in_stage(via, out);
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
