//! A player can be looked at by anybody, and changed by nobody.

use rune_rust::quests::journal::{Effects, QuestEvent, Player};

fn cheat(player: &mut Player, event: QuestEvent) {
    let mut effects = Effects::new();
    player.notify(event, &mut effects);
    player.state.entries.clear();
}

fn main() {}
