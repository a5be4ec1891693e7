//! Who waits for whom: the least fixpoint, and the cycles in what it leaves.

use super::{AnalysisContext, Group, Member, Object};
use crate::diagnostics::{Diagnostic, code, list};
use crate::text::Span;

/// Who waits for whom. The first nodes are objects, behind them are wholes, behind these groups of conditions.
struct Waiting {
    /// How many more nodes each node waits for.
    missing: Vec<u64>,
    /// By node, the nodes that wait for it.
    waiters: Vec<Vec<u32>>,
}

/// A step of a cycle: an object, its condition, and the whole through which it waits for the next, if it does.
struct Step {
    object: u32,
    span: Span,
    whole: Option<u32>,
}

/// A way along what objects wait for.
struct Way {
    path: Vec<Step>,
    /// The cycle into which it leads.
    cycle: Vec<Step>,
    /// The object at its end, which has been followed before.
    end: Option<u32>,
}

/// Reports objects that wait for each other. Gives the positions of all others in an order in which they can be begun.
pub(super) fn report(cx: &AnalysisContext<'_, '_, '_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<u32> {
    let mut waiting = Waiting::of(cx);
    let order = waiting.order(cx.objects.len());
    if order.len() < cx.objects.len() {
        waiting.cycles(cx, diagnostics);
    }
    order
}

impl Waiting {
    fn of(cx: &AnalysisContext<'_, '_, '_>) -> Self {
        let nodes = cx.objects.len() + cx.wholes.len();
        let mut waiting = Self { missing: vec![0; nodes], waiters: vec![Vec::new(); nodes] };
        for (at, object) in (0..).zip(&cx.objects) {
            match &object.group {
                Some(group) => waiting.add_group(cx, at, object, group),
                None => {
                    for needed in object.conditions.iter().filter_map(|condition| cx.waits(condition)) {
                        waiting.waiters[needed as usize].push(at);
                        waiting.missing[at as usize] += 1;
                    }
                }
            }
        }
        for (at, whole) in (cx.objects.len()..).zip(&cx.wholes) {
            waiting.missing[at] = if whole.any { 1 } else { whole.members.len() as u64 };
            for member in &whole.members {
                waiting.waiters[*member as usize].push(at as u32);
            }
        }
        waiting
    }

    /// Adds what a node waits for: so many of the members of a group. What needs more than there are has been reported.
    fn add_group(&mut self, cx: &AnalysisContext<'_, '_, '_>, node: u32, object: &Object<'_>, group: &Group) {
        let mut free = 0;
        for member in &group.members {
            let needed = match member {
                Member::Condition(at) => cx.waits(&object.conditions[*at]),
                Member::Free => None,
                Member::Group(inner) => {
                    let at = self.missing.len() as u32;
                    self.missing.push(0);
                    self.waiters.push(Vec::new());
                    self.add_group(cx, at, object, inner);
                    (self.missing[at as usize] > 0).then_some(at)
                }
            };
            match needed {
                Some(needed) => self.waiters[needed as usize].push(node),
                None => free += 1,
            }
        }
        let needed = group.needed.min(group.members.len() as u64);
        self.missing[node as usize] = needed.saturating_sub(free);
    }

    /// The objects that can be begun, each behind those that it waits for.
    fn order(&mut self, objects: usize) -> Vec<u32> {
        let mut open: Vec<u32> =
            (0..).zip(&self.missing).filter(|(_, missing)| **missing == 0).map(|(at, _)| at).collect();
        let mut next = 0;
        while let Some(done) = open.get(next).copied() {
            next += 1;
            for waiter in std::mem::take(&mut self.waiters[done as usize]) {
                let missing = &mut self.missing[waiter as usize];
                if *missing > 0 {
                    *missing -= 1;
                    if *missing == 0 {
                        open.push(waiter);
                    }
                }
            }
        }
        open.retain(|node| (*node as usize) < objects);
        open
    }

    fn is_closed(&self, node: u32) -> bool {
        self.missing[node as usize] > 0
    }

