//! Which quests come before which ("Requirements").

use crate::PortalQuest;
use crate::quests::{Requirement, Room};

/// A requirement in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requires {
    /// The quest that comes first.
    pub quest: PortalQuest,
    /// How many times it must have been completed.
    pub times: u32,
}

impl PortalQuest {
    /// What the quest requires. A requirement that is being removed (`delete`) is none.
    pub fn requirements(self) -> impl Iterator<Item = Requires> {
        let list: &'static [Requirement] = self.entry().requirements();
        list.iter().filter(|requirement| !requirement.delete()).filter_map(|requirement| {
            let quest = PortalQuest::of(requirement.entry().id())?;
            Some(Requires { quest, times: requirement.amount() })
        })
    }

    /// The quests that require this one.
    pub fn dependents(self) -> impl Iterator<Item = PortalQuest> {
        let room: Option<&'static Room> = self.room().get();
        room.into_iter()
            .flat_map(PortalQuest::all)
            .filter(move |quest| quest.requirements().any(|requires| requires.quest == self))
    }

    /// Whether the quest can become active, with the number of times that each other quest has been completed.
    pub fn is_open(self, completions: impl Fn(PortalQuest) -> u32) -> bool {
        self.requirements().all(|requires| completions(requires.quest) >= requires.times)
    }

    /// How many quests come one after the other before this one: 0 without requirements.
    ///
    /// `None` if quests wait for each other, so that this one can never become active.
    #[must_use]
    pub fn depth(self) -> Option<usize> {
        let quests = self.room().get().map_or(0, |room| PortalQuest::all(room).count());
        self.depth_within(quests)
    }

    /// A chain that is longer than there are quests goes round in a circle.
    fn depth_within(self, quests: usize) -> Option<usize> {
        let mut depth = 0;
        for requires in self.requirements() {
            depth = depth.max(requires.quest.depth_within(quests.checked_sub(1)?)? + 1);
        }
        Some(depth)
    }
}
