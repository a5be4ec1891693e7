//! Quests in a FlatBuffer, read through planus.

use planus::ReadAsRoot as _;
use schema::{GameRef, QuestRef, StageRef};

static CONTENT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/quests.flatbuffer"));

/// The root. planus checks what it reads when it reads it, and every accessor can fail.
struct Buffer(GameRef<'static>);

const READ: &str = "what the build script wrote";

impl peer::Quests for Buffer {
    type Quest<'q> = QuestRef<'static>;
    type Stage<'q> = StageRef<'static>;

    fn load() -> Self {
        Self(GameRef::read_as_root(CONTENT).expect(READ))
    }

    fn count(&self) -> usize {
        self.0.quests().expect(READ).len()
    }

    fn all(&self) -> impl Iterator<Item = QuestRef<'static>> {
        self.0.quests().expect(READ).iter().map(|quest| quest.expect(READ))
    }

    // FlatBuffers has no maps: this is a search in sorted ids.
    fn find(&self, id: &str) -> Option<QuestRef<'static>> {
        let quests = self.0.quests().expect(READ);
        let rows = self.0.by_id().expect(READ);
        let at = |row: u32| quests.get(row as usize)?.ok();
        let (mut from, mut to) = (0, rows.len());
        while from < to {
            let middle = from + (to - from) / 2;
            let quest = at(rows.get(middle)?)?;
            match quest.id().expect(READ).cmp(id) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(quest),
            }
        }
        None
    }

    fn texts<'q>(&'q self, quest: QuestRef<'static>) -> [&'q str; 3] {
        [quest.id(), quest.name(), quest.description()].map(|text| text.expect(READ))
    }

    fn stages(&self, quest: QuestRef<'static>) -> impl Iterator<Item = StageRef<'static>> {
        quest.stages().expect(READ).iter().map(|stage| stage.expect(READ))
    }

    fn stage_texts<'q>(&'q self, stage: StageRef<'static>) -> [&'q str; 3] {
        [stage.id(), stage.name(), stage.description()].map(|text| text.expect(READ))
    }

    fn tasks<'q>(&'q self, stage: StageRef<'static>) -> impl Iterator<Item = &'q str> {
        let objectives = stage.objectives().expect(READ);
        objectives.iter().map(|objective| objective.expect(READ).description().expect(READ))
    }

    fn next(&self, quest: QuestRef<'static>, stage: StageRef<'static>) -> Option<StageRef<'static>> {
        let at = stage.next().expect(READ)?;
        quest.stages().expect(READ).get(at as usize)?.ok()
    }

    fn registered(&self) -> usize {
        let registries = self.0.registries().expect(READ);
        registries.iter().map(|registry| registry.expect(READ).ids().expect(READ).len()).sum()
    }
}

fn main() {
    peer::run::<Buffer>();
}
