//! What players can choose among objects that make each other impossible: the states of those that lock or can be locked, and the moves
//! between them.
//!
//! All other objects lose nothing by being begun and complete as soon as they can be, so that they have no states of their own. What is
//! complete stays complete, and a lock is for good: no way comes round.

use super::{AnalysisContext, Group, Member, Object};
use crate::schema::Means;
use bit_set::BitSet;
use std::collections::HashMap;

/// The state of an object that has states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Status {
    Waiting,
    Begun,
    Complete,
}

/// Objects that belong together, since they wait for each other or lock each other.
pub(super) struct Component {
    /// Positions of objects, those behind that wait for others.
    pub(super) objects: Vec<u32>,
    /// Of each of them, whether its completion makes others impossible.
    locks: Vec<bool>,
    /// Of each of them, the members of the component whose completion makes it impossible.
    locked_by: Vec<Vec<usize>>,
    /// The members that have states.
    pub(super) chosen: Vec<usize>,
    /// The member that an object is.
    members: HashMap<u32, usize>,
}

/// What has happened in a component.
struct Situation<'s> {
    component: &'s Component,
    /// Of each member, how far it is.
    status: Vec<Status>,
    /// Of each member, whether it is complete for good in the state that this is made from.
    done: Vec<bool>,
}

impl Component {
    /// `locks` are pairs of objects: the completion of the first keeps the second from being begun. In `avoids`, it only keeps one of several
    /// conditions from being met.
    pub(super) fn new(objects: Vec<u32>, locks: &[(u32, u32)], avoids: &[(u32, u32)]) -> Self {
        let members: HashMap<u32, usize> =
            objects.iter().enumerate().map(|(at, object)| (*object, at)).collect();
        let mut component = Self {
            locks: vec![false; objects.len()],
            locked_by: vec![Vec::new(); objects.len()],
            chosen: Vec::new(),
            members,
            objects,
        };
        for (from, to) in locks {
            if let (Some(from), Some(to)) = (component.members.get(from), component.members.get(to)) {
                component.locks[*from] = true;
                component.locked_by[*to].push(*from);
            }
        }
        let mut is_locked: Vec<bool> = component.locked_by.iter().map(|by| !by.is_empty()).collect();
        for (from, to) in avoids {
            if let (Some(from), Some(to)) = (component.members.get(from), component.members.get(to)) {
                component.locks[*from] = true;
                is_locked[*to] = true;
            }
        }
        let has_states = |at: &usize| component.locks[*at] || is_locked[*at];
        component.chosen = (0..component.objects.len()).filter(has_states).collect();
        component
    }

    /// The state in which nothing has been begun.
    pub(super) fn start(&self) -> Vec<Status> {
        vec![Status::Waiting; self.chosen.len()]
    }

    /// The moves that can be made in a state, and the members that have been begun in it.
    pub(super) fn moves(
        &self,
        cx: &AnalysisContext<'_, '_, '_>,
        state: &[Status],
    ) -> (Vec<(usize, Status)>, BitSet) {
        let situation = self.situation(cx, state);
        let mut moves = Vec::new();
        for (at, member) in self.chosen.iter().enumerate() {
            let next = match state[at] {
                Status::Complete => continue,
                Status::Begun => Status::Complete,
                Status::Waiting
                    if self.is_locked(*member, &situation.status) || !situation.can_begin(cx, *member) =>
                {
                    continue;
                }
                // What locks nothing may as well be complete once it has been begun.
                Status::Waiting if self.locks[*member] => Status::Begun,
                Status::Waiting => Status::Complete,
            };
            moves.push((at, next));
        }
        let begun = (0..self.objects.len()).filter(|member| situation.status[*member] != Status::Waiting);
        (moves, begun.collect())
    }

    /// The members that could still be begun if nothing locked anything from now on, with those that have been. What is missing is
    /// certainly lost.
    pub(super) fn at_best(&self, cx: &AnalysisContext<'_, '_, '_>, state: &[Status]) -> BitSet {
        let mut situation = self.situation(cx, state);
        let locked: Vec<bool> =
            (0..self.objects.len()).map(|member| self.is_locked(member, &situation.status)).collect();
        situation.complete_all(cx, |member| !locked[member]);
        (0..self.objects.len()).filter(|member| situation.status[*member] != Status::Waiting).collect()
    }

