//! Quests do not reach the session, the world or the tick.

use quest_types::journal::Quests;
use rune_rust::quests::journal::{Game, Question};

fn escape<W: Fn(Question) -> quest_types::journal::Fact<'static>>(quests: Quests<'_, Game, W>) {
    quests.detach();
    quests.session();
    quests.world();
}

fn main() {}
