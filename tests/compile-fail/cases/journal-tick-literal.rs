//! There is no way to write down a tick.

use quest_types::journal::Tick;
use rune_rust::quests::journal::Game;

fn main() {
    let _: Tick<'_, Game> = Tick { server: std::marker::PhantomData };
}
