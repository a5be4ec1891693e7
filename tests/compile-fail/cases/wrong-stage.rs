//! The quest is right, the stage is misspelt.

use rune_rust::stage;

fn main() {
    println!("{}", stage!("iron-path:find-decent").name());
}
