//! A save cannot be given to another player.

use quest_types::journal::Save;

fn steal(mut save: Save) -> Save {
    save.owner = "bob".into();
    save
}

fn main() {}
