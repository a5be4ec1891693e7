//! What is true of the quests of a player: all that is saved, and nothing else.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::lifecycle::Lifecycle;
use super::program::Program;

/// The quests of one player that are or were more than content.
#[derive(Debug)]
pub struct State {
    /// In the order of their rows.
    pub(crate) entries: Vec<Entry>,
    /// The worlds in which quests of this player are, and the one in which the player is.
    pub(crate) worlds: Vec<Clock>,
    /// The one in which the player is, by its position; [`NO_WORLD`] before the first.
    pub(crate) here: u32,
    /// Rewards that wait for a place.
    pub(crate) held: Vec<Held>,
}

impl Default for State {
    fn default() -> Self {
        Self { entries: Vec::new(), worlds: Vec::new(), here: NO_WORLD, held: Vec::new() }
    }
}

/// A reward that waits for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Held {
    pub(crate) quest: u32,
    pub(crate) reward: u32,
    /// The run in which it was earned.
    pub(crate) run: u32,
}

/// A world, and the time that has passed for a player in it.
#[derive(Debug)]
pub(crate) struct Clock {
    pub(crate) world: Box<str>,
    /// Turns that have passed.
    pub(crate) turn: u64,
    /// No time limit of this world ends before this turn.
    pub(crate) next_deadline: u64,
}

impl Clock {
    pub(crate) fn new(world: &str) -> Self {
        Self { world: world.into(), turn: 0, next_deadline: NO_DEADLINE }
    }
}

/// No world: that of a quest whose save did not say it.
pub(crate) const NO_WORLD: u32 = u32::MAX;

/// One quest.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) quest: u32,
    /// How often it was turned in.
    pub(crate) times: u32,
    /// How often it was begun: the number of the current run, or of the last one.
    pub(crate) runs: u32,
    /// Never `Available`, which depends on the world.
    pub(crate) phase: Lifecycle,
    pub(crate) locked: bool,
    /// A secret that was found.
    pub(crate) found: bool,
    /// The current run, or the last one.
    pub(crate) run: Option<Box<Run>>,
}

/// One run of a quest, from its start to its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) stage: u32,
    /// How many stages were entered in this run.
    pub(crate) entered: u32,
    /// So many of the first stages in `acted` do not act again in this run: they did before the content changed.
    pub(crate) settled: u32,
    /// The world in which it was begun, by its position.
    pub(crate) world: u32,
    /// The turn in which it was begun. Wraps around: it can have been begun before the clock of its world was set.
    pub(crate) begun: u64,
    /// The turn in which time has run out; `NO_DEADLINE` if there is no limit, or it was reached.
    pub(crate) deadline: u64,
    pub(crate) expired: bool,
    /// Progress of the objectives of all stages; none once the quest is over.
    pub(crate) counts: Box<[u32]>,
    /// Stages whose actions were done, so that new content does not have them done twice.
    pub(crate) acted: Vec<u32>,
    /// Secret objectives that were found without progress.
    pub(crate) revealed: Vec<u32>,
    /// The branches that were taken, in their order.
    pub(crate) branches: Vec<u32>,
    /// Objectives that were done by doing another, and the other.
    pub(crate) paths: Vec<(u32, u32)>,
}

/// No turn.
pub(crate) const NO_DEADLINE: u64 = u64::MAX;

impl State {
    pub(crate) fn entry(&self, quest: u32) -> Option<&Entry> {
        let at = self.entries.binary_search_by_key(&quest, |entry| entry.quest).ok()?;
        self.entries.get(at)
    }

    pub(crate) fn entry_mut(&mut self, quest: u32) -> Option<&mut Entry> {
        let at = self.entries.binary_search_by_key(&quest, |entry| entry.quest).ok()?;
        self.entries.get_mut(at)
    }

    /// The entry of a quest, made if there is none.
    pub(crate) fn entry_or_insert(&mut self, quest: u32) -> &mut Entry {
        let at = match self.entries.binary_search_by_key(&quest, |entry| entry.quest) {
            Ok(at) => at,
            Err(at) => {
                self.entries.insert(at, Entry::new(quest));
                at
            }
        };
        &mut self.entries[at]
    }

