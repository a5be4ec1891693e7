//! Findings about what must be done before an object can be begun: the least fixpoint over its conditions.
//!
//! An object can be begun if all its conditions (or one of them, where the schema says so) can be met. A condition that another is
//! complete can be met once that other can be begun. What never becomes true this way waits for itself, and the cycle is shown.

use super::walk::{follow, named, objects, value};
use crate::check::{Resolved, Row, id_text};
use crate::diagnose::{Diagnostic, code, list};
use crate::schema::{Means, Model, Requires};
use crate::source::{Node, Span};
use std::collections::HashMap;

/// A condition of an object.
struct Condition {
    sort: String,
    means: Means,
    span: Span,
    /// What it is about beside its sort: the text of the target.
    about: String,
    /// The object that must be complete or under way.
    object: Option<u32>,
    /// It must not be.
    negated: bool,
    /// The values it allows, for numbers.
    range: Option<(f64, f64)>,
    /// The value it asks for, where something is constant.
    value: Option<String>,
}

struct Object {
    name: String,
    span: Span,
    conditions: Vec<Condition>,
    /// Sort of condition, value of the object's own property, and its place.
    own: Vec<(String, f64, Span)>,
}

pub(super) fn report(
    model: &Model,
    resolved: &Resolved<'_>,
    requires: &Requires,
    findings: &mut Vec<Diagnostic>,
) {
    let noun = model.kind(requires.kind).noun().replace('-', " ");
    let objects = read(model, resolved, requires);
    itself(&noun, &objects, findings);
    own_level(&noun, &objects, findings);
    contradictions(&noun, requires, &objects, findings);
    deadlocks(&noun, requires, &objects, findings);
}

fn read(model: &Model, resolved: &Resolved<'_>, requires: &Requires) -> HashMap<u32, Object> {
    let (content, keys) = (&resolved.content, &resolved.keys);
    let mut found = HashMap::new();
    for row in 0..content.table(requires.record).len() {
        let row = Row { record: requires.record, row };
        let Some(id) = keys.own(model, content, requires.kind, row) else { continue };
        let key = keys.id(requires.kind, id);
        let own = requires
            .own
            .iter()
            .filter_map(|(sort, path)| {
                let node = value(model, resolved, row, Some(path))?;
                Some((sort.clone(), node.number()?, node.span()))
            })
            .collect();
        let conditions = if requires.by.is_some() || requires.target.is_some() {
            objects(model, resolved, row, &requires.at)
                .into_iter()
                .filter_map(|condition| typed(model, resolved, requires, condition))
                .collect()
        } else {
            // References alone.
            follow(model, resolved, row, &requires.at)
                .into_iter()
                .flat_map(|(row, field)| named(model, resolved, row, field))
                .filter(|named| named.kind == requires.kind)
                .map(|named| Condition {
                    sort: String::new(),
                    means: requires.means.first().map_or(Means::Complete, |(_, means)| *means),
                    span: named.node.span(),
                    about: keys.id(named.kind, named.id).text.clone().into_owned(),
                    object: Some(named.id),
                    negated: false,
                    range: None,
                    value: None,
                })
                .collect()
        };
        found.insert(
            id,
            Object {
                name: key.text.clone().into_owned(),
                span: key.span.unwrap_or_else(|| content.opening(row)),
                conditions,
                own,
            },
        );
    }
    found
}

/// Reads one condition; `None` if its sort means nothing here.
fn typed(model: &Model, resolved: &Resolved<'_>, requires: &Requires, row: Row) -> Option<Condition> {
    let text = |path: &Option<Vec<String>>| value(model, resolved, row, path.as_ref()).and_then(Node::text);
    let sort = text(&requires.by).unwrap_or_default().into_owned();
    let (_, means) = requires.means.iter().find(|(known, _)| *known == sort || known.is_empty())?;
    let operator = text(&requires.operator).unwrap_or_default().into_owned();
    let target = requires.target.as_ref().and_then(|path| {
        follow(model, resolved, row, path).into_iter().next()
    });
    let object = target
        .into_iter()
        .flat_map(|(row, field)| named(model, resolved, row, field))
        .find(|named| named.kind == requires.kind)
        .map(|named| named.id);
    let target = value(model, resolved, row, requires.target.as_ref());
    let about = target.and_then(id_text).unwrap_or_default().into_owned();
    let wanted = value(model, resolved, row, requires.value.as_ref());
    let number = wanted.and_then(Node::number);
    let range = number.and_then(|number| match operator.as_str() {
        "equals" | "==" | "=" => Some((number, number)),
        "greaterThan" | ">" => Some((above(number), f64::INFINITY)),
        "atLeast" | ">=" => Some((number, f64::INFINITY)),
        "lessThan" | "<" => Some((f64::NEG_INFINITY, below(number))),
        "atMost" | "<=" => Some((f64::NEG_INFINITY, number)),
        _ => None,
    });
    let span = wanted.or(target).map_or_else(|| resolved.content.opening(row), Node::span);
    let value = match means {
        // What never changes is the target, or the value beside it.
        Means::Constant => wanted.and_then(id_text).map(|text| text.into_owned()).or_else(|| Some(about.clone())),
        _ => None,
    };
    let about = if *means == Means::Constant { String::new() } else { about };
    Some(Condition { sort, means: *means, span, about, object, negated: operator == "notHas", range, value })
}

