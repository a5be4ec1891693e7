//! There is no way to write down a tick.

use quest_types::journal::Tick;
use rune_rust::quests::journal::Game;

fn main() {
    let mut server = rune_rust::server();
    let _: Tick<'_, Game> = Tick { server: &mut server };
}
