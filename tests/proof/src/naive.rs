//! An interpreter of quests, written from `docs/journal.md` and from nothing else. It knows neither the compiler nor the journal.

use crate::model::{Change, Condition, Failure, Objective, Prerequisite, Quest, Set, Topic, Trigger, Wanted};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// At most so many quests, objectives of a stage, and facts of each sort.
const QUESTS: usize = 6;
const OBJECTIVES: usize = 4;
const OF_A_SORT: usize = 2;

/// Flags and items: what content can give.
const GIVEN: usize = 2 * OF_A_SORT;

/// Facts that can be asked for, where the player is being one.
const ASKED: usize = 4 * OF_A_SORT + 1;

/// Where a quest stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Not begun.
    #[default]
    Waiting,
    /// Under way.
    Active,
    /// All is done.
    Complete,
    /// It was turned in and cannot be begun again.
    TurnedIn,
    /// It has failed.
    Failed,
}

/// One quest of the player.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// Where it stands.
    pub phase: Phase,
    /// It was turned in at least once.
    pub ended: bool,
    /// It cannot be begun any more.
    pub locked: bool,
    stage: u8,
    counts: [u8; OBJECTIVES],
    /// Branches that were taken in this run, as bits.
    taken: u8,
    turns: u8,
}

/// All that is true. It is small, since brute force looks at many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct World {
    /// In content order.
    pub quests: [Progress; QUESTS],
    /// The player's level.
    pub level: u8,
    /// The player's class: 0 is none that matters, else the number of the class and 1.
    pub class: u8,
    /// Flags and items that content gives.
    own: [u8; GIVEN],
}

/// Something that can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Move {
    /// The player accepts a quest.
    Accept(usize),
    /// An enemy is killed so often.
    Kill(usize, u32),
    /// Something happens by which quests fail.
    Blow(Failure),
    /// The journal is told that a fact has changed.
    Told(Topic),
    /// The journal is told that anything can have changed.
    Refresh,
    /// Turns pass.
    Turns(u32),
    /// A quest is turned in, with this reward picked.
    TurnIn(usize, Option<usize>),
    /// A stage is skipped.
    Skip(usize),
    /// The player's level rises.
    Rise,
}

/// What a move has brought about beside the state: quests that were completed, and in which stage.
pub type Endings = Vec<(usize, usize)>;

/// Facts that do not depend on content: they can be anything whenever they are asked for. Within a move each has one answer, and
/// the answers are tried one after the other.
struct Free<'r> {
    /// What each can be; nothing if nobody asks or content gives it.
    answers: &'r [Vec<i64>; ASKED],
    /// What was asked in this move, and the number of the answer. Those that are there before the move are to be given again.
    asked: RefCell<Vec<(usize, usize)>>,
}

impl Free<'_> {
    fn answer(&self, fact: usize) -> i64 {
        let mut asked = self.asked.borrow_mut();
        let number = match asked.iter().find(|(known, _)| *known == fact) {
            Some((_, number)) => *number,
            None => {
                asked.push((fact, 0));
                0
            }
        };
        self.answers[fact].get(number).copied().unwrap_or(0)
    }

    /// Goes on to the next answers. `false` if all were tried.
    fn next(&self) -> bool {
        let mut asked = self.asked.borrow_mut();
        while let Some((fact, number)) = asked.last_mut() {
            *number += 1;
            if *number < self.answers[*fact].len() {
                return true;
            }
            asked.pop();
        }
        false
    }
}

/// Where a topic is among the facts that can be asked for.
fn place_of(topic: Topic) -> usize {
    let (sort, number) = match topic {
        Topic::Flag(number) => (0, number),
        Topic::Item(number) => (1, number),
        Topic::Standing(number) => (2, number),
        Topic::Answer(number) => (3, number),
        Topic::Place(_) => (4, 0),
    };
    sort * OF_A_SORT + number
}

/// A set of quests with what follows from it at once.
#[derive(Debug)]
pub struct Rules<'s> {
    set: &'s Set,
    own: BTreeSet<Topic>,
    /// The stages of each quest in which branches on facts can be taken.
    lines: Vec<Vec<usize>>,
    answers: [Vec<i64>; ASKED],
}

