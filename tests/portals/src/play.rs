//! Quests as they are played: who is in which state ("Quest States", "Quest Groups", "Non-Persistent Tasks").
//!
//! A room has one [`RoomState`], a player one [`PlayerState`] per room, and each stay of a player one [`Visit`]. Quests change in a [`Play`],
//! which borrows all three: what is shared changes for all, and what a player does changes nobody else's.
//!
//! Times are seconds on any clock that does not go back.

use crate::quests::Room;
use crate::{Persistence, PortalQuest, Scope, State};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;

/// How a quest stands.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Progress {
    state: State,
    /// Completions so far.
    times: u32,
    /// When it became active.
    since: f64,
}

impl Progress {
    const NONE: Self = Self { state: State::NotActive, times: 0, since: 0.0 };
}

type States = BTreeMap<PortalQuest, Progress>;

/// What all players of a room share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoomState {
    saved: States,
    /// Of a room that starts over: until nobody is in it.
    visit: States,
    visitors: u32,
}

/// What one player has in a room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlayerState {
    saved: States,
}

/// Why a quest did not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It belongs to another room.
    OtherRoom,
    /// It is switched off (`Enabled`).
    Disabled,
    /// It is in a state from which this does not lead on.
    State(State),
    /// A quest has to be completed before it, or more often.
    Requires(PortalQuest),
    /// It was completed as often as it can be (`RepeatableLimit`).
    Limit,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherRoom => f.write_str("the quest belongs to another room"),
            Self::Disabled => f.write_str("the quest is switched off"),
            Self::State(state) => write!(f, "the quest is in the state {}", state.number()),
            Self::Requires(quest) => write!(f, "the quest `{}` comes first", quest.name()),
            Self::Limit => f.write_str("the quest was completed as often as it can be"),
        }
    }
}

impl core::error::Error for Refused {}

/// A quest has come into a state: what items do then is [`PortalQuest::effects`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub quest: PortalQuest,
    /// The state that it has now.
    pub state: State,
    /// Whether all players of the room see it.
    pub scope: Scope,
}

/// A stay of a player in a room. What is not saved is here, and gone with it.
#[derive(Debug)]
#[must_use = "a visit ends with `leave`"]
pub struct Visit {
    room: &'static Room,
    states: States,
}

/// A player at play in a room.
#[derive(Debug)]
pub struct Play<'p> {
    visit: &'p mut Visit,
    shared: &'p mut RoomState,
    own: &'p mut PlayerState,
}

impl Visit {
    /// A player comes in. Quests with `AutoStart` that are not active and can be become so.
    pub fn enter(
        room: &'static Room,
        shared: &mut RoomState,
        own: &mut PlayerState,
        now: f64,
    ) -> (Self, Vec<Change>) {
        if shared.visitors == 0 {
            shared.visit.clear();
        }
        shared.visitors += 1;
        let mut visit = Self { room, states: States::new() };
        let mut play = visit.play(shared, own);
        let auto = PortalQuest::all(room).filter(|quest| quest.entry().auto_start());
        let mut started = Vec::new();
        for quest in auto {
            if play.state(quest) == State::NotActive {
                started.extend(play.activate(quest, now));
            }
        }
        (visit, started)
    }

    /// The player plays. It must be the room and the player that this visit began with.
    pub fn play<'p>(&'p mut self, shared: &'p mut RoomState, own: &'p mut PlayerState) -> Play<'p> {
        Play { visit: self, shared, own }
    }

    /// The player leaves, or loads the page again.
    pub fn leave(self, shared: &mut RoomState) {
        shared.visitors = shared.visitors.saturating_sub(1);
    }
}

impl Play<'_> {
    fn states(&mut self, quest: PortalQuest) -> &mut States {
        match (quest.scope(), quest.persistence()) {
            (Scope::Room, Persistence::Saved) => &mut self.shared.saved,
            (Scope::Room, Persistence::Visit) => &mut self.shared.visit,
            (Scope::Player, Persistence::Saved) => &mut self.own.saved,
            (Scope::Player, Persistence::Visit) => &mut self.visit.states,
        }
    }

    fn progress(&self, quest: PortalQuest) -> Progress {
        let states = match (quest.scope(), quest.persistence()) {
            (Scope::Room, Persistence::Saved) => &self.shared.saved,
            (Scope::Room, Persistence::Visit) => &self.shared.visit,
            (Scope::Player, Persistence::Saved) => &self.own.saved,
            (Scope::Player, Persistence::Visit) => &self.visit.states,
        };
        states.get(&quest).copied().unwrap_or(Progress::NONE)
    }

    /// The state of a quest.
    #[must_use]
    pub fn state(&self, quest: PortalQuest) -> State {
        self.progress(quest).state
    }

    /// How often a quest was completed.
    #[must_use]
    pub fn completions(&self, quest: PortalQuest) -> u32 {
        self.progress(quest).times
    }

    fn set(&mut self, quest: PortalQuest, progress: Progress) -> Change {
        self.states(quest).insert(quest, progress);
        Change { quest, state: progress.state, scope: quest.scope() }
    }

    fn here(&self, quest: PortalQuest) -> Result<Progress, Refused> {
        if quest.room() != self.visit.room.id() {
            Err(Refused::OtherRoom)
        } else if quest.entry().enabled() {
            Ok(self.progress(quest))
        } else {
            Err(Refused::Disabled)
        }
    }

    /// Begins a quest, or begins it again after it was completed.
    ///
    /// # Errors
    ///
    /// It is active, a requirement is not met, or it was completed as often as it can be.
    pub fn activate(&mut self, quest: PortalQuest, now: f64) -> Result<Change, Refused> {
        let before = self.here(quest)?;
        if before.state == State::Active {
            return Err(Refused::State(before.state));
        }
        if quest.limit().is_some_and(|limit| before.times >= limit) {
            return Err(Refused::Limit);
        }
        if let Some(first) = quest.requirements().find(|one| self.completions(one.quest) < one.times) {
            return Err(Refused::Requires(first.quest));
        }
        Ok(self.set(quest, Progress { state: State::Active, since: now, ..before }))
    }

    /// Completes an active quest.
    ///
    /// # Errors
    ///
    /// It is not active; a quest whose time has run out is not.
    pub fn complete(&mut self, quest: PortalQuest, now: f64) -> Result<Change, Refused> {
        let before = self.here(quest)?;
        if before.state != State::Active {
            return Err(Refused::State(before.state));
        }
        if has_run_out(quest, before, now) {
            return Err(Refused::State(State::NotActive));
        }
        let times = before.times.saturating_add(1);
        Ok(self.set(quest, Progress { state: State::Completed, times, ..before }))
    }

    /// Time passes: active quests whose `FinishTime` is over are not active any more.
    pub fn tick(&mut self, now: f64) -> Vec<Change> {
        let all: Vec<PortalQuest> = PortalQuest::all(self.visit.room).collect();
        let mut changes = Vec::new();
        for quest in all {
            let before = self.progress(quest);
            if before.state == State::Active && has_run_out(quest, before, now) {
                changes.push(self.set(quest, Progress { state: State::NotActive, ..before }));
            }
        }
        changes
    }
}

fn has_run_out(quest: PortalQuest, progress: Progress, now: f64) -> bool {
    quest.seconds().is_some_and(|seconds| now - progress.since >= seconds)
}
