//! Ids as patterns: alternatives, inside `Some`, in `matches!` and `if let`.

use rune_rust::quests::StageId;
use rune_rust::stage;

fn hint(stage: Option<StageId>) -> &'static str {
    match stage {
        Some(stage!("iron-path:speak-kjartan") | stage!("iron-path:return-kjartan")) => "ask the smith",
        Some(stage!("iron-path:find-descent")) => "look below Ironhold",
        _ => "",
    }
}

fn main() {
    assert_eq!(hint(Some(stage!("iron-path:return-kjartan"))), "ask the smith");
    assert_eq!(hint(Some(stage!("iron-path:find-descent"))), "look below Ironhold");
    assert_eq!(hint(Some(stage!("iron-path:defeat-lord"))), "");
    assert!(matches!(stage!("iron-path:defeat-lord"), stage!("iron-path:defeat-lord")));
    if let stage!("iron-path:defeat-lord") = stage!("iron-path:find-descent") {
        panic!("two stages are one");
    }
}
