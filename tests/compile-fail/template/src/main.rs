//! The smallest game that uses everything: ids in expressions, constants and patterns, and an enum of stages.
#![forbid(unsafe_code)]

use quest_types::Stages;
use quests::{Quest, QuestId, StageId};

quest_types::include_quests!();

const FIRST: QuestId = quest!("lost-tools");

#[derive(Clone, Copy, Debug, Stages)]
#[quest("lost-tools")]
enum LostTools {
    SearchMine,
    ReturnTools,
}

fn hint(stage: StageId) -> &'static str {
    match stage {
        stage!("lost-tools:search-mine") => "take a lamp",
        _ => "go home",
    }
}

fn main() {
    for quest in Quest::all() {
        println!("{}: {}", quest.id(), quest.name());
        for stage in quest.stages() {
            println!("  {} ({})", stage.name(), hint(stage.id()));
        }
    }
    let objective = objective!("lost-tools:search-mine:find-hammer");
    println!("{}: {:?}, then {}", FIRST.name(), LostTools::ALL, objective.description());
}
