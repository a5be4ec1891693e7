//! Saves: what is true of a player's quests, in names instead of numbers (Quest Runtime Model §5).
//!
//! A save names quests, stages, objectives and branches by their ids, so it outlives new content. Restoring one looks ids up
//! and runs nothing: no event is played again, nothing is inferred.

mod bytes;
mod convert;
mod delta;
mod error;
mod ids;
mod packed;
mod reader;
mod restore;
#[cfg(feature = "serde")]
mod serde;
mod write;

pub use bytes::SaveBytesError;
pub use delta::{apply_delta, delta};
pub use error::RestoreError;
pub use ids::{SavedIds, SavedKind};
pub use packed::SaveHead;
pub use restore::{Limits, Lost, Report, RewardChanged, restore_state};
pub use write::{save_state, write_state};

use alloc::string::String;
use alloc::vec::Vec;

/// The format of saves that this version writes. It reads all from 1 on.
///
/// | format | |
/// |---|---|
/// | 1 | the first |
/// | 2 | quests say in which world they were begun ([`SavedRun::world`]) |
/// | 3 | quests with a branch that is due after some turns say how many have passed ([`SavedRun::turns`]) |
/// | 4 | quests say how often they were begun, which tells payments apart ([`SavedQuest::runs`]); formats that are not for people get the compact form |
pub const SAVE_FORMAT: u32 = 4;

/// No number of a save is larger: some formats have no larger ones.
pub(crate) const MAX_NUMBER: u64 = i64::MAX as u64;

/// The quests of a player, to be kept.
///
/// With the feature `serde` it can be written in any format that serde knows: in formats that people read, such as JSON,
/// TOML, YAML and RON, with the names below, which are part of the format ([`SAVE_FORMAT`]; unknown ones are refused); in
/// all others as the number of the format and the bytes of [`to_bytes`](Self::to_bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", derive(::serde::Serialize, ::serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(remote = "Self", deny_unknown_fields))]
#[non_exhaustive]
pub struct Save {
    /// [`SAVE_FORMAT`] when it was written.
    pub format: u32,
    /// The game, as its manifest or its schema names it.
    pub game: String,
    /// Changes with any change of the content, in hexadecimal digits. It says whether restoring has anything to
    /// translate.
    pub content: String,
    /// Whose quests they are. It cannot be changed: quests do not move to another player (Quest Runtime Model §3).
    pub(crate) owner: String,
    /// Rises by one with each save of this player.
    pub version: u64,
    /// In content order when it was written.
    pub quests: Vec<SavedQuest>,
    /// Rewards that wait for room.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub held: Vec<SavedReward>,
}

/// A quest that is or was more than content.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", derive(::serde::Serialize, ::serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct SavedQuest {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub state: SavedState,
    /// How often it was turned in.
    #[cfg_attr(feature = "serde", serde(default))]
    pub times: u32,
    /// How often it was begun: the number of its run. Payments of different runs have different ids
    /// ([`EffectId`](crate::journal::EffectId)). Formats before 4 do not say it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub runs: u32,
    /// It cannot be taken any more.
    #[cfg_attr(feature = "serde", serde(default))]
    pub locked: bool,
    /// It is a secret that was found.
    #[cfg_attr(feature = "serde", serde(default))]
    pub found: bool,
    /// How it goes, or went.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub run: Option<SavedRun>,
}

/// Where a quest stands. What is available depends on the world, and is not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "serde",
    derive(::serde::Serialize, ::serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum SavedState {
    /// Not begun.
    NotStarted,
    /// Under way.
    Active,
    /// Done, and not turned in.
    Complete,
    /// Turned in.
    TurnedIn,
    /// Failed.
    Failed,
}

/// One run of a quest, from its start to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", derive(::serde::Serialize, ::serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct SavedRun {
    /// The path of the stage in which it is, such as `iron-path:find-descent`. `None` if the quest had none.
    pub stage: Option<String>,
    /// The world in which it was begun, where it goes on. Without one, as in saves of format 1, that is the world to which
    /// the player is attached next.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub world: Option<String>,
    /// Turns that are left, if there is a limit that was not reached.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub turns_left: Option<u64>,
    /// Turns that have passed since the quest was begun, if a branch is due after some.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub turns: Option<u64>,
    /// The limit was reached.
    #[cfg_attr(feature = "serde", serde(default))]
    pub expired: bool,
    /// How many stages were entered in this run. Formats before 4 do not say it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub entered: u32,
    /// So many of the first stages in `acted` do not act again in this run: they did before the content changed.
    #[cfg_attr(feature = "serde", serde(default))]
    pub settled: u32,
    /// Paths of stages whose actions were done in this run, so that none is done twice if content changes. Formats before 4 do
    /// not say it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub acted: Vec<String>,
    /// Paths of secret objectives that were found without progress.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub revealed: Vec<String>,
    /// Paths of the branches that were taken, in their order.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub branches: Vec<String>,
    /// Paths of objectives that were done by doing another, each with the other's.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub paths: Vec<(String, String)>,
    /// Objectives with progress. Last, since some formats want tables behind all values.
    #[cfg_attr(feature = "serde", serde(default))]
    pub progress: Vec<SavedProgress>,
}

/// How far an objective is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", derive(::serde::Serialize, ::serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct SavedProgress {
    /// Its path.
    pub objective: String,
    /// How often it was done.
    pub count: u32,
    /// It is done.
    #[cfg_attr(feature = "serde", serde(default))]
    pub done: bool,
}

impl SavedProgress {
    /// The progress of the objective with this path.
    #[must_use]
    pub fn new(objective: impl Into<String>, count: u32, done: bool) -> Self {
        Self { objective: objective.into(), count, done }
    }
}

/// A reward that waits for room.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", derive(::serde::Serialize, ::serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct SavedReward {
    /// The id of its quest.
    pub quest: String,
    /// What it is, in the words of the content: `Item item-blade 1`.
    pub reward: String,
    /// The run in which it was earned. Formats before 4 do not say it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub run: u32,
}

impl Save {
    /// Whose quests they are.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }
}
