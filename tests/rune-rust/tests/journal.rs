//! The five quests of Quest Schema §14, played to every end.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

mod support;

use quest_types::journal::{ActualValue, Lifecycle, QuestError, Unmet};
use rune_rust::quests::journal::QuestEvent;
use rune_rust::{ability, enemy, faction, flag, item, location, npc, object, objective, quest, stage};
use support::{Realm, Table, play, veteran};

/// Takes a player who has begun `rusted-heart` to its choice.
fn to_the_warden(table: &mut Table<'_>) {
    table.realm.done_elsewhere.insert("intro-arrival");
    iron_path(table);
    table.start(quest!("rusted-heart")).unwrap();
    let happened = table.event(QuestEvent::Talk(npc!("npc-elder-sigrun")));
    assert_eq!(
        happened,
        [
            "progress gather-intel 1/1",
            "done gather-intel",
            "over investigate-warden",
            "entered disable-warden"
        ]
    );
}

fn iron_path(table: &mut Table<'_>) {
    table.start(quest!("iron-path")).unwrap();
    table.events([
        QuestEvent::Talk(npc!("npc-kjartan")),
        QuestEvent::Explore(location!("location-iron-crypts-entrance")),
        QuestEvent::Kill(enemy!("enemy-rust-lord")),
        QuestEvent::Talk(npc!("npc-kjartan")),
    ]);
    table.turn_in(quest!("iron-path")).unwrap();
}

#[test]
fn iron_path_to_the_end() {
    play(veteran(), |table| {
        let forge = quest!("iron-path");
        assert_eq!(table.lifecycle(forge), Lifecycle::Available);
        assert_eq!(table.start(forge).unwrap(), ["started iron-path", "entered speak-kjartan"]);
        assert_eq!(table.lifecycle(forge), Lifecycle::Active);
        assert_eq!(table.stage(forge), Some(stage!("iron-path:speak-kjartan")));

        // Who else talks does not count, and neither does another deed to him.
        assert!(table.event(QuestEvent::Talk(npc!("npc-bjorn"))).is_empty());
        assert!(table.event(QuestEvent::Escort(npc!("npc-kjartan"))).is_empty());
        assert_eq!(
            table.event(QuestEvent::Talk(npc!("npc-kjartan"))),
            [
                "progress talk-kjartan 1/1",
                "done talk-kjartan",
                "over speak-kjartan",
                "action Notification",
                "entered find-descent"
            ]
        );
        // One talk is one talk, though the last stage waits for it too.
        assert_eq!(table.stage(forge), Some(stage!("iron-path:find-descent")));

        // Optional: it counts, and nothing waits for it.
        let notes = objective!("iron-path:find-descent:collect-notes");
        assert_eq!(
            table.event(QuestEvent::Collect(item!("item-dvergr-notes")).times(2)),
            ["progress collect-notes 2/3"]
        );
        assert_eq!(table.progress(notes), (2, 3));
        assert_eq!(
            table.event(QuestEvent::Collect(item!("item-dvergr-notes")).times(5)),
            ["progress collect-notes 3/3", "done collect-notes"]
        );
        assert!(table.event(QuestEvent::Collect(item!("item-dvergr-notes"))).is_empty(), "it is done");

        table.event(QuestEvent::Explore(location!("location-iron-crypts-entrance")));
        table.event(QuestEvent::Kill(enemy!("enemy-rust-lord")));
        assert_eq!(table.realm.flags.get(&flag!("rust_lord_defeated")).map(String::as_str), Some("true"));
        assert_eq!(table.turn_in(forge), Err(QuestError::WrongState { actual: Lifecycle::Active }));
        assert_eq!(
            table.event(QuestEvent::Talk(npc!("npc-kjartan"))),
            [
                "progress return-to-kjartan 1/1",
                "done return-to-kjartan",
                "over return-kjartan",
                "complete iron-path"
            ]
        );
        assert_eq!(table.lifecycle(forge), Lifecycle::Complete);
        assert_eq!(table.player().times_turned_in(forge), 0);

        assert_eq!(
            table.turn_in(forge).unwrap(),
            [
                "reward Experience 500",
                "reward Gold 200",
                "reward Item 1",
                "reward Reputation 50",
                "turned in iron-path"
            ]
        );
        assert_eq!(table.lifecycle(forge), Lifecycle::TurnedIn);
        assert_eq!(table.player().times_turned_in(forge), 1);
        assert_eq!(table.realm.items.get(&item!("item-rune-etched-blade")), Some(&1));
        // Never twice.
        let before = table.realm.clone();
        assert_eq!(table.turn_in(forge), Err(QuestError::WrongState { actual: Lifecycle::TurnedIn }));
        assert_eq!(table.start(forge), Err(QuestError::WrongState { actual: Lifecycle::TurnedIn }));
        assert_eq!(table.realm, before);
    });
}

