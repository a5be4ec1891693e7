//! A village whose quests come from two manifests. Each content has its own types, so that an id of one is none of the other.
#![no_std]
#![forbid(unsafe_code)]

quest_types::include_quests!();
quest_types::include_quests!(winter);

/// The first quest of the game. Macros of content without a name are in the root.
pub const FIRST: quests::QuestId = quest!("new-horseshoes");

/// The first quest of the expansion. Its macros are in its module.
pub const FIRST_IN_WINTER: winter::QuestId = winter::quest!("first-ice");

/// What is done for the smith.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Stages)]
#[quest("new-horseshoes")]
pub enum NewHorseshoes {
    /// Iron is fetched.
    FetchIron,
    /// The horse is held.
    HoldTheHorse,
}

/// What is done for the skater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Stages)]
#[quest("first-ice", in = crate::winter)]
pub enum FirstIce {
    /// The ice is measured.
    Measure,
    /// The children are warned.
    Warn,
}

/// A module of the crate, as any other.
pub mod calendar {
    use crate::winter::{StageId, stage};

    /// Where winter begins.
    pub const BEGIN: StageId = stage!("first-ice:measure");
}
