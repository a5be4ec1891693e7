//! Outside of the tick, an attached session can only be looked at.

use rune_rust::quests::journal::{Effects, Event};

fn main() {
    let server = rune_rust::server();
    let world = server.open("ironhold");
    let mut attachment = server.connect(server.player("kim")).attach(&world);
    attachment.record(Event::PlayerDeath, &mut Effects::new());
}