    /// Reports the cycles among objects that still wait for something.
    fn cycles(&self, cx: &AnalysisContext<'_, '_, '_>, diagnostics: &mut Vec<Diagnostic>) {
        let objects = cx.objects.len() as u32;
        // Of every object on a way that has been followed, whether it leads to a cycle of several.
        let mut followed: Vec<Option<bool>> = vec![None; cx.objects.len()];
        let first = diagnostics.len();
        let mut behind = 0;
        for start in (0..objects).filter(|at| self.is_closed(*at)) {
            let Way { path, cycle, end } = self.way_from(cx, start, &followed);
            // One that requires itself has been reported.
            let leads = cycle.len() >= 2 || end.is_some_and(|end| followed[end as usize] == Some(true));
            for step in path.iter().chain(&cycle) {
                followed[step.object as usize] = Some(leads);
            }
            if leads {
                behind += path.len();
            }
            if cycle.len() >= 2 {
                diagnostics.push(wait_for_each_other(cx, &cycle));
            }
        }
        if let Some(diagnostic) = diagnostics.get_mut(first).filter(|_| behind > 0) {
            let (verb, them) = if behind == 1 { ("waits", "it") } else { ("wait", "they") };
            diagnostic
                .notes
                .push(format!("{behind} more {verb} for one of these, so {them} cannot be begun either"));
        }
    }

    /// Follows what objects wait for, until that has been followed before or comes round.
    fn way_from(&self, cx: &AnalysisContext<'_, '_, '_>, start: u32, followed: &[Option<bool>]) -> Way {
        // From one that is closed, one that it waits for is closed too: following them comes round.
        let mut path: Vec<Step> = Vec::new();
        let mut position = std::collections::HashMap::new();
        let mut at = start;
        loop {
            if let Some(from) = position.get(&at) {
                let cycle = path.split_off(*from);
                return Way { path, cycle, end: None };
            }
            if followed[at as usize].is_some() {
                return Way { path, cycle: Vec::new(), end: Some(at) };
            }
            let next = cx.objects[at as usize].conditions.iter().find_map(|condition| {
                let node = cx.waits(condition).filter(|node| self.is_closed(*node))?;
                let whole = cx.whole(node).map(|_| node);
                Some((self.closed_object(cx, node)?, cx.place(condition), whole))
            });
            let Some((needed, span, whole)) = next else {
                return Way { path, cycle: Vec::new(), end: None };
            };
            position.insert(at, path.len());
            path.push(Step { object: at, span, whole });
            at = needed;
        }
    }

    /// An object that is closed, in a node that is.
    fn closed_object(&self, cx: &AnalysisContext<'_, '_, '_>, node: u32) -> Option<u32> {
        let mut seen = std::collections::HashSet::from([node]);
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let Some(whole) = cx.whole(node) else { return Some(node) };
            let closed = whole.members.iter().rev().filter(|member| self.is_closed(**member));
            open.extend(closed.copied().filter(|member| seen.insert(*member)));
        }
        None
    }
}

fn wait_for_each_other(cx: &AnalysisContext<'_, '_, '_>, cycle: &[Step]) -> Diagnostic {
    let object = |step: &Step| &cx.objects[step.object as usize];
    let name = |step: &Step| cx.name(object(step));
    let names = list(&cycle.iter().map(name).collect::<Vec<_>>(), "and");
    let of_them = if cycle.len() == 2 { "neither" } else { "none" };
    let declared = object(&cycle[0]).declared;
    let same = cycle.iter().all(|step| object(step).declared == declared);
    let what = if same { format!("the {} ", cx.plural(object(&cycle[0]))) } else { String::new() };
    let title = format!("{what}{names} wait for each other: {of_them} of them can ever be begun");
    let mut diagnostic = Diagnostic::new(&code::DEADLOCK, title);
    for (number, step) in cycle.iter().enumerate() {
        let next = name(&cycle[(number + 1) % cycle.len()]);
        let whole = step.whole.and_then(|whole| cx.whole(whole));
        diagnostic = diagnostic.label(
            step.span,
            match whole {
                Some(whole) => {
                    format!("`{}` waits for {}, and that for `{next}`", name(step), cx.whole_name(whole))
                }
                None => format!("`{}` waits for `{next}`", name(step)),
            },
        );
    }
    diagnostic.label(cx.span(object(&cycle[0])), "one of them").help("take one of these conditions out")
}
