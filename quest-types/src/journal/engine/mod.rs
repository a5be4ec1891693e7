//! The state machine, in numbers: it changes a [`State`] after a [`Program`] and says what it did.
//!
//! Nothing here knows a name, a type of the schema or who may call it. Every call either does all of what it
//! is for, or refuses and changes nothing.
//!
//! | file | concern |
//! |---|---|
//! | `quest` | begin, fail, turn in, reset |
//! | `events` | events, progress of objectives |
//! | `stage` | what follows when an objective is done or a fact has changed: stages, branches, the end |
//! | `snapshot` | a state as a few numbers |
//! | `time` | turns |
//! | `condition` | conditions and the world |
//! | `subscriptions` | which objectives and failure conditions wait for which event |

mod condition;
mod events;
mod quest;
mod snapshot;
mod stage;
mod subscriptions;
mod time;

use alloc::vec::Vec;

use super::effect::RawEffect;
use super::fact::RawFacts;
use super::program::Program;
use super::state::State;

pub(crate) use condition::ConditionCx;
pub use subscriptions::Subscriptions;

/// The state machine at work on the quests of one player.
pub struct Engine<'e> {
    /// The quests.
    pub program: &'e Program,
    /// What is true of them.
    pub state: &'e mut State,
    /// Which of them wait for what.
    pub subscriptions: &'e mut Subscriptions,
    /// What answers questions.
    pub world: &'e dyn RawFacts,
    /// Where to write what has happened.
    pub effects: &'e mut Vec<RawEffect>,
}

impl core::fmt::Debug for Engine<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Engine").field("state", &self.state).finish_non_exhaustive()
    }
}

impl Engine<'_> {
    fn emit(&mut self, effect: RawEffect) {
        self.effects.push(effect);
    }
}
