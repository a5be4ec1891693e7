//! The check happens while compiling, so the text has to be there.

use rune_rust::quest;

fn main() {
    let id = "iron-path";
    println!("{}", quest!(id).name());
}
