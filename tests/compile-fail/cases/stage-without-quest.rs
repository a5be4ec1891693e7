//! A stage is named by its quest and its own id.

use rune_rust::stage;

fn main() {
    println!("{}", stage!("find-descent").name());
}