impl<'s> Rules<'s> {
    /// Reads a set. `answers` are those that matter of each fact that content does not give, with 0 for "no" and "none".
    ///
    /// # Panics
    ///
    /// The set is larger than what [`World`] can hold.
    pub fn new(set: &'s Set, answers: impl Fn(Topic) -> Vec<i64>) -> Self {
        let fits = |quest: &Quest| quest.stages.iter().all(|stage| stage.objectives.len() <= OBJECTIVES);
        assert!(set.quests.len() <= QUESTS && set.quests.iter().all(fits), "the set is too large");
        let own = own(set);
        let sorts: [fn(usize) -> Topic; 4] = [Topic::Flag, Topic::Item, Topic::Standing, Topic::Answer];
        let mut all: [Vec<i64>; ASKED] = Default::default();
        for topic in sorts.iter().flat_map(|sort| (0..OF_A_SORT).map(sort)) {
            if !own.contains(&topic) {
                all[place_of(topic)] = answers(topic);
            }
        }
        // A player is at one place at a time, or nowhere that matters.
        all[ASKED - 1] = (0..=OF_A_SORT as i64).collect();
        Self { set, own, lines: set.quests.iter().map(main_line).collect(), answers: all }
    }

    /// Shows everything that can come of a move, by the answers to what is asked; nothing if it is refused.
    pub fn after(&self, world: &World, step: Move, show: &mut dyn FnMut(World, &Endings)) {
        let free = Free { answers: &self.answers, asked: RefCell::default() };
        loop {
            let mut play = Play {
                rules: self,
                set: self.set,
                world: *world,
                facts: &free,
                happened: Vec::new(),
                endings: Vec::new(),
            };
            if play.perform(step).is_some() {
                play.settle();
                show(play.world, &play.endings);
            }
            if !free.next() {
                return;
            }
        }
    }
}

impl World {
    /// The beginning of a player of a class.
    pub fn new(class: u8) -> Self {
        Self { quests: [Progress::default(); QUESTS], level: 1, class, own: [0; GIVEN] }
    }
}

/// Flags and items that content gives: nothing else gives them.
pub fn own(set: &Set) -> BTreeSet<Topic> {
    let mut own = BTreeSet::new();
    for quest in &set.quests {
        let rewards = quest.rewards.iter().map(|(change, _)| match change {
            Change::Flag(flag, _) => Change::Flag(*flag, true),
            other => *other,
        });
        let costs = quest.consequences.iter().map(|change| match change {
            Change::Flag(flag, _) => Change::Flag(*flag, true),
            other => *other,
        });
        let actions = quest.stages.iter().flat_map(|stage| &stage.actions).copied();
        own.extend(rewards.chain(costs).chain(actions).filter_map(|change| match change {
            Change::Flag(flag, true) => Some(Topic::Flag(flag)),
            Change::Give(item, _) => Some(Topic::Item(item)),
            _ => None,
        }));
    }
    own
}

struct Play<'s> {
    rules: &'s Rules<'s>,
    set: &'s Set,
    world: World,
    facts: &'s Free<'s>,
    happened: Vec<Change>,
    endings: Endings,
}

