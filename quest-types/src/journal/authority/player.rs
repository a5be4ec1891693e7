//! A player, and what can be read of the player's quests at any time.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use super::server::ServerId;
use crate::Id;
use crate::journal::engine::ConditionCx;
use crate::journal::rules::FactsAdapter;
use crate::journal::{Facts, Lifecycle, Rules, State, Unmet};

/// A player with the quests that belong to this player and to no other (Quest Runtime Model §3).
///
/// Quests come into being here and are never moved to another player; they are gone when the player is dropped. All
/// methods only look. What changes quests is in [`Quests`](super::Quests).
///
/// At most one player of an identity is live on a server at a time; dropping the player makes room for the next. What can be
/// read of the quests is in [`PlayerView`], to which a player dereferences.
pub struct Player<R: Rules> {
    pub(crate) view: PlayerView<R>,
    /// The server to whose ticks the player belongs.
    pub(super) server: ServerId,
    /// As long as it lives, so does the identity.
    _live: Arc<()>,
}

/// What can be read of a player's quests: of a [`Player`], or of a save where there is no server, such as in a client.
///
/// Nothing here changes quests, and a view cannot become a player: only a [`QuestServer`](super::QuestServer) restores one.
pub struct PlayerView<R: Rules> {
    owner: Box<str>,
    pub(crate) state: State,
    /// Rises with every save.
    pub(crate) version: u64,
    rules: PhantomData<fn() -> R>,
}

impl<R: Rules> Deref for Player<R> {
    type Target = PlayerView<R>;

    fn deref(&self) -> &PlayerView<R> {
        &self.view
    }
}

impl<R: Rules> fmt::Debug for Player<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Player").field("owner", &self.view.owner).finish_non_exhaustive()
    }
}

impl<R: Rules> Player<R> {
    pub(super) fn new(view: PlayerView<R>, server: ServerId, live: Arc<()>) -> Self {
        Self { view, server, _live: live }
    }

    /// What can be read of the quests.
    #[must_use]
    pub fn view(&self) -> &PlayerView<R> {
        &self.view
    }
}

impl<R: Rules> fmt::Debug for PlayerView<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlayerView").field("owner", &self.owner).finish_non_exhaustive()
    }
}

impl<R: Rules> PlayerView<R> {
    pub(crate) fn new(owner: Box<str>, state: State, version: u64) -> Self {
        Self { owner, state, version, rules: PhantomData }
    }

    /// How often this player was saved.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The identity by which saves know the player.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Where a quest stands, which depends on the world for a quest that was not begun yet.
    #[must_use]
    pub fn lifecycle(&self, quest: R::Quest, world: &(impl Facts<R> + ?Sized)) -> Lifecycle {
        self.conditions(quest.row(), &FactsAdapter::new(world)).lifecycle()
    }

