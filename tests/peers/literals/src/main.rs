//! Quests as Rust literals, and a map by phf.

type Text = &'static str;
type List<T> = &'static [T];

macro_rules! record {
    ($name:ident { $($field:ident: $type:ty,)* }) => {
        #[allow(dead_code, reason = "carried by all peers, read by none")]
        struct $name { $($field: $type,)* }
    };
}

macro_rules! choice {
    ($name:ident { $($value:ident),* }) => {
        #[allow(dead_code, non_camel_case_types, reason = "as in the schema")]
        enum $name { $($value),* }
    };
}

include!("../../records.rs");
include!(concat!(env!("OUT_DIR"), "/quests.rs"));

/// Nothing has to be kept: all of it is static.
struct Literals;

impl peer::Quests for Literals {
    type Quest<'q> = &'static Quest;
    type Stage<'q> = &'static Stage;

    fn load() -> Self {
        Self
    }

    fn count(&self) -> usize {
        GAME.quests.len()
    }

    fn all(&self) -> impl Iterator<Item = &'static Quest> {
        GAME.quests.iter()
    }

    fn find(&self, id: &str) -> Option<&'static Quest> {
        ROWS.get(id).map(|&row| &GAME.quests[row as usize])
    }

    fn texts<'q>(&'q self, quest: &'static Quest) -> [&'q str; 3] {
        [quest.id, quest.name, quest.description]
    }

    fn stages(&self, quest: &'static Quest) -> impl Iterator<Item = &'static Stage> {
        quest.stages.iter()
    }

    fn stage_texts<'q>(&'q self, stage: &'static Stage) -> [&'q str; 3] {
        [stage.id, stage.name, stage.description]
    }

    fn tasks<'q>(&'q self, stage: &'static Stage) -> impl Iterator<Item = &'q str> {
        stage.objectives.iter().map(|objective| objective.description)
    }

    fn next(&self, quest: &'static Quest, stage: &'static Stage) -> Option<&'static Stage> {
        stage.next_stage_id.map(|at| &quest.stages[at as usize])
    }

    fn registered(&self) -> usize {
        GAME.registries.iter().map(|registry| registry.ids.len()).sum()
    }
}

fn main() {
    peer::run::<Literals>();
}