impl Play<'_> {
    fn perform(&mut self, step: Move) -> Option<()> {
        match step {
            Move::Accept(quest) => self.accept(quest)?,
            Move::Kill(enemy, times) => self.kill(enemy, times),
            Move::Blow(failure) => self.blow(failure),
            Move::Told(topic) => self.told(topic),
            Move::Refresh => (0..self.set.quests.len()).for_each(|quest| self.look(quest, Vec::new())),
            Move::Turns(turns) => (0..turns).for_each(|_| self.turn()),
            Move::TurnIn(quest, choice) => self.turn_in(quest, choice)?,
            Move::Skip(quest) => self.skip(quest)?,
            Move::Rise => self.world.level += 1,
        }
        Some(())
    }

    /// The game does what the journal says once the call is over.
    fn settle(&mut self) {
        for change in std::mem::take(&mut self.happened) {
            match change {
                Change::Flag(flag, is) => self.set(Topic::Flag(flag), |_| i64::from(is)),
                Change::Give(item, count) => self.set(Topic::Item(item), |before| before + i64::from(count)),
                Change::Lose(item) => self.set(Topic::Item(item), |_| 0),
                Change::Lock(_) => {}
            }
        }
    }

    fn set(&mut self, topic: Topic, new: impl Fn(i64) -> i64) {
        if self.rules.own.contains(&topic) {
            let value = &mut self.world.own[place_of(topic)];
            // More than anybody asks for makes no difference.
            *value = new(i64::from(*value)).min(9) as u8;
        }
    }

    fn value(&self, topic: Topic) -> i64 {
        match topic {
            Topic::Place(place) => i64::from(self.facts.answer(place_of(topic)) == place as i64 + 1),
            _ if self.rules.own.contains(&topic) => i64::from(self.world.own[place_of(topic)]),
            _ => self.facts.answer(place_of(topic)),
        }
    }

    /// A number without an operator is a threshold; `true` and `false` must be so; without a value it must be there.
    fn holds(&self, condition: &Condition) -> bool {
        condition.topics.iter().any(|topic| {
            let value = self.value(*topic);
            match condition.wanted {
                Wanted::Nothing => value >= 1,
                Wanted::Is(is) => (value >= 1) == is,
                Wanted::Number(number) => value >= number,
                Wanted::Text => false,
            }
        })
    }

    fn meets(&self, prerequisite: &Prerequisite) -> bool {
        match *prerequisite {
            Prerequisite::Complete(quest, is) => self.world.quests[quest].ended == is,
            Prerequisite::Active(quest, is) => (self.world.quests[quest].phase == Phase::Active) == is,
            Prerequisite::LevelAbove(level) => i64::from(self.world.level) > level,
            Prerequisite::LevelBelow(level) => i64::from(self.world.level) < level,
            Prerequisite::Item(item, count, is) => (self.value(Topic::Item(item)) >= count) == is,
            Prerequisite::Class(class, is) => (usize::from(self.world.class) == class + 1) == is,
            Prerequisite::Flag(flag, is) => (self.value(Topic::Flag(flag)) >= 1) == is,
        }
    }

    fn accept(&mut self, quest: usize) -> Option<()> {
        let progress = &self.world.quests[quest];
        if progress.phase != Phase::Waiting || progress.locked {
            return None;
        }
        if !self.set.quests[quest].prerequisites.iter().all(|one| self.meets(one)) {
            return None;
        }
        let progress = &mut self.world.quests[quest];
        progress.phase = Phase::Active;
        progress.taken = 0;
        progress.turns = 0;
        self.enter(quest, 0);
        Some(())
    }

    fn stage(&self, quest: usize) -> usize {
        self.world.quests[quest].stage.into()
    }

    fn enter(&mut self, quest: usize, stage: usize) {
        let progress = &mut self.world.quests[quest];
        progress.stage = stage as u8;
        progress.counts = [0; OBJECTIVES];
    }

    /// What is over keeps nothing that could matter.
    fn finish(&mut self, quest: usize, phase: Phase) {
        let Progress { ended, locked, .. } = self.world.quests[quest];
        self.world.quests[quest] = Progress { phase, ended, locked, ..Progress::default() };
    }

    fn is_active(&self, quest: usize) -> bool {
        self.world.quests[quest].phase == Phase::Active
    }

    fn objectives(&self, quest: usize) -> &[Objective] {
        &self.set.quests[quest].stages[self.stage(quest)].objectives
    }

    fn is_done(&self, quest: usize, objective: usize) -> bool {
        u32::from(self.world.quests[quest].counts[objective]) >= self.objectives(quest)[objective].count
    }

    fn has_taken(&self, quest: usize, branch: usize) -> bool {
        self.world.quests[quest].taken & (1 << branch) != 0
    }

    fn take(&mut self, quest: usize, branch: usize) {
        self.world.quests[quest].taken |= 1 << branch;
    }

    /// An event: each objective of the stage in order, until the quest leaves its stage.
    fn kill(&mut self, enemy: usize, times: u32) {
        for quest in 0..self.set.quests.len() {
            if !self.is_active(quest) {
                continue;
            }
            let stage = self.stage(quest);
            let mut stages_entered = 0;
            for at in 0..self.set.quests[quest].stages[stage].objectives.len() {
                if stages_entered > 0 || !self.is_active(quest) {
                    break;
                }
                let objective = &self.set.quests[quest].stages[stage].objectives[at];
                let right_place = objective.place.is_none_or(|place| self.value(Topic::Place(place)) == 1);
                if objective.enemy != enemy
                    || !objective.any.is_empty()
                    || self.is_done(quest, at)
                    || !right_place
                    || !objective.conditions.iter().all(|one| self.holds(one))
                {
                    continue;
                }
                let count = &mut self.world.quests[quest].counts[at];
                *count = (u32::from(*count) + times).min(objective.count) as u8;
                if self.is_done(quest, at) {
                    stages_entered += usize::from(self.look_at(quest, vec![at]));
                }
            }
        }
    }

    fn blow(&mut self, failure: Failure) {
        for quest in 0..self.set.quests.len() {
            if self.is_active(quest) && self.set.quests[quest].failures.contains(&failure) {
                self.fail(quest);
            }
        }
    }

    fn fail(&mut self, quest: usize) {
        self.finish(quest, Phase::Failed);
        for change in &self.set.quests[quest].consequences {
            match change {
                Change::Lock(other) => self.world.quests[*other].locked = true,
                Change::Flag(flag, _) => self.happened.push(Change::Flag(*flag, true)),
                other => self.happened.push(*other),
            }
        }
    }

    /// The quests of which something in their stage waits for a fact.
    fn told(&mut self, topic: Topic) {
        for quest in 0..self.set.quests.len() {
            if !self.is_active(quest) {
                continue;
            }
            let asks = |condition: &Condition| condition.topics.contains(&topic);
            let modular = self.objectives(quest).iter().filter(|one| !one.any.is_empty());
            let by_objective = modular.flat_map(|one| &one.conditions).any(asks);
            let main_line = self.rules.lines[quest].contains(&self.stage(quest));
            let by_branch = main_line
                && self.set.quests[quest]
                    .branches
                    .iter()
                    .any(|branch| matches!(&branch.on, Trigger::Fact(condition) if asks(condition)));
            if by_objective || by_branch {
                self.look(quest, Vec::new());
            }
        }
    }

    fn look(&mut self, quest: usize, done: Vec<usize>) {
        if self.is_active(quest) {
            self.look_at(quest, done);
        }
    }

    /// Looks at a quest with objectives that have just been done. Gives whether it has left its stage.
    fn look_at(&mut self, quest: usize, mut done: Vec<usize>) -> bool {
        let stage = self.stage(quest);
        let own = &self.set.quests[quest].stages[stage];
        // 1. Modular objectives.
        loop {
            let found = (0..own.objectives.len()).find(|at| {
                let one = &own.objectives[*at];
                !one.any.is_empty()
                    && !self.is_done(quest, *at)
                    && one.any.iter().all(|list| list.iter().any(|other| self.is_done(quest, *other)))
                    && one.conditions.iter().all(|condition| self.holds(condition))
            });
            let Some(at) = found else { break };
            self.world.quests[quest].counts[at] = own.objectives[at].count as u8;
            done.push(at);
        }
        // 2. Whether the stage is over.
        let named =
            |at: usize| own.objectives.iter().flat_map(|one| &one.any).flatten().any(|other| *other == at);
        let required: Vec<usize> =
            (0..own.objectives.len()).filter(|at| !own.objectives[*at].optional && !named(*at)).collect();
        let nothing = done.is_empty() && required.is_empty();
        let over = !nothing && required.iter().all(|at| self.is_done(quest, *at));
        if over {
            self.happened.extend(
                own.actions.iter().filter(|change| !matches!(change, Change::Lock(_) | Change::Lose(_))).map(
                    |change| match change {
                        Change::Give(item, _) => Change::Give(*item, 1),
                        other => *other,
                    },
                ),
            );
        }
        // 3. Branches.
        let main_line = self.rules.lines[quest].contains(&stage);
        let branch =
            self.set.quests[quest].branches.iter().enumerate().find(|(at, branch)| match &branch.on {
                Trigger::Objective(of, objective) => *of == stage && done.contains(objective),
                Trigger::Fact(condition) => main_line && !self.has_taken(quest, *at) && self.holds(condition),
                Trigger::Time(_) => false,
            });
        if let Some((at, branch)) = branch {
            if !matches!(branch.on, Trigger::Objective(..)) {
                self.take(quest, at);
            }
            self.enter(quest, branch.to);
            return true;
        }
        // 4. The way on.
        if over {
            self.go_on(quest);
        }
        over
    }

    fn go_on(&mut self, quest: usize) {
        let stage = self.stage(quest);
        match self.set.quests[quest].stages[stage].next {
            Some(next) => self.enter(quest, next),
            None => {
                self.endings.push((quest, stage));
                self.finish(quest, Phase::Complete);
            }
        }
    }

    /// One turn passes: at most one moment of each quest comes.
    fn turn(&mut self) {
        for quest in 0..self.set.quests.len() {
            if !self.is_active(quest) {
                continue;
            }
            let Quest { branches, limit, failures, .. } = &self.set.quests[quest];
            let due = |on: &Trigger| match on {
                Trigger::Time(Some(turns)) => Some(*turns),
                Trigger::Time(None) => *limit,
                _ => None,
            };
            let last = branches.iter().filter_map(|branch| due(&branch.on)).chain(*limit).max().unwrap_or(0);
            let progress = &mut self.world.quests[quest];
            if u32::from(progress.turns) >= last {
                continue; // nothing is due any more
            }
            progress.turns += 1;
            let now = u32::from(progress.turns);
            let branch = branches
                .iter()
                .enumerate()
                .find(|(at, branch)| due(&branch.on) == Some(now) && !self.has_taken(quest, *at));
            if let Some((at, branch)) = branch {
                self.take(quest, at);
                self.enter(quest, branch.to);
            } else if *limit == Some(now) && failures.contains(&Failure::Time) {
                self.fail(quest);
            }
        }
    }

    fn turn_in(&mut self, quest: usize, choice: Option<usize>) -> Option<()> {
        let Quest { rewards, repeatable, .. } = &self.set.quests[quest];
        let choices = rewards.iter().any(|(_, choice)| *choice);
        let fits = match choice {
            Some(at) => rewards.get(at).is_some_and(|(_, choice)| *choice),
            None => !choices,
        };
        if self.world.quests[quest].phase != Phase::Complete || !fits {
            return None;
        }
        for (at, (change, is_choice)) in rewards.iter().enumerate() {
            if !is_choice || choice == Some(at) {
                match change {
                    Change::Flag(flag, _) => self.happened.push(Change::Flag(*flag, true)),
                    Change::Give(item, count) => self.happened.push(Change::Give(*item, *count)),
                    Change::Lose(_) | Change::Lock(_) => {}
                }
            }
        }
        self.world.quests[quest].ended = true;
        self.finish(quest, if *repeatable { Phase::Waiting } else { Phase::TurnedIn });
        Some(())
    }

    fn skip(&mut self, quest: usize) -> Option<()> {
        let stage = self.stage(quest);
        if !self.is_active(quest) || !self.set.quests[quest].stages[stage].optional {
            return None;
        }
        self.go_on(quest);
        Some(())
    }
}

/// The stages in which branches on facts can be taken.
fn main_line(quest: &Quest) -> Vec<usize> {
    let mut line = vec![0];
    let mut at = 0;
    while let Some(next) = quest.stages[at].next {
        if line.contains(&next) {
            return line; // it never ends this way
        }
        line.push(next);
        at = next;
    }
    if line.len() > 1 {
        line.pop();
    }
    line
}
