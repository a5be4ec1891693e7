//! What changes quests does not outlive the tick.

use rune_rust::quests::journal::{Effects, QuestEvent, Question};

fn main() {
    let mut server = rune_rust::server();
    let world = server.world("ironhold");
    let player = server.player("kim").unwrap();
    let mut attachment = server.session(player).attach(&world);
    let facts = |_: Question| quest_types::journal::Fact::Unknown;
    let mut quests = {
        let tick = server.tick();
        attachment.tick(&tick, &facts).unwrap()
    };
    quests.notify(QuestEvent::PlayerDeath, &mut Effects::new());
}
