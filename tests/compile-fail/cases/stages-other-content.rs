//! The crate that `in = …` names has no content.

use rune_rust::Stages;

#[derive(Clone, Copy, Stages)]
#[quest("patrol-route", in = quest_types)]
enum PatrolRoute {
    ClearCorridor,
    ReportBack,
}

fn main() {
    let _ = PatrolRoute::ReportBack;
}
