//! A session that is not attached to a world takes no part in ticks.

use rune_rust::quests::journal::Question;

fn main() {
    let mut server = rune_rust::server();
    let mut player = server.player("kim").unwrap();
    let mut session = server.session(&mut player);
    let tick = server.tick();
    let facts = |_: Question| quest_types::journal::Fact::Unknown;
    session.tick(&tick, &facts);
}
