//! Outside of the tick, an attached session can only be looked at.

use rune_rust::quests::journal::{Effects, QuestEvent};

fn main() {
    let mut server = rune_rust::server();
    let world = server.world("ironhold");
    let player = server.player("kim").unwrap();
    let mut attachment = server.session(player).attach(&world);
    attachment.notify(QuestEvent::PlayerDeath, &mut Effects::new());
}
