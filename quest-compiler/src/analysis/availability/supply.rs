//! Conditions that ask for more of something than all objects together give, where nothing else gives any.

use super::{AnalysisContext, Condition, Sink};
use crate::check::id_text;
use crate::check::walk::{follow, is_true, named, objects, value};
use crate::diagnostics::{Diagnostic, code};
use crate::schema::{Gives, KindId, Means, Path};
use crate::source::Node;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::HashMap;

/// What is given or asked for: an id, or a text that is none.
#[derive(PartialEq, Eq, Hash)]
enum Thing<'a> {
    Id(KindId, u32),
    Text(Cow<'a, str>),
}

/// How much of something is given.
#[derive(Default)]
struct Supply {
    total: f64,
    times: u64,
    /// Something that can be done again gives it, so there is no end of it.
    endless: bool,
    first: Option<Span>,
}

pub(super) fn report(cx: &AnalysisContext<'_, '_, '_>, sink: &mut Sink<'_>) {
    for (declared, requires) in cx.model.requires.iter().enumerate() {
        if let Some(gives) = requires.gives.as_ref().filter(|gives| !gives.only.is_empty()) {
            report_of(cx, declared, gives, sink);
        }
    }
}

/// Reports what the objects of one declaration ask for.
fn report_of(cx: &AnalysisContext<'_, '_, '_>, declared: usize, gives: &Gives, sink: &mut Sink<'_>) {
    let mut supplies = supplies(cx, declared, gives);
    for object in cx.objects.iter().filter(|object| object.declared == declared) {
        let only = |sort: usize| gives.only.iter().any(|only| *only == cx.sort_name(sort));
        // Where one of several conditions is enough, another may be met.
        for condition in object.certain().filter(|condition| only(condition.sort)) {
            let target = &cx.requires(object).target;
            let (Some(needed), Some(target)) = (needed(condition), target) else { continue };
            let Some(thing) = condition.row.and_then(|row| thing(cx, row, target)) else { continue };
            let supply = supplies.entry((condition.sort, thing)).or_default();
            if supply.endless || supply.total >= needed {
                continue;
            }
            let (name, about) = (cx.name(object), &condition.about);
            let why = if supply.first.is_some() {
                format!("it needs {needed} of `{about}`, and the content gives {}", supply.total)
            } else {
                format!("it needs `{about}`, and nothing in the content gives it")
            };
            let mut diagnostic =
                Diagnostic::new(&code::TOO_LITTLE, format!("`{name}` can never be begun: {why}"))
                    .label(cx.place(condition), format!("asks for {needed}"));
            diagnostic = match supply.first {
                Some(first) if supply.times == 1 => diagnostic.label(first, "given here, and nowhere else"),
                Some(first) => diagnostic.label(first, "given here").note(format!(
                    "{} give it, each once",
                    cx.model.kind(cx.requires(object).kind).counted(supply.times)
                )),
                None => diagnostic,
            };
            sink.push_never(
                object,
                diagnostic.help(format!("give more of `{}`, or ask for less", condition.about)),
            );
        }
    }
}

/// How much a condition asks for at least; `None` if it can be met with nothing.
fn needed(condition: &Condition<'_>) -> Option<f64> {
    if condition.negated || !matches!(condition.means, Means::Set | Means::Number) {
        return None;
    }
    let least = match (condition.range, condition.means) {
        (Some((least, _)), _) => least,
        (None, Means::Number) => return None,
        // `has` is one, or as many as are written.
        (None, _) => condition.node.and_then(Node::number).unwrap_or(1.0),
    };
    (least.is_finite() && least > 0.0).then_some(least)
}

/// What a reference names.
fn thing<'a>(cx: &AnalysisContext<'_, '_, 'a>, row: crate::check::Row, path: &Path) -> Option<Thing<'a>> {
    let (row, field) = follow(cx.model, cx.resolved, row, path).next()?;
    if let Some(named) = named(cx.model, cx.resolved, row, field).next() {
        return Some(Thing::Id(named.kind, named.id));
    }
    cx.resolved.content.node(row, field).and_then(id_text).map(Thing::Text)
}

/// All that objects give, by the sort of condition that it meets.
fn supplies<'a>(
    cx: &AnalysisContext<'_, '_, 'a>,
    declared: usize,
    gives: &Gives,
) -> HashMap<(usize, Thing<'a>), Supply> {
    let (model, resolved) = (cx.model, cx.resolved);
    let mut supplies: HashMap<_, Supply> = HashMap::new();
    for object in cx.objects.iter().filter(|object| object.declared == declared) {
        let again = is_true(model, resolved, object.row, cx.requires(object).again.as_ref());
        for row in objects(model, resolved, object.row, &gives.at) {
            let sort = value(model, resolved, row, Some(&gives.by)).and_then(Node::text).unwrap_or_default();
            let Some((_, meets)) = gives.meets.iter().find(|(known, _)| *known == sort) else { continue };
            let Some(sort) = cx.sort_of(object, meets) else { continue };
            let Some(thing) = thing(cx, row, &gives.target) else { continue };
            let amount = value(model, resolved, row, gives.amount.as_ref()).and_then(Node::number);
            let supply = supplies.entry((sort, thing)).or_default();
            supply.total += amount.unwrap_or(1.0).max(0.0);
            supply.times += 1;
            supply.endless |= again;
            supply.first.get_or_insert_with(|| resolved.content.opening(row));
        }
    }
    supplies
}
