//! An id that exists, but as another kind.

use rune_rust::quest;

fn main() {
    println!("{}", quest!("iron-path:find-descent").name());
}
