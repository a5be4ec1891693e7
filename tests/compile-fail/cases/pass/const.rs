//! Ids in constants, statics and `const fn`.

use rune_rust::quests::{QuestId, StageId};
use rune_rust::{quest, stage};

const FIRST: QuestId = quest!("iron-path");
static ORDER: [StageId; 2] = [stage!("iron-path:speak-kjartan"), stage!("iron-path:find-descent")];

const fn last() -> StageId {
    stage!("iron-path:return-kjartan")
}

const LAST: StageId = last();

fn main() {
    assert_eq!(FIRST.stages().first().map(|stage| stage.id()), ORDER.first().copied());
    assert_eq!(LAST.name(), "Proof for the Smith");
}
