//! Enums that list the stages of one quest.

use crate::Id;

/// An enum with one variant for each stage of one quest, so that a `match` on the stage is complete.
///
/// Derive it: `#[derive(Stages)] #[quest("iron-path")]` checks while the game compiles that the enum lists
/// exactly the stages of the quest, in any order, with names in CamelCase (`find-descent` is `FindDescent`).
/// `#[stage("find-descent")]` on a variant says which stage it is, whatever its name; `#[quest("…", in = game_content)]`
/// names another crate with the content, and `#[quest("…", stages = step)]` the macro of what is listed, if that is not
/// `stage!`.
pub trait Stages: crate::__private::Generated + Copy + 'static {
    /// The type of the quest's id.
    type Quest: Id;
    /// The type of the stages' ids.
    type Stage: Id;

    /// The quest.
    const QUEST: Self::Quest;
    /// Every variant, in the order in which the content defines the stages.
    const ALL: &'static [Self];

    /// The stage that a variant stands for.
    fn stage(self) -> Self::Stage;

    /// The variant that stands for a stage; none if it is a stage of another quest.
    fn from_stage(stage: Self::Stage) -> Option<Self>;
}
