//! Objects that a choice makes impossible for good: another locks them, is something that they ask not to be done, or gives what they ask
//! not to be there; or all that they could be begun after is lost itself.
//!
//! For quests that a journal plays, the proof says it. This looks at all others, as far as `x-requires` alone says what happens: what is
//! given stays, and what has begun can be completed.

use super::choices::{Component, Status};
use super::{AnalysisContext, given, locks};
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::project::ProofLimits;
use crate::schema::Means;
use crate::text::Span;
use bit_set::BitSet;
use std::collections::{BTreeMap, HashMap, HashSet};

/// So much is looked at in one component: states times objects. Behind that nothing is proven.
const MOST_WORK: usize = 50_000_000;

/// What is known of the objects of one kind that no journal plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// How many there are, in words: `4 quests`.
    pub all: String,
    /// From every state they can still be begun.
    pub always: usize,
    /// A choice makes them impossible.
    pub can_be_lost: usize,
    pub never: usize,
    /// There are more states than may be looked at.
    pub not_proven: usize,
}

/// What is known of one object.
enum Verdict {
    Always,
    Never,
    NotProven,
    /// The state in which it is lost, by its number.
    Lost(usize),
}

/// A state, and the move that led to it.
struct Visited {
    state: Vec<Status>,
    /// The state before, and the member that changed.
    from: Option<(usize, usize)>,
    begun: BitSet,
    next: Vec<usize>,
}

/// Why an object cannot be begun: the object that locks it, and where that is said.
type Locks = HashMap<(u32, u32), Span>;

/// `order` are the objects that can be begun as far as waiting goes; `played` is the declaration of what a journal plays.
pub(super) fn report(
    cx: &AnalysisContext<'_, '_, '_>,
    order: &[u32],
    played: Option<usize>,
    limits: &ProofLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Available> {
    let locks = all_locks(cx, played);
    let mut verdicts: Vec<Verdict> = cx.objects.iter().map(|_| Verdict::Never).collect();
    for at in order {
        verdicts[*at as usize] = Verdict::Always;
    }
    let avoids = avoided(cx, played);
    if !locks.is_empty() || !avoids.is_empty() {
        let pairs: Vec<(u32, u32)> = locks.keys().copied().collect();
        let all: Vec<(u32, u32)> = pairs.iter().chain(&avoids).copied().collect();
        let mut rank = vec![u32::MAX; cx.objects.len()];
        for (at, object) in (0..).zip(order) {
            rank[*object as usize] = at;
        }
        for mut objects in components(cx, &all) {
            // Behind what they wait for, so that looking at them once in this order finds nearly all that can be begun.
            objects.sort_by_key(|object| rank[*object as usize]);
            let component = Component::new(objects, &pairs, &avoids);
            Search::run(cx, &component, limits).report(&locks, limits, &mut verdicts, diagnostics);
        }
    }
    if cx.model.journal.is_none() {
        unknown_names(cx, limits, diagnostics);
    }
    let involved = locks.keys().chain(&avoids).flat_map(|(from, to)| [*from, *to]).collect();
    summary(cx, played, &involved, &verdicts)
}

/// Reports names of objects that must stay finishable, and that there are not.
fn unknown_names(cx: &AnalysisContext<'_, '_, '_>, limits: &ProofLimits, diagnostics: &mut Vec<Diagnostic>) {
    let names = || cx.objects.iter().map(|object| cx.name(object));
    for always in limits.always.iter().filter(|always| names().all(|name| name != always.text)) {
        let title = format!("nothing that `x-requires` describes is called `{}`", always.text);
        diagnostics.push(
            Diagnostic::new(&code::MANIFEST, title)
                .label(always.span, "not known")
                .maybe_help(did_you_mean(&always.text, names())),
        );
    }
}

/// Everything that keeps something from being begun, and where it is said.
fn all_locks(cx: &AnalysisContext<'_, '_, '_>, played: Option<usize>) -> Locks {
    let mut found = Locks::new();
    for lock in locks::all(cx, &mut Vec::new()) {
        found.entry((lock.from, lock.to)).or_insert(lock.span);
    }
    for (from, to, span) in given::unwanted(cx) {
        found.entry((from, to)).or_insert(span);
    }
    found.retain(|(from, to), _| {
        from != to && [from, to].iter().all(|at| Some(cx.objects[**at as usize].declared) != played)
    });
    found
}

/// Objects whose completion keeps one of several conditions of another from being met.
fn avoided(cx: &AnalysisContext<'_, '_, '_>, played: Option<usize>) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for (at, object) in (0..).zip(&cx.objects).filter(|(_, object)| Some(object.declared) != played) {
        let uncertain = object.conditions.iter().filter(|condition| !condition.certain && condition.negated);
        for condition in uncertain.filter(|condition| condition.means == Means::Complete) {
            let from = condition.object.filter(|from| *from != at && !locks::is_repeatable(cx, *from));
            found.extend(from.map(|from| (from, at)));
        }
    }
    found
}

