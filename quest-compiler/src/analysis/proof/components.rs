//! Which quests have to be looked at together: those of which one changes what another asks for.

use super::facts::{Done, FactId, conditions};
use super::{Proof, Prover, Verdict};
use crate::check::Row;
use quest_types::Target;
use quest_types::journal::program::{Ask, Condition, Operator};
use quest_types::journal::{Fact, Program};
use std::collections::{BTreeMap, BTreeSet};

/// What a quest asks of others, and what it does to them.
#[derive(Debug, Default)]
struct Ties {
    /// Quests that must be turned in before, all of them.
    after: Vec<u32>,
    /// Quests on which it depends in another way, or which it locks.
    with: Vec<u32>,
    /// Facts that only content changes, and that it asks for or changes.
    facts: Vec<FactId>,
}

impl Ties {
    fn of(program: &Program, done: &Done, quest: u32) -> Self {
        let mut ties = Self::default();
        let any = program.any_is_enough(quest);
        for row in program.prerequisites(quest) {
            let Some(condition) = program.condition(row) else { continue };
            match (condition.ask, condition.target) {
                (Ask::Complete, Target::Link { row, .. }) if !any && waits(&condition) => {
                    ties.after.push(row);
                }
                (Ask::Complete | Ask::Active, Target::Link { row, .. }) => ties.with.push(row),
                _ => ties.ask(done, &condition),
            }
        }
        let objectives =
            program.objectives(quest).flat_map(|objective| program.objective_conditions(objective));
        let branches = program.branches(quest).flat_map(|branch| program.branch_conditions(branch));
        for condition in objectives.filter_map(|row| program.condition(row)).chain(branches) {
            ties.ask(done, &condition);
        }
        // What cannot fail has no consequences.
        let consequences = program.consequences(quest).filter(|_| !program.failures(quest).is_empty());
        for consequence in consequences {
            ties.with.extend(program.locks(consequence));
            ties.facts.extend(done.consequences.get(&consequence).map(|(fact, _)| *fact));
        }
        let actions = program.stages(quest).flat_map(|stage| program.actions(stage));
        ties.facts.extend(actions.filter_map(|action| done.actions.get(&action)).map(|(fact, _)| *fact));
        let rewards = program.rewards(quest).filter_map(|reward| done.rewards.get(&reward));
        ties.facts.extend(rewards.map(|(fact, _)| *fact));
        ties.with.retain(|other| *other != quest);
        ties
    }

    fn ask(&mut self, done: &Done, condition: &Condition) {
        let fact = FactId::of(condition.subject, condition.target);
        if condition.ask == Ask::World && done.given.contains_key(&fact) {
            self.facts.push(fact);
        }
    }
}

/// Whether a condition asks for a quest to be turned in, and not for the contrary.
fn waits(condition: &Condition) -> bool {
    let met = |is: bool| Fact::Is(is).meets(condition.operator, condition.value) == Some(true);
    met(true) && !met(false)
}

/// Quests that depend on each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Component {
    /// In content order.
    pub(super) quests: Vec<u32>,
    /// Its quests, in their order, each with one of another component that must be turned in before.
    pub(super) after: Vec<(u32, u32)>,
    /// Its quests, each with another of them that must be turned in before.
    pub(super) inner: Vec<(u32, u32)>,
    /// Plain quests that must be turned in before the only one, each behind those that it needs: what they take belongs to the
    /// shortest way on which that one is lost.
    pub(super) before: Vec<u32>,
}

impl Component {
    /// The quests of other components that must be turned in before one of its own.
    pub(super) fn needed(&self) -> BTreeSet<u32> {
        self.after.iter().map(|(_, needed)| *needed).collect()
    }

