//! The rooms as game code sees them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use portals::quests::{EntryId, Group, Room, RoomId, Status};
use portals::{Persistence, PortalQuest, Scope, State, Transition, entry, item, quest_name, room, wearable};

fn harbor() -> &'static Room {
    room!("lantern-harbor").get().unwrap()
}

fn quest(name: &str) -> PortalQuest {
    PortalQuest::named(harbor(), name).unwrap_or_else(|| panic!("no quest {name}"))
}

fn names(quests: impl Iterator<Item = PortalQuest>) -> Vec<&'static str> {
    quests.map(PortalQuest::name).collect()
}

#[test]
fn a_file_is_a_room() {
    let rooms: Vec<&str> = RoomId::all().map(RoomId::as_str).collect();
    assert_eq!(rooms, ["arcade", "lantern-harbor"]);
    assert_eq!(harbor().settings().room_base(), Some("BlankScene"));
    assert_eq!(harbor().quests().len(), 14);
    assert_eq!(harbor().items().len(), 5);
    let [herrings] = harbor().variables() else { panic!("one variable") };
    assert_eq!(
        (herrings.id().as_str(), herrings.variable_type(), herrings.multiplayer()),
        ("herrings", "Numeric", false)
    );
}

#[test]
fn two_entries_are_one_quest() {
    let all = [
        "0_find_oil",
        "1_light_lantern",
        "2_ring_bell",
        "3_tide_race",
        "4_welcome",
        "5_feed_gulls",
        "6_open_lighthouse",
    ];
    assert_eq!(names(PortalQuest::all(harbor())), all);
    for quest in PortalQuest::all(harbor()) {
        assert_eq!(quest.entry().status(), Status::InProgress);
        assert_eq!(quest.completed().status(), Status::Completed);
        assert_eq!(quest.entry().pair(), quest.completed().pair());
        assert_ne!(quest.entry(), quest.completed());
        // There and back again, from both entries.
        for state in State::ALL {
            let Some(entry) = quest.at(state) else {
                assert_eq!(state, State::NotActive);
                continue;
            };
            assert_eq!(PortalQuest::of(entry), Some(quest));
            assert_eq!(quest.state_of(entry), Some(state));
        }
    }
    assert_eq!(quest("0_find_oil").state_of(quest("2_ring_bell").entry()), None);
    let numbers: Vec<Option<u32>> = PortalQuest::all(harbor()).map(PortalQuest::number).collect();
    assert_eq!(numbers, (0..7).map(Some).collect::<Vec<_>>());
    assert_eq!(PortalQuest::named(harbor(), "find_oil"), None);
}

#[test]
fn code_names_entries() {
    let oil = entry!("lantern-harbor:mlhjw65ugo9dl8q");
    assert_eq!(oil, quest("0_find_oil").entry());
    assert_eq!(oil.room(), room!("lantern-harbor"));
    assert_eq!(EntryId::find(room!("arcade"), "mlhjw65ugo9dl8q"), None);
}

#[test]
fn states_are_the_numbers_of_content() {
    assert_eq!(State::ALL.map(State::number), [0, 1, 2]);
    assert_eq!(State::from_number(2), Some(State::Completed));
    assert_eq!(State::from_number(3), None);
    assert!(State::NotActive < State::Active && State::Active < State::Completed);
}

#[test]
fn groups_say_who_and_how_long() {
    let of = |name: &str| {
        let quest = quest(name);
        (quest.entry().group(), quest.scope(), quest.persistence())
    };
    assert_eq!(of("0_find_oil"), (Group::SinglePlayer, Scope::Player, Persistence::Saved));
    assert_eq!(of("2_ring_bell"), (Group::Multiplayer, Scope::Room, Persistence::Saved));
    assert_eq!(of("3_tide_race"), (Group::NonPersistent, Scope::Player, Persistence::Visit));
    let texts: Vec<&str> = Group::ALL.iter().map(|group| group.as_str()).collect();
    assert_eq!(texts, ["", "nonPersistent", "multiplayer"]);
    // In a room that starts over, no quest is kept.
    let coin = PortalQuest::all(room!("arcade").get().unwrap()).next().unwrap();
    assert_eq!((coin.entry().group(), coin.persistence()), (Group::SinglePlayer, Persistence::Visit));
}

