//! The enum is in another crate than the content, and `in = …` is forgotten.

use rune_rust::Stages;

#[derive(Clone, Copy, Stages)]
#[quest("patrol-route")]
enum PatrolRoute {
    ClearCorridor,
    ReportBack,
}

fn main() {
    println!("{}", PatrolRoute::ReportBack.stage().name());
}
