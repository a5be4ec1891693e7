//! Which quests have to be looked at together: those of which one changes what another asks for.

use super::facts::{Done, FactId};
use quest_types::Target;
use quest_types::journal::Program;
use quest_types::journal::program::{Ask, Condition};
use std::collections::{BTreeMap, BTreeSet};

/// What a quest asks of others, and what it does to them.
#[derive(Debug, Default)]
struct Ties {
    /// Quests that must be turned in before, all of them.
    after: BTreeSet<u32>,
    /// Quests on which it depends in another way, or which it locks.
    with: BTreeSet<u32>,
    /// Facts that only content changes, and that it asks for or changes.
    facts: BTreeSet<FactId>,
}

impl Ties {
    fn of(program: &Program, done: &Done, quest: u32) -> Self {
        let mut ties = Self::default();
        let any = program.any_is_enough(quest);
        for row in program.prerequisites(quest) {
            let Some(condition) = program.condition(row) else { continue };
            match (condition.ask, condition.target) {
                (Ask::Complete, Target::Link { row, .. }) if !any && waits(&condition) => {
                    ties.after.insert(row);
                }
                (Ask::Complete | Ask::Active, Target::Link { row, .. }) => {
                    ties.with.insert(row);
                }
                _ => ties.ask(done, &condition),
            }
        }
        let objectives =
            program.objectives(quest).flat_map(|objective| program.objective_conditions(objective));
        let branches = program.branches(quest).flat_map(|branch| program.branch_conditions(branch));
        for condition in objectives.filter_map(|row| program.condition(row)).chain(branches) {
            ties.ask(done, &condition);
        }
        for consequence in program.consequences(quest) {
            ties.with.extend(program.locks(consequence));
            ties.facts.extend(done.consequences.get(&consequence).map(|(fact, _)| *fact));
        }
        let actions = program.stages(quest).flat_map(|stage| program.actions(stage));
        ties.facts.extend(actions.filter_map(|action| done.actions.get(&action)).map(|(fact, _)| *fact));
        let rewards = program.rewards(quest).filter_map(|reward| done.rewards.get(&reward));
        ties.facts.extend(rewards.map(|(fact, _)| *fact));
        ties.with.remove(&quest);
        ties
    }

    fn ask(&mut self, done: &Done, condition: &Condition) {
        let fact = FactId::of(condition.subject, condition.target);
        if condition.ask == Ask::World && done.given.contains_key(&fact) {
            self.facts.insert(fact);
        }
    }
}

/// The quests that must be turned in before a quest, all of them.
pub(super) fn needed_before(program: &Program, quest: u32) -> BTreeSet<u32> {
    if program.any_is_enough(quest) {
        return BTreeSet::new();
    }
    let conditions = program.prerequisites(quest).filter_map(|row| program.condition(row));
    let needed = conditions.filter_map(|condition| match (condition.ask, condition.target) {
        (Ask::Complete, Target::Link { row, .. }) if waits(&condition) => Some(row),
        _ => None,
    });
    needed.collect()
}

/// Whether a condition asks for a quest to be turned in, and not for the contrary.
fn waits(condition: &Condition) -> bool {
    use quest_types::journal::Fact;
    let met = |is: bool| Fact::Is(is).meets(condition.operator, condition.value) == Some(true);
    met(true) && !met(false)
}

/// Quests that depend on each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Component {
    /// In content order.
    pub(super) quests: Vec<u32>,
    /// Quests of other components that must be turned in before, each with the quest that asks for it.
    pub(super) after: Vec<(u32, u32)>,
}

