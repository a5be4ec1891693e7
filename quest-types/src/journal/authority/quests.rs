//! What changes quests.

use core::fmt;

use crate::Id;
use crate::journal::engine::{Engine, Subscriptions};
use crate::journal::rules::FactsAdapter;
use crate::journal::{Effects, Facts, Occurrence, QuestError, Rules, State};

/// The quests of a player whose session is attached to a world and takes part in a tick.
///
/// All that changes quests is here. Every call writes what follows from it into `effects`, and a call that is refused
/// changes nothing and writes nothing. What the calls do in which state is one table in `docs/journal.md`.
///
/// What was begun in another world rests: calls about it are refused ([`QuestError::OtherWorld`]), but for
/// [`reset`](Self::reset) and [`claim`](Self::claim).
///
/// Quests see the world as a shared borrow and the session not at all: they cannot attach, detach, move or end anything
/// (Quest Runtime Model §6.3).
pub struct Quests<'t, R: Rules, W: ?Sized> {
    state: &'t mut State,
    subscriptions: &'t mut Subscriptions,
    facts: FactsAdapter<'t, R, W>,
}

impl<R: Rules, W: ?Sized> fmt::Debug for Quests<'_, R, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quests").finish_non_exhaustive()
    }
}

impl<'t, R: Rules, W: Facts<R> + ?Sized> Quests<'t, R, W> {
    pub(super) fn new(state: &'t mut State, subscriptions: &'t mut Subscriptions, world: &'t W) -> Self {
        Self { state, subscriptions, facts: FactsAdapter::new(world) }
    }

    fn engine<'e>(&'e mut self, effects: &'e mut Effects<R>) -> Engine<'e> {
        Engine {
            program: R::program(),
            state: self.state,
            subscriptions: self.subscriptions,
            world: &self.facts,
            effects: &mut effects.raw,
        }
    }

    /// Begins a quest: what a player accepts, and what the dialogue outcome `QuestStart` does (Quest Schema §3.6, UC-002).
    /// A secret quest is found by this.
    ///
    /// # Errors
    ///
    /// It was begun before, is locked, or a prerequisite is not met: the first of them in the quest's list.
    pub fn start(&mut self, quest: R::Quest, effects: &mut Effects<R>) -> Result<(), QuestError> {
        self.engine(effects).start(quest.row())
    }

    /// Finds a secret quest, so that it can become available (Quest Schema §5.1 `isHidden`). Does nothing to others.
    ///
    /// # Errors
    ///
    /// No content has it.
    pub fn discover(&mut self, quest: R::Quest, effects: &mut Effects<R>) -> Result<(), QuestError> {
        self.engine(effects).discover(quest.row())
    }

    /// Something happened (Quest Schema UC-003, §12.1): objectives that wait for it count it, quests that fail by it
    /// fail.
    ///
    /// It counts for the stages in which quests are now, not for those that are entered because of it. An event that
    /// nobody waits for is no error.
    ///
    /// # Errors
    ///
    /// It happened so often that an objective that waits for it cannot count it ([`QuestError::Overflow`]). Then no quest has
    /// counted it.
    pub fn notify(
        &mut self,
        event: impl Into<Occurrence<R>>,
        effects: &mut Effects<R>,
    ) -> Result<(), QuestError> {
        let event = event.into();
        let keys = [Some(event.event), event.also].into_iter().flatten().map(R::key);
        self.engine(effects).notify(keys, event.times, event.place.map(Id::row))
    }

    /// Counts for one objective, whatever its place and conditions are (`UpdateObjective`, Quest Schema §3.7).
    ///
    /// # Errors
    ///
    /// The quest is not active, or not in the stage of the objective; the objective is done, or can only be done by doing
    /// one of its alternatives.
    pub fn advance(
        &mut self,
        objective: R::Objective,
        times: u32,
        effects: &mut Effects<R>,
    ) -> Result<(), QuestError> {
        self.engine(effects).advance(objective.row(), times)
    }

    /// Finds a secret objective, so that the player may read of it. Does nothing to others.
    ///
    /// # Errors
    ///
    /// The quest is not active, or not in the stage of the objective.
    pub fn reveal(&mut self, objective: R::Objective, effects: &mut Effects<R>) -> Result<(), QuestError> {
        self.engine(effects).reveal(objective.row())
    }

