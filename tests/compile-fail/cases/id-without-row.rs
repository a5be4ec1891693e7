//! A row number from somewhere is no id.

use rune_rust::quests::QuestId;

fn main() {
    let _ = QuestId(999);
}
