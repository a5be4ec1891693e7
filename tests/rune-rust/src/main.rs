//! Prints the quest log of the game.
#![forbid(unsafe_code)]

use rune_rust::quests::{ItemOrNpc, ObjectiveTarget, Quest, QuestId, RewardTarget, StageId};
use rune_rust::{Stages, quest, stage};

/// The main quest. It was not written by hand against the content: leave a stage out and it does not compile.
#[derive(Clone, Copy, Debug, Stages)]
#[quest("iron-path", in = rune_rust)]
enum IronPath {
    SpeakKjartan,
    FindDescent,
    DefeatLord,
    ReturnKjartan,
}

const FIRST: QuestId = quest!("iron-path");

fn main() {
    for quest in Quest::all() {
        println!("\n{} ({})\n{}", quest.name(), quest.category(), quest.description());
        for stage in quest.stages() {
            let marker = if stage.id() == stage!("iron-path:find-descent") { " <- you are here" } else { "" };
            println!("  {}{marker}", stage.name());
            for objective in stage.objectives() {
                let times = match objective.quantity() {
                    1 => String::new(),
                    times => format!(", {times} times"),
                };
                println!("    - {} ({}{times})", objective.description(), task(objective.target()));
            }
            if let Some(next) = stage.next() {
                println!("    then: {}", next.name());
            }
        }
        for reward in quest.rewards() {
            if let RewardTarget::Item(item) = reward.target() {
                println!("  gives {item}");
            }
        }
    }
    println!("\n{}", greeting(first_stage()));
}

/// A `match` over the stages of one quest is complete: the enum lists exactly those.
fn greeting(stage: StageId) -> &'static str {
    match IronPath::from_stage(stage) {
        Some(IronPath::SpeakKjartan) => "Kjartan: you there. Do you know how to hold a hammer?",
        Some(IronPath::FindDescent) => "Kjartan: the stair is below the old keep.",
        Some(IronPath::DefeatLord) => "Kjartan: it is still down there.",
        Some(IronPath::ReturnKjartan) => "Kjartan: you are back!",
        None => "Kjartan nods.",
    }
}

fn first_stage() -> StageId {
    FIRST.stages().first().map_or(stage!("iron-path:speak-kjartan"), |stage| stage.id())
}

/// What has to be done, from the kind of objective and the thing it is about. A new kind in the schema does not compile until
/// it has words here.
fn task(target: ObjectiveTarget) -> String {
    match target {
        ObjectiveTarget::Kill(enemy) => format!("defeat {enemy}"),
        ObjectiveTarget::Collect(item) => format!("collect {item}"),
        ObjectiveTarget::Talk(npc) => format!("talk to {npc}"),
        ObjectiveTarget::Explore(location) => format!("explore {location}"),
        ObjectiveTarget::Escort(npc) => format!("escort {npc}"),
        ObjectiveTarget::Defend(location) => format!("defend {location}"),
        ObjectiveTarget::Craft(item) => format!("craft {item}"),
        ObjectiveTarget::Discover(entry) => format!("discover {entry}"),
        ObjectiveTarget::Deliver(ItemOrNpc::Item(item)) => format!("deliver {item}"),
        ObjectiveTarget::Deliver(ItemOrNpc::Npc(npc)) => format!("deliver to {npc}"),
        ObjectiveTarget::Use(thing) => format!("use {thing}"),
        ObjectiveTarget::Survive => "survive".to_owned(),
        ObjectiveTarget::Reach(location) => format!("reach {location}"),
    }
}
