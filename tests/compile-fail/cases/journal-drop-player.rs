//! Quests do not outlive their player.

use rune_rust::quests::journal::{Effects, QuestEvent, Question};
use rune_rust::quest;

fn main() {
    let mut server = rune_rust::server();
    let world = server.world("ironhold");
    let mut player = server.player("kim").unwrap();
    let mut attachment = server.session(&mut player).attach(&world);
    let tick = server.tick();
    let facts = |_: Question| quest_types::journal::Fact::Unknown;
    let mut quests = attachment.tick(&tick, &facts).unwrap();
    drop(player);
    let _ = quests.start(quest!("iron-path"), &mut Effects::new());
    let _ = QuestEvent::PlayerDeath;
}
