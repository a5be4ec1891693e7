//! Quests as JSON in the program, read into typify's structs and a HashMap when it starts.

use std::collections::HashMap;
use typed::{Quest, QuestConfiguration, QuestStage};

static CONTENT: &[u8] = include_bytes!(concat!(env!("PEERS_CONTENT"), "/content/0.json"));
static REGISTRIES: [&[u8]; 5] = [
    include_bytes!(concat!(env!("PEERS_CONTENT"), "/enemy.json")),
    include_bytes!(concat!(env!("PEERS_CONTENT"), "/item.json")),
    include_bytes!(concat!(env!("PEERS_CONTENT"), "/location.json")),
    include_bytes!(concat!(env!("PEERS_CONTENT"), "/npc.json")),
    include_bytes!(concat!(env!("PEERS_CONTENT"), "/object.json")),
];

/// What is read when the program starts.
struct Owned {
    quests: Vec<Quest>,
    rows: HashMap<String, usize>,
    registries: Vec<Vec<HashMap<String, String>>>,
}

impl peer::Quests for Owned {
    type Quest<'q> = &'q Quest;
    type Stage<'q> = &'q QuestStage;

    fn load() -> Self {
        let content: QuestConfiguration = serde_json::from_slice(CONTENT).expect("quests of the schema");
        let quests = content.quests;
        let rows = quests.iter().enumerate().map(|(row, quest)| (quest.id.to_string(), row)).collect();
        let registries = REGISTRIES
            .iter()
            .map(|text| serde_json::from_slice(text).expect("objects with an id and a name"))
            .collect();
        Self { quests, rows, registries }
    }

    fn count(&self) -> usize {
        self.quests.len()
    }

    fn all(&self) -> impl Iterator<Item = &Quest> {
        self.quests.iter()
    }

    fn find(&self, id: &str) -> Option<&Quest> {
        self.rows.get(id).map(|&row| &self.quests[row])
    }

    fn texts<'q>(&'q self, quest: &'q Quest) -> [&'q str; 3] {
        [&quest.id, &quest.name, &quest.description]
    }

    fn stages<'q>(&'q self, quest: &'q Quest) -> impl Iterator<Item = &'q QuestStage> {
        quest.stages.iter()
    }

    fn stage_texts<'q>(&'q self, stage: &'q QuestStage) -> [&'q str; 3] {
        [&stage.id, &stage.name, &stage.description]
    }

    fn tasks<'q>(&'q self, stage: &'q QuestStage) -> impl Iterator<Item = &'q str> {
        stage.objectives.iter().map(|objective| objective.description.as_str())
    }

    fn next<'q>(&'q self, quest: &'q Quest, stage: &'q QuestStage) -> Option<&'q QuestStage> {
        let next = stage.next_stage_id.as_ref()?;
        quest.stages.iter().find(|stage| stage.id.as_str() == next.as_str())
    }

    fn registered(&self) -> usize {
        self.registries.iter().map(Vec::len).sum()
    }
}

fn main() {
    peer::run::<Owned>();
}
