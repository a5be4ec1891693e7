//! A state as a few numbers, so that a checker can keep millions of them (`questc check`, docs/proof.md).
//!
//! Two states have equal numbers if nothing that can happen to the quests tells them apart: counters of other stages than the
//! one in which a quest is, the turn in which it was begun, branches that can be taken any number of times and what players
//! have seen are left out.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::super::Lifecycle;
use super::super::program::{Ask, Program};
use super::super::state::{Entry, NO_DEADLINE, Run, State};

/// The turn in which restored clocks stand. Quests were begun before it.
const NOW: u64 = 1 << 40;

const LOCKED: u32 = 1 << 3;
const TURNED_IN_BEFORE: u32 = 1 << 4;
const EXPIRED: u32 = 1 << 5;

const PHASES: [Lifecycle; 5] =
    [Lifecycle::NotStarted, Lifecycle::Active, Lifecycle::Complete, Lifecycle::TurnedIn, Lifecycle::Failed];

impl State {
    /// Writes what is true of some quests as numbers.
    pub fn pack(&self, program: &Program, quests: &[u32], out: &mut Vec<u32>) {
        for quest in quests {
            let Some(entry) = self.entry(*quest) else {
                out.push(0);
                continue;
            };
            let phase = PHASES.iter().position(|phase| *phase == entry.phase).unwrap_or(0) as u32;
            let run = entry.run.as_deref().filter(|_| entry.phase == Lifecycle::Active);
            let flags = [
                (entry.locked, LOCKED),
                (entry.times > 0, TURNED_IN_BEFORE),
                (run.is_some_and(|run| run.expired), EXPIRED),
            ];
            let flags = flags.iter().filter(|(is, _)| *is).map(|(_, flag)| flag).sum::<u32>();
            out.push(phase | flags);
            if let Some(run) = run {
                out.push(run.stage);
                self.pack_run(program, *quest, run, out);
            }
        }
    }

    fn pack_run(&self, program: &Program, quest: u32, run: &Run, out: &mut Vec<u32>) {
        let own = program.stage_objectives(run.stage);
        out.extend(own.map(|objective| run.count(program, quest, objective).unwrap_or(0)));
        let passed = self.turn(run.world).wrapping_sub(run.begun);
        out.push(passed.min(last_moment(program, quest)) as u32);
        let once = once(program, quest);
        let taken = once.filter(|branch| run.branches.contains(branch));
        let at = out.len();
        out.push(0);
        out.extend(taken);
        out[at] = (out.len() - at - 1) as u32;
    }

    /// The state that some numbers say, in a world of its own. The numbers are those of [`pack`](Self::pack).
    #[must_use]
    pub fn unpack(program: &Program, quests: &[u32], mut words: &[u32]) -> Self {
        let mut state = Self::default();
        state.enter_world(program, "");
        if let Some(clock) = state.worlds.first_mut() {
            clock.turn = NOW;
        }
        for quest in quests {
            let first = next(&mut words);
            if first == 0 {
                continue;
            }
            let mut entry = Entry::new(*quest);
            entry.phase = PHASES.get((first & 7) as usize).copied().unwrap_or(Lifecycle::NotStarted);
            entry.locked = first & LOCKED != 0;
            entry.times = u32::from(first & TURNED_IN_BEFORE != 0);
            entry.found = true;
            if entry.phase == Lifecycle::Active {
                entry.run = Some(Box::new(unpack_run(program, *quest, first & EXPIRED != 0, &mut words)));
            }
            let at = state.entries.partition_point(|other| other.quest < *quest);
            state.entries.insert(at, entry);
        }
        state.find_next_deadline(program);
        state
    }

    /// Lets a quest count as turned in.
    pub fn assume_turned_in(&mut self, quest: u32) {
        let entry = self.entry_or_insert(quest);
        entry.phase = Lifecycle::TurnedIn;
        entry.times = 1;
        entry.runs = entry.runs.max(1);
    }

    /// The stage in which a quest is that is active.
    #[must_use]
    pub fn active_stage(&self, quest: u32) -> Option<u32> {
        self.active(quest).map(|run| run.stage)
    }

    /// Where a quest stands, whatever the world says: never `Available`.
    #[must_use]
    pub fn stands(&self, quest: u32) -> Lifecycle {
        self.phase(quest)
    }

    /// Whether a quest was locked for good.
    #[must_use]
    pub fn is_locked(&self, quest: u32) -> bool {
        self.entry(quest).is_some_and(|entry| entry.locked)
    }

    /// Turns until each branch of time of an active quest, and until its limit, the next first.
    pub fn turns_until_due(&self, program: &Program, quest: u32) -> Vec<u64> {
        let Some(run) = self.active(quest) else { return Vec::new() };
        let now = self.turn(run.world);
        let next = |after: &u64| run.next_due(program, quest, *after);
        core::iter::successors(next(&now), next).map(|due| due.saturating_sub(now)).collect()
    }
}

fn next(words: &mut &[u32]) -> u32 {
    match words.split_first() {
        Some((first, rest)) => {
            *words = rest;
            *first
        }
        None => 0,
    }
}

fn unpack_run(program: &Program, quest: u32, expired: bool, words: &mut &[u32]) -> Run {
    let stage = next(words);
    let counts: Vec<(u32, u32)> =
        program.stage_objectives(stage).map(|objective| (objective, next(words))).collect();
    let begun = NOW - u64::from(next(words));
    let limit = program.limit(quest).filter(|_| !expired);
    let deadline = limit.map_or(NO_DEADLINE, |limit| begun + u64::from(limit));
    let mut run = Run::new(program, quest, stage, 0, begun, deadline);
    run.expired = expired;
    for (objective, count) in counts {
        run.set_count(program, quest, objective, count);
    }
    let taken = next(words);
    run.branches.extend((0..taken).map(|_| next(words)));
    run
}

/// The branches that can be taken once in a run.
fn once(program: &Program, quest: u32) -> impl Iterator<Item = u32> + use<'_> {
    let all = program.branches(quest);
    all.filter(|branch| program.branch_conditions(*branch).any(|condition| condition.ask != Ask::Objective))
}

/// The turns after which nothing is due any more.
fn last_moment(program: &Program, quest: u32) -> u64 {
    let limit = program.limit(quest);
    let dues = program.branches(quest).filter_map(|branch| program.due(branch, limit));
    dues.chain(limit.map(u64::from)).max().unwrap_or(0)
}
