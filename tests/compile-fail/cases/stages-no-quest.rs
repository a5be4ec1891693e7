//! The attribute is forgotten.

use rune_rust::Stages;

#[derive(Clone, Copy, Stages)]
enum IronPath {
    SpeakKjartan,
}

fn main() {
    let _ = IronPath::SpeakKjartan;
}
