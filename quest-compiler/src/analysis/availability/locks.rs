//! What objects keep from being begun: by locking it when they are complete, or since it asks for them not to be complete.
//!
//! A lock keeps something from being begun. What is under way by then goes on, so two objects that lock each other can both be complete,
//! if both are begun before.

use super::{AnalysisContext, Condition, Object, Sink};
use crate::check::walk::{follow, is_true, named, objects, value};
use crate::diagnostics::{Diagnostic, code, list};
use crate::schema::{Locks, Means};
use crate::source::Node;
use crate::text::Span;
use std::collections::{HashMap, HashSet};

/// So many steps are made from objects to those before and behind them, in one run. Behind them nothing is said.
const MOST_STEPS: usize = 4_000_000;

/// That one object is complete keeps another from being begun.
pub(super) struct Lock {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) span: Span,
    /// The other one asks for it not to be complete.
    cx: bool,
}

/// `order` are the objects that can be begun as far as waiting goes.
pub(super) fn report(cx: &AnalysisContext<'_, '_, '_>, order: &[u32], sink: &mut Sink<'_>) {
    let locks = all(cx, sink.diagnostics);
    if locks.is_empty() {
        return;
    }
    let free: HashSet<u32> = order.iter().copied().collect();
    let mut steps = MOST_STEPS;
    let mut locked = HashSet::new();
    let mut before: HashMap<u32, HashMap<u32, u32>> = HashMap::new();
    for lock in locks.iter().filter(|lock| free.contains(&lock.to)) {
        let earlier = before.entry(lock.to).or_insert_with(|| needed(cx, lock.to, &mut steps));
        // That one is asked for and must not be there is a contradiction of its own.
        let direct = lock.cx && earlier.get(&lock.from) == Some(&lock.to);
        if !earlier.contains_key(&lock.from) || direct || !locked.insert(lock.to) {
            continue;
        }
        sink.push_never(&cx.objects[lock.to as usize], locked_before(cx, lock, earlier));
    }
    each_other(cx, &locks, &locked, steps, sink.diagnostics);
}

/// All locks in the content; reports objects that lock themselves and could be begun again.
pub(super) fn all(cx: &AnalysisContext<'_, '_, '_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Lock> {
    let mut locks = Vec::new();
    for (at, object) in (0..).zip(&cx.objects) {
        for condition in object.certain().filter(|condition| condition.negated) {
            let complete = condition.object.filter(|_| condition.means == Means::Complete);
            let Some(from) = complete.filter(|from| *from != at) else { continue };
            // What can be begun again may count as complete for a while only.
            if !is_repeatable(cx, from) {
                locks.push(Lock { from, to: at, span: cx.place(condition), cx: true });
            }
        }
        let Some(declared) = &cx.requires(object).locks else { continue };
        for (to, span) in of(cx, declared, object) {
            if to != at {
                locks.push(Lock { from: at, to, span, cx: false });
            } else if is_repeatable(cx, at) {
                diagnostics.push(
                    Diagnostic::new(
                        &code::NOT_AGAIN,
                        format!(
                            "`{}` can be repeated, but locks itself when it is complete",
                            cx.name(object)
                        ),
                    )
                    .label(span, "can never be begun again")
                    .help("remove this, or do not call it repeatable"),
                );
            }
        }
    }
    locks
}

/// Whether an object can be begun again.
pub(super) fn is_repeatable(cx: &AnalysisContext<'_, '_, '_>, at: u32) -> bool {
    let object = &cx.objects[at as usize];
    is_true(cx.model, cx.resolved, object.row, cx.requires(object).again.as_ref())
}

/// What an object locks when it is complete, and where it says so.
fn of(cx: &AnalysisContext<'_, '_, '_>, locks: &Locks, object: &Object<'_>) -> Vec<(u32, Span)> {
    let (model, resolved) = (cx.model, cx.resolved);
    let fields: Vec<_> = match &locks.by {
        None => follow(model, resolved, object.row, &locks.at).collect::<Vec<_>>(),
        Some((by, target)) => objects(model, resolved, object.row, &locks.at)
            .filter(|row| {
                let sort = value(model, resolved, *row, Some(by)).and_then(Node::text);
                sort.is_some_and(|sort| locks.sorts.iter().any(|known| *known == *sort))
            })
            .flat_map(|row| follow(model, resolved, row, target))
            .collect::<Vec<_>>(),
    };
    fields
        .into_iter()
        .flat_map(|(row, field)| named(model, resolved, row, field))
        .filter_map(|named| Some((cx.object_of(named.kind, named.id)?, named.node.span())))
        .collect::<Vec<_>>()
}

/// The objects that must be complete before one; for each, one that waits for it, nearer to the first.
fn needed(cx: &AnalysisContext<'_, '_, '_>, from: u32, steps: &mut usize) -> HashMap<u32, u32> {
    let mut found: HashMap<u32, u32> = HashMap::new();
    let mut open = std::collections::VecDeque::from([from]);
    while let Some(at) = open.pop_front() {
        for next in direct(cx, at) {
            if *steps == 0 {
                return HashMap::new();
            }
            *steps -= 1;
            if next != from && !found.contains_key(&next) {
                found.insert(next, at);
                open.push_back(next);
            }
        }
    }
    found
}