#[test]
fn quests_wait_for_each_other() {
    let lighthouse = quest("6_open_lighthouse");
    let needs: Vec<_> =
        lighthouse.requirements().map(|requires| (requires.quest.name(), requires.times)).collect();
    assert_eq!(needs, [("1_light_lantern", 1), ("2_ring_bell", 1), ("5_feed_gulls", 3)]);
    // A requirement that is being removed is none.
    assert_eq!(quest("3_tide_race").entry().requirements().len(), 1);
    assert_eq!(quest("3_tide_race").requirements().count(), 0);
    assert_eq!(names(quest("0_find_oil").dependents()), ["1_light_lantern"]);
    let depths: Vec<Option<usize>> = PortalQuest::all(harbor()).map(PortalQuest::depth).collect();
    assert_eq!(depths, [Some(0), Some(1), Some(0), Some(0), Some(0), Some(0), Some(2)]);

    let done = |quest: PortalQuest| if quest.name() == "5_feed_gulls" { 2 } else { 1 };
    assert!(!lighthouse.is_open(done));
    assert!(lighthouse.is_open(|quest| done(quest) + 1));
    let open = PortalQuest::all(harbor()).filter(|quest| quest.is_open(|_| 0));
    assert_eq!(names(open), ["0_find_oil", "2_ring_bell", "3_tide_race", "4_welcome", "5_feed_gulls"]);
}

#[test]
fn limits_and_times() {
    let race = quest("3_tide_race");
    assert_eq!((race.limit(), race.seconds()), (Some(1), Some(60.0)));
    let oil = quest("0_find_oil");
    assert_eq!((oil.limit(), oil.seconds()), (None, None));
    let automatic = PortalQuest::all(harbor()).filter(|quest| quest.entry().auto_start());
    assert_eq!(names(automatic), ["4_welcome"]);
    assert_eq!(quest("4_welcome").entry().extra_text(), r#"{"lines": ["Mind the third plank."]}"#);
    let from_inventory = PortalQuest::all(harbor()).filter(|quest| quest.entry().triggered_by_inventory());
    assert_eq!(names(from_inventory), ["5_feed_gulls"]);
}

#[test]
fn the_completed_entry_has_the_rewards() {
    let lighthouse = quest("6_open_lighthouse");
    let [hat] = lighthouse.completed().rewards() else { panic!("one reward") };
    assert_eq!(hat.wearable(), wearable!("lamplighter-hat"));
    assert_eq!(lighthouse.completed().success_msg(), Some("The light turns."));
    assert!(lighthouse.entry().rewards().is_empty());
    assert_eq!(lighthouse.entry().success_msg(), None);
}

#[test]
fn items_follow_quests() {
    let lantern = quest("1_light_lantern");
    let effects: Vec<_> = State::ALL
        .into_iter()
        .flat_map(|state| {
            lantern
                .effects(state)
                .map(move |(item, effect)| (state, item, effect.target_state(), effect.effector()))
        })
        .collect();
    let expected = [
        (State::NotActive, item!("lantern-harbor:lantern"), None, r#"{"light":"out"}"#),
        (State::Active, item!("lantern-harbor:lantern"), Some(1), r#"{"light":"dim"}"#),
        (State::Completed, item!("lantern-harbor:lantern"), Some(2), r#"{"light":"bright"}"#),
    ];
    assert_eq!(effects, expected);
    assert_eq!(quest("6_open_lighthouse").effects(State::NotActive).count(), 0);
}

#[test]
fn items_move_quests_on() {
    let [(item, trigger)] = quest("2_ring_bell").triggers().collect::<Vec<_>>()[..] else {
        panic!("one trigger")
    };
    assert_eq!(item, item!("lantern-harbor:bell"));
    assert_eq!(trigger.target_state(), 111);
    assert_eq!(trigger.transition(), Transition::Between(State::NotActive, State::Active));
    assert_eq!(Transition::from_number(222), Transition::Encoded(222));
    assert_eq!(quest("4_welcome").triggers().count(), 0);
}

#[test]
fn tasks_call_quests_by_their_names() {
    for quest in Room::all().iter().flat_map(PortalQuest::all) {
        for (item, effect) in State::ALL.into_iter().flat_map(|state| quest.effects(state)) {
            assert_eq!(effect.named().id(), quest.entry(), "an effect of {item}");
        }
        for (item, trigger) in quest.triggers() {
            assert_eq!(trigger.named().id(), quest.entry(), "a trigger of {item}");
        }
    }
    let oil = quest_name!("lantern-harbor:mlhjw65ugo9dl8q:0_find_oil");
    assert_eq!(oil.entry(), entry!("lantern-harbor:mlhjw65ugo9dl8q"));
}
