//! The objective belongs to another stage of the same quest.

use rune_rust::objective;

fn main() {
    println!("{}", objective!("iron-path:defeat-lord:collect-notes").description());
}
