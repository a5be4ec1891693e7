//! A player can be looked at by anybody, and changed by nobody.

use rune_rust::quests::journal::{Effects, Event, Player};

fn cheat(player: &mut Player, event: Event) {
    let mut effects = Effects::new();
    player.record(event, &mut effects);
    player.state.entries.clear();
}

fn main() {}
