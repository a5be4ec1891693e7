//! A variant is no stage of the quest, and another one is misspelt.

use rune_rust::Stages;

#[derive(Clone, Copy, Stages)]
#[quest("iron-path", in = rune_rust)]
enum IronPath {
    SpeakKjartan,
    FindDecent,
    DefeatLord,
    ReturnKjartan,
    BuryLord,
}

fn main() {
    println!("{}", IronPath::DefeatLord.stage().name());
}
