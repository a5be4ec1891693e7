//! What generated code makes of each shape.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use shapes::quests::{
    Board, Character, CharacterMood, ChoiceOrNode, Command, Dialogue, DialogueId, Effect, FlagId, ItemId,
    ItemNameId, ItemTier, Room, Script, Shop, World,
};
use shapes::{character, choice, flag, item, item_name, node, room, script, sprite, trigger};

fn world() -> &'static World {
    &World::all()[0]
}

#[test]
fn the_names_in_a_map_are_ids_without_their_prefix() {
    let names: Vec<&str> = world().characters().iter().map(|character| character.id().as_str()).collect();
    assert_eq!(names, ["hero", "smith"]);
    assert_eq!(Character::all().len(), 2);
    let smith = character!("smith");
    // `allOf` and the object's own properties are one record.
    assert_eq!((smith.name(), smith.sprite()), ("The Smith", sprite!("sprite:hero")));
    // References with and without the prefix.
    assert!(smith.friends().iter().eq([character!("hero"), character!("smith")]));
    assert_eq!(smith.mood(), Some(CharacterMood::Angry));
    assert_eq!(character!("hero").mood(), None);
    // A tuple has no form in a table.
    assert_eq!(character!("hero").spawn(), Some("[3,4]"));
    assert_eq!(smith.spawn(), None);
}

#[test]
fn whole_numbers_are_ids_and_an_object_can_have_two() {
    let old = item!("7");
    assert_eq!(ItemId::find("7"), Some(old));
    assert_eq!(old.name(), item_name!("Rusted Blade"));
    assert_eq!(
        ItemNameId::find("Smith's Blade").and_then(ItemNameId::get).map(|item| item.id()),
        ItemId::find("12")
    );
    assert_eq!(old.tier(), ItemTier::Less);
    assert_eq!(item!("12").tier(), ItemTier::_2nd);
    // -1 names nothing.
    assert!(old.replaces().is_none());
    assert_eq!(item!("12").replaces().map(|item| item.id()), Some(old));
}

#[test]
fn the_names_in_a_map_can_be_references() {
    let parts: Vec<(ItemId, u64)> =
        item!("12").made_of().iter().map(|entry| (entry.key().id(), entry.value())).collect();
    assert_eq!(parts, [(item!("7"), 1)]);
    let stock: Vec<(&str, f64)> =
        Shop::all()[0].stock().iter().map(|entry| (entry.key().id().as_str(), entry.value())).collect();
    assert_eq!(stock, [("7", 2.5), ("12", 40.0)]);
    let exits: Vec<(&str, &str)> =
        room!("forge").exits().iter().map(|exit| (exit.key(), exit.value().id().as_str())).collect();
    assert_eq!(exits, [("north", "yard")]);
}

#[test]
fn elements_of_lists_are_ids() {
    assert!(world().flags().iter().eq([flag!("bridge-fixed"), flag!("smith-met")]));
    assert_eq!(FlagId::all().len(), 2);
}

