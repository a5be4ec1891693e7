//! A stage of the content has no variant.

use rune_rust::Stages;

#[derive(Clone, Copy, Stages)]
#[quest("iron-path", in = rune_rust)]
enum IronPath {
    SpeakKjartan,
    FindDescent,
    ReturnKjartan,
}

fn main() {
    println!("{}", IronPath::FindDescent.stage().name());
}
