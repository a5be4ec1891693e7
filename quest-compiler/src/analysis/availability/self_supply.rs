//! Conditions that ask for what only the object itself sets, and so can never be met. References say with `sets` what they set.

use super::{AnalysisContext, Sink};
use crate::check::Row;
use crate::check::uses::{kinds_of, role, uses};
use crate::check::walk::named_at;
use crate::diagnostics::{Diagnostic, code, nouns};
use crate::schema::KindId;
use crate::text::Span;
use std::collections::HashMap;

/// What is set nowhere else: the object that sets it, and the first place where it does.
enum Set {
    Within(Row, Span),
    Elsewhere,
}

pub(super) fn report(cx: &AnalysisContext<'_, '_, '_>, sink: &mut Sink<'_>) {
    let (model, resolved) = (cx.model, cx.resolved);
    // What is asked for, each with the object and its condition.
    let mut wanted: HashMap<(KindId, u32), Option<Set>> = HashMap::new();
    let mut waiting = Vec::new();
    for object in &cx.objects {
        let Some(target) = &cx.requires(object).target else { continue };
        for condition in object.certain().filter(|condition| !condition.negated) {
            let Some(row) = condition.row.filter(|_| condition.object.is_none()) else { continue };
            for named in named_at(model, resolved, row, target) {
                wanted.insert((named.kind, named.id), None);
                waiting.push((object, condition, named));
            }
        }
    }
    let sets = |field: &crate::schema::Field| {
        role(model, field).is_some_and(|role| {
            kinds_of(model, field).iter().any(|kind| role.sets.contains(&model.kind(*kind).path))
        })
    };
    if waiting.is_empty() {
        return;
    }
    uses(model, resolved, &sets, &mut |used| {
        let sets = role(model, &model.record(used.row.record).fields[used.field])
            .is_some_and(|role| role.sets.contains(&model.kind(used.kind).path));
        let Some(known) = wanted.get_mut(&(used.kind, used.id)).filter(|_| sets) else { return };
        let around = std::iter::successors(Some(used.row), |row| resolved.content.owner(*row));
        let home = around
            .into_iter()
            .find(|row| model.requires.iter().any(|requires| requires.record == row.record));
        *known = Some(match (known.take(), home) {
            (None, Some(home)) => Set::Within(home, used.node.span()),
            (Some(Set::Within(first, place)), Some(home)) if first == home => Set::Within(first, place),
            _ => Set::Elsewhere,
        });
    });
    for (object, condition, named) in waiting {
        let Some(Some(Set::Within(home, place))) = wanted.get(&(named.kind, named.id)) else { continue };
        if *home != object.row {
            continue;
        }
        let (name, noun) = (cx.name(object), nouns::spoken(model.kind(named.kind).noun()));
        let id = &resolved.ids.id(named.kind, named.id).text;
        sink.push_never(
            object,
            Diagnostic::new(
                &code::OWN_GIFT,
                format!("`{name}` can never be begun: it asks for the {noun} `{id}`, which only `{name}` sets"),
            )
            .label(cx.place(condition), format!("asks for {}", cx.asks(condition)))
            .label(*place, "set only here")
            .help(format!("set `{id}` somewhere before, or remove the condition; if code sets it, except it in the manifest")),
        );
    }
}