#[test]
fn unions_are_enums_of_records() {
    let effects: Vec<Effect> = trigger!("forge:door").trigger().expect("it has an id").effects().collect();
    let [Effect::SetFlag(set), Effect::Give(give)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(set.flag(), flag!("smith-met"));
    assert_eq!((give.item().id(), give.count()), (item!("7"), 2));
    let Some(Effect::Give(start)) = world().start() else { panic!() };
    assert_eq!((start.item().id(), start.count()), (item!("12"), 1));
    let shown = format!("{:?}", room!("forge").triggers()[1]);
    assert!(shown.contains("effects: []"), "{shown}");
    let yard = room!("yard").triggers()[0].effects().next();
    let Some(Effect::Open(open)) = yard else { panic!("{yard:?}") };
    assert_eq!(open.r#do().as_str(), "open");
    assert_eq!(open.trigger(), trigger!("forge:door"));
}

#[test]
fn an_object_may_do_without_an_id() {
    let triggers = room!("forge").triggers();
    let ids: Vec<Option<&str>> = triggers.iter().map(|trigger| trigger.id().map(|id| id.as_str())).collect();
    assert_eq!(ids, [Some("door"), None, Some("bell")]);
    assert_eq!(trigger!("forge:bell").trigger().map(|trigger| trigger.once()), Some(false));
    assert!(triggers[1].once(), "`null` is the default");
    assert_eq!(trigger!("forge:bell").room(), room!("forge"));
}

#[test]
fn paths_with_suffixes_and_separators() {
    let heard: Vec<Option<ChoiceOrNode>> = room!("forge")
        .triggers()
        .iter()
        .map(|trigger| trigger.when().and_then(|when| when.heard()))
        .collect();
    assert_eq!(
        heard,
        [
            None,
            Some(ChoiceOrNode::Choice(choice!("smith:hello:work"))),
            Some(ChoiceOrNode::Node(node!("smith:hello")))
        ]
    );
    let yard = room!("yard").triggers()[0].when().expect("there is a condition");
    assert_eq!(yard.flag(), Some(flag!("smith-met")));
}

#[test]
fn file_names_are_ids() {
    let smith = DialogueId::find("smith").expect("it is there");
    assert_eq!(smith.speaker().id(), character!("smith"));
    assert_eq!(Dialogue::all().len(), 1);
    assert_eq!(node!("smith:job").lines().iter().count(), 2);
    assert_eq!(choice!("smith:hello:work").goto().map(|node| node.id()), Some(node!("smith:job")));
    assert!(choice!("smith:hello:bye").goto().is_none());
}

#[test]
fn what_shall_stay_text_stays_text() {
    assert_eq!(room!("forge").notes(), Some(r#"{"text":"hot","rows":[1,2]}"#));
    assert_eq!(Room::all().len(), 2);
}

#[test]
fn ids_can_be_constants() {
    const BLADE: ItemNameId = ItemNameId::SMITH_S_BLADE;
    assert_eq!(BLADE, item_name!("Smith's Blade"));
    assert_eq!(FlagId::BRIDGE_FIXED.as_str(), "bridge-fixed");
}

#[test]
fn lists_hold_lists_and_maps_and_nothing() {
    let board = &Board::all()[0];
    let tiles: Vec<Vec<Option<FlagId>>> =
        board.tiles().iter().map(|row| row.value().iter().map(|tile| tile.value()).collect()).collect();
    assert_eq!(tiles, [vec![Some(flag!("smith-met")), None], vec![], vec![Some(flag!("bridge-fixed"))]]);
    let turns: Vec<Vec<(&str, u8)>> = board
        .turns()
        .iter()
        .map(|turn| turn.value().iter().map(|entry| (entry.key().id().as_str(), entry.value())).collect())
        .collect();
    assert_eq!(turns, [vec![("hero", 3), ("smith", 1)], vec![]]);
    let pauses: Vec<Option<u8>> = board.pauses().iter().map(|pause| pause.value()).collect();
    assert_eq!(pauses, [Some(3), None, Some(200)]);
    let path: Vec<Option<&str>> =
        board.path().iter().map(|step| step.value().map(|room| room.id().as_str())).collect();
    assert_eq!(path, [Some("forge"), None, Some("yard")]);
}

#[test]
fn an_element_that_names_nothing_keeps_its_place() {
    let board = &Board::all()[0];
    let flags = |rows: &[Option<FlagId>]| -> Vec<Option<&'static str>> {
        rows.iter().map(|flag| flag.map(|flag| flag.as_str())).collect()
    };
    let before: Vec<_> = board.before().iter().map(|row| row.value()).collect();
    assert_eq!(flags(&before), [Some("smith-met")]);
    let after: Vec<_> = board.after().iter().map(|row| row.value()).collect();
    assert_eq!(flags(&after), [Some("bridge-fixed"), None, None, Some("smith-met")]);
    assert_eq!(board.never().iter().count(), 0);
}

#[test]
fn what_stands_beside_named_properties_is_a_map() {
    let board = &Board::all()[0];
    let doors = board.doors().expect("there are doors");
    assert_eq!((doors.main().id(), doors.locked()), (room!("forge"), None));
    let others: Vec<(&str, &str)> =
        doors.others().iter().map(|door| (door.key(), door.value().id().as_str())).collect();
    assert_eq!(others, [("north", "yard"), ("south", "forge")]);
    // Values of several sorts have no common form, and `others` is a name that is taken.
    let actors = board.actors().expect("there are actors");
    assert_eq!(actors.others(), Some(2));
    let entries: Vec<(&str, &str)> =
        actors.other_entries().iter().map(|entry| (entry.key(), entry.value())).collect();
    assert_eq!(entries, [("npc-smith", r#"{"like":"hero"}"#), ("count-all", "3")]);
    // Of two forms, one has a name and the other any.
    let prices = board.prices().expect("there are prices");
    let others: Vec<(&str, i64)> = prices.others().iter().map(|price| (price.key(), price.value())).collect();
    assert_eq!((prices.all(), others), (None, vec![("blade", 4), ("rope", 1)]));
}

#[test]
fn a_list_is_known_by_the_name_of_its_file() {
    let ids: Vec<&str> = Script::all().iter().map(|script| script.id().as_str()).collect();
    assert_eq!(ids, ["first", "second"]);
    let commands: Vec<Command> = script!("first").value().collect();
    let [Command::Less(call), Command::MuchLess(default)] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    assert_eq!(call.call().map(|script| script.id()), Some(script!("second")));
    // What is not there is the default.
    assert_eq!(default.who().id(), character!("smith"));
    let Some(Command::MuchLess(given)) = script!("second").value().next() else { panic!() };
    assert_eq!(given.who().id(), character!("hero"));
}