    /// Takes an active quest to one of its stages: what the dialogue outcome `QuestUpdate` does (Quest Schema §3.6). The
    /// stage begins anew, unless the quest is in it.
    ///
    /// # Errors
    ///
    /// The quest is not active.
    pub fn update(&mut self, stage: R::Stage, effects: &mut Effects<R>) -> Result<(), QuestError> {
        self.engine(effects).update(stage.row())
    }

    /// Passes over the stage in which a quest is (Quest Schema §7.1 `isOptional`). What the stage would do when it is over
    /// is not done, and no branch is looked at.
    ///
    /// # Errors
    ///
    /// The quest is not active, or the stage is not optional.
    pub fn skip(&mut self, quest: R::Quest, effects: &mut Effects<R>) -> Result<(), QuestError> {
        self.engine(effects).skip(quest.row())
    }

    /// Fails an active quest, because the game decides so (`FailQuest`, Quest Schema §3.7, §12.2).
    ///
    /// # Errors
    ///
    /// The quest is not active.
    pub fn fail(&mut self, quest: R::Quest, effects: &mut Effects<R>) -> Result<(), QuestError> {
        self.engine(effects).fail(quest.row())
    }

    /// Turns pass (Quest Schema §5.1 `timeLimit`). A quest whose time has run out goes where the first branch leads that
    /// waits for it; without one it fails, if a failure condition waits for it; without one it goes on. Time passes in the
    /// world to which the player is attached, and not for quests of others.
    ///
    /// # Errors
    ///
    /// More turns have passed than can be counted. Then none of these has passed.
    pub fn pass_turns(&mut self, turns: u64, effects: &mut Effects<R>) -> Result<(), QuestError> {
        self.engine(effects).pass(turns)
    }

    /// Turns a complete quest in (Quest Schema UC-005): pays the rewards, each of them once and for all.
    ///
    /// `choice` is the one that the player picked, if the quest has several to pick from (§10.3). `takes` is asked for
    /// every reward whether there is room for it: what there is no room for is held back until [`claim`](Self::claim).
    ///
    /// # Errors
    ///
    /// The quest is not complete, or nothing or something else was picked.
    pub fn turn_in(
        &mut self,
        quest: R::Quest,
        choice: Option<&'static R::Reward>,
        mut takes: impl FnMut(&'static R::Reward) -> bool,
        effects: &mut Effects<R>,
    ) -> Result<(), QuestError> {
        let choice = match choice {
            Some(choice) => {
                let is_it = |row: &u32| R::reward(*row).is_some_and(|reward| core::ptr::eq(reward, choice));
                // A row that is no reward of the quest is refused, once the quest is known to be complete.
                Some(R::program().rewards(quest.row()).find(is_it).unwrap_or(u32::MAX))
            }
            None => None,
        };
        self.engine(effects).turn_in(quest.row(), choice, &mut |row| R::reward(row).is_some_and(&mut takes))
    }

    /// Pays rewards that were held back, as far as there is room now (Quest Schema UC-005).
    ///
    /// # Errors
    ///
    /// No reward of this quest is held back.
    pub fn claim(
        &mut self,
        quest: R::Quest,
        mut takes: impl FnMut(&'static R::Reward) -> bool,
        effects: &mut Effects<R>,
    ) -> Result<(), QuestError> {
        self.engine(effects).claim(quest.row(), &mut |row| R::reward(row).is_some_and(&mut takes))
    }

    /// A fact has changed: looks at the active quests of which a branch or a modular objective waits for it (Quest Schema
    /// UC-004). It takes no time if none does.
    pub fn fact_changed(&mut self, fact: R::Question, effects: &mut Effects<R>) {
        self.engine(effects).fact_changed(R::fact(fact));
    }

    /// Looks at every active quest once, as if every fact had changed: after a save was restored, with the same content or
    /// with other ([`Report::content_changed`](crate::journal::Report::content_changed)), or where a game does not know what
    /// has changed.
    pub fn refresh(&mut self, effects: &mut Effects<R>) {
        self.engine(effects).refresh();
    }

    /// Takes a quest back to where it was before it was begun: given up, or to be tried again after it failed. What it has
    /// paid, held back and locked stays so.
    ///
    /// # Errors
    ///
    /// It was not begun.
    pub fn reset(&mut self, quest: R::Quest, effects: &mut Effects<R>) -> Result<(), QuestError> {
        self.engine(effects).reset(quest.row())
    }
}
