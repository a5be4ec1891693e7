//! Sessions, and sessions in a world.

use core::fmt;
use core::marker::PhantomData;

use super::{Player, Quests, Tick, WorldContext};
use crate::journal::engine::Subscriptions;
use crate::journal::{Facts, QuestError, Rules};

/// A player that is lent (`&mut Player`) or given (`Player`) to a session. There are no others.
pub trait Lend<R: Rules>: sealed::Sealed {
    #[doc(hidden)]
    fn lent(&self) -> &Player<R>;
    #[doc(hidden)]
    fn lent_mut(&mut self) -> &mut Player<R>;
}

mod sealed {
    pub trait Sealed {}
    impl<R: super::Rules> Sealed for super::Player<R> {}
    impl<R: super::Rules> Sealed for &mut super::Player<R> {}
}

impl<R: Rules> Lend<R> for Player<R> {
    fn lent(&self) -> &Player<R> {
        self
    }

    fn lent_mut(&mut self) -> &mut Player<R> {
        self
    }
}

impl<R: Rules> Lend<R> for &mut Player<R> {
    fn lent(&self) -> &Player<R> {
        self
    }

    fn lent_mut(&mut self) -> &mut Player<R> {
        self
    }
}

/// A player who is here. A player has one session at a time, since it borrows or owns the player.
#[must_use = "dropping a session ends it"]
pub struct Session<R: Rules, P: Lend<R>> {
    player: P,
    rules: PhantomData<fn() -> R>,
}

impl<R: Rules, P: Lend<R>> Session<R, P> {
    pub(super) fn new(player: P) -> Self {
        Self { player, rules: PhantomData }
    }

    /// The player.
    #[must_use]
    pub fn player(&self) -> &Player<R> {
        self.player.lent()
    }

    /// Attaches the session to a world. Quests that were begun in another world rest until the player is back there.
    pub fn attach(mut self, world: &WorldContext<R>) -> Attachment<'_, R, P> {
        let state = &mut self.player.lent_mut().view.state;
        state.enter_world(R::program(), world.name());
        let subscriptions = Subscriptions::of(R::program(), state);
        Attachment { player: self.player, world, subscriptions }
    }

    /// Ends the session, and gives back what was lent or given.
    pub fn end(self) -> P {
        self.player
    }
}

impl<R: Rules, P: Lend<R>> fmt::Debug for Session<R, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Session").field(self.player()).finish()
    }
}

/// A session in a world. What exists at run time only is here, and is dropped with it.
#[must_use = "dropping an attachment detaches the session"]
pub struct Attachment<'w, R: Rules, P: Lend<R>> {
    player: P,
    world: &'w WorldContext<R>,
    subscriptions: Subscriptions,
}

impl<'w, R: Rules, P: Lend<R>> Attachment<'w, R, P> {
    /// The player.
    #[must_use]
    pub fn player(&self) -> &Player<R> {
        self.player.lent()
    }

    /// The world that the session is attached to.
    #[must_use]
    pub fn world(&self) -> &'w WorldContext<R> {
        self.world
    }

    /// Takes part in a tick: gives the quests, and what changes them. `facts` is what they are answered from.
    ///
    /// # Errors
    ///
    /// It is a tick of another server than the player's ([`QuestError::OtherServer`]).
    pub fn tick<'t, W: Facts<R> + ?Sized>(
        &'t mut self,
        tick: &'t Tick<'_, R>,
        facts: &'t W,
    ) -> Result<Quests<'t, R, W>, QuestError> {
        let player = self.player.lent_mut();
        if player.server != tick.server_id() {
            return Err(QuestError::OtherServer);
        }
        Ok(Quests::new(&mut player.view.state, &mut self.subscriptions, facts))
    }

    /// For saves.
    pub(crate) fn player_mut(&mut self) -> &mut Player<R> {
        self.player.lent_mut()
    }

    /// Bytes on the heap of what exists at run time only.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.subscriptions.bytes()
    }

    /// Detaches the session.
    pub fn detach(self) -> Session<R, P> {
        Session::new(self.player)
    }
}

impl<R: Rules, P: Lend<R>> fmt::Debug for Attachment<'_, R, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment").field("player", self.player()).field("world", self.world).finish()
    }
}
