//! Prints the quest log of the game.
#![forbid(unsafe_code)]

use rune_rust::quests::{ObjectiveTarget, Quest, QuestId, RewardTarget, StageId};
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
        println!("{} ({}): {}", quest.name(), quest.category(), quest.description());
        for stage in quest.stages() {
            let marker = if stage.id() == stage!("iron-path:find-descent") { " <- you are here" } else { "" };
            println!("  {}{marker}", stage.name());
            for objective in stage.objectives() {
                println!(
                    "    {} x{} {}",
                    objective.description(),
                    objective.quantity(),
                    target(objective.target())
                );
            }
            if let Some(next) = stage.next() {
                println!("    then {}", next.id());
            }
        }
        for reward in quest.rewards() {
            if let RewardTarget::Item(item) = reward.target() {
                println!("  gives {item}");
            }
        }
    }
    println!("{} begins with {:?}", FIRST.name(), IronPath::from_stage(first_stage()));
}

fn first_stage() -> StageId {
    FIRST.stages().first().map_or(stage!("iron-path:speak-kjartan"), |stage| stage.id())
}

fn target(target: ObjectiveTarget) -> String {
    match target {
        ObjectiveTarget::Kill(enemy) => format!("kill {enemy}"),
        ObjectiveTarget::Talk(npc) => format!("talk to {npc}"),
        other => format!("{other:?}"),
    }
}