/// The objects that must be complete right before one.
fn direct(cx: &AnalysisContext<'_, '_, '_>, at: u32) -> Vec<u32> {
    cx.complete_before(&cx.objects[at as usize])
}

fn locked_before(cx: &AnalysisContext<'_, '_, '_>, lock: &Lock, earlier: &HashMap<u32, u32>) -> Diagnostic {
    let name = |at: u32| cx.name(&cx.objects[at as usize]);
    let (from, to) = (name(lock.from), name(lock.to));
    // From the one that locks to the one that is locked.
    let mut chain = vec![lock.from];
    while let Some(next) = chain.last().filter(|last| **last != lock.to).and_then(|last| earlier.get(last)) {
        chain.push(*next);
    }
    let first = chain.get(chain.len().saturating_sub(2)).copied();
    let object = &cx.objects[lock.to as usize];
    let condition = object.certain().find(|condition| waits_for(cx, condition, first));
    let noun = cx.noun(object);
    let diagnostic = if lock.cx {
        Diagnostic::new(
            &code::LOCKED_BEFORE,
            format!("the {noun} `{to}` can never be begun: `{from}` must not be complete, and must be"),
        )
        .label(lock.span, format!("asks for `{from}` not to be complete"))
    } else {
        Diagnostic::new(
            &code::LOCKED_BEFORE,
            format!(
                "the {noun} `{to}` can never be begun: `{from}`, which must be complete before, locks it"
            ),
        )
        .label(lock.span, format!("`{to}` is locked when `{from}` is complete"))
    };
    let diagnostic = match (condition, first) {
        (Some(condition), Some(first)) => {
            diagnostic.label(cx.place(condition), format!("`{to}` waits for `{}`", name(first)))
        }
        _ => diagnostic,
    };
    let diagnostic = match chain.len() {
        0..=2 => diagnostic,
        _ => diagnostic.note(format!(
            "first {}",
            list(&chain.iter().map(|at| name(*at)).collect::<Vec<_>>(), "and then")
        )),
    };
    diagnostic.help(if lock.cx {
        "take one of these conditions out"
    } else {
        "take out the lock or the condition"
    })
}

/// Whether a condition waits for an object, alone or with others.
fn waits_for(cx: &AnalysisContext<'_, '_, '_>, condition: &Condition<'_>, wanted: Option<u32>) -> bool {
    let mut found = Vec::new();
    if let Some(node) = cx.waits(condition) {
        cx.objects_in(node, &mut found);
    }
    wanted.is_some_and(|wanted| found.contains(&wanted))
}

/// Objects that lock each other, and one that needs both.
fn each_other(
    cx: &AnalysisContext<'_, '_, '_>,
    locks: &[Lock],
    locked: &HashSet<u32>,
    mut steps: usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let by_pair: HashMap<(u32, u32), &Lock> = locks.iter().map(|lock| ((lock.from, lock.to), lock)).collect();
    let mut pairs: Vec<(&Lock, &Lock)> = locks
        .iter()
        .filter(|lock| lock.from < lock.to)
        .filter_map(|lock| Some((lock, *by_pair.get(&(lock.to, lock.from))?)))
        .filter(|(one, other)| !locked.contains(&one.to) && !locked.contains(&other.to))
        .collect();
    pairs.dedup_by_key(|(one, _)| (one.from, one.to));
    if pairs.is_empty() {
        return;
    }
    let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); cx.objects.len()];
    for at in 0..cx.objects.len() as u32 {
        for needed in direct(cx, at) {
            waiting[needed as usize].push(at);
        }
    }
    let mut behind = |from: u32| {
        let mut found = HashSet::new();
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            steps = steps.checked_sub(waiting[at as usize].len() + 1)?;
            open.extend(waiting[at as usize].iter().copied().filter(|next| found.insert(*next)));
        }
        Some(found)
    };
    for (one, other) in pairs {
        let (Some(first), Some(second)) = (behind(one.from), behind(one.to)) else { return };
        let both: HashSet<u32> = first.intersection(&second).copied().collect();
        // What waits for one of these cannot be begun either.
        let Some(at) = both
            .iter()
            .copied()
            .filter(|at| !direct(cx, *at).iter().any(|needed| both.contains(needed)))
            .min()
        else {
            continue;
        };
        let name = |at: u32| cx.name(&cx.objects[at as usize]);
        let (a, b, both) = (name(one.from), name(one.to), name(at));
        let label = |lock: &Lock| {
            let (from, to) = (name(lock.from), name(lock.to));
            if lock.cx {
                format!("`{to}` asks for `{from}` not to be complete")
            } else {
                format!("`{from}` locks `{to}`")
            }
        };
        diagnostics.push(
            Diagnostic::new(
                &code::LOCK_EACH_OTHER,
                format!("`{both}` needs both `{a}` and `{b}`, which lock each other"),
            )
            .label(cx.span(&cx.objects[at as usize]), "needs both")
            .label(one.span, label(one))
            .label(other.span, label(other))
            .note("who completes one cannot begin the other: only who has begun both by then gets here")
            .help("let it need one of them, or take a lock out"),
        );
    }
}
