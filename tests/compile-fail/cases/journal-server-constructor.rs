//! What generated code makes a server of can be named by nobody else.

use quest_types::journal::QuestServer;
use rune_rust::quests::journal::{Authority, Game};

fn main() {
    let _ = QuestServer::<Game>::__of_this_crate(Authority(()));
}
