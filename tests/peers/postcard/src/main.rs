//! Quests in postcard, read into structs and a HashMap when the program starts.

use model::{Game, Quest, Stage};
use std::collections::HashMap;

static CONTENT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/quests.postcard"));

/// What is read when the program starts.
struct Owned {
    game: Game,
    rows: HashMap<String, usize>,
}

impl peer::Quests for Owned {
    type Quest<'q> = &'q Quest;
    type Stage<'q> = &'q Stage;

    fn load() -> Self {
        let game: Game = postcard::from_bytes(CONTENT).expect("what the build script wrote");
        let rows = game.quests.iter().enumerate().map(|(row, quest)| (quest.id.clone(), row)).collect();
        Self { game, rows }
    }

    fn count(&self) -> usize {
        self.game.quests.len()
    }

    fn all(&self) -> impl Iterator<Item = &Quest> {
        self.game.quests.iter()
    }

    fn find(&self, id: &str) -> Option<&Quest> {
        self.rows.get(id).map(|&row| &self.game.quests[row])
    }

    fn texts<'q>(&'q self, quest: &'q Quest) -> [&'q str; 3] {
        [&quest.id, &quest.name, &quest.description]
    }

    fn stages<'q>(&'q self, quest: &'q Quest) -> impl Iterator<Item = &'q Stage> {
        quest.stages.iter()
    }

    fn stage_texts<'q>(&'q self, stage: &'q Stage) -> [&'q str; 3] {
        [&stage.id, &stage.name, &stage.description]
    }

    fn tasks<'q>(&'q self, stage: &'q Stage) -> impl Iterator<Item = &'q str> {
        stage.objectives.iter().map(|objective| objective.description.as_str())
    }

    fn next<'q>(&'q self, quest: &'q Quest, stage: &'q Stage) -> Option<&'q Stage> {
        stage.next_stage_id.map(|at| &quest.stages[at as usize])
    }

    fn registered(&self) -> usize {
        self.game.registries.iter().map(|registry| registry.ids.len()).sum()
    }
}

fn main() {
    peer::run::<Owned>();
}
