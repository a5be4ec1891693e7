//! Only an enum can list stages.

use rune_rust::Stages;

#[derive(Clone, Copy, Stages)]
#[quest("iron-path", in = rune_rust)]
struct IronPath;

fn main() {
    let _ = IronPath;
}