    /// The quests before it of which it is not proven that they can always be turned in.
    pub(super) fn open<'p>(&self, proofs: &'p [Option<Proof>]) -> Vec<(u32, &'p Verdict)> {
        let verdict = |quest: u32| Some((quest, &proofs.get(quest as usize)?.as_ref()?.verdict));
        let needed = self.needed().into_iter().filter_map(verdict);
        needed.filter(|(_, verdict)| !matches!(verdict, Verdict::Always)).collect()
    }

    /// Together with the components before it that can be lost, if several quests of one of them are needed: to turn in one of
    /// them can lose another.
    pub(super) fn joined(
        &self,
        components: &[Self],
        of_quest: &[usize],
        proofs: &[Option<Proof>],
    ) -> Option<Self> {
        let mut reached: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        let mut open = self.open(proofs);
        while let Some((quest, _)) = open.pop() {
            let at = of_quest[quest as usize];
            let needed = reached.entry(at).or_default();
            if needed.is_empty() {
                open.extend(components[at].open(proofs));
            }
            needed.insert(quest);
        }
        if reached.values().all(|needed| needed.len() < 2) {
            return None;
        }
        let mut joined = Self { before: Vec::new(), ..self.clone() };
        for other in reached.keys().map(|at| &components[*at]) {
            joined.quests.extend(&other.quests);
            joined.after.extend(&other.after);
        }
        joined.quests.sort_unstable();
        joined.after.retain(|(_, needed)| joined.quests.binary_search(needed).is_err());
        joined.after.sort_unstable();
        Some(joined)
    }

    /// Leaves out the quests that can never be begun, since they need some that can never be turned in, and those of which that
    /// is known already. Gives the former. What they would do never happens.
    pub(super) fn leave_out_never(&mut self, proofs: &[Option<Proof>]) -> Vec<u32> {
        let is_never = |quest: u32| {
            let proof = proofs.get(quest as usize).and_then(Option::as_ref);
            proof.is_some_and(|proof| matches!(proof.verdict, Verdict::Never(_)))
        };
        let needing_never = self.after.iter().filter(|(_, needed)| is_never(*needed));
        let mut open: Vec<u32> = needing_never.map(|(asking, _)| *asking).collect();
        open.extend(self.quests.iter().copied().filter(|quest| is_never(*quest)));
        if open.is_empty() {
            return open;
        }
        let mut needing: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        self.inner.iter().for_each(|(asking, needed)| needing.entry(*needed).or_default().push(*asking));
        let mut gone = BTreeSet::new();
        while let Some(quest) = open.pop() {
            if gone.insert(quest) {
                open.extend(needing.get(&quest).into_iter().flatten());
            }
        }
        self.quests.retain(|quest| !gone.contains(quest));
        self.after.retain(|(asking, _)| !gone.contains(asking));
        gone.into_iter().filter(|quest| !is_never(*quest)).collect()
    }

    /// The quests of other components that must be turned in before one of its own.
    pub(super) fn needed_by(&self, quest: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.after.partition_point(|(asking, _)| *asking < quest);
        self.after[first..].iter().take_while(move |(asking, _)| *asking == quest).map(|(_, needed)| *needed)
    }
}