#[test]
fn the_log_is_that_of_section_15() {
    play(veteran(), |table| {
        iron_path(table);
        let log: Vec<&str> = table.log.iter().map(String::as_str).collect();
        assert_eq!(log.first(), Some(&"Quest started: The Iron Path"));
        assert!(log.contains(&"Quest complete: The Iron Path"), "{log:?}");
        assert!(log.iter().any(|line| line.starts_with("Objective progress: ") && line.ends_with(" (1/1)")));
        assert_eq!(log.iter().filter(|line| line.starts_with("Stage complete: ")).count(), 4);
        assert_eq!(log.iter().filter(|line| line.starts_with("Reward granted: ")).count(), 4);

        table.start(quest!("rusted-heart")).unwrap();
        table.event(QuestEvent::Talk(npc!("npc-elder-sigrun")));
        table.event(QuestEvent::Kill(enemy!("enemy-undying-warden")));
        assert!(table.log.contains(&"Quest branch triggered: branch-combat → combat-resolution".to_owned()));
        table.start(quest!("patrol-route")).unwrap();
        table.tick(|quests, effects| quests.fail(quest!("patrol-route"), effects)).unwrap();
        assert_eq!(table.log.last().unwrap(), "Quest failed: Patrol Route - the game decided so");
    });
}

#[test]
fn prerequisites_say_which_and_why() {
    let unmet = |realm: Realm| {
        play(realm, |table| table.player().unmet(quest!("iron-path"), &table.realm).collect::<Vec<_>>())
    };
    let unknown = Realm { level: 20, ..Realm::default() };
    assert_eq!(unmet(unknown), [Unmet::new(1, "QuestComplete", ActualValue::Is(false))]);
    // `greaterThan` 5 starts at 6.
    let low = Realm { level: 5, ..veteran() };
    assert_eq!(unmet(low.clone()), [Unmet::new(0, "Level", ActualValue::Number(5))]);
    assert_eq!(unmet(Realm { level: 6, ..veteran() }), []);
    play(low, |table| {
        let refused = table.start(quest!("iron-path")).unwrap_err();
        assert_eq!(refused, QuestError::Unmet(Unmet::new(0, "Level", ActualValue::Number(5))));
        assert_eq!(refused.to_string(), "prerequisite 1 (`Level`) is not met: it is 5");
        assert_eq!(table.lifecycle(quest!("iron-path")), Lifecycle::NotStarted);
        table.realm.level = 6;
        assert_eq!(table.lifecycle(quest!("iron-path")), Lifecycle::Available);
    });
}

#[test]
fn lost_tools_after_iron_path() {
    play(veteran(), |table| {
        let tools = quest!("lost-tools");
        assert_eq!(
            table.start(tools),
            Err(QuestError::Unmet(Unmet::new(0, "QuestComplete", ActualValue::Is(false))))
        );
        iron_path(table);
        table.start(tools).unwrap();
        for count in 1..5 {
            table.event(QuestEvent::Collect(item!("item-dvergr-hammer")));
            assert_eq!(table.progress(objective!("lost-tools:collect-hammers:find-hammers")), (count, 5));
        }
        table.event(QuestEvent::Collect(item!("item-dvergr-hammer")));
        assert_eq!(table.stage(tools), Some(stage!("lost-tools:return-tools")));
        // An item is delivered, and to an npc: one event about both.
        let hammers = QuestEvent::Deliver(item!("item-dvergr-hammer").into());
        assert!(table.event(hammers).is_empty());
        table.event(hammers.also(QuestEvent::Deliver(npc!("npc-kjartan").into())));
        assert_eq!(table.lifecycle(tools), Lifecycle::Complete);
        table.turn_in(tools).unwrap();
        assert_eq!((table.realm.experience, table.realm.gold["cogs"]), (600, 250));
    });
}