    pub(crate) fn phase(&self, quest: u32) -> Lifecycle {
        self.entry(quest).map_or(Lifecycle::NotStarted, |entry| entry.phase)
    }

    /// The number of the current run of a quest, or of the last one.
    pub(crate) fn run_number(&self, quest: u32) -> u32 {
        self.entry(quest).map_or(0, |entry| entry.runs)
    }

    /// The run of a quest that is active.
    pub(crate) fn active(&self, quest: u32) -> Option<&Run> {
        let entry = self.entry(quest)?;
        entry.run.as_deref().filter(|_| entry.phase == Lifecycle::Active)
    }

    pub(crate) fn active_mut(&mut self, quest: u32) -> Option<&mut Run> {
        let entry = self.entry_mut(quest)?;
        if entry.phase == Lifecycle::Active { entry.run.as_deref_mut() } else { None }
    }

    /// The player comes to a world. Quests that were begun elsewhere rest; those of which no save says where they were
    /// begun go on here.
    pub fn enter_world(&mut self, program: &Program, world: &str) {
        let known = self.worlds.iter().position(|clock| *clock.world == *world);
        let here = known.unwrap_or_else(|| {
            self.forget_worlds();
            // Most players know one world for good.
            self.worlds.reserve_exact(1);
            self.worlds.push(Clock::new(world));
            self.worlds.len() - 1
        });
        self.here = here as u32;
        let here = self.here;
        let runs = self.entries.iter_mut().filter_map(|entry| entry.run.as_mut());
        runs.filter(|run| run.world == NO_WORLD).for_each(|run| run.world = here);
        self.find_next_deadline(program);
    }

    /// Forgets worlds in which there is no quest any more.
    fn forget_worlds(&mut self) {
        let mut used = alloc::vec![false; self.worlds.len()];
        let runs = || self.entries.iter().filter_map(|entry| entry.run.as_ref());
        runs().for_each(|run| used.get_mut(run.world as usize).into_iter().for_each(|used| *used = true));
        let mut kept = 0;
        let places = used.iter().map(|used| {
            kept += u32::from(*used);
            if *used { kept - 1 } else { NO_WORLD }
        });
        let places: Vec<u32> = places.collect();
        let mut used = used.into_iter();
        self.worlds.retain(|_| used.next() == Some(true));
        let runs = self.entries.iter_mut().filter_map(|entry| entry.run.as_mut());
        runs.for_each(|run| run.world = places.get(run.world as usize).copied().unwrap_or(NO_WORLD));
    }

    /// The turns that have passed in a world.
    pub(crate) fn turn(&self, world: u32) -> u64 {
        self.worlds.get(world as usize).map_or(0, |clock| clock.turn)
    }

    /// The world in which a quest was begun, if a save does not keep it to itself.
    pub(crate) fn world(&self, run: &Run) -> Option<&str> {
        self.worlds.get(run.world as usize).map(|clock| &*clock.world)
    }

    /// How far an objective is.
    #[must_use]
    pub fn count(&self, program: &Program, objective: u32) -> u32 {
        let count = || {
            let quest = program.quest_of(program.stage_of(objective)?)?;
            self.entry(quest)?.run.as_ref()?.count(program, quest, objective)
        };
        count().unwrap_or(0)
    }

    /// The stage in which a quest is, or ended.
    #[must_use]
    pub fn stage(&self, quest: u32) -> Option<u32> {
        Some(self.entry(quest)?.run.as_ref()?.stage).filter(|stage| *stage != u32::MAX)
    }

    /// How often a quest was turned in.
    #[must_use]
    pub fn times_turned_in(&self, quest: u32) -> u32 {
        self.entry(quest).map_or(0, |entry| entry.times)
    }

    /// The branches that a quest has taken.
    #[must_use]
    pub fn branches(&self, quest: u32) -> &[u32] {
        self.entry(quest).and_then(|entry| entry.run.as_ref()).map_or(&[], |run| &run.branches)
    }

