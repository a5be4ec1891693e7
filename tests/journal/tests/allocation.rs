//! Events do not allocate, and what nobody waits for costs no more with many active quests.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use allocation_counter::measure;
use journal::quests::Quest;
use journal::quests::journal::{Effects, QuestEvent};
use journal::table::play;
use journal::{enemy, item, npc};

#[test]
fn events_do_not_allocate() {
    play(|table| {
        for quest in Quest::all() {
            let _ = table.tick(|quests, effects| quests.start(quest.id(), effects));
        }
        assert!(table.player().active().count() > 8);
        let mut effects = Effects::new();
        let tick = table.server.tick();
        // Once for the room that effects and those who hear an event need.
        let events = [
            QuestEvent::Talk(npc!("nobody")),
            QuestEvent::Collect(item!("herb")),
            QuestEvent::Kill(enemy!("wolf")),
        ];
        for event in events {
            table.attachment.tick(&tick, &table.facts).unwrap().notify(event, &mut effects).unwrap();
        }
        effects.clear();
        let mut happened = 0;
        let allocations = measure(|| {
            for event in [
                QuestEvent::Kill(enemy!("wolf")),
                QuestEvent::Collect(item!("herb")),
                QuestEvent::Use(item!("sword").into()),
            ] {
                table.attachment.tick(&tick, &table.facts).unwrap().notify(event, &mut effects).unwrap();
                happened += effects.iter().len();
                effects.clear();
            }
        });
        assert!(happened > 0, "something counted");
        assert_eq!(allocations.count_total, 0);
    });
}
