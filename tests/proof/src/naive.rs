//! An interpreter of quests, written from `docs/journal.md` and from nothing else. It knows neither the compiler nor the journal.

use crate::model::{Change, Condition, Failure, Objective, Prerequisite, Quest, Set, Topic, Trigger, Wanted};
use std::collections::{BTreeMap, BTreeSet};

/// Where a quest stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Not begun.
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Progress {
    /// Where it stands.
    pub phase: Phase,
    /// It was turned in at least once.
    pub ended: bool,
    /// It cannot be begun any more.
    pub locked: bool,
    /// The stage of an active quest.
    pub stage: usize,
    counts: Vec<u32>,
    taken: BTreeSet<usize>,
    turns: u32,
}

/// All that is true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct World {
    /// In content order.
    pub quests: Vec<Progress>,
    /// The player's level.
    pub level: i64,
    /// What only content gives: flags and items.
    pub own: BTreeMap<Topic, i64>,
}

/// What is true of everything that does not depend on content: it can change at any time.
pub type Facts = BTreeMap<Topic, i64>;

/// Something that can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl World {
    /// The beginning.
    pub fn new(set: &Set) -> Self {
        let quest = Progress {
            phase: Phase::Waiting,
            ended: false,
            locked: false,
            stage: 0,
            counts: Vec::new(),
            taken: BTreeSet::new(),
            turns: 0,
        };
        Self {
            quests: vec![quest; set.quests.len()],
            level: 1,
            own: own(set).into_iter().map(|topic| (topic, 0)).collect(),
        }
    }

    /// What comes of a move while facts are such; `None` if it is refused.
    pub fn after(&self, set: &Set, step: &Move, facts: &Facts) -> Option<(Self, Endings)> {
        let mut play = Play { set, world: self.clone(), facts, happened: Vec::new(), endings: Vec::new() };
        match step {
            Move::Accept(quest) => play.accept(*quest)?,
            Move::Kill(enemy, times) => play.kill(*enemy, *times),
            Move::Blow(failure) => play.blow(*failure),
            Move::Told(topic) => play.told(*topic),
            Move::Refresh => (0..set.quests.len()).for_each(|quest| play.look(quest, Vec::new())),
            Move::Turns(turns) => (0..*turns).for_each(|_| play.turn()),
            Move::TurnIn(quest, choice) => play.turn_in(*quest, *choice)?,
            Move::Skip(quest) => play.skip(*quest)?,
            Move::Rise => play.world.level += 1,
        }
        // The game does what the journal says once the call is over.
        for change in std::mem::take(&mut play.happened) {
            match change {
                Change::Flag(flag, is) => play.set(Topic::Flag(flag), |_| i64::from(is)),
                Change::Give(item, count) => play.set(Topic::Item(item), |before| before + i64::from(count)),
                Change::Lose(item) => play.set(Topic::Item(item), |_| 0),
                Change::Lock(_) => {}
            }
        }
        Some((play.world, play.endings))
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
    set: &'s Set,
    world: World,
    facts: &'s Facts,
    happened: Vec<Change>,
    endings: Endings,
}

impl Play<'_> {
    fn set(&mut self, topic: Topic, new: impl Fn(i64) -> i64) {
        if let Some(value) = self.world.own.get_mut(&topic) {
            // More than anybody asks for makes no difference.
            *value = new(*value).min(9);
        }
    }

    fn value(&self, topic: Topic) -> i64 {
        let own = self.world.own.get(&topic);
        own.or_else(|| self.facts.get(&topic)).copied().unwrap_or(0)
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
            Prerequisite::LevelAbove(level) => self.world.level > level,
            Prerequisite::LevelBelow(level) => self.world.level < level,
            Prerequisite::Item(item, count, is) => (self.value(Topic::Item(item)) >= count) == is,
            Prerequisite::Flag(flag, is) => (self.value(Topic::Flag(flag)) >= 1) == is,
        }
    }

    fn accept(&mut self, quest: usize) -> Option<()> {
        let progress = &self.world.quests[quest];
        let met = self.set.quests[quest].prerequisites.iter().all(|one| self.meets(one));
        if progress.phase != Phase::Waiting || progress.locked || !met {
            return None;
        }
        let progress = &mut self.world.quests[quest];
        progress.phase = Phase::Active;
        progress.taken.clear();
        progress.turns = 0;
        self.enter(quest, 0);
        Some(())
    }

    fn enter(&mut self, quest: usize, stage: usize) {
        let progress = &mut self.world.quests[quest];
        progress.stage = stage;
        progress.counts = vec![0; self.set.quests[quest].stages[stage].objectives.len()];
    }

    /// What is over keeps nothing that could matter.
    fn finish(&mut self, quest: usize, phase: Phase) {
        let progress = &mut self.world.quests[quest];
        progress.phase = phase;
        progress.stage = 0;
        progress.counts.clear();
        progress.taken.clear();
        progress.turns = 0;
    }

    fn is_active(&self, quest: usize) -> bool {
        self.world.quests[quest].phase == Phase::Active
    }

    fn objectives(&self, quest: usize) -> &[Objective] {
        &self.set.quests[quest].stages[self.world.quests[quest].stage].objectives
    }

    fn is_done(&self, quest: usize, objective: usize) -> bool {
        self.world.quests[quest].counts[objective] >= self.objectives(quest)[objective].count
    }

    /// An event: each objective of the stage in order, until the quest leaves its stage.
    fn kill(&mut self, enemy: usize, times: u32) {
        for quest in 0..self.set.quests.len() {
            if !self.is_active(quest) {
                continue;
            }
            let stage = self.world.quests[quest].stage;
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
                *count = (*count + times).min(objective.count);
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
            let main_line = main_line(&self.set.quests[quest]).contains(&self.world.quests[quest].stage);
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
        let stage = self.world.quests[quest].stage;
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
            self.world.quests[quest].counts[at] = own.objectives[at].count;
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
        let main_line = main_line(&self.set.quests[quest]).contains(&stage);
        let branch =
            self.set.quests[quest].branches.iter().enumerate().find(|(at, branch)| match &branch.on {
                Trigger::Objective(of, objective) => *of == stage && done.contains(objective),
                Trigger::Fact(condition) => {
                    main_line && !self.world.quests[quest].taken.contains(at) && self.holds(condition)
                }
                Trigger::Time(_) => false,
            });
        if let Some((at, branch)) = branch {
            if !matches!(branch.on, Trigger::Objective(..)) {
                self.world.quests[quest].taken.insert(at);
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
        let stage = self.world.quests[quest].stage;
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
            if progress.turns >= last {
                continue; // nothing is due any more
            }
            progress.turns += 1;
            let now = progress.turns;
            let taken = &self.world.quests[quest].taken;
            let branch = branches
                .iter()
                .enumerate()
                .find(|(at, branch)| due(&branch.on) == Some(now) && !taken.contains(at));
            if let Some((at, branch)) = branch {
                self.world.quests[quest].taken.insert(at);
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
        let stage = self.world.quests[quest].stage;
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
