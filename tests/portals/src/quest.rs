//! A quest, made of its two entries.

use crate::State;
use crate::quests::{Effect, Entry, EntryId, Group, ItemId, Room, RoomId, Status, Task, Trigger};
use core::fmt;

/// Two entries with one `EntryId` ("Quest Format").
///
/// Everything that both entries say can be read from [`entry`](Self::entry).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortalQuest {
    in_progress: EntryId,
    completed: EntryId,
}

impl fmt::Debug for PortalQuest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PortalQuest")
            .field("name", &self.name())
            .field("in_progress", &self.in_progress)
            .field("completed", &self.completed)
            .finish()
    }
}

impl PortalQuest {
    /// The quests of a room, in the order of their entries in progress.
    pub fn all(room: &'static Room) -> impl Iterator<Item = Self> + Clone {
        room.quests()
            .iter()
            .filter(|entry| entry.status() == Status::InProgress)
            .filter_map(|entry| Self::of(entry.id()))
    }

    /// The quest to which an entry belongs, whichever of the two it is.
    ///
    /// `None` only if content was loaded that the compiler has not seen: it knows that every entry has its partner.
    #[must_use]
    pub fn of(entry: EntryId) -> Option<Self> {
        let partner = entry
            .room()
            .quests()
            .iter()
            .find(|other| other.pair() == entry.pair() && other.status() != entry.status())?
            .id();
        Some(match entry.status() {
            Status::InProgress => Self { in_progress: entry, completed: partner },
            Status::Completed => Self { in_progress: partner, completed: entry },
        })
    }

    /// The quest with this name, such as `0_find_oil`.
    #[must_use]
    pub fn named(room: &'static Room, name: &str) -> Option<Self> {
        Self::all(room).find(|quest| quest.name() == name)
    }

    /// The entry that stands for a state. None stands for [`State::NotActive`].
    #[must_use]
    pub const fn at(self, state: State) -> Option<EntryId> {
        match state {
            State::NotActive => None,
            State::Active => Some(self.in_progress),
            State::Completed => Some(self.completed),
        }
    }

    /// The state for which one of the two entries stands; `None` for an entry of another quest.
    #[must_use]
    pub fn state_of(self, entry: EntryId) -> Option<State> {
        State::ALL.into_iter().find(|state| self.at(*state) == Some(entry))
    }

    /// The entry in progress: what items and requirements name, and what says everything but the rewards.
    #[must_use]
    pub const fn entry(self) -> EntryId {
        self.in_progress
    }

    /// The completed entry: what says the rewards and the last words.
    #[must_use]
    pub const fn completed(self) -> EntryId {
        self.completed
    }

    /// The room of the quest.
    #[must_use]
    pub fn room(self) -> RoomId {
        self.in_progress.room()
    }

    /// Number and name, such as `0_find_oil`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.in_progress.name().as_str()
    }

    /// The number in front of the name; `None` if it is too large to count to.
    #[must_use]
    pub fn number(self) -> Option<u32> {
        self.name().split('_').next()?.parse().ok()
    }

    /// How many times the quest can be completed; `None` is without end.
    #[must_use]
    pub fn limit(self) -> Option<u32> {
        Some(self.in_progress.repeatable_limit()).filter(|limit| *limit > 0)
    }

    /// Seconds until an active quest expires; `None` is never.
    #[must_use]
    pub fn seconds(self) -> Option<f64> {
        Some(self.in_progress.finish_time()).filter(|seconds| *seconds > 0.0)
    }

    /// Who shares the state of the quest.
    #[must_use]
    pub fn scope(self) -> Scope {
        self.in_progress.group().scope()
    }

    /// How long the state of the quest is kept: what its group says, unless the room starts over with each load of the page
    /// ("Non-Persistent Tasks").
    #[must_use]
    pub fn persistence(self) -> Persistence {
        if self.room().settings().tasks_refresh() {
            Persistence::Visit
        } else {
            self.in_progress.group().persistence()
        }
    }

    /// What items do when the quest comes into a state, each with its item.
    pub fn effects(self, state: State) -> impl Iterator<Item = (ItemId, &'static Effect)> {
        self.tasks().filter_map(move |(item, task)| match task {
            Task::TaskEffectorSubscription(effect) if self.is(effect.entry()) && effect.at() == state => {
                Some((item, effect))
            }
            _ => None,
        })
    }

    /// What moves the quest on, each with its item.
    pub fn triggers(self) -> impl Iterator<Item = (ItemId, &'static Trigger)> {
        self.tasks().filter_map(move |(item, task)| match task {
            Task::TaskTriggerSubscription(trigger) if self.is(trigger.entry()) => Some((item, trigger)),
            _ => None,
        })
    }

    fn is(self, entry: &Entry) -> bool {
        entry.id() == self.in_progress
    }

    fn tasks(self) -> impl Iterator<Item = (ItemId, Task)> {
        let room = self.room().get();
        let logic = room.map(Room::logic).unwrap_or_default();
        logic.iter().flat_map(|logic| logic.tasks().map(|task| (logic.item().id(), task)))
    }
}

/// Who shares the state of a quest ("Quest Groups").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Each player has a state of their own.
    Player,
    /// All players of the room have one state.
    Room,
}

/// How long the state of a quest is kept ("Quest Groups").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Persistence {
    /// Until the player leaves or loads the page again.
    Visit,
    /// From session to session.
    Saved,
}

impl Group {
    /// Who shares the state of a quest of this group.
    #[must_use]
    pub const fn scope(self) -> Scope {
        match self {
            Self::SinglePlayer | Self::NonPersistent => Scope::Player,
            Self::Multiplayer => Scope::Room,
        }
    }

    /// How long the state of a quest of this group is kept, if the room does not start over with each load of the page.
    #[must_use]
    pub const fn persistence(self) -> Persistence {
        match self {
            Self::NonPersistent => Persistence::Visit,
            Self::SinglePlayer | Self::Multiplayer => Persistence::Saved,
        }
    }
}
