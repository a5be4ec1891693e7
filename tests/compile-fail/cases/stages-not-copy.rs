//! The trait asks for `Copy`; the message should point at the enum and say so.

use rune_rust::Stages;

#[derive(Stages)]
#[quest("patrol-route", in = rune_rust)]
enum PatrolRoute {
    ClearCorridor,
    ReportBack,
}

fn main() {
    let _ = (PatrolRoute::ClearCorridor, PatrolRoute::ReportBack);
}
