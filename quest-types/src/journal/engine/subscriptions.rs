//! Which active objectives and failure conditions wait for what: the state that exists at run time only.

use alloc::vec::Vec;

use hashbrown::HashTable;

use super::super::Lifecycle;
use super::super::program::Program;
use super::super::state::State;
use crate::format::program::topic_hash;

/// One that waits. In the order of quests, then of rows, failure conditions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subscriber {
    pub(super) quest: u32,
    pub(super) of: SubscriberKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SubscriberKind {
    Objective(u32),
    Failure(u32),
    /// A fact for which the quest waits in its stage.
    Fact,
}

/// All that wait, by topic, and room for what one call needs.
///
/// A search for a topic takes the same time however many wait. It allocates only when more wait than ever before.
#[derive(Debug, Default)]
pub struct Subscriptions {
    subscribers: HashTable<(u32, Subscriber)>,
    /// Room for those that hear an event.
    pub(super) notified: Vec<Subscriber>,
    /// Room for objectives that one event completes.
    pub(super) done: Vec<u32>,
}

fn hash(topic: u32) -> u64 {
    topic_hash(u64::from(topic) + 1)
}

impl Subscriptions {
    /// Those of the active quests of a player in the world in which the player is.
    #[must_use]
    pub fn of(program: &Program, state: &State) -> Self {
        let mut subscriptions = Self::default();
        for entry in state.entries.iter().filter(|entry| entry.phase == Lifecycle::Active) {
            if let Some(run) = entry.run.as_deref().filter(|run| run.world == state.here) {
                subscriptions.add_failures(program, entry.quest);
                for objective in program.stage_objectives(run.stage) {
                    if !run.is_done(program, entry.quest, objective) {
                        subscriptions.add(program, entry.quest, objective);
                    }
                }
                subscriptions.add_facts(program, entry.quest, run.stage);
            }
        }
        subscriptions
    }

    pub(super) fn collect(&self, topic: u32, notified: &mut Vec<Subscriber>) {
        let found = self.subscribers.iter_hash(hash(topic)).filter(|(of, _)| *of == topic);
        notified.extend(found.map(|(_, subscriber)| *subscriber));
    }

    pub(super) fn add(&mut self, program: &Program, quest: u32, objective: u32) {
        if let Some(topic) = program.topic_of(objective) {
            self.insert(topic, Subscriber { quest, of: SubscriberKind::Objective(objective) });
        }
    }

    pub(super) fn remove(&mut self, program: &Program, quest: u32, objective: u32) {
        if let Some(topic) = program.topic_of(objective) {
            self.take(topic, Subscriber { quest, of: SubscriberKind::Objective(objective) });
        }
    }

    /// A quest waits for the facts that its stage waits for.
    pub(super) fn add_facts(&mut self, program: &Program, quest: u32, stage: u32) {
        for topic in program.facts_of(quest, stage) {
            self.insert(topic, Subscriber { quest, of: SubscriberKind::Fact });
        }
    }

    /// A quest leaves a stage and waits for nothing in it any more.
    pub(super) fn leave(&mut self, program: &Program, quest: u32, stage: u32) {
        for objective in program.stage_objectives(stage) {
            self.remove(program, quest, objective);
        }
        for topic in program.facts_of(quest, stage) {
            self.take(topic, Subscriber { quest, of: SubscriberKind::Fact });
        }
    }

    pub(super) fn add_failures(&mut self, program: &Program, quest: u32) {
        for failure in program.failures(quest) {
            if let Some(topic) = program.failure_topic(failure) {
                self.insert(topic, Subscriber { quest, of: SubscriberKind::Failure(failure) });
            }
        }
    }

    pub(super) fn remove_failures(&mut self, program: &Program, quest: u32) {
        for failure in program.failures(quest) {
            if let Some(topic) = program.failure_topic(failure) {
                self.take(topic, Subscriber { quest, of: SubscriberKind::Failure(failure) });
            }
        }
    }

    fn insert(&mut self, topic: u32, subscriber: Subscriber) {
        self.subscribers.insert_unique(hash(topic), (topic, subscriber), |(topic, _)| hash(*topic));
    }

    fn take(&mut self, topic: u32, subscriber: Subscriber) {
        if let Ok(found) = self.subscribers.find_entry(hash(topic), |other| *other == (topic, subscriber)) {
            found.remove();
        }
    }

    /// Bytes on the heap, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.subscribers.allocation_size()
            + self.notified.capacity() * size_of::<Subscriber>()
            + self.done.capacity() * 4
    }
}