#[test]
fn patrol_route_again_and_again() {
    play(Realm::default(), |table| {
        let (route, horror) = (quest!("patrol-route"), QuestEvent::Kill(enemy!("enemy-rust-horror")));
        for round in 1..=3 {
            assert_eq!(table.lifecycle(route), Lifecycle::Available);
            table.start(route).unwrap();
            // The place counts: what the event says, or else where the player is.
            assert!(table.event(horror.at(location!("location-ironhold"))).is_empty());
            table.realm.place = None;
            assert!(table.event(horror).is_empty());
            table.event(horror.at(location!("location-eastern-corridor")).times(2));
            table.realm.place = Some(location!("location-eastern-corridor"));
            table.event(horror.times(2));
            assert_eq!(table.progress(objective!("patrol-route:clear-corridor:kill-horrors")), (4, 5));
            table.event(horror.times(9));
            table.event(QuestEvent::Talk(npc!("npc-patrol-captain")));
            let happened = table.turn_in(route).unwrap();
            assert_eq!(
                happened,
                ["reward Gold 25", "reward Experience 50", "turned in patrol-route", "reset patrol-route"]
            );
            assert_eq!(table.player().times_turned_in(route), round);
            assert_eq!(table.turn_in(route), Err(QuestError::WrongState { actual: Lifecycle::NotStarted }));
        }
        assert_eq!(table.realm.gold["cogs"], 75);
    });
}

#[test]
fn salvage_run_daily() {
    play(Realm::default(), |table| {
        table.start(quest!("salvage-run-daily")).unwrap();
        table.event(QuestEvent::Collect(item!("item-scrap-metal")).times(10));
        table.event(QuestEvent::Deliver(npc!("npc-salvage-master").into()));
        table.turn_in(quest!("salvage-run-daily")).unwrap();
        assert_eq!(table.realm.reputation[&faction!("rust-clans")], 5);
        assert_eq!(table.lifecycle(quest!("salvage-run-daily")), Lifecycle::Available);
    });
}

#[test]
fn rusted_heart_by_the_blade() {
    play(veteran(), |table| {
        to_the_warden(table);
        let blade = objective!("rusted-heart:disable-warden:combat-path");
        assert!(!table.player().is_visible(blade));
        assert_eq!(
            table.event(QuestEvent::Kill(enemy!("enemy-undying-warden"))),
            [
                "revealed combat-path",
                "progress combat-path 1/1",
                "done combat-path",
                "branch branch-combat to combat-resolution",
                "entered combat-resolution"
            ]
        );
        assert!(table.player().is_visible(blade));
        table.event(QuestEvent::Talk(npc!("npc-elder-sigrun")));
        let heart = quest!("rusted-heart");
        assert_eq!(table.lifecycle(heart), Lifecycle::Complete);
        let branches: Vec<&str> = table.player().branches(heart).map(|branch| branch.as_str()).collect();
        assert_eq!(branches, ["branch-combat"]);
        assert_eq!(
            table.turn_in(heart).unwrap(),
            ["reward Experience 750", "reward Reputation 100", "turned in rusted-heart"]
        );
        // Which way it went is known afterwards.
        assert_eq!(table.stage(heart), Some(stage!("rusted-heart:combat-resolution")));
        assert_eq!(table.player().branches(heart).count(), 1);
    });
}

#[test]
fn rusted_heart_by_the_wire() {
    play(veteran(), |table| {
        to_the_warden(table);
        let console = QuestEvent::Use(object!("object-warden-console").into());
        assert!(table.event(console).is_empty(), "only who can hack");
        table.realm.abilities.insert(ability!("ability-hack"));
        assert_eq!(table.event(console)[3], "branch branch-tech to tech-resolution");
        table.event(QuestEvent::Talk(npc!("npc-elder-sigrun")));
        table.turn_in(quest!("rusted-heart")).unwrap();
        assert_eq!(table.stage(quest!("rusted-heart")), Some(stage!("rusted-heart:tech-resolution")));
    });
}

#[test]
fn rusted_heart_by_the_stone_and_then_the_blade() {
    play(veteran(), |table| {
        to_the_warden(table);
        let ceiling = QuestEvent::Use(object!("object-ceiling-support").into());
        assert!(table.event(ceiling).is_empty(), "only in the chamber");
        assert!(table.event(ceiling.at(location!("location-ironhold"))).is_empty());
        // As the document has it, no branch waits for it and all three ways are required.
        assert_eq!(
            table.event(ceiling.at(location!("location-unstable-chamber"))),
            ["revealed env-path", "progress env-path 1/1", "done env-path"]
        );
        assert_eq!(table.stage(quest!("rusted-heart")), Some(stage!("rusted-heart:disable-warden")));
        table.event(QuestEvent::Kill(enemy!("enemy-undying-warden")));
        assert_eq!(table.stage(quest!("rusted-heart")), Some(stage!("rusted-heart:combat-resolution")));
    });
}