impl Prover<'_> {
    fn ties(&self) -> Vec<Ties> {
        let ties = |(quest, sketch): (u32, &super::Sketch)| match self.played.get(quest as usize) {
            Some(true) => Ties::of(self.program, &self.done, quest),
            _ => Ties { after: sketch.needs.clone(), ..Ties::default() },
        };
        (0..).zip(&self.outline).map(ties).collect()
    }

    /// Which quests have to be played once it is known of some: those as well that they lock or ask for, that change what they
    /// ask for, and that come before them where the shortest way is wanted.
    ///
    /// Also gives which quests need several of which one can rule out the other.
    pub(super) fn with_others(&self) -> (Vec<bool>, Vec<bool>) {
        let ties = self.ties();
        let mut played = self.played.clone();
        for (_, own) in ties.iter().enumerate().filter(|(quest, _)| self.played[*quest]) {
            own.with.iter().for_each(|other| played[*other as usize] = true);
        }
        if !self.done.is_empty() {
            (0..).zip(&mut played).filter(|(quest, _)| self.changes(*quest)).for_each(|(_, it)| *it = true);
        }
        let needing_several = self.needing_several(&ties);
        let several: Vec<usize> = (0..ties.len()).filter(|quest| needing_several[*quest]).collect();
        for quest in &several {
            played[*quest] = true;
        }
        before(&ties, &several).into_iter().for_each(|other| played[other as usize] = true);
        let mut weak = Groups::tied(&ties);
        weak.join_needed(&ties);
        let sizes = weak.sizes();
        let searched: Vec<usize> = (0..ties.len()).filter(|quest| played[*quest]).collect();
        for quest in searched {
            if sizes[weak.root(quest)] <= super::TOGETHER {
                before(&ties, &[quest]).into_iter().for_each(|other| played[other as usize] = true);
            }
        }
        (played, needing_several)
    }

    /// Whether a quest changes something that is asked for.
    fn changes(&self, quest: u32) -> bool {
        let (read, journal) = (self.read, self.read.journal);
        let quest = Row { record: self.quest_record(), row: quest };
        let rewards = journal.rewards.iter().flat_map(|(listed, _)| read.each(quest, &listed.at));
        let stages = read.each(quest, &read.model.flows[journal.flow].nodes);
        let actions = stages
            .flat_map(|stage| journal.actions.iter().flat_map(move |listed| read.each(stage, &listed.at)));
        rewards.into_iter().any(|reward| self.done.rewards.contains_key(&reward.row))
            || actions.into_iter().any(|action| self.done.actions.contains_key(&action.row))
    }

    /// Quests that wait for each other in circles: none of them can ever be begun.
    pub(super) fn in_circles(&self) -> Vec<u32> {
        let ties = self.ties();
        let circles = in_order(&ties, &mut Groups((0..ties.len()).collect())).into_iter();
        circles.filter(|circle| circle.len() > 1).flatten().map(|quest| quest as u32).collect()
    }

    /// All quests in components: each behind those that must be turned in before.
    ///
    /// Up to `together` quests of which some only have to be turned in before others are one component, if that can make a
    /// difference for the shortest way on which a quest is lost.
    pub(super) fn components(&self, together: usize) -> Vec<Component> {
        let ties = self.ties();
        let mut apart = Groups::tied(&ties);
        // What waits for each other belongs together.
        for circle in in_order(&ties, &mut apart) {
            circle.iter().for_each(|other| apart.join(circle[0], *other));
        }
        let mut weak = apart.clone();
        weak.join_needed(&ties);
        let sizes = weak.sizes();
        let mut small: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for quest in (0..ties.len()).filter(|quest| self.is_searched(*quest as u32)) {
            let root = weak.root(quest);
            if sizes[root] <= together {
                small.entry(root).or_default();
            }
        }
        let all = if small.is_empty() { 0..0 } else { 0..ties.len() };
        for quest in all {
            small.entry(weak.root(quest)).and_modify(|members| members.push(quest));
        }
        let mut groups = apart.clone();
        let mut alone: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for mut members in small.into_values() {
            // Plain quests that only wait for others are not played.
            members.retain(|quest| self.played[*quest]);
            let together = self.belong_together(&members, &ties, &mut apart);
            for quest in &members {
                if together {
                    groups.join(members[0], *quest);
                } else if self.is_searched(*quest as u32) {
                    alone.insert(*quest, before(&ties, &[*quest]));
                }
            }
        }
        in_components(&ties, groups, &alone)
    }

    /// Whether some quests have to be looked at together with all that they need, and with each other.
    fn belong_together(&self, quests: &[usize], ties: &[Ties], apart: &mut Groups) -> bool {
        let mut searched = quests.iter().filter(|quest| self.is_searched(**quest as u32));
        quests.iter().any(|quest| self.asks_of_all(*quest as u32))
            || searched.any(|quest| {
                let root = apart.root(*quest);
                let own: Vec<usize> =
                    quests.iter().copied().filter(|other| apart.root(*other) == root).collect();
                let needed = before(ties, &own);
                !needed.is_empty() && (own.len() > 1 || !self.are_apart(&needed))
            })
    }

    /// Whether a quest asks for something that is the same for all: a level, a class.
    fn asks_of_all(&self, quest: u32) -> bool {
        let all = conditions(self.program, quest);
        let mut facts = all.iter().filter(|condition| condition.ask == Ask::World);
        facts.any(|condition| self.kinds.is_of_all(FactId::of(condition.subject, condition.target)))
    }

    /// Whether quests are plain and ask for nothing but each other, so that what one takes brings no other one forward.
    fn are_apart(&self, quests: &[u32]) -> bool {
        let mut topics: Vec<u32> = Vec::new();
        for quest in quests {
            let own =
                self.program.objectives(*quest).filter_map(|objective| self.program.topic_of(objective));
            let own: BTreeSet<u32> = own.collect();
            if self.outline[*quest as usize].ending.is_none() {
                return false;
            }
            topics.extend(own);
        }
        let count = topics.len();
        topics.sort_unstable();
        topics.dedup();
        topics.len() == count
    }

    /// Whether a quest asks for something that never changes: a class.
    pub(super) fn asks_who(&self, quest: u32) -> bool {
        let all = conditions(self.program, quest);
        let mut facts = all.iter().map(|one| FactId::of(one.subject, one.target));
        facts.any(|fact| self.kinds.is_constant(fact))
    }

    /// The quests that need several, themselves or through others, of which one can rule out the other: those that depend on each
    /// other, and those that ask for something that never changes.
    fn needing_several(&self, ties: &[Ties]) -> Vec<bool> {
        let mut groups = Groups::tied(ties);
        let mut constant = None;
        for quest in (0..ties.len()).filter(|quest| self.played[*quest]) {
            if self.asks_who(quest as u32) {
                groups.join(*constant.get_or_insert(quest), quest);
            }
        }
        let sizes = groups.sizes();
        let mut several = vec![false; ties.len()];
        if sizes.iter().all(|size| *size < 2) {
            return several;
        }
        // Of those that are needed, what depends on others.
        let mut tied: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); ties.len()];
        for quest in in_order(ties, &mut Groups((0..ties.len()).collect())).into_iter().flatten() {
            let mut own = BTreeSet::new();
            for needed in &ties[quest].after {
                own.extend(&tied[*needed as usize]);
                if sizes[groups.root(*needed as usize)] > 1 {
                    own.insert(*needed);
                }
            }
            let mut roots: Vec<usize> = own.iter().map(|needed| groups.root(*needed as usize)).collect();
            roots.sort_unstable();
            several[quest] = roots.windows(2).any(|pair| pair[0] == pair[1]);
            tied[quest] = own;
        }
        several
    }

    /// What must have been so, of what is the same for all and stays so, before quests could be begun: it was asked for by
    /// quests that are not looked at and count as turned in. That a quest asks for a low level, and for another that asks for a
    /// high one, cannot be seen from its own conditions.
    pub(super) fn inherited(&self, quests: &[u32], given: &[u32]) -> BTreeMap<u32, Vec<Condition>> {
        let asks_back = |quest: &u32| {
            let own = conditions(self.program, *quest);
            own.iter().any(|condition| condition.ask == Ask::World && !self.only_rises(condition))
        };
        let mut inherited = BTreeMap::new();
        let asks = |quest: &u32| self.needs_several(*quest) || (self.asks_of_all(*quest) && asks_back(quest));
        if given.is_empty() || !quests.iter().any(asks) {
            return inherited;
        }
        for quest in quests {
            let mut all: Vec<Condition> = Vec::new();
            let needed = self.needed_before(*quest).into_iter().filter(|needed| !quests.contains(needed));
            for needed in needed.filter(|needed| !self.program.any_is_enough(*needed)) {
                let own = self.program.prerequisites(needed).filter_map(|row| self.program.condition(row));
                all.extend(own.filter(|condition| {
                    let fact = FactId::of(condition.subject, condition.target);
                    condition.ask == Ask::World
                        && (self.kinds.is_constant(fact)
                            || (self.kinds.is_of_all(fact) && self.only_rises(condition)))
                }));
            }
            inherited.insert(*quest, all);
        }
        inherited
    }

    /// Whether a condition stays true once it is, of something that only rises.
    fn only_rises(&self, condition: &Condition) -> bool {
        let fact = FactId::of(condition.subject, condition.target);
        self.kinds.is_of_all(fact)
            && !self.kinds.is_constant(fact)
            && matches!(condition.operator, Operator::Has | Operator::GreaterThan | Operator::AtLeast)
    }

    /// The quests that must be turned in before a quest, with those that these need.
    pub(super) fn needed_before(&self, quest: u32) -> BTreeSet<u32> {
        let mut needed = BTreeSet::new();
        let mut open = vec![quest];
        while let Some(quest) = open.pop() {
            let after = match self.played.get(quest as usize) {
                Some(true) => Ties::of(self.program, &self.done, quest).after,
                _ => self.outline.get(quest as usize).map_or_else(Vec::new, |sketch| sketch.needs.clone()),
            };
            open.extend(after.into_iter().filter(|other| needed.insert(*other)));
        }
        needed
    }
}

