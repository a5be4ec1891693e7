//! What generated code says about a game's quests, so that the types of this module speak of them.

use core::marker::PhantomData;

use super::effect::RawEffect;
use super::fact::{Fact, RawFacts, RawQuestion};
use super::program::{Key, Program};
use crate::Id;

/// The quests of a game. Generated code implements it for `quests::journal::Game`.
///
/// A game does not implement or call it; the methods are for the types of this module.
pub trait Rules: Sized + 'static {
    /// Ids of quests.
    type Quest: Id;
    /// Ids of stages.
    type Stage: Id;
    /// Ids of objectives.
    type Objective: Id;
    /// Ids of branches.
    type Branch: Id;
    /// Ids of places.
    type Place: Id;
    /// What a quest pays.
    type Reward: 'static;
    /// What the world is asked.
    type Question: Copy;
    /// What happens in the game.
    type Event: Copy;
    /// What follows from it.
    type Effect: Copy;

    /// What only the crate with the content has a value of.
    #[doc(hidden)]
    type Authority: Copy;

    #[doc(hidden)]
    fn program() -> &'static Program;
    #[doc(hidden)]
    fn key(event: Self::Event) -> Key;
    #[doc(hidden)]
    fn question(question: RawQuestion) -> Self::Question;
    #[doc(hidden)]
    fn effect(effect: RawEffect) -> Self::Effect;
    #[doc(hidden)]
    fn reward(row: u32) -> Option<&'static Self::Reward>;
}

/// What a game's world knows (Quest Schema UC-002): its player's level, inventory, standing, flags.
///
/// A journal asks when it has to know: before a quest is begun, when an event could count, when an objective is
/// done. It looks and never touches: `fact` gets the world as a shared borrow. Answer [`Fact::Unknown`] where there
/// is no answer; what asks is then not met.
///
/// A closure that answers is a world as well.
pub trait Facts<R: Rules> {
    /// What is known.
    fn fact(&self, question: R::Question) -> Fact<'_>;
}

impl<R: Rules, F: Fn(R::Question) -> Fact<'static>> Facts<R> for F {
    fn fact(&self, question: R::Question) -> Fact<'_> {
        self(question)
    }
}

/// A world as the engine asks it.
pub(crate) struct FactsAdapter<'w, R, W> {
    world: &'w W,
    rules: PhantomData<fn() -> R>,
}

impl<'w, R, W> FactsAdapter<'w, R, W> {
    pub(crate) fn new(world: &'w W) -> Self {
        Self { world, rules: PhantomData }
    }
}

impl<R: Rules, W: Facts<R>> RawFacts for FactsAdapter<'_, R, W> {
    fn fact(&self, question: RawQuestion) -> Fact<'_> {
        self.world.fact(R::question(question))
    }
}

/// Something that happened: an event, how often, and where.
///
/// An event alone happened once, wherever the player is. Generated events have these methods too, so a game writes
/// `QuestEvent::Collect(item).times(3)`.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence<R: Rules> {
    pub(crate) event: R::Event,
    pub(crate) also: Option<R::Event>,
    pub(crate) times: u32,
    pub(crate) place: Option<R::Place>,
}

impl<R: Rules> Occurrence<R> {
    /// It happened once.
    #[must_use]
    pub const fn new(event: R::Event) -> Self {
        Self { event, also: None, times: 1, place: None }
    }

    /// It happened so many times: kills, pieces, or turns for what lasts. Nothing happens 0 times.
    #[must_use]
    pub const fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// It happened here. Without it the world is asked where the player is, if a quest wants to know.
    #[must_use]
    pub const fn at(mut self, place: R::Place) -> Self {
        self.place = Some(place);
        self
    }

    /// It was this at the same time: an item was delivered, and to an npc. An objective counts it once.
    #[must_use]
    pub const fn also(mut self, event: R::Event) -> Self {
        self.also = Some(event);
        self
    }
}

/// What has happened, in order. Make one, pass it to the calls of a tick, and apply what is in it.
///
/// It keeps its memory when it is emptied, so that calls allocate only when more happens than ever before.
#[must_use = "effects that nobody applies are lost"]
pub struct Effects<R: Rules> {
    pub(crate) raw: alloc::vec::Vec<RawEffect>,
    rules: PhantomData<fn() -> R>,
}

impl<R: Rules> Effects<R> {
    /// None yet.
    pub const fn new() -> Self {
        Self { raw: alloc::vec::Vec::new(), rules: PhantomData }
    }

    /// Whether nothing has happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// What has happened, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = R::Effect> + '_ {
        self.raw.iter().map(|effect| R::effect(*effect))
    }

    /// Takes out what has happened, in order; it is empty afterwards.
    pub fn drain(&mut self) -> impl ExactSizeIterator<Item = R::Effect> + '_ {
        self.raw.drain(..).map(R::effect)
    }

    /// What has happened in the words of the log (Quest Schema §15). Effects of which it does not speak have no line.
    pub fn log(&self) -> impl Iterator<Item = super::LogLine> + '_ {
        self.raw.iter().filter_map(|effect| super::LogLine::of(*effect, R::program()))
    }

    /// Forgets what has happened.
    pub fn clear(&mut self) {
        self.raw.clear();
    }
}

impl<R: Rules> Default for Effects<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: Rules<Effect: core::fmt::Debug>> core::fmt::Debug for Effects<R> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