#[test]
fn rusted_heart_by_word_of_mouth() {
    // The stage `report-sigrun` is reached by a dialogue only: `QuestUpdate` (§3.6).
    play(veteran(), |table| {
        to_the_warden(table);
        let report = stage!("rusted-heart:report-sigrun");
        let happened = table.tick(|quests, effects| quests.update(report, effects)).unwrap();
        assert_eq!(happened, ["entered report-sigrun"]);
        assert!(
            table.tick(|quests, effects| quests.update(report, effects)).unwrap().is_empty(),
            "it is there"
        );
        table.event(QuestEvent::Talk(npc!("npc-elder-sigrun")));
        table.turn_in(quest!("rusted-heart")).unwrap();
        assert_eq!(table.stage(quest!("rusted-heart")), Some(report));
    });
}

#[test]
fn rusted_heart_too_late() {
    play(veteran(), |table| {
        to_the_warden(table);
        let heart = quest!("rusted-heart");
        assert_eq!(table.player().turns_left(heart), Some(50));
        assert!(table.turns(49).is_empty());
        assert_eq!(table.player().turns_left(heart), Some(1));
        let standing = table.realm.reputation.get(&faction!("rust-clans")).copied().unwrap_or(0);
        assert_eq!(table.turns(1), ["failed rusted-heart: TimeExpired", "costs Reputation", "costs Flag"]);
        assert_eq!(table.lifecycle(heart), Lifecycle::Failed);
        assert_eq!(table.realm.reputation[&faction!("rust-clans")], standing - 50);
        assert!(table.realm.flags.contains_key(&flag!("settlement_damaged")));
        // It is over.
        assert!(table.event(QuestEvent::Kill(enemy!("enemy-undying-warden"))).is_empty());
        assert_eq!(table.start(heart), Err(QuestError::WrongState { actual: Lifecycle::Failed }));
        assert_eq!(table.turn_in(heart), Err(QuestError::WrongState { actual: Lifecycle::Failed }));
        assert!(table.turns(1_000_000).is_empty());
    });
}

#[test]
fn rewards_wait_for_room() {
    play(veteran(), |table| {
        let forge = quest!("iron-path");
        table.start(forge).unwrap();
        table.events([
            QuestEvent::Talk(npc!("npc-kjartan")),
            QuestEvent::Explore(location!("location-iron-crypts-entrance")),
            QuestEvent::Kill(enemy!("enemy-rust-lord")),
            QuestEvent::Talk(npc!("npc-kjartan")),
        ]);
        let no_items = |reward: &'static rune_rust::quests::Reward| {
            !matches!(reward.target(), rune_rust::quests::RewardTarget::Item(_))
        };
        let happened = table.tick(|quests, effects| quests.turn_in(forge, None, no_items, effects)).unwrap();
        assert_eq!(happened[2], "held Item 1");
        assert_eq!(table.lifecycle(forge), Lifecycle::TurnedIn);
        assert_eq!(table.player().held(forge).count(), 1);
        assert!(table.tick(|quests, effects| quests.claim(forge, |_| false, effects)).unwrap().is_empty());
        assert_eq!(table.player().held(forge).count(), 1);
        let happened = table.tick(|quests, effects| quests.claim(forge, |_| true, effects)).unwrap();
        assert_eq!(happened, ["reward Item 1"]);
        let again = table.tick(|quests, effects| quests.claim(forge, |_| true, effects));
        assert_eq!(again, Err(QuestError::NothingHeld));
        assert_eq!(table.realm.items[&item!("item-rune-etched-blade")], 1);
    });
}

#[test]
fn quests_survive_sessions() {
    let mut server = rune_rust::server();
    let world = server.world("ironhold");
    let mut player = server.player("kim").unwrap();
    let realm = veteran();
    let mut effects = rune_rust::quests::journal::Effects::new();
    {
        let mut attachment = server.session(&mut player).attach(&world);
        let tick = server.tick();
        attachment.tick(&tick, &realm).unwrap().start(quest!("patrol-route"), &mut effects).unwrap();
        let kill = QuestEvent::Kill(enemy!("enemy-rust-horror")).at(location!("location-eastern-corridor"));
        attachment.tick(&tick, &realm).unwrap().notify(kill, &mut effects).unwrap();
        // The connection breaks: nobody detaches, nobody ends anything.
    }
    assert_eq!(player.progress(objective!("patrol-route:clear-corridor:kill-horrors")), (1, 5));
    let mut attachment = server.session(&mut player).attach(&world);
    let tick = server.tick();
    let kill = QuestEvent::Kill(enemy!("enemy-rust-horror")).at(location!("location-eastern-corridor"));
    attachment.tick(&tick, &realm).unwrap().notify(kill.times(4), &mut effects).unwrap();
    assert_eq!(attachment.player().stage(quest!("patrol-route")), Some(stage!("patrol-route:report-back")));
}
