//! Ids as expressions: arguments, receivers, with a trailing comma, and as raw literals.

use rune_rust::quests::{ObjectiveId, QuestId};
use rune_rust::{objective, quest, stage};

fn name(quest: QuestId) -> &'static str {
    quest.name()
}

fn main() {
    assert_eq!(name(quest!("iron-path")), "The Iron Path");
    assert_eq!(rune_rust::quest!(r#"iron-path"#,), quest!("iron-path"));
    assert_eq!(stage!("iron-path:find-descent").name(), "Below Ironhold");
    let objective: ObjectiveId = objective!("iron-path:find-descent:collect-notes");
    assert_eq!(objective.quantity(), 3);
    assert_ne!(quest!("iron-path"), quest!("patrol-route"));
}
