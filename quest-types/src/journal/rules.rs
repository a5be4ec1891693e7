//! What generated code says about a game's quests, so that the types of this module speak of them.

use alloc::vec::Drain;
use core::borrow::Borrow;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::slice::Iter;

use super::effect::RawEffect;
use super::effect_id::EffectId;
use super::fact::{Fact, RawFacts, RawQuestion};
use super::program::{Key, Program};
use crate::Id;

/// The quests of a game. Generated code implements it for `quests::journal::Game`.
///
/// A game does not implement or call it; the methods are for the types of this module.
pub trait Rules: crate::__private::Generated + Sized + 'static {
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
    type Question: Copy + core::fmt::Debug;
    /// What happens in the game.
    type Event: Copy + core::fmt::Debug;
    /// What follows from it.
    type Effect: Copy + core::fmt::Debug;

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
    fn fact(question: Self::Question) -> Key;
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
/// A closure that answers implements it as well, and so does `dyn Facts<Game>`.
pub trait Facts<R: Rules> {
    /// What is known.
    fn fact(&self, question: R::Question) -> Fact<'_>;
}

impl<R: Rules, F: Fn(R::Question) -> Fact<'static>> Facts<R> for F {
    fn fact(&self, question: R::Question) -> Fact<'_> {
        self(question)
    }
}

/// The facts of a game as the engine asks for them.
pub(crate) struct FactsAdapter<'w, R, W: ?Sized> {
    facts: &'w W,
    rules: PhantomData<fn() -> R>,
}

impl<'w, R, W: ?Sized> FactsAdapter<'w, R, W> {
    pub(crate) fn new(facts: &'w W) -> Self {
        Self { facts, rules: PhantomData }
    }
}

impl<R: Rules, W: Facts<R> + ?Sized> RawFacts for FactsAdapter<'_, R, W> {
    fn fact(&self, question: RawQuestion) -> Fact<'_> {
        self.facts.fact(R::question(question))
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

/// The effects of calls, in order. Make one, pass it to the calls of a tick, and apply what is in it:
/// `for effect in effects.drain()`, or `for effect in &effects` to look only.
///
/// It keeps its memory when it is emptied, so that calls allocate only when there are more effects than ever before.
#[must_use = "effects that nobody applies are lost"]
pub struct Effects<R: Rules> {
    pub(crate) raw: alloc::vec::Vec<RawEffect>,
    rules: PhantomData<fn() -> R>,
}

impl<R: Rules> Effects<R> {
    /// No effects.
    pub const fn new() -> Self {
        Self { raw: alloc::vec::Vec::new(), rules: PhantomData }
    }

    /// Whether there are no effects.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// The number of effects.
    #[must_use]
    pub fn len(&self) -> usize {
        self.raw.len()
    }

    /// The effects, in order.
    #[must_use]
    pub fn iter(&self) -> EffectsIter<'_, R> {
        EffectsIter { raw: self.raw.iter(), rules: PhantomData }
    }

    /// Removes the effects and yields them, in order.
    pub fn drain(&mut self) -> EffectsDrain<'_, R> {
        EffectsDrain { raw: self.raw.drain(..), rules: PhantomData }
    }

    /// The effects in order, each with the id by which a game pays it once. Only what pays has one: rewards, actions and
    /// consequences.
    pub fn with_ids(&self) -> impl Iterator<Item = (R::Effect, Option<EffectId<R>>)> + '_ {
        self.raw.iter().map(|raw| (R::effect(*raw), EffectId::of(*raw)))
    }

    /// The lines of the log (Quest Schema §15), in the order of the effects. Effects that the log does not mention have
    /// no line.
    pub fn log(&self) -> impl Iterator<Item = super::LogLine> + '_ {
        self.raw.iter().filter_map(|effect| super::LogLine::of(*effect, R::program()))
    }

    /// Removes all effects.
    pub fn clear(&mut self) {
        self.raw.clear();
    }
}

impl<R: Rules> Clone for Effects<R> {
    fn clone(&self) -> Self {
        Self { raw: self.raw.clone(), rules: PhantomData }
    }
}

impl<'e, R: Rules> IntoIterator for &'e Effects<R> {
    type Item = R::Effect;
    type IntoIter = EffectsIter<'e, R>;

    fn into_iter(self) -> EffectsIter<'e, R> {
        self.iter()
    }
}

macro_rules! effect_iterator {
    ($(#[$attribute:meta])* $name:ident over $raw:ident) => {
        $(#[$attribute])*
        pub struct $name<'e, R: Rules> {
            raw: $raw<'e, RawEffect>,
            rules: PhantomData<fn() -> R>,
        }

        impl<R: Rules> Iterator for $name<'_, R> {
            type Item = R::Effect;

            fn next(&mut self) -> Option<R::Effect> {
                self.raw.next().map(effect::<R, _>)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.raw.size_hint()
            }
        }

        impl<R: Rules> DoubleEndedIterator for $name<'_, R> {
            fn next_back(&mut self) -> Option<R::Effect> {
                self.raw.next_back().map(effect::<R, _>)
            }
        }

        impl<R: Rules> ExactSizeIterator for $name<'_, R> {}
        impl<R: Rules> FusedIterator for $name<'_, R> {}

        impl<R: Rules> core::fmt::Debug for $name<'_, R> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_list().entries(self.raw.as_slice()).finish()
            }
        }
    };
}

effect_iterator! {
    /// The effects of [`Effects::iter`].
    EffectsIter over Iter
}
effect_iterator! {
    /// The effects that [`Effects::drain`] removes.
    EffectsDrain over Drain
}

fn effect<R: Rules, E: Borrow<RawEffect>>(raw: E) -> R::Effect {
    R::effect(*raw.borrow())
}

impl<R: Rules> Default for Effects<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: Rules> core::fmt::Debug for Effects<R> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
