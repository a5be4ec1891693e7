//! Quests belong to the world in which they were begun (Quest Runtime Model §3), and rest in others.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use journal::quests::journal::QuestEvent;
use journal::table::{AWAY, HOME, play, play_as};
use journal::world::KnownFacts;
use journal::{enemy, item, objective, quest};
use quest_types::journal::{Limits, QuestError};

#[test]
fn a_quest_rests_elsewhere() {
    play(|table| {
        table.tick(|quests, effects| quests.start(quest!("plain"), effects)).unwrap();
        table.event(QuestEvent::Kill(enemy!("wolf")));
        assert_eq!(table.player().world(quest!("plain")), Some("world"));

        table.travel(&AWAY);
        assert!(table.event(QuestEvent::Kill(enemy!("wolf"))).is_empty());
        assert_eq!(table.player().progress(objective!("plain:one:wolves")), (1, 3));
        // What asks for the quest itself is told why nothing happens.
        let wolves = objective!("plain:one:wolves");
        let refused = table.tick(|quests, effects| quests.advance(wolves, 1, effects));
        assert_eq!(refused, Err(QuestError::OtherWorld));
        // A quest is begun once, wherever.
        let again = table.tick(|quests, effects| quests.start(quest!("plain"), effects));
        assert!(matches!(again, Err(QuestError::WrongState { .. })));

        table.travel(&HOME);
        assert_eq!(table.event(QuestEvent::Kill(enemy!("wolf"))), ["progress plain:one:wolves 2/3"]);
    });
}

#[test]
fn time_passes_where_the_player_is() {
    play(|table| {
        table.tick(|quests, effects| quests.start(quest!("timed-turn"), effects)).unwrap();
        table.turns(2);
        table.travel(&AWAY);
        assert!(table.turns(100).is_empty());
        assert_eq!(table.player().turns_left(quest!("timed-turn")), Some(3));
        table.travel(&HOME);
        assert_eq!(table.turns(3)[0], "branch timed-turn:too-late to timed-turn:late");
    });
}

#[test]
fn a_save_says_in_which_world() {
    let mut player = play(|table| {
        table.tick(|quests, effects| quests.start(quest!("plain"), effects)).unwrap();
        table.travel(&AWAY);
        table.tick(|quests, effects| quests.start(quest!("timed-turn"), effects)).unwrap();
        table.leave()
    });
    let mut server = journal::server();
    let (restored, _) = server.restore(&player.save(), "kim", 0, &Limits::default()).unwrap();
    assert_eq!(restored.world(quest!("plain")), Some("world"));
    assert_eq!(restored.world(quest!("timed-turn")), Some("elsewhere"));
    play_as(server, restored, KnownFacts::default(), |table| {
        table.travel(&AWAY);
        assert!(table.event(QuestEvent::Collect(item!("herb"))).is_empty());
        table.travel(&HOME);
        assert_eq!(table.event(QuestEvent::Collect(item!("herb"))), ["progress plain:one:herbs 1/2"]);
    });
}

#[test]
fn worlds_without_quests_are_forgotten() {
    let mut server = journal::server();
    let worlds: Vec<_> = (0..100).map(|number| server.world(format!("dungeon-{number}"))).collect();
    let mut player = server.player("kim").unwrap();
    let mut bytes = Vec::new();
    for world in &worlds {
        let attachment = server.session(player).attach(world);
        player = attachment.detach().end();
        bytes.push(player.bytes());
    }
    assert!(bytes.iter().all(|now| *now <= bytes[0] + 64), "{bytes:?}");
}
