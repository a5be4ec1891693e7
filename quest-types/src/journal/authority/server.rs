//! The side that may change quests.

use alloc::boxed::Box;
use core::fmt;
use core::marker::PhantomData;

use super::{Lend, Player, Session};
use crate::journal::Rules;

/// The right to make players, sessions and ticks: the server side (Quest Runtime Model §6.1).
///
/// Only the crate that compiles the content can make one, with `quests::journal::server()`, which is private to it: a
/// server is made of a value that no other code can name. It cannot be cloned. Code that is not handed one, such as a client, can look at quests and not change them.
pub struct QuestServer<R: Rules> {
    rules: PhantomData<fn() -> R>,
}

impl<R: Rules> fmt::Debug for QuestServer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QuestServer")
    }
}

impl<R: Rules> QuestServer<R> {
    /// For generated code, which alone has the value.
    #[doc(hidden)]
    #[must_use]
    pub const fn __of_this_crate(_: R::Authority) -> Self {
        Self { rules: PhantomData }
    }

    /// A player without quests.
    ///
    /// `owner` is the identity by which saves know the player: an account, not a connection. It never changes.
    #[must_use]
    pub fn player(&self, owner: impl Into<Box<str>>) -> Player<R> {
        Player::new(owner.into())
    }

    /// A session of a player.
    ///
    /// Lend the player (`&mut player`), and it stays where it is when the session ends, however that comes about. Or
    /// give the player away, where sessions live in a map: [`Session::end`] gives it back.
    pub fn session<P: Lend<R>>(&self, player: P) -> Session<R, P> {
        Session::new(player)
    }

    /// A world that sessions can be attached to.
    #[must_use]
    pub fn world(&self, name: impl Into<Box<str>>) -> WorldContext<R> {
        WorldContext { name: name.into(), rules: PhantomData }
    }

    /// A tick. It lasts as long as the value, and there is one at a time.
    #[must_use]
    pub fn tick(&mut self) -> Tick<'_, R> {
        Tick { server: PhantomData }
    }
}

/// A world that sessions are attached to. It cannot be closed while one is.
///
/// A quest that is begun belongs to the world in which it was begun (Quest Runtime Model §3): it goes on there and rests
/// elsewhere. So a world is a realm with its own course of events, and not a place in it; places are what the world is
/// asked about ([`World`](crate::journal::Facts)). Worlds of one name are one world.
pub struct WorldContext<R: Rules> {
    name: Box<str>,
    rules: PhantomData<fn() -> R>,
}

impl<R: Rules> WorldContext<R> {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl<R: Rules> fmt::Debug for WorldContext<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WorldContext").field(&self.name).finish()
    }
}

/// A tick of the server. Whom the server shows it to takes part.
pub struct Tick<'s, R: Rules> {
    server: PhantomData<&'s mut QuestServer<R>>,
}

impl<R: Rules> fmt::Debug for Tick<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tick")
    }
}
