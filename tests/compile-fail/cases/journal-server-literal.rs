//! There is no way to write down a server.

use rune_rust::quests::journal::QuestServer;

fn main() {
    let _ = QuestServer { rules: std::marker::PhantomData };
}
