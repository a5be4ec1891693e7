//! States, and what effects and triggers say about them.

use crate::quests::{Effect, Trigger};

/// What a quest can be in ("Quest States"). The numbers are those of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not started. No entry stands for it.
    NotActive = 0,
    /// The player works on it. The entry `inProgress` stands for it.
    Active = 1,
    /// Done. The entry `completed` stands for it.
    Completed = 2,
}

impl State {
    /// All three, in the order in which a quest goes through them.
    pub const ALL: [State; 3] = [Self::NotActive, Self::Active, Self::Completed];

    /// The state with this number.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::NotActive),
            1 => Some(Self::Active),
            2 => Some(Self::Completed),
            _ => None,
        }
    }

    /// The number of the state.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
}

impl Effect {
    /// The state in which the effect happens: that of `TargetState`, which only state 0 has none of ("3-State Effect Pattern").
    #[must_use]
    pub fn at(&self) -> State {
        self.target_state().and_then(State::from_number).unwrap_or(State::NotActive)
    }
}

/// What a trigger does to its quest ("Quest Progression").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transition {
    /// From one state to another.
    Between(State, State),
    /// Encoded in a way that the document does not explain.
    Encoded(i64),
}

impl Transition {
    /// 111: from not active to active. The document explains no other number.
    pub const START: i64 = 111;

    /// What a number means.
    #[must_use]
    pub const fn from_number(number: i64) -> Self {
        match number {
            Self::START => Self::Between(State::NotActive, State::Active),
            other => Self::Encoded(other),
        }
    }
}

impl Trigger {
    /// What the trigger does to its quest.
    #[must_use]
    pub fn transition(&self) -> Transition {
        Transition::from_number(self.target_state())
    }
}