/// The objects that belong together, of all that have to do with a lock.
fn components(cx: &AnalysisContext<'_, '_, '_>, locks: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut parent: Vec<u32> = (0..cx.objects.len() as u32).collect();
    fn root(parent: &mut [u32], mut at: u32) -> u32 {
        while parent[at as usize] != at {
            parent[at as usize] = parent[parent[at as usize] as usize];
            at = parent[at as usize];
        }
        at
    }
    let mut join = |one: u32, other: u32| {
        let (one, other) = (root(&mut parent, one), root(&mut parent, other));
        parent[one.max(other) as usize] = one.min(other);
    };
    for (at, object) in (0..).zip(&cx.objects) {
        for node in object.conditions.iter().filter_map(|condition| cx.waits(condition)) {
            cx.each_object_in(node, &mut |other| join(at, other));
        }
    }
    for (from, to) in locks {
        join(*from, *to);
    }
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (from, _) in locks {
        members.entry(root(&mut parent, *from)).or_default();
    }
    for at in 0..cx.objects.len() as u32 {
        let root = root(&mut parent, at);
        if let Some(component) = members.get_mut(&root) {
            component.push(at);
        }
    }
    members.into_values().collect()
}

/// The states of a component that can be reached.
struct Search<'c, 'm, 'r, 'a> {
    cx: &'c AnalysisContext<'m, 'r, 'a>,
    component: &'c Component,
    /// In the order of the number of moves.
    visited: Vec<Visited>,
    complete: bool,
}

impl<'c, 'm, 'r, 'a> Search<'c, 'm, 'r, 'a> {
    fn run(cx: &'c AnalysisContext<'m, 'r, 'a>, component: &'c Component, limits: &ProofLimits) -> Self {
        let most = limits.states.min(MOST_WORK / component.objects.len().max(1)).max(1);
        let first = Visited { state: component.start(), from: None, begun: BitSet::new(), next: Vec::new() };
        let mut known: HashMap<Vec<Status>, usize> = HashMap::from([(first.state.clone(), 0)]);
        let mut search = Self { cx, component, visited: vec![first], complete: true };
        let mut at = 0;
        while at < search.visited.len() {
            let (moves, begun) = component.moves(cx, &search.visited[at].state);
            search.visited[at].begun = begun;
            for (chosen, status) in moves {
                let mut state = search.visited[at].state.clone();
                state[chosen] = status;
                let next = match known.get(&state) {
                    Some(next) => *next,
                    None if search.visited.len() >= most => {
                        search.complete = false;
                        continue;
                    }
                    None => {
                        let next = search.visited.len();
                        known.insert(state.clone(), next);
                        let from = Some((at, chosen));
                        search.visited.push(Visited { state, from, begun: BitSet::new(), next: Vec::new() });
                        next
                    }
                };
                search.visited[at].next.push(next);
            }
            at += 1;
        }
        search
    }

    /// Of each state, the members that can be begun in it or later.
    fn futures(&self) -> Vec<BitSet> {
        if !self.complete {
            return self
                .visited
                .iter()
                .map(|visited| self.component.at_best(self.cx, &visited.state))
                .collect();
        }
        let mut futures: Vec<BitSet> = self.visited.iter().map(|visited| visited.begun.clone()).collect();
        // Every move leads to a state with more moves behind it, which is later in the list.
        for at in (0..futures.len()).rev() {
            let mut future = std::mem::take(&mut futures[at]);
            for next in &self.visited[at].next {
                future.union_with(&futures[*next]);
            }
            futures[at] = future;
        }
        futures
    }

    fn verdict(&self, futures: &[BitSet], member: usize) -> Verdict {
        match futures.iter().position(|future| !future.contains(member)) {
            Some(0) => Verdict::Never,
            Some(state) => Verdict::Lost(state),
            None if self.complete => Verdict::Always,
            None => Verdict::NotProven,
        }
    }

    fn report(
        &self,
        locks: &Locks,
        limits: &ProofLimits,
        verdicts: &mut [Verdict],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let futures = self.futures();
        // Objects that are lost in the same state, under the first of them.
        let mut lost: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut unknown = Vec::new();
        let mut members: Vec<usize> = (0..self.component.objects.len()).collect();
        members.sort_by_key(|member| self.component.objects[*member]);
        for member in members {
            let object = self.component.objects[member];
            let verdict = self.verdict(&futures, member);
            match verdict {
                Verdict::Lost(state) => lost.entry(state).or_default().push(member),
                Verdict::NotProven => unknown.push(member),
                Verdict::Always | Verdict::Never => {}
            }
            verdicts[object as usize] = verdict;
        }
        for (state, members) in &lost {
            diagnostics.extend(self.must_stay(*state, members, limits));
            diagnostics.extend(self.can_be_lost(*state, members, locks, limits));
        }
        diagnostics.extend(self.not_proven(&unknown));
    }

