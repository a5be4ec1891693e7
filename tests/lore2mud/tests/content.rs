//! What the tables say of the demo.

#![cfg(lore2mud)]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use lore2mud::quests::{Dialogue, Effect, Pack, Quest, QuestId, Room, State, StateId};
use lore2mud::{character, dialogue, item, monster, node, quest, room, state};

#[test]
fn a_text_stands_for_an_exit() {
    let exits: Vec<(&str, &str, Option<&str>)> = room!("room_glassgrass_path")
        .exits()
        .iter()
        .map(|exit| {
            let (way, to) = (exit.key(), exit.value());
            (way, to.target_room().id().as_str(), to.required_item().map(|item| item.id().as_str()))
        })
        .collect();
    assert_eq!(
        exits,
        [("west", "room_ember_wharf", Some("item_chen_token")), ("east", "room_silent_observatory", None),]
    );
}

#[test]
fn quests_are_of_three_types_and_have_ids_of_one_kind() {
    let Some(Quest::MonsterDefeated(hunt)) = quest!("quest_clear_ash_mite").get() else { panic!() };
    assert_eq!(hunt.target_monster().id(), monster!("monster_ash_mite"));
    assert_eq!(hunt.trigger_room().id(), room!("room_ember_wharf"));
    assert_eq!(hunt.reward_experience(), 15);
    let Some(Quest::ReachRoom(walk)) = quest!("quest_reach_silent_observatory").get() else { panic!() };
    assert_eq!(walk.target_room().id(), room!("room_silent_observatory"));
    let Some(Quest::CollectItem(gather)) = quest!("quest_collect_linglu_pills").get() else { panic!() };
    assert_eq!((gather.target_item().id(), gather.required_quantity()), (item!("item_linglu_pill"), 2));
    assert!(QuestId::all().all(|id| id.get().is_some()));
}

#[test]
fn dialogues_lead_from_node_to_node() {
    let chen: &Dialogue = dialogue!("dialogue_elder_chen").record();
    assert_eq!(chen.character().id(), character!("character_elder_chen"));
    assert_eq!(chen.start_node().id(), node!("dialogue_elder_chen:node_greeting"));
    let targets: Vec<Option<&str>> = chen
        .start_node()
        .options()
        .iter()
        .map(|option| option.next_node().map(|node| node.id().as_str()))
        .collect();
    assert_eq!(targets, [Some("node_introduce"), Some("node_area"), None, Some("node_observatory")]);
    let given = Dialogue::all()
        .iter()
        .flat_map(|dialogue| dialogue.nodes())
        .flat_map(|node| node.options())
        .flat_map(|option| option.effects())
        .find_map(|effect| if let Effect::GrantItem(grant) = effect { Some(grant.item()) } else { None });
    assert_eq!(given.map(|item| item.id()), Some(item!("item_chen_token")));
}

#[test]
fn states_are_told_apart_by_their_kind() {
    let Some(State::Int(strength)) = state!("state_signal_strength").get() else { panic!() };
    assert_eq!((strength.initial(), strength.minimum(), strength.maximum()), (1, Some(0), Some(3)));
    let Some(State::Enum(mode)) = state!("state_station_mode").get() else { panic!() };
    assert!(mode.values().iter().eq(["standby", "active", "silent"]));
    assert_eq!(StateId::all().count(), 3);
    assert_eq!((Room::all().len(), Pack::all()[0].start_room().id()), (9, room!("room_ember_wharf")));
}
