//! The smallest game with tables: names of the stages of a quest.

use quest_types::Id;

quest_types::include_quests!();

fn main() {
    let quest = std::env::args().nth(1).and_then(|id| quests::QuestId::parse(&id));
    for stage in quest.iter().flat_map(|quest| quest.stages()) {
        println!("{}", stage.name());
    }
}