    /// The prerequisites of a quest that are not met, in the order of its list (Quest Schema UC-002). None where one of
    /// several is enough, and one is met.
    pub fn unmet<'p, W: Facts<R> + ?Sized>(
        &'p self,
        quest: R::Quest,
        world: &'p W,
    ) -> impl Iterator<Item = Unmet> + 'p {
        let facts = FactsAdapter::<R, W>::new(world);
        let count = R::program().prerequisites(quest.row()).len();
        let count = if self.conditions(quest.row(), &facts).any_met() { 0 } else { count };
        (0..count).filter_map(move |position| self.conditions(quest.row(), &facts).unmet_at(position))
    }

    fn conditions<'a>(&'a self, quest: u32, world: &'a dyn crate::journal::RawFacts) -> ConditionCx<'a> {
        ConditionCx { program: R::program(), state: &self.state, world, quest, place: None }
    }

    /// The quests that are active, in content order.
    pub fn active(&self) -> impl Iterator<Item = R::Quest> + '_ {
        self.in_phase(Lifecycle::Active)
    }

    /// The quests that wait to be turned in, in content order.
    pub fn completed(&self) -> impl Iterator<Item = R::Quest> + '_ {
        self.in_phase(Lifecycle::Complete)
    }

    fn in_phase(&self, phase: Lifecycle) -> impl Iterator<Item = R::Quest> + '_ {
        let entries = self.state.entries.iter().filter(move |entry| entry.phase == phase);
        entries.map(|entry| R::Quest::from_row(entry.quest))
    }

    /// The stage in which a quest is; in which it ended, if it is over. `None` if it was not begun.
    #[must_use]
    pub fn stage(&self, quest: R::Quest) -> Option<R::Stage> {
        let run = self.state.entry(quest.row())?.run.as_ref()?;
        (run.stage < R::program().stage_count()).then(|| R::Stage::from_row(run.stage))
    }

    /// How often an objective has been done, of how often it has to be: `(2, 5)`. It begins anew with its stage, and is 0
    /// when the quest is over.
    #[must_use]
    pub fn progress(&self, objective: R::Objective) -> (u32, u32) {
        let program = R::program();
        (self.state.count(program, objective.row()), program.required(objective.row()))
    }

    /// Whether a player may read of an objective: it is no secret, or was found (Quest Schema §8.2).
    #[must_use]
    pub fn is_visible(&self, objective: R::Objective) -> bool {
        let (program, row) = (R::program(), objective.row());
        let run = || {
            let quest = program.quest_of(program.stage_of(row)?)?;
            Some((quest, self.state.entry(quest)?.run.as_ref()?))
        };
        match run() {
            Some((quest, run)) => run.is_seen(program, quest, row),
            None => !program.hidden(row),
        }
    }

    /// The objective that was done in place of this one (Quest Schema §3.4): which way the player took.
    #[must_use]
    pub fn path(&self, objective: R::Objective) -> Option<R::Objective> {
        let program = R::program();
        let quest = program.quest_of(program.stage_of(objective.row())?)?;
        let run = self.state.entry(quest)?.run.as_ref()?;
        let path = run.paths.iter().find(|(done, _)| *done == objective.row());
        path.map(|(_, via)| R::Objective::from_row(*via))
    }

    /// The branches that a quest has taken, in their order (Quest Schema UC-004).
    pub fn branches(&self, quest: R::Quest) -> impl Iterator<Item = R::Branch> + '_ {
        let run = self.state.entry(quest.row()).and_then(|entry| entry.run.as_ref());
        run.into_iter().flat_map(|run| run.branches.iter().map(|branch| R::Branch::from_row(*branch)))
    }

    /// The turns that are left to an active quest; `None` if it has no limit, or the limit was reached.
    #[must_use]
    pub fn turns_left(&self, quest: R::Quest) -> Option<u64> {
        let run = self.state.active(quest.row())?;
        let turn = self.state.turn(run.world);
        (run.deadline != crate::journal::state::NO_DEADLINE).then(|| run.deadline.saturating_sub(turn))
    }

    /// The world in which a quest was begun, where it goes on (Quest Runtime Model §3). `None` if it was not begun, or in a
    /// save of format 1, which does not say it, until the player is attached to a world.
    #[must_use]
    pub fn world(&self, quest: R::Quest) -> Option<&str> {
        self.state.world(self.state.entry(quest.row())?.run.as_ref()?)
    }

    /// How often a quest was turned in.
    #[must_use]
    pub fn times_turned_in(&self, quest: R::Quest) -> u32 {
        self.state.entry(quest.row()).map_or(0, |entry| entry.times)
    }

    /// Whether a quest was locked for good (`LockQuest`, Quest Schema §12.2). One that is under way goes on.
    #[must_use]
    pub fn is_locked(&self, quest: R::Quest) -> bool {
        self.state.entry(quest.row()).is_some_and(|entry| entry.locked)
    }

    /// The rewards of a quest that wait for room (Quest Schema UC-005).
    pub fn held(&self, quest: R::Quest) -> impl Iterator<Item = &'static R::Reward> + '_ {
        let held = self.state.held.iter().filter(move |held| held.quest == quest.row());
        held.filter_map(|held| R::reward(held.reward))
    }

    /// Bytes in memory, those on the heap included.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.owner.len() + self.state.bytes()
    }
}
