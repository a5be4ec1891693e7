//! What cannot be counted, and what names nothing, is refused, and nothing has changed.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use journal::quests::journal::QuestEvent;
use journal::quests::{BranchId, EnemyId, ObjectiveId, QuestId, StageId};
use journal::table::{play, play_as};
use journal::world::KnownFacts;
use journal::{enemy, objective, quest};
use proptest::prelude::*;
use quest_types::Id;
use quest_types::journal::{Limits, QuestError};

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: quest_test::proptest_regressions!("bad_input"), ..ProptestConfig::default() })]

    /// Generated code can make an id of any number. One that names nothing is refused by each call, and looking at it
    /// finds nothing.
    #[test]
    fn ids_of_nothing_are_refused(beyond in 0..u32::MAX / 2) {
        play(|table| {
            let quest = QuestId::from_row(beyond.saturating_add(QuestId::all().len() as u32));
            let stage = StageId::from_row(beyond.saturating_add(StageId::all().len() as u32));
            let objective = ObjectiveId::from_row(beyond.saturating_add(ObjectiveId::all().len() as u32));
            let mut refused = 0;
            for call in 0..10 {
                let result = table.tick(|quests, effects| match call {
                    0 => quests.start(quest, effects),
                    1 => quests.discover(quest, effects),
                    2 => quests.advance(objective, 1, effects),
                    3 => quests.reveal(objective, effects),
                    4 => quests.update(stage, effects),
                    5 => quests.skip(quest, effects),
                    6 => quests.fail(quest, effects),
                    7 => quests.turn_in(quest, None, |_| true, effects),
                    8 => quests.claim(quest, |_| true, effects),
                    _ => quests.reset(quest, effects),
                });
                prop_assert_eq!(result, Err(QuestError::NotLoaded));
                refused += 1;
            }
            prop_assert_eq!(refused, 10);
            let enemy = EnemyId::from_row(beyond.saturating_add(EnemyId::all().len() as u32));
            prop_assert!(table.event(QuestEvent::Kill(enemy)).is_empty());
            let player = table.player();
            prop_assert_eq!((player.times_turned_in(quest), player.stage(quest), player.world(quest)), (0, None, None));
            prop_assert_eq!((player.progress(objective).0, player.path(objective)), (0, None));
            prop_assert_eq!(player.branches(quest).collect::<Vec<BranchId>>(), []);
            prop_assert_eq!(table.leave().save().quests, []);
            Ok(())
        })?;
    }
}

#[test]
fn of_deeds() {
    play(|table| {
        let (plain, wolves) = (quest!("plain"), objective!("plain:one:wolves"));
        table.tick(|quests, effects| quests.start(plain, effects)).unwrap();
        // From nothing on, as much as a number can say is as much as is needed.
        let wolf = QuestEvent::Kill(enemy!("wolf"));
        table.event(wolf);
        let too_much = table.tick(|quests, effects| quests.notify(wolf.times(u32::MAX), effects));
        assert_eq!(too_much, Err(QuestError::Overflow));
        let too_much = table.tick(|quests, effects| quests.advance(wolves, u32::MAX, effects));
        assert_eq!(too_much, Err(QuestError::Overflow));
        assert_eq!(table.player().progress(wolves), (1, 3));
        // More than is needed is no mistake: a counter stops at what is required.
        let enough = table.event(wolf.times(u32::MAX - 1));
        assert_eq!(enough[0], "progress plain:one:wolves 3/3");
        // Nobody waits for it any more.
        assert!(table.event(wolf.times(u32::MAX)).is_empty());
    });
}

#[test]
fn of_turns() {
    play(|table| {
        table.tick(|quests, effects| quests.pass_turns(u64::MAX - 2, effects)).unwrap();
        let too_much = table.tick(|quests, effects| quests.pass_turns(3, effects));
        assert_eq!(too_much, Err(QuestError::Overflow));
        // Its five turns would never be over.
        let timed = quest!("timed-turn");
        let too_late = table.tick(|quests, effects| quests.start(timed, effects));
        assert_eq!(too_late, Err(QuestError::Overflow));
        assert_eq!(table.player().active().count(), 0);
        table.tick(|quests, effects| quests.start(quest!("plain"), effects)).unwrap();
    });
}

#[test]
fn of_times() {
    // Nobody plays so long: a save says that somebody has.
    let mut server = journal::server();
    let again = quest!("table-again");
    let mut player = play(|table| {
        table.facts.set("flag:ready", journal::world::Known::Is(true));
        table.tick(|quests, effects| quests.start(again, effects)).unwrap();
        table.event(QuestEvent::Kill(enemy!("dragon")));
        table.leave()
    });
    let mut save = player.save();
    save.quests.iter_mut().for_each(|quest| (quest.times, quest.runs) = (u32::MAX, u32::MAX));
    let (player, _) = server.restore(&save, "kim", 0, &Limits::default()).unwrap();
    play_as(server, player, KnownFacts::default(), |table| {
        let refused = table.tick(|quests, effects| quests.turn_in(again, None, |_| true, effects));
        assert_eq!(refused, Err(QuestError::Overflow));
        assert_eq!(table.lifecycle(again).to_string(), "complete");
    });
}
