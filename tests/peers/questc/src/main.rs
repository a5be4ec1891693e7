//! Quests in the tables of questc.

use quests::{EnemyId, ItemId, LocationId, NpcId, ObjectId, Quest, QuestId, Stage};

quest_types::include_quests!();

/// Nothing has to be kept: tables are static.
struct Tables;

impl peer::Quests for Tables {
    type Quest<'q> = &'static Quest;
    type Stage<'q> = &'static Stage;

    fn load() -> Self {
        Self
    }

    fn count(&self) -> usize {
        Quest::all().len()
    }

    fn all(&self) -> impl Iterator<Item = &'static Quest> {
        Quest::all().iter()
    }

    fn find(&self, id: &str) -> Option<&'static Quest> {
        QuestId::parse(id)?.get()
    }

    fn texts<'q>(&'q self, quest: &'static Quest) -> [&'q str; 3] {
        [quest.id().as_str(), quest.name(), quest.description()]
    }

    fn stages(&self, quest: &'static Quest) -> impl Iterator<Item = &'static Stage> {
        quest.stages().iter()
    }

    fn stage_texts<'q>(&'q self, stage: &'static Stage) -> [&'q str; 3] {
        [stage.id().as_str(), stage.name(), stage.description()]
    }

    fn tasks<'q>(&'q self, stage: &'static Stage) -> impl Iterator<Item = &'q str> {
        stage.objectives().iter().map(|objective| objective.description())
    }

    fn next(&self, _: &'static Quest, stage: &'static Stage) -> Option<&'static Stage> {
        stage.next()
    }

    fn registered(&self) -> usize {
        let places = LocationId::all().len() + ObjectId::all().len();
        EnemyId::all().len() + ItemId::all().len() + NpcId::all().len() + places
    }
}

fn main() {
    peer::run::<Tables>();
}
