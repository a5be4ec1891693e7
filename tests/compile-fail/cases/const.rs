//! A misspelt quest in a constant: one error, and none about the constant's users.

use rune_rust::quest;
use rune_rust::quests::QuestId;

const MAIN_QUEST: QuestId = quest!("rusted-hart");

fn main() {
    println!("{}", MAIN_QUEST.name());
}