    /// The member with a lock that is complete, if a member cannot be begun for that.
    pub(super) fn lock_of(&self, member: usize, state: &[Status]) -> Option<u32> {
        let is_complete = |from: &&usize| {
            let at = self.chosen.iter().position(|chosen| chosen == *from);
            at.is_some_and(|at| state[at] == Status::Complete)
        };
        self.locked_by[member].iter().find(is_complete).map(|from| self.objects[*from])
    }

    fn is_locked(&self, member: usize, status: &[Status]) -> bool {
        status[member] == Status::Waiting
            && self.locked_by[member].iter().any(|from| status[*from] == Status::Complete)
    }

    fn situation(&self, cx: &AnalysisContext<'_, '_, '_>, state: &[Status]) -> Situation<'_> {
        let mut status = vec![Status::Waiting; self.objects.len()];
        let mut plain = vec![true; self.objects.len()];
        for (member, state) in self.chosen.iter().zip(state) {
            status[*member] = *state;
            plain[*member] = false;
        }
        let done = status.iter().map(|status| *status == Status::Complete).collect();
        let mut situation = Situation { component: self, status, done };
        situation.complete_all(cx, |member| plain[member]);
        situation
    }
}

impl Situation<'_> {
    /// Completes all members of some that can be begun, until nothing changes.
    fn complete_all(&mut self, cx: &AnalysisContext<'_, '_, '_>, of: impl Fn(usize) -> bool) {
        let mut open: Vec<usize> = (0..self.status.len())
            .filter(|member| of(*member) && self.status[*member] != Status::Complete)
            .collect();
        loop {
            let before = open.len();
            open.retain(|member| {
                let can = self.status[*member] == Status::Begun || self.can_begin(cx, *member);
                if can {
                    self.status[*member] = Status::Complete;
                }
                !can
            });
            if open.len() == before {
                return;
            }
        }
    }

    fn can_begin(&self, cx: &AnalysisContext<'_, '_, '_>, member: usize) -> bool {
        let object = &cx.objects[self.component.objects[member] as usize];
        match &object.group {
            Some(group) => self.is_met(cx, object, group),
            None => (0..object.conditions.len()).all(|at| self.holds(cx, object, at)),
        }
    }

    fn is_met(&self, cx: &AnalysisContext<'_, '_, '_>, object: &Object<'_>, group: &Group) -> bool {
        let met = group.members.iter().filter(|member| match member {
            Member::Condition(at) => self.holds(cx, object, *at),
            Member::Group(group) => self.is_met(cx, object, group),
            Member::Free => true,
        });
        met.count() as u64 >= group.needed
    }

    /// Whether a condition holds. What is asked of the world can hold, and locks are looked at on their own.
    fn holds(&self, cx: &AnalysisContext<'_, '_, '_>, object: &Object<'_>, condition: usize) -> bool {
        let condition = &object.conditions[condition];
        if let (true, Means::Complete, Some(object)) = (condition.negated, condition.means, condition.object)
        {
            let member = self.component.members.get(&object);
            return member.is_none_or(|member| !self.component.locks[*member] || !self.done[*member]);
        }
        let Some(node) = cx.waits(condition) else { return true };
        let least = if condition.means == Means::Active { Status::Begun } else { Status::Complete };
        self.reaches(cx, node, least)
    }

    /// Whether an object, or a whole, is at least so far.
    fn reaches(&self, cx: &AnalysisContext<'_, '_, '_>, node: u32, least: Status) -> bool {
        match cx.whole(node) {
            Some(whole) if whole.any => {
                whole.members.iter().any(|member| self.reaches(cx, *member, Status::Begun))
            }
            Some(_) => {
                let mut objects = Vec::new();
                cx.objects_in(node, &mut objects);
                objects.iter().all(|object| self.reaches(cx, *object, least))
            }
            None => self.component.members.get(&node).is_some_and(|member| self.status[*member] >= least),
        }
    }
}
