//! Quests in an archive of rkyv that is used where it lies, after all of it has been checked once: without `unsafe` there is no other way.

use model::{ArchivedQuest, ArchivedStage};

include!("archive.rs");

/// Bytes where an archive can lie.
#[repr(C, align(16))]
struct Aligned<B: ?Sized>(B);

static CONTENT: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/quests.rkyv")));

/// The archive, checked.
struct Checked(&'static ArchivedArchive);

impl peer::Quests for Checked {
    type Quest<'q> = &'static ArchivedQuest;
    type Stage<'q> = &'static ArchivedStage;

    fn load() -> Self {
        let archive = rkyv::access::<ArchivedArchive, rkyv::rancor::Error>(&CONTENT.0);
        Self(archive.expect("what the build script wrote"))
    }

    fn count(&self) -> usize {
        self.0.game.quests.len()
    }

    fn all(&self) -> impl Iterator<Item = &'static ArchivedQuest> {
        self.0.game.quests.iter()
    }

    fn find(&self, id: &str) -> Option<&'static ArchivedQuest> {
        self.0.rows.get(id).map(|row| &self.0.game.quests[row.to_native() as usize])
    }

    fn texts<'q>(&'q self, quest: &'static ArchivedQuest) -> [&'q str; 3] {
        [&quest.id, &quest.name, &quest.description]
    }

    fn stages(&self, quest: &'static ArchivedQuest) -> impl Iterator<Item = &'static ArchivedStage> {
        quest.stages.iter()
    }

    fn stage_texts<'q>(&'q self, stage: &'static ArchivedStage) -> [&'q str; 3] {
        [&stage.id, &stage.name, &stage.description]
    }

    fn tasks<'q>(&'q self, stage: &'static ArchivedStage) -> impl Iterator<Item = &'q str> {
        stage.objectives.iter().map(|objective| objective.description.as_str())
    }

    fn next(
        &self,
        quest: &'static ArchivedQuest,
        stage: &'static ArchivedStage,
    ) -> Option<&'static ArchivedStage> {
        stage.next_stage_id.as_ref().map(|at| &quest.stages[at.to_native() as usize])
    }

    fn registered(&self) -> usize {
        self.0.game.registries.iter().map(|registry| registry.ids.len()).sum()
    }
}

fn main() {
    peer::run::<Checked>();
}
