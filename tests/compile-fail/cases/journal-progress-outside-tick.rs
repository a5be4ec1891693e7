//! Outside of the tick, an attached session can only be looked at.

use rune_rust::quests::journal::{Effects, QuestEvent};

fn main() {
    let server = rune_rust::server();
    let world = server.world("ironhold");
    let mut attachment = server.session(server.player("kim")).attach(&world);
    attachment.notify(QuestEvent::PlayerDeath, &mut Effects::new());
}
