//! Enums of stages: in any order, with a name of their own, inside a function.

use rune_rust::{Stages, quest, stage};

#[derive(Clone, Copy, Debug, PartialEq, Stages)]
#[quest("iron-path", in = rune_rust)]
enum IronPath {
    ReturnKjartan,
    #[stage("find-descent")]
    Search,
    DefeatLord,
    SpeakKjartan,
}

fn main() {
    #[derive(Clone, Copy, Debug, PartialEq, Stages)]
    #[quest("patrol-route", in = rune_rust)]
    enum PatrolRoute {
        ClearCorridor,
        ReportBack,
    }

    assert_eq!(IronPath::QUEST, quest!("iron-path"));
    assert_eq!(IronPath::Search.stage(), stage!("iron-path:find-descent"));
    assert_eq!(IronPath::from_stage(stage!("iron-path:find-descent")), Some(IronPath::Search));
    assert_eq!(IronPath::from_stage(stage!("patrol-route:report-back")), None);
    let order = [IronPath::SpeakKjartan, IronPath::Search, IronPath::DefeatLord, IronPath::ReturnKjartan];
    assert_eq!(IronPath::ALL, order);
    assert_eq!(PatrolRoute::ALL, [PatrolRoute::ClearCorridor, PatrolRoute::ReportBack]);
}