    fn name(&self, member: usize) -> &'r str {
        self.cx.name(&self.cx.objects[self.component.objects[member] as usize])
    }

    fn span(&self, member: usize) -> Span {
        self.cx.span(&self.cx.objects[self.component.objects[member] as usize])
    }

    /// Where the manifest says that a member must never be lost.
    fn said_to_stay(&self, member: usize, limits: &ProofLimits) -> Option<Span> {
        limits.always.iter().find(|always| always.text == self.name(member)).map(|always| always.span)
    }

    fn must_stay(&self, state: usize, members: &[usize], limits: &ProofLimits) -> Vec<Diagnostic> {
        let diagnostic = |member: &usize| {
            let says = self.said_to_stay(*member, limits)?;
            let title = format!("`{}` can be lost, and must always stay finishable", self.name(*member));
            let diagnostic = Diagnostic::new(&code::MUST_STAY, title);
            let diagnostic = diagnostic.label(self.span(*member), "it cannot be begun any more");
            Some(diagnostic.label(says, "says so").note(self.way(state)))
        };
        members.iter().filter_map(diagnostic).collect()
    }

    fn can_be_lost(
        &self,
        state: usize,
        members: &[usize],
        locks: &Locks,
        limits: &ProofLimits,
    ) -> Option<Diagnostic> {
        let members: Vec<usize> =
            members.iter().copied().filter(|member| self.said_to_stay(*member, limits).is_none()).collect();
        // What is locked itself says more than what only waits for it.
        let lock = |member: &usize| self.component.lock_of(*member, &self.visited[state].state);
        let first =
            members.iter().copied().find(|member| lock(member).is_some()).or(members.first().copied())?;
        let mut diagnostic =
            Diagnostic::new(&code::CAN_BE_LOST, format!("`{}` can be lost for good", self.name(first)))
                .label(self.span(first), "it cannot be begun any more");
        if let Some(from) = lock(&first)
            && let Some(span) = locks.get(&(from, self.component.objects[first]))
        {
            let from = self.cx.name(&self.cx.objects[from as usize]);
            diagnostic = diagnostic.label(*span, format!("not once `{from}` is complete"));
        }
        diagnostic = diagnostic.note(self.way(state));
        let others: Vec<&str> =
            members.iter().filter(|member| **member != first).map(|member| self.name(*member)).collect();
        if !others.is_empty() {
            let verb = if others.len() == 1 { "is" } else { "are" };
            diagnostic = diagnostic.note(format!("{} {verb} lost by the same", list(&others, "and")));
        }
        Some(diagnostic.help("leave another way to it, or except it in the manifest if that is meant"))
    }

    /// What is completed on the way to a state.
    fn way(&self, state: usize) -> String {
        let mut names = Vec::new();
        let mut at = state;
        while let Some((from, chosen)) = self.visited[at].from {
            if self.visited[at].state[chosen] == Status::Complete {
                names.push(format!("`{}`", self.name(self.component.chosen[chosen])));
            }
            at = from;
        }
        names.reverse();
        let plain: Vec<&str> = names.iter().map(|name| name.trim_matches('`')).collect();
        format!("it is lost by completing {}", list(&plain, "and then"))
    }

    fn not_proven(&self, members: &[usize]) -> Option<Diagnostic> {
        let (first, others) = members.split_first()?;
        let more = match others.len() {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        let title = format!("whether `{}`{more} can always be begun is not proven", self.name(*first));
        let states = self.visited.len();
        Some(
            Diagnostic::new(&code::NOT_PROVEN, title)
                .label(
                    self.span(*first),
                    format!("more than {states} states of what locks each other can be reached"),
                )
                .help("allow more with `states` of `[proof]` in the manifest"),
        )
    }
}

/// What is known of the objects of each kind that anything can be said of.
fn summary(
    cx: &AnalysisContext<'_, '_, '_>,
    played: Option<usize>,
    involved: &HashSet<u32>,
    verdicts: &[Verdict],
) -> Vec<Available> {
    let mut kinds = Vec::new();
    for (declared, requires) in cx.model.requires.iter().enumerate() {
        let own = || cx.objects.iter().zip(verdicts).filter(|(object, _)| object.declared == declared);
        let is_involved = involved.iter().any(|at| cx.objects[*at as usize].declared == declared);
        if Some(declared) == played || !is_involved {
            continue;
        }
        let count = |of: &dyn Fn(&Verdict) -> bool| own().filter(|(_, verdict)| of(verdict)).count();
        kinds.push(Available {
            all: cx.model.kind(requires.kind).counted(own().count() as u64),
            always: count(&|verdict| matches!(verdict, Verdict::Always)),
            can_be_lost: count(&|verdict| matches!(verdict, Verdict::Lost(_))),
            never: count(&|verdict| matches!(verdict, Verdict::Never)),
            not_proven: count(&|verdict| matches!(verdict, Verdict::NotProven)),
        });
    }
    kinds
}
