//! Ids as keys, as text, and as a way to their records.

use rune_rust::quests::{Quest, QuestId, StageId};
use rune_rust::{quest, stage};
use std::collections::{HashMap, HashSet};

fn main() {
    for id in StageId::all() {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    for id in QuestId::all() {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    let error = "iron-path:gone".parse::<StageId>().unwrap_err();
    assert_eq!((error.kind, error.to_string().as_str()), ("quest.stage", "unknown id of the kind `quest.stage`"));

    let iron: &'static Quest = quest!("iron-path").record();
    assert_eq!((iron, iron.name()), (&Quest::all()[iron.id().row_of()], quest!("iron-path").name()));
    assert_eq!(stage!("iron-path:find-descent").next().unwrap().id(), stage!("iron-path:defeat-lord"));

    let seen: HashSet<&Quest> = Quest::all().iter().chain([iron]).collect();
    assert_eq!(seen.len(), Quest::all().len());
    let counts: HashMap<StageId, u32> = StageId::all().zip(1..).collect();
    assert_eq!(counts[&stage!("iron-path:speak-kjartan")], 1);
}

trait RowOf {
    fn row_of(self) -> usize;
}

impl RowOf for QuestId {
    fn row_of(self) -> usize {
        quest_types::Id::row(self) as usize
    }
}
