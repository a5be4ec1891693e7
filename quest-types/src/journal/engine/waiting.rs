//! Which active objectives and failure conditions wait for what: the state that exists at run time only.

use alloc::vec::Vec;

use hashbrown::HashTable;

use super::super::Lifecycle;
use super::super::program::Program;
use super::super::state::State;
use crate::format::program::topic_hash;

/// One that waits. In the order of quests, then of rows, failure conditions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ear {
    pub(super) quest: u32,
    pub(super) of: EarOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EarOf {
    Objective(u32),
    Failure(u32),
}

/// All that wait, by topic, and room for what one call needs.
///
/// A search for a topic takes the same time however many wait. It allocates only when more wait than ever before.
#[derive(Debug, Default)]
pub struct Waiting {
    ears: HashTable<(u32, Ear)>,
    /// Room for those that hear an event.
    pub(super) heard: Vec<Ear>,
    /// Room for objectives that one event completes.
    pub(super) done: Vec<u32>,
}

fn hash(topic: u32) -> u64 {
    topic_hash(u64::from(topic) + 1)
}

impl Waiting {
    /// Those of the active quests of a player in the world in which the player is.
    #[must_use]
    pub fn of(program: &Program, state: &State) -> Self {
        let mut waiting = Self::default();
        for entry in state.entries.iter().filter(|entry| entry.phase == Lifecycle::Active) {
            if let Some(run) = entry.run.as_deref().filter(|run| run.world == state.here) {
                waiting.add_failures(program, entry.quest);
                for objective in program.stage_objectives(run.stage) {
                    if !run.is_done(program, entry.quest, objective) {
                        waiting.add(program, entry.quest, objective);
                    }
                }
            }
        }
        waiting
    }

    pub(super) fn hear(&self, topic: u32, heard: &mut Vec<Ear>) {
        let found = self.ears.iter_hash(hash(topic)).filter(|(of, _)| *of == topic);
        heard.extend(found.map(|(_, ear)| *ear));
    }

    pub(super) fn add(&mut self, program: &Program, quest: u32, objective: u32) {
        if let Some(topic) = program.topic_of(objective) {
            self.insert(topic, Ear { quest, of: EarOf::Objective(objective) });
        }
    }

    pub(super) fn remove(&mut self, program: &Program, quest: u32, objective: u32) {
        if let Some(topic) = program.topic_of(objective) {
            self.take(topic, Ear { quest, of: EarOf::Objective(objective) });
        }
    }

    pub(super) fn add_failures(&mut self, program: &Program, quest: u32) {
        for failure in program.failures(quest) {
            if let Some(topic) = program.failure_topic(failure) {
                self.insert(topic, Ear { quest, of: EarOf::Failure(failure) });
            }
        }
    }

    pub(super) fn remove_failures(&mut self, program: &Program, quest: u32) {
        for failure in program.failures(quest) {
            if let Some(topic) = program.failure_topic(failure) {
                self.take(topic, Ear { quest, of: EarOf::Failure(failure) });
            }
        }
    }

    fn insert(&mut self, topic: u32, ear: Ear) {
        self.ears.insert_unique(hash(topic), (topic, ear), |(topic, _)| hash(*topic));
    }

    fn take(&mut self, topic: u32, ear: Ear) {
        if let Ok(found) = self.ears.find_entry(hash(topic), |other| *other == (topic, ear)) {
            found.remove();
        }
    }

    /// Bytes on the heap, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.ears.allocation_size() + self.heard.capacity() * size_of::<Ear>() + self.done.capacity() * 4
    }
}
