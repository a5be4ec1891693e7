//! A misspelt stage in a `match`: one error, and none about the pattern itself.

use rune_rust::quests::StageId;
use rune_rust::stage;

fn hint(stage: StageId) -> &'static str {
    match stage {
        stage!("iron-path:speak-kjartan") => "ask the smith",
        stage!("iron-path:find-decent") => "look below Ironhold",
        _ => "",
    }
}

fn main() {
    println!("{}", hint(stage!("iron-path:find-descent")));
}
