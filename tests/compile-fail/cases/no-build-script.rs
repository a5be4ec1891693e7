//! What a newcomer forgets first: the package of this case has no build script.

quest_types::include_quests!();

fn main() {}