    /// Looks when the next time limit ends in the world in which the player is.
    pub(crate) fn find_next_deadline(&mut self, program: &Program) {
        let (here, now) = (self.here, self.turn(self.here));
        let active = self.entries.iter().filter(|entry| entry.phase == Lifecycle::Active);
        let runs = active.filter_map(|entry| Some((entry.quest, entry.run.as_ref()?)));
        let here_now = runs.filter(|(_, run)| run.world == here);
        let next = here_now
            .filter_map(|(quest, run)| run.next_due(program, quest, now))
            .min()
            .unwrap_or(NO_DEADLINE);
        if let Some(clock) = self.worlds.get_mut(here as usize) {
            clock.next_deadline = next;
        }
    }

    /// Bytes on the heap, capacity included.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let runs = self.entries.iter().filter_map(|entry| entry.run.as_deref());
        let of = |run: &Run| {
            size_of::<Run>()
                + run.counts.len() * 4
                + (run.acted.capacity() + run.revealed.capacity() + run.branches.capacity()) * 4
                + run.paths.capacity() * 8
        };
        let worlds = self.worlds.iter().map(|clock| clock.world.len()).sum::<usize>();
        self.entries.capacity() * size_of::<Entry>()
            + self.held.capacity() * size_of::<Held>()
            + self.worlds.capacity() * size_of::<Clock>()
            + worlds
            + runs.map(of).sum::<usize>()
    }
}

impl Entry {
    pub(crate) fn new(quest: u32) -> Self {
        Self {
            quest,
            times: 0,
            runs: 0,
            phase: Lifecycle::NotStarted,
            locked: false,
            found: false,
            run: None,
        }
    }
}

impl Run {
    pub(crate) fn new(
        program: &Program,
        quest: u32,
        stage: u32,
        world: u32,
        begun: u64,
        deadline: u64,
    ) -> Self {
        Self {
            stage,
            entered: 0,
            settled: 0,
            world,
            begun,
            deadline,
            expired: false,
            counts: alloc::vec![0; program.objectives(quest).len()].into(),
            acted: Vec::new(),
            revealed: Vec::new(),
            branches: Vec::new(),
            paths: Vec::new(),
        }
    }

    /// The turn in which a branch is due that says itself after how many turns.
    pub(crate) fn due(&self, program: &Program, branch: u32) -> Option<u64> {
        Some(self.begun.wrapping_add(program.due(branch, None)?))
    }

    /// The next turn after `passed` in which a branch of time is due, or the limit.
    pub(crate) fn next_due(&self, program: &Program, quest: u32, passed: u64) -> Option<u64> {
        let dues = program.branches(quest).filter_map(|branch| self.due(program, branch));
        let since = |turn: u64| turn.wrapping_sub(self.begun);
        let later = dues.filter(|due| since(*due) > since(passed));
        let limit = Some(self.deadline).filter(|limit| *limit != NO_DEADLINE && *limit > passed);
        later.chain(limit).min()
    }

    pub(crate) fn count(&self, program: &Program, quest: u32, objective: u32) -> Option<u32> {
        let at = objective.checked_sub(program.objectives(quest).start)?;
        self.counts.get(at as usize).copied()
    }

    pub(crate) fn set_count(&mut self, program: &Program, quest: u32, objective: u32, count: u32) {
        let at = objective.checked_sub(program.objectives(quest).start);
        if let Some(place) = at.and_then(|at| self.counts.get_mut(at as usize)) {
            *place = count;
        }
    }

    pub(crate) fn is_done(&self, program: &Program, quest: u32, objective: u32) -> bool {
        self.count(program, quest, objective).is_some_and(|count| count >= program.required(objective))
    }

    pub(crate) fn is_seen(&self, program: &Program, quest: u32, objective: u32) -> bool {
        !program.hidden(objective)
            || self.count(program, quest, objective).is_some_and(|count| count > 0)
            || self.revealed.contains(&objective)
    }
}
