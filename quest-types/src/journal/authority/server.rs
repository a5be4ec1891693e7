//! The side that may change quests.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::{Arc, Weak};
use core::fmt;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicUsize, Ordering};

use super::{Lend, Player, PlayerView, Session};
use crate::journal::{Rules, State};

/// Tells servers of one process apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ServerId(usize);

impl ServerId {
    /// Of a server that has made nothing yet.
    const NONE: Self = Self(0);

    fn next() -> Self {
        static LAST: AtomicUsize = AtomicUsize::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1))
    }
}

/// A player of this identity is live on the server already (Quest Runtime Model §2, §3): two would be paid twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityInUse {
    /// The identity.
    pub owner: String,
}

impl fmt::Display for IdentityInUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a player `{}` is live on this server already", self.owner)
    }
}

impl core::error::Error for IdentityInUse {}

/// The identities of the players that are live. An identity is free again when its player is dropped.
struct Identities {
    live: BTreeMap<Box<str>, Weak<()>>,
    /// With so many, those that are not live any more are removed.
    full: usize,
}

impl Identities {
    const fn new() -> Self {
        Self { live: BTreeMap::new(), full: 64 }
    }

    fn is_live(&self, owner: &str) -> bool {
        self.live.get(owner).is_some_and(|live| live.strong_count() > 0)
    }

    fn claim(&mut self, owner: &str) -> Arc<()> {
        if self.live.len() >= self.full {
            self.live.retain(|_, live| live.strong_count() > 0);
            self.full = (self.live.len() * 2).max(64);
        }
        let live = Arc::new(());
        self.live.insert(owner.into(), Arc::downgrade(&live));
        live
    }
}

/// The right to make players, sessions and ticks: the server side (Quest Runtime Model §6.1).
///
/// Only the crate that compiles the content can make one, with `quests::journal::server()`, which is private to it: a
/// server is made of a value that no other code can name. It cannot be cloned. Code that is not handed one, such as a client, can look at quests and not change them.
pub struct QuestServer<R: Rules> {
    id: ServerId,
    identities: Identities,
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
        Self { id: ServerId::NONE, identities: Identities::new(), rules: PhantomData }
    }

    /// A player without quests.
    ///
    /// `owner` is the identity by which saves know the player: an account, not a connection. It never changes.
    ///
    /// # Errors
    ///
    /// A player of this identity is live on this server. For other processes, `quest-store` does the same with leases.
    pub fn player(&mut self, owner: impl Into<Box<str>>) -> Result<Player<R>, IdentityInUse> {
        let owner = owner.into();
        if self.is_live(&owner) {
            return Err(IdentityInUse { owner: owner.into() });
        }
        Ok(self.admit(PlayerView::new(owner, State::default(), 0)))
    }

    /// Whether a player of an identity is live on this server.
    #[must_use]
    pub fn is_live(&self, owner: &str) -> bool {
        self.identities.is_live(owner)
    }

    /// Makes a player, whose identity must not be live.
    pub(crate) fn admit(&mut self, view: PlayerView<R>) -> Player<R> {
        let live = self.identities.claim(view.owner());
        Player::new(view, self.id(), live)
    }

    fn id(&mut self) -> ServerId {
        if self.id == ServerId::NONE {
            self.id = ServerId::next();
        }
        self.id
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

    /// A tick. It lasts as long as the value, and there is one at a time. Players join and are restored meanwhile through
    /// [`Tick::server`].
    #[must_use]
    pub fn tick(&mut self) -> Tick<'_, R> {
        self.id();
        Tick { server: self }
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
    server: &'s mut QuestServer<R>,
}

impl<R: Rules> Tick<'_, R> {
    /// The server, to let players join, leave or be restored during the tick.
    #[must_use]
    pub fn server(&mut self) -> &mut QuestServer<R> {
        self.server
    }

    pub(super) fn server_id(&self) -> ServerId {
        self.server.id
    }
}

impl<R: Rules> fmt::Debug for Tick<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tick")
    }
}
