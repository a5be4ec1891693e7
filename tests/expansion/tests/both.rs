//! Two contents of one crate, as another crate uses them.

use expansion::{FIRST, FIRST_IN_WINTER, FirstIce, NewHorseshoes, quests, winter};
use quest_types::{Id, Stages};

#[test]
fn both_contents_are_there() {
    let titles = |all: &mut dyn Iterator<Item = &'static str>| all.collect::<Vec<_>>();
    assert_eq!(
        titles(&mut quests::Quest::all().iter().map(quests::Quest::title)),
        ["A Sack of Flour", "New Horseshoes"]
    );
    assert_eq!(titles(&mut winter::Quest::all().iter().map(winter::Quest::title)), ["The First Ice"]);
    assert_eq!(FIRST.from(), expansion::villager!("smith"));
    assert_eq!(FIRST_IN_WINTER.from(), winter::villager!("skater"));
}

#[test]
fn macros_of_each_content_check_its_own_ids() {
    // The first row of both, and neither the same type nor the same text.
    assert_eq!(expansion::stage!("flour:carry").as_str(), "carry");
    assert_eq!(winter::stage!("first-ice:measure"), expansion::calendar::BEGIN);
    assert_eq!(quests::QuestId::parse("first-ice"), None);
    assert_eq!(winter::QuestId::parse("flour"), None);
}

#[test]
fn enums_of_stages_of_both() {
    assert_eq!(NewHorseshoes::ALL, [NewHorseshoes::FetchIron, NewHorseshoes::HoldTheHorse]);
    assert_eq!(NewHorseshoes::HoldTheHorse.stage(), expansion::stage!("new-horseshoes:hold-the-horse"));
    assert_eq!(FirstIce::from_stage(expansion::calendar::BEGIN), Some(FirstIce::Measure));
}

/// An enum of another crate names the content by its module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Stages)]
#[quest("first-ice", in = expansion::winter)]
enum Elsewhere {
    Measure,
    Warn,
}

#[test]
fn an_enum_of_another_crate() {
    assert_eq!(Elsewhere::QUEST, FIRST_IN_WINTER);
    assert_eq!(Elsewhere::Warn.stage(), winter::stage!("first-ice:warn"));
}

#[test]
fn ids_of_every_kind_are_read_by_former_paths() {
    fn read<I: Id + for<'de> serde::Deserialize<'de>>(path: &str) -> Option<I> {
        let by_serde = serde_json::from_str(&format!("{path:?}")).ok();
        assert_eq!(by_serde, I::parse_saved(path));
        by_serde
    }
    assert_eq!(read("horseshoes"), Some(FIRST));
    assert_eq!(read("horseshoes:wait"), Some(NewHorseshoes::HoldTheHorse.stage()));
    assert_eq!(read("horseshoes:fetch-iron"), Some(NewHorseshoes::FetchIron.stage()));
    assert_eq!(read("blacksmith"), Some(expansion::villager!("smith")));
    assert_eq!(quests::VillagerId::parse("blacksmith"), None);
    assert_eq!(read::<winter::VillagerId>("blacksmith"), None);
}
