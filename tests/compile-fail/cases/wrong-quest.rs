//! The quest is misspelt.

use rune_rust::quest;

fn main() {
    println!("{}", quest!("iron-pat").name());
}
