//! Why a call did nothing.

use core::fmt;

use super::lifecycle::Lifecycle;

/// Why a call did nothing: nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum QuestError {
    /// No content has this id: none is loaded.
    NotLoaded,
    /// The quest is not where it would have to be: a quest is turned in twice, or has failed.
    WrongState {
        /// Where it is. Never [`Available`](Lifecycle::Available).
        actual: Lifecycle,
    },
    /// The quest was begun in another world than the one in which the player is (Quest Runtime Model §3).
    OtherWorld,
    /// The tick is one of another server than the one that made the player (Quest Runtime Model §6.1).
    OtherServer,
    /// The quest was locked for good (`LockQuest`, Quest Schema §12.2).
    Locked,
    /// A prerequisite is not met (Quest Schema UC-002).
    Unmet(Unmet),
    /// The objective is not one of the stage in which the quest is.
    NotInStage,
    /// The objective is done.
    Done,
    /// The objective is done by doing one of its alternatives, and not by itself (Quest Schema §8.3).
    Alternatives,
    /// The stage is not optional.
    NotOptional,
    /// One of several rewards has to be picked (Quest Schema §10.3).
    ChooseReward,
    /// What was picked is not one of several rewards of this quest.
    NotAChoice,
    /// No reward of this quest is held back.
    NothingHeld,
    /// A count would be larger than a count can be: of what was done, of times that a quest was turned in
    /// (both up to `u32::MAX`), of turns (below `u64::MAX`). A game that says so has most likely miscalculated.
    Overflow,
}

/// A prerequisite that is not met.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Unmet {
    /// Which: its position in the quest's list.
    pub position: usize,
    /// Its sort, as the content spells it, such as `Level`. Empty where the list has no sorts.
    pub sort: &'static str,
    /// What was found instead.
    pub actual: ActualValue,
}

impl Unmet {
    /// A prerequisite at a position, of a sort, and what was found instead.
    #[must_use]
    pub const fn new(position: usize, sort: &'static str, actual: ActualValue) -> Self {
        Self { position, sort, actual }
    }
}

/// What was found where something else was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ActualValue {
    /// The world does not know it, or what it knows cannot be compared.
    Unknown,
    /// It is so, or it is not.
    Is(bool),
    /// So much of it.
    Number(i64),
    /// So much of it, as a number that need not be whole.
    Float(f64),
    /// Another word.
    OtherText,
}

impl fmt::Display for ActualValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("it is not known"),
            Self::Is(true) => f.write_str("it is so"),
            Self::Is(false) => f.write_str("it is not so"),
            Self::Number(number) => write!(f, "it is {number}"),
            Self::Float(number) => write!(f, "it is {number}"),
            Self::OtherText => f.write_str("it is something else"),
        }
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { position, sort, actual } = self;
        write!(f, "prerequisite {}", position + 1)?;
        if !sort.is_empty() {
            write!(f, " (`{sort}`)")?;
        }
        write!(f, " is not met: {actual}")
    }
}

impl fmt::Display for QuestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoaded => f.write_str("no content has this id"),
            Self::WrongState { actual } => write!(f, "the quest is {actual}"),
            Self::OtherWorld => f.write_str("the quest was begun in another world"),
            Self::OtherServer => f.write_str("the tick is one of another server"),
            Self::Locked => f.write_str("the quest is locked"),
            Self::Unmet(unmet) => unmet.fmt(f),
            Self::NotInStage => f.write_str("the quest is not in the stage of this objective"),
            Self::Done => f.write_str("the objective is done"),
            Self::Alternatives => f.write_str("the objective is done by doing one of its alternatives"),
            Self::NotOptional => f.write_str("the stage is not optional"),
            Self::ChooseReward => f.write_str("one of several rewards has to be picked"),
            Self::NotAChoice => f.write_str("this is not one of the rewards to pick from"),
            Self::NothingHeld => f.write_str("no reward of this quest is held back"),
            Self::Overflow => f.write_str("that is more than can be counted"),
        }
    }
}

impl core::error::Error for QuestError {}
impl core::error::Error for Unmet {}

impl From<Unmet> for QuestError {
    fn from(unmet: Unmet) -> Self {
        Self::Unmet(unmet)
    }
}
