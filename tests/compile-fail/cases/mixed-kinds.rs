//! The id is right, but the variable has the type of another kind.

use rune_rust::quests::StageId;
use rune_rust::quest;

fn main() {
    let stage: StageId = quest!("iron-path");
    println!("{}", stage.name());
}