/// The quests of others that must be turned in before some, each behind those that it needs.
fn before(ties: &[Ties], quests: &[usize]) -> Vec<u32> {
    let mut order: Vec<u32> = Vec::new();
    let mut seen: BTreeSet<u32> = quests.iter().map(|quest| *quest as u32).collect();
    let mut way: Vec<(u32, usize)> = quests.iter().map(|quest| (*quest as u32, 0)).collect();
    while let Some((quest, next)) = way.last_mut() {
        match ties[*quest as usize].after.get(*next) {
            Some(other) => {
                *next += 1;
                if seen.insert(*other) {
                    way.push((*other, 0));
                }
            }
            None => {
                order.push(*quest);
                way.pop();
            }
        }
    }
    order.retain(|quest| !quests.contains(&(*quest as usize)));
    order
}

/// Sets that are joined: each member names another, the first of each itself.
#[derive(Clone)]
struct Groups(Vec<usize>);

impl Groups {
    /// Quests with those on which they depend in another way than that these must be turned in before.
    fn tied(ties: &[Ties]) -> Self {
        let mut groups = Self((0..ties.len()).collect());
        let mut of_fact: BTreeMap<FactId, usize> = BTreeMap::new();
        for (quest, own) in ties.iter().enumerate() {
            own.with.iter().for_each(|other| groups.join(quest, *other as usize));
            for fact in &own.facts {
                let other = *of_fact.entry(*fact).or_insert(quest);
                groups.join(quest, other);
            }
        }
        groups
    }

