//! The quest of the enum is misspelt.

use rune_rust::Stages;

#[derive(Clone, Copy, Stages)]
#[quest("iron-pth", in = rune_rust)]
enum IronPath {
    SpeakKjartan,
    FindDescent,
    DefeatLord,
    ReturnKjartan,
}

fn main() {
    println!("{}", IronPath::DefeatLord.stage().name());
}