/// All quests in components: each behind those that must be turned in before.
///
/// Up to `together` quests of which some only have to be turned in before others are one component, so that the shortest way on
/// which a quest is lost can go through all of them.
pub(super) fn components(program: &Program, done: &Done, together: usize) -> Vec<Component> {
    let count = program.quest_count() as usize;
    let ties: Vec<Ties> = (0..count as u32).map(|quest| Ties::of(program, done, quest)).collect();
    let asked: BTreeSet<FactId> = asked(program, done);
    let mut groups = Groups((0..count).collect());
    let mut of_fact: BTreeMap<FactId, usize> = BTreeMap::new();
    for (quest, own) in ties.iter().enumerate() {
        own.with.iter().for_each(|other| groups.join(quest, *other as usize));
        for fact in own.facts.iter().filter(|fact| asked.contains(fact)) {
            let other = *of_fact.entry(*fact).or_insert(quest);
            groups.join(quest, other);
        }
    }
    // What waits for each other belongs together.
    join_circles(&ties, &mut groups);
    let apart = groups.clone();
    for (quest, own) in ties.iter().enumerate() {
        own.after.iter().for_each(|other| groups.join(quest, *other as usize));
    }
    let sizes = groups.sizes();
    let mut all = apart;
    for quest in 0..count {
        if sizes[groups.root(quest)] <= together {
            let root = groups.root(quest);
            all.join(quest, root);
        }
    }
    in_order(&ties, all)
}

/// Facts that only content changes and that a condition asks for.
fn asked(program: &Program, done: &Done) -> BTreeSet<FactId> {
    let quests = 0..program.quest_count();
    let all = quests.flat_map(|quest| super::facts::conditions(program, quest));
    let facts = all.filter(|condition| condition.ask == Ask::World);
    let facts = facts.map(|condition| FactId::of(condition.subject, condition.target));
    facts.filter(|fact| done.given.contains_key(fact)).collect()
}

/// Sets that are joined: each member names another, the first of each itself.
#[derive(Clone)]
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, member: usize) -> usize {
        let mut at = member;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }

    fn sizes(&mut self) -> Vec<usize> {
        let mut sizes = vec![0; self.0.len()];
        (0..self.0.len()).for_each(|member| sizes[self.root(member)] += 1);
        sizes
    }
}

/// Joins groups that wait for each other, in circles.
fn join_circles(ties: &[Ties], groups: &mut Groups) {
    loop {
        let order = order(ties, groups);
        let Some(circle) = order.err() else { return };
        let mut circle = circle.into_iter();
        let Some(first) = circle.next() else { return };
        circle.for_each(|other| groups.join(first, other));
    }
}

/// The groups, each behind those that must be turned in before; or some that wait for each other.
fn order(ties: &[Ties], groups: &mut Groups) -> Result<Vec<usize>, Vec<usize>> {
    let count = ties.len();
    let mut needs: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    for (quest, own) in ties.iter().enumerate() {
        let root = groups.root(quest);
        for other in &own.after {
            let other = groups.root(*other as usize);
            if other != root {
                needs[root].insert(other);
            }
        }
    }
    let roots: Vec<usize> = (0..count).filter(|quest| groups.root(*quest) == *quest).collect();
    // 0: not seen, 1: on the way, 2: in order.
    let mut state = vec![0_u8; count];
    let mut sorted = Vec::new();
    for root in roots {
        let mut way: Vec<(usize, Vec<usize>)> = Vec::new();
        if state[root] == 0 {
            state[root] = 1;
            way.push((root, needs[root].iter().copied().collect()));
        }
        while let Some((at, open)) = way.last_mut() {
            let at = *at;
            match open.pop() {
                Some(next) if state[next] == 0 => {
                    state[next] = 1;
                    way.push((next, needs[next].iter().copied().collect()));
                }
                Some(next) if state[next] == 1 => {
                    let from = way.iter().position(|(on_way, _)| *on_way == next).unwrap_or(0);
                    return Err(way[from..].iter().map(|(on_way, _)| *on_way).collect());
                }
                Some(_) => {}
                None => {
                    state[at] = 2;
                    sorted.push(at);
                    way.pop();
                }
            }
        }
    }
    Ok(sorted)
}

fn in_order(ties: &[Ties], mut groups: Groups) -> Vec<Component> {
    join_circles(ties, &mut groups);
    let sorted = order(ties, &mut groups).unwrap_or_default();
    let mut components: BTreeMap<usize, Component> = BTreeMap::new();
    for (quest, own) in ties.iter().enumerate() {
        let root = groups.root(quest);
        let after: Vec<u32> =
            own.after.iter().copied().filter(|other| groups.root(*other as usize) != root).collect();
        let component = components.entry(root).or_default();
        component.quests.push(quest as u32);
        component.after.extend(after.into_iter().map(|other| (other, quest as u32)));
    }
    sorted.into_iter().filter_map(|root| components.remove(&root)).collect()
}