/// The next whole number: levels and counts have no fractions.
fn above(number: f64) -> f64 {
    number.floor() + 1.0
}

fn below(number: f64) -> f64 {
    number.ceil() - 1.0
}

/// The objects in the order of their ids, so that findings do not depend on hashes.
fn sorted(objects: &HashMap<u32, Object>) -> Vec<(u32, &Object)> {
    let mut all: Vec<(u32, &Object)> = objects.iter().map(|(id, object)| (*id, object)).collect();
    all.sort_by_key(|(id, _)| *id);
    all
}

fn itself(noun: &str, objects: &HashMap<u32, Object>, findings: &mut Vec<Diagnostic>) {
    for (id, object) in sorted(objects) {
        for condition in object.conditions.iter().filter(|condition| condition.object == Some(id)) {
            findings.push(
                Diagnostic::new(
                    &code::REQUIRES_ITSELF,
                    format!("the {noun} `{}` requires itself", object.name),
                )
                .label(condition.span, "this is the same"),
            );
        }
    }
}

/// `Level greaterThan 5` on a quest of level 5: whoever has its level can not take it.
fn own_level(noun: &str, objects: &HashMap<u32, Object>, findings: &mut Vec<Diagnostic>) {
    for (_, object) in sorted(objects) {
        for (sort, level, place) in &object.own {
            for condition in object.conditions.iter().filter(|condition| condition.sort == *sort) {
                let Some((least, most)) = condition.range else { continue };
                if *level >= least && *level <= most {
                    continue;
                }
                let needed = if *level < least { format!("{least} or more") } else { format!("{most} or less") };
                findings.push(
                    Diagnostic::new(
                        &code::OWN_LEVEL,
                        format!("`{}` is for level {level}, but asks for {needed}", object.name),
                    )
                    .label(condition.span, format!("only with level {needed}"))
                    .label(*place, format!("the level of the {noun}"))
                    .help(if *level < least {
                        format!("write {} to let level {level} in, or give the {noun} the level {least}", level - 1.0)
                    } else {
                        format!("give the {noun} the level {most} or less")
                    }),
                );
            }
        }
    }
}

/// Conditions that exclude each other: of the object itself, and of all that must be complete before.
fn contradictions(
    noun: &str,
    requires: &Requires,
    objects: &HashMap<u32, Object>,
    findings: &mut Vec<Diagnostic>,
) {
    if requires.any {
        return;
    }
    for (id, object) in sorted(objects) {
        // Own conditions first, so that a contradiction is reported where it arises.
        let mut before: Vec<(u32, &Condition)> = Vec::new();
        let mut open = vec![id];
        let mut seen = vec![id];
        while let Some(at) = open.pop() {
            let Some(other) = objects.get(&at) else { continue };
            for condition in &other.conditions {
                before.push((at, condition));
                if let (Some(next), Means::Complete, false) = (condition.object, condition.means, condition.negated)
                    && !seen.contains(&next)
                {
                    seen.push(next);
                    open.push(next);
                }
            }
        }
        'own: for own in &object.conditions {
            for (at, other) in &before {
                if std::ptr::eq(own, *other) || !excludes(own, other, *at == id) {
                    continue;
                }
                // Two own conditions are reported once.
                if *at == id && other.span < own.span {
                    continue;
                }
                let elsewhere = objects.get(at).filter(|_| *at != id);
                let why = match elsewhere {
                    Some(needed) => format!("`{}`, which must be complete before, asks for this", needed.name),
                    None => "and this".to_owned(),
                };
                findings.push(
                    Diagnostic::new(
                        &code::CONTRADICTION,
                        format!("the {noun} `{}` can never be begun: two of its conditions exclude each other", object.name),
                    )
                    .label(own.span, "this")
                    .label(other.span, why),
                );
                break 'own;
            }
        }
    }
}