    /// Joins quests with those that must be turned in before.
    fn join_needed(&mut self, ties: &[Ties]) {
        for (quest, own) in ties.iter().enumerate() {
            own.after.iter().for_each(|other| self.join(quest, *other as usize));
        }
    }

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

/// The first members of all groups, each behind those that must be turned in before; those that wait for each other, in circles,
/// are in one list (the strongly connected components of Tarjan).
fn in_order(ties: &[Ties], groups: &mut Groups) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let mut needs: Vec<Vec<usize>> = vec![Vec::new(); ties.len()];
    for (quest, own) in ties.iter().enumerate().filter(|(_, own)| !own.after.is_empty()) {
        let root = groups.root(quest);
        let others = own.after.iter().map(|other| groups.root(*other as usize));
        needs[root].extend(others.filter(|other| *other != root));
    }
    // When each was seen first, and the earliest that can be reached from it and is not in order yet.
    let (mut seen, mut earliest) = (vec![NEW; ties.len()], vec![NEW; ties.len()]);
    let (mut order, mut open, mut count) = (Vec::new(), Vec::new(), 0);
    for first in 0..ties.len() {
        if seen[first] != NEW || groups.root(first) != first {
            continue;
        }
        let mut way = vec![(first, 0)];
        while let Some((at, next)) = way.last_mut() {
            let at = *at;
            if seen[at] == NEW {
                (seen[at], earliest[at]) = (count, count);
                count += 1;
                open.push(at);
            }
            if let Some(other) = needs[at].get(*next).copied() {
                *next += 1;
                match seen[other] {
                    NEW => way.push((other, 0)),
                    // What is in order is no longer open.
                    _ if earliest[other] == NEW => {}
                    when => earliest[at] = earliest[at].min(when),
                }
                continue;
            }
            way.pop();
            if let Some((before, _)) = way.last() {
                earliest[*before] = earliest[*before].min(earliest[at]);
            }
            if earliest[at] == seen[at] {
                let circle = open.split_off(open.iter().rposition(|other| *other == at).unwrap_or(0));
                circle.iter().for_each(|other| earliest[*other] = NEW);
                order.push(circle);
            }
        }
    }
    order
}

fn in_components(ties: &[Ties], mut groups: Groups, alone: &BTreeMap<usize, Vec<u32>>) -> Vec<Component> {
    for circle in in_order(ties, &mut groups) {
        circle.iter().for_each(|other| groups.join(circle[0], *other));
    }
    let order: Vec<usize> = in_order(ties, &mut groups).into_iter().flatten().collect();
    let mut place: Vec<usize> = vec![0; ties.len()];
    order.iter().enumerate().for_each(|(at, root)| place[*root] = at);
    let mut components: Vec<Component> = vec![Component::default(); order.len()];
    for (quest, own) in ties.iter().enumerate() {
        let root = groups.root(quest);
        let component = &mut components[place[root]];
        component.quests.push(quest as u32);
        for other in &own.after {
            let list = if groups.root(*other as usize) == root {
                &mut component.inner
            } else {
                &mut component.after
            };
            list.push((quest as u32, *other));
        }
    }
    for (root, before) in alone {
        let component = &mut components[place[groups.root(*root)]];
        if component.quests.len() == 1 {
            component.before = before.clone();
        }
    }
    components
}
