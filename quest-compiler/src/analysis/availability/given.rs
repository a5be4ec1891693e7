//! What objects give when they are complete, and conditions that it is not there.

use super::{AnalysisContext, Condition, Object, Sink};
use crate::check::id_text;
use crate::check::walk::{follow, is_true, objects, value};
use crate::diagnostics::{Diagnostic, code};
use crate::schema::Means;
use crate::source::Node;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What is given: the sort of condition that it meets, and the text of the target.
type Given<'a> = (usize, Cow<'a, str>);

pub(super) fn report(cx: &AnalysisContext<'_, '_, '_>, sink: &mut Sink<'_>) {
    // Only what some condition wants not to be there matters.
    let unwanted = |condition: &&Condition<'_>| condition.negated && !condition.about.is_empty();
    let waiting: Vec<u32> = (0..cx.objects.len() as u32)
        .filter(|at| cx.objects[*at as usize].conditions.iter().any(|condition| unwanted(&condition)))
        .collect();
    if waiting.is_empty() {
        return;
    }
    // Each object is asked for what it gives once.
    let mut known: HashMap<u32, HashMap<Given<'_>, Span>> = HashMap::new();
    for at in waiting {
        let object = &cx.objects[at as usize];
        let again = is_true(cx.model, cx.resolved, object.row, cx.requires(object).again.as_ref());
        for condition in object.certain().filter(unwanted) {
            let wanted = (condition.sort, condition.about.clone());
            let mut given = |at: u32| {
                let of = known.entry(at).or_insert_with(|| gives(cx, &cx.objects[at as usize]));
                of.get(&wanted).copied()
            };
            if let Some(place) = given(at).filter(|_| again) {
                sink.push(
                    Diagnostic::new(
                        &code::NOT_AGAIN,
                        format!(
                            "`{}` can be repeated, but gives what keeps it from being begun again",
                            cx.name(object)
                        ),
                    )
                    .label(cx.place(condition), format!("asks for {}", cx.asks(condition)))
                    .label(place, "given when it is complete")
                    .help("remove the condition, or what is given"),
                );
                continue;
            }
            let before = before(cx, at).into_iter().find_map(|needed| Some((needed, given(needed)?)));
            let Some((needed, place)) = before else { continue };
            let needed = cx.name(&cx.objects[needed as usize]);
            sink.push_never(
                object,
                Diagnostic::new(
                    &code::GIVEN_BEFORE,
                    format!(
                        "`{}` asks for something not to be there that `{needed}` gives before",
                        cx.name(object)
                    ),
                )
                .label(cx.place(condition), format!("asks for {}", cx.asks(condition)))
                .label(place, format!("given when `{needed}` is complete"))
                .note(format!("`{needed}` must be complete before `{}` can be begun", cx.name(object)))
                .help("remove the condition, or what is given"),
            );
        }
    }
}

/// Objects whose completion gives what another asks not to be there: the first, the second, and its condition.
pub(super) fn unwanted(cx: &AnalysisContext<'_, '_, '_>) -> Vec<(u32, u32, Span)> {
    let is_unwanted = |condition: &&Condition<'_>| {
        condition.negated && condition.means == Means::Set && !condition.about.is_empty()
    };
    let asking: Vec<u32> = (0..cx.objects.len() as u32)
        .filter(|at| cx.objects[*at as usize].certain().any(|condition| is_unwanted(&condition)))
        .collect();
    if asking.is_empty() {
        return Vec::new();
    }
    let mut givers: HashMap<Given<'_>, Vec<u32>> = HashMap::new();
    for (at, object) in (0..).zip(&cx.objects) {
        for given in gives(cx, object).into_keys() {
            givers.entry(given).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for at in asking {
        for condition in cx.objects[at as usize].certain().filter(is_unwanted) {
            let of = givers.get(&(condition.sort, condition.about.clone()));
            found.extend(of.into_iter().flatten().map(|from| (*from, at, cx.place(condition))));
        }
    }
    found
}

/// What an object gives in any case.
fn gives<'a>(cx: &AnalysisContext<'_, '_, 'a>, object: &Object<'a>) -> HashMap<Given<'a>, Span> {
    let (model, resolved) = (cx.model, cx.resolved);
    let mut found = HashMap::new();
    let Some(gives) = &cx.requires(object).gives else { return found };
    for row in objects(model, resolved, object.row, &gives.at) {
        if is_true(model, resolved, row, gives.optional.as_ref()) {
            continue;
        }
        let sort = value(model, resolved, row, Some(&gives.by)).and_then(Node::text).unwrap_or_default();
        let Some((_, meets)) = gives.meets.iter().find(|(known, _)| *known == sort) else { continue };
        let Some(sort) = cx.sort_of(object, meets) else { continue };
        for (row, field) in follow(model, resolved, row, &gives.target) {
            let Some(node) = resolved.content.node(row, field) else { continue };
            if let Some(text) = id_text(node) {
                found.entry((sort, text)).or_insert_with(|| node.span());
            }
        }
    }
    found
}

/// The objects that must be complete before one, nearest first.
fn before(cx: &AnalysisContext<'_, '_, '_>, at: u32) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    let mut seen = HashSet::from([at]);
    let mut next = 0;
    let mut open = Some(at);
    while let Some(at) = open {
        let before = cx.complete_before(&cx.objects[at as usize]);
        found.extend(before.into_iter().filter(|needed| seen.insert(*needed)));
        open = found.get(next).copied();
        next += 1;
    }
    found
}