/// Whether two conditions can not both be met; `same` says that both are asked for at the same time, else `second` was met before.
fn excludes(first: &Condition, second: &Condition, same: bool) -> bool {
    if first.sort != second.sort || first.about != second.about {
        return false;
    }
    let apart = |first: (f64, f64), second: (f64, f64)| first.1 < second.0 || (same && second.1 < first.0);
    match first.means {
        Means::Constant => match (&first.value, &second.value) {
            (Some(one), Some(other)) => (one != other) != (first.negated != second.negated) && !(first.negated && second.negated),
            _ => false,
        },
        Means::Rising => matches!((first.range, second.range), (Some(one), Some(other)) if apart(one, other)),
        Means::Number => {
            same && matches!((first.range, second.range), (Some(one), Some(other)) if apart(one, other))
        }
        Means::Set | Means::Complete | Means::Active => same && first.negated != second.negated,
    }
}

/// What waits for itself, over all conditions.
fn deadlocks(noun: &str, requires: &Requires, objects: &HashMap<u32, Object>, findings: &mut Vec<Diagnostic>) {
    let waits = |condition: &Condition| match (condition.means, condition.negated) {
        (Means::Complete | Means::Active, false) => condition.object,
        _ => None,
    };
    let mut open: HashMap<u32, bool> = objects.keys().map(|id| (*id, false)).collect();
    loop {
        let mut changed = false;
        for (id, object) in objects {
            if open[id] {
                continue;
            }
            let met = |condition: &Condition| waits(condition).is_none_or(|needed| open.get(&needed).copied().unwrap_or(true));
            let can = if requires.any && !object.conditions.is_empty() {
                object.conditions.iter().any(met)
            } else {
                object.conditions.iter().all(met)
            };
            if can {
                open.insert(*id, true);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let mut reported: Vec<u32> = Vec::new();
    let closed = |id: &u32| open.get(id) == Some(&false);
    for (id, _) in sorted(objects) {
        if !closed(&id) || reported.contains(&id) {
            continue;
        }
        // From one that is closed, one that it waits for is closed too: following them comes round.
        let mut path: Vec<(u32, Span)> = Vec::new();
        let mut at = id;
        let cycle = loop {
            if let Some(start) = path.iter().position(|(known, _)| *known == at) {
                break path.split_off(start);
            }
            let next = objects.get(&at).and_then(|object| {
                object.conditions.iter().find_map(|condition| {
                    let needed = waits(condition).filter(closed)?;
                    Some((needed, condition.span))
                })
            });
            let Some((needed, span)) = next else { break Vec::new() };
            path.push((at, span));
            at = needed;
        };
        let fresh = cycle.iter().all(|(id, _)| !reported.contains(id));
        reported.extend(path.iter().chain(&cycle).map(|(id, _)| *id));
        // One that requires itself has been reported.
        if cycle.len() < 2 || !fresh {
            continue;
        }
        let name = |id: u32| objects.get(&id).map_or("", |object| object.name.as_str());
        let names = list(cycle.iter().map(|(id, _)| name(*id)), "and");
        let mut finding = Diagnostic::new(
            &code::DEADLOCK,
            format!("the {noun}s {names} wait for each other: none of them can ever be begun"),
        );
        for (at, (id, span)) in cycle.iter().enumerate() {
            let next = cycle[(at + 1) % cycle.len()].0;
            finding = finding.label(*span, format!("`{}` waits for `{}`", name(*id), name(next)));
        }
        let behind = sorted(objects)
            .into_iter()
            .filter(|(id, _)| closed(id) && !cycle.iter().any(|(known, _)| known == id))
            .count();
        if behind > 0 && findings.iter().all(|finding| finding.code.id != code::DEADLOCK.id) {
            let (verb, them) = if behind == 1 { ("waits", "it") } else { ("wait", "they") };
            finding = finding.note(format!("{behind} more {verb} for one of these, so {them} can not be begun either"));
        }
        if let Some(object) = objects.get(&cycle[0].0) {
            finding = finding.label(object.span, "one of them");
        }
        findings.push(finding.help("take one of these conditions out"));
    }
}
