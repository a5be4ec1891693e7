//! Diagnostics about what must be done before an object can be begun: the least fixpoint over its conditions.
//!
//! An object can be begun if all its conditions (or one of them, where the schema says so) can be met. A condition that another is
//! complete can be met once that other can be begun. What never becomes true this way waits for itself, and the cycle is shown.
//!
//! `progress` looks at what comes one after the other, `given` at what objects give, `self_supply` at what only they themselves do, `locks`
//! at what they keep from being begun, `supply` at how much of something there is.
//!
//! Everything here is linear in the number of conditions: a game has tens of thousands of objects, in chains as long as it likes.

mod given;
mod locks;
mod progress;
mod self_supply;
mod supply;

use super::walk::{follow, named, named_at, objects, value};
use crate::check::{Resolved, Row, Tainted, id_text};
use crate::diagnostics::{Diagnostic, code, list, nouns};
use crate::schema::{Means, Model, Own, Requires};
use crate::source::Node;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::HashSet;

/// A condition of an object.
struct Condition<'a> {
    /// Position among the sorts of the schema.
    sort: usize,
    means: Means,
    /// What a message points at.
    node: Option<Node<'a>>,
    row: Option<Row>,
    /// What it is about beside its sort: the text of the target.
    about: Cow<'a, str>,
    /// The object that must be complete or under way.
    object: Option<u32>,
    /// It must not be.
    negated: bool,
    /// The values it allows, for numbers.
    range: Option<(f64, f64)>,
    /// The value it asks for, where something is constant.
    value: Option<Cow<'a, str>>,
}

/// What an object asks for.
struct Object<'a> {
    /// The row of its id.
    id: u32,
    row: Row,
    conditions: Vec<Condition<'a>>,
}

/// All objects of a kind, and what they ask for.
struct AnalysisContext<'m, 'r, 'a> {
    model: &'m Model,
    resolved: &'r Resolved<'a>,
    requires: &'m Requires,
    noun: String,
    objects: Vec<Object<'a>>,
    /// By id, the position among the objects.
    of_id: Vec<Option<u32>>,
}

pub(super) fn report(
    model: &Model,
    resolved: &Resolved<'_>,
    tainted: &Tainted,
    requires: &Requires,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let cx = AnalysisContext::read(model, resolved, tainted, requires);
    cx.itself(diagnostics);
    cx.out_of_reach(diagnostics);
    let order = cx.deadlocks(diagnostics);
    let before = diagnostics.len();
    cx.contradictions(&order, diagnostics);
    let contradicted = diagnostics[before..].iter().filter_map(Diagnostic::span).collect();
    let excluded = diagnostics[before..]
        .iter()
        .flat_map(|diagnostic| &diagnostic.labels)
        .map(|label| label.span)
        .collect();
    cx.own_level(&contradicted, diagnostics);
    progress::report(&cx, &order, &excluded, diagnostics);
    given::report(&cx, diagnostics);
    self_supply::report(&cx, diagnostics);
    locks::report(&cx, &order, diagnostics);
    supply::report(&cx, diagnostics);
}

impl<'m, 'r, 'a> AnalysisContext<'m, 'r, 'a> {
    fn read(model: &'m Model, resolved: &'r Resolved<'a>, tainted: &Tainted, requires: &'m Requires) -> Self {
        let own = requires.own.iter().map(|own| &own.path);
        let read: Vec<&String> = own.chain([&requires.at]).filter_map(|path| path.first()).collect();
        let (content, ids) = (&resolved.content, &resolved.ids);
        let noun = model.kind(requires.kind).noun().replace('-', " ");
        let mut of_id = vec![None; ids.of(requires.kind).list.len()];
        let mut found = Vec::new();
        for row in 0..content.table(requires.record).len() {
            let row = Row { record: requires.record, row };
            let Some(id) = ids.own(model, content, requires.kind, row) else { continue };
            let wrong = content.document(row).broken
                || tainted.concern(content.object(row), |name| read.iter().any(|known| *known == name));
            // What an object with errors asks for is not known. That it asks for nothing lets no other wait in vain.
            let conditions = if wrong {
                Vec::new()
            } else if requires.by.is_some() || requires.target.is_some() {
                objects(model, resolved, row, &requires.at)
                    .filter_map(|condition| typed(model, resolved, requires, condition))
                    .collect::<Vec<_>>()
            } else {
                plain(model, resolved, requires, row)
            };
            if let Some(place) = of_id.get_mut(id as usize) {
                *place = Some(found.len() as u32);
            }
            found.push(Object { id, row, conditions });
        }
        Self { model, resolved, requires, noun, objects: found, of_id }
    }

    fn name(&self, object: &Object<'_>) -> &'r str {
        &self.resolved.ids.id(self.requires.kind, object.id).text
    }

    fn span(&self, object: &Object<'_>) -> Span {
        let span = self.resolved.ids.id(self.requires.kind, object.id).span;
        span.unwrap_or_else(|| self.resolved.content.opening(object.row))
    }

    fn place(&self, condition: &Condition<'_>) -> Span {
        match (condition.node, condition.row) {
            (Some(node), _) => node.span(),
            (None, Some(row)) => self.resolved.content.opening(row),
            (None, None) => Span::new(crate::text::FileId(0), 0, 0),
        }
    }

    /// The position of the object that a condition waits for.
    fn waits(&self, condition: &Condition<'_>) -> Option<u32> {
        match (condition.means, condition.negated) {
            (Means::Complete | Means::Active, false) => *self.of_id.get(condition.object? as usize)?,
            _ => None,
        }
    }

    fn itself(&self, diagnostics: &mut Vec<Diagnostic>) {
        for object in &self.objects {
            for condition in object.conditions.iter().filter(|condition| condition.object == Some(object.id))
            {
                diagnostics.push(
                    Diagnostic::new(
                        &code::REQUIRES_ITSELF,
                        format!("the {} `{}` requires itself", self.noun, self.name(object)),
                    )
                    .label(self.place(condition), "this is the same")
                    .help(format!("name the {} that comes before it, or remove the condition", self.noun)),
                );
            }
        }
    }

    /// Conditions that ask for a number that the object's own property cannot be.
    fn out_of_reach(&self, diagnostics: &mut Vec<Diagnostic>) {
        for Own { sort, bounds, .. } in &self.requires.own {
            let of_sort = |condition: &&Condition<'_>| self.requires.means[condition.sort].0 == *sort;
            for object in &self.objects {
                for condition in object.conditions.iter().filter(of_sort) {
                    let Some(range) = condition.range.filter(|range| apart(*range, *bounds)) else {
                        continue;
                    };
                    let none = if range.0 > bounds.1 {
                        format!("there is none above {}", bounds.1)
                    } else {
                        format!("there is none below {}", bounds.0)
                    };
                    diagnostics.push(
                        Diagnostic::new(
                            &code::OUT_OF_REACH,
                            format!(
                                "`{}` can never be begun: it asks for {}",
                                self.name(object),
                                self.asks(condition)
                            ),
                        )
                        .label(self.place(condition), none)
                        .help("write a number that there is"),
                    );
                }
            }
        }
    }

    /// `Level greaterThan 5` on a quest of level 5: whoever has its level cannot take it.
    /// Not said of conditions that another one excludes.
    fn own_level(&self, contradicted: &HashSet<Span>, diagnostics: &mut Vec<Diagnostic>) {
        for Own { sort, path, bounds } in &self.requires.own {
            let Some(sort) = self.requires.means.iter().position(|(known, _)| known == sort) else {
                continue;
            };
            for object in &self.objects {
                if !object.conditions.iter().any(|condition| condition.sort == sort) {
                    continue;
                }
                let Some(node) = value(self.model, self.resolved, object.row, Some(path)) else { continue };
                let Some(level) = node.number() else { continue };
                for condition in object.conditions.iter().filter(|condition| condition.sort == sort) {
                    let Some((least, most)) = condition.range else { continue };
                    let meets = level >= least && level <= most;
                    if meets || apart((least, most), *bounds) || contradicted.contains(&self.place(condition))
                    {
                        continue;
                    }
                    let low = level < least;
                    let needed = if least == most {
                        format!("level {least}")
                    } else if low {
                        format!("level {least} or more")
                    } else {
                        format!("level {most} or less")
                    };
                    let fits = if low { least } else { most };
                    diagnostics.push(
                        Diagnostic::new(
                            &code::OWN_LEVEL,
                            format!("`{}` is for level {level}, but asks for {needed}", self.name(object)),
                        )
                        .label(self.place(condition), format!("only with {needed}"))
                        .label(node.span(), format!("the level of the {}", self.noun))
                        .help(format!(
                            "give the {} the level {fits}, or change the condition so that level {level} meets it",
                            self.noun
                        )),
                    );
                }
            }
        }
    }

    /// Reports objects that wait for each other. Gives the positions of all others in an order in which they can be begun.
    fn deadlocks(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<u32> {
        let any = self.requires.any;
        // How many conditions each still waits for, and who waits for whom.
        let mut missing: Vec<usize> = Vec::with_capacity(self.objects.len());
        let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); self.objects.len()];
        let mut order: Vec<u32> = Vec::new();
        for (at, object) in self.objects.iter().enumerate() {
            let needed: Vec<u32> =
                object.conditions.iter().filter_map(|condition| self.waits(condition)).collect();
            let free = needed.is_empty() || (any && needed.len() < object.conditions.len());
            missing.push(if free {
                0
            } else if any {
                1
            } else {
                needed.len()
            });
            if free {
                order.push(at as u32);
            } else {
                for other in needed {
                    waiting[other as usize].push(at as u32);
                }
            }
        }
        let mut next = 0;
        while next < order.len() {
            let done = order[next] as usize;
            next += 1;
            for waiter in std::mem::take(&mut waiting[done]) {
                let missing = &mut missing[waiter as usize];
                if *missing > 0 {
                    *missing -= 1;
                    if *missing == 0 {
                        order.push(waiter);
                    }
                }
            }
        }
        if order.len() < self.objects.len() {
            self.cycles(&missing, diagnostics);
        }
        order
    }

    /// The circles among objects that still wait for something.
    fn cycles(&self, missing: &[usize], diagnostics: &mut Vec<Diagnostic>) {
        let closed = |at: &u32| missing[*at as usize] > 0;
        let mut reported = vec![false; self.objects.len()];
        let first = diagnostics.len();
        let mut in_cycles = 0;
        for start in (0..self.objects.len() as u32).filter(closed) {
            if reported[start as usize] {
                continue;
            }
            // From one that is closed, one that it waits for is closed too: following them comes round.
            let mut path: Vec<(u32, Span)> = Vec::new();
            let mut at = start;
            let cycle = loop {
                if let Some(from) = path.iter().position(|(known, _)| *known == at) {
                    break path.split_off(from);
                }
                if reported[at as usize] {
                    break Vec::new();
                }
                let next = self.objects[at as usize].conditions.iter().find_map(|condition| {
                    let needed = self.waits(condition).filter(closed)?;
                    Some((needed, self.place(condition)))
                });
                let Some((needed, span)) = next else { break Vec::new() };
                path.push((at, span));
                at = needed;
            };
            for (at, _) in path.iter().chain(&cycle) {
                reported[*at as usize] = true;
            }
            // One that requires itself has been reported.
            if cycle.len() < 2 {
                continue;
            }
            in_cycles += cycle.len();
            let name = |at: u32| self.name(&self.objects[at as usize]);
            let names = list(&cycle.iter().map(|(at, _)| name(*at)).collect::<Vec<_>>(), "and");
            let mut diagnostic = Diagnostic::new(
                &code::DEADLOCK,
                format!(
                    "the {} {names} wait for each other: {} of them can ever be begun",
                    nouns::plural(&self.noun),
                    if cycle.len() == 2 { "neither" } else { "none" }
                ),
            );
            for (number, (at, span)) in cycle.iter().enumerate() {
                let next = cycle[(number + 1) % cycle.len()].0;
                diagnostic = diagnostic.label(*span, format!("`{}` waits for `{}`", name(*at), name(next)));
            }
            diagnostic = diagnostic.label(self.span(&self.objects[cycle[0].0 as usize]), "one of them");
            diagnostics.push(diagnostic.help("take one of these conditions out"));
        }
        let behind = (0..self.objects.len() as u32).filter(closed).count().saturating_sub(in_cycles);
        if let Some(diagnostic) = diagnostics.get_mut(first).filter(|_| behind > 0) {
            let (verb, them) = if behind == 1 { ("waits", "it") } else { ("wait", "they") };
            diagnostic
                .notes
                .push(format!("{behind} more {verb} for one of these, so {them} cannot be begun either"));
        }
    }

    /// Conditions that exclude each other: of the object itself, and of all that must be complete before.
    fn contradictions(&self, order: &[u32], diagnostics: &mut Vec<Diagnostic>) {
        if self.requires.any {
            return;
        }
        // Of each object, what holds once it is complete: for each sort and target the strictest condition, and who asks for it.
        let mut after: Vec<Vec<(u32, usize)>> = vec![Vec::new(); self.objects.len()];
        for at in order {
            let object = &self.objects[*at as usize];
            let mut before: Vec<(u32, usize)> = Vec::new();
            for condition in object.conditions.iter().filter(|condition| condition.means == Means::Complete) {
                let Some(needed) = self.waits(condition) else { continue };
                for known in after[needed as usize].clone() {
                    self.strictest(&mut before, known);
                }
            }
            self.contradiction(*at, &before, diagnostics);
            for (number, condition) in object.conditions.iter().enumerate() {
                if matches!(condition.means, Means::Rising | Means::Constant) {
                    self.strictest(&mut before, (*at, number));
                }
            }
            after[*at as usize] = before;
        }
    }

    fn condition(&self, (object, number): (u32, usize)) -> &Condition<'a> {
        &self.objects[object as usize].conditions[number]
    }

    /// Keeps, for each sort and target, the condition that later ones can contradict most easily.
    fn strictest(&self, kept: &mut Vec<(u32, usize)>, new: (u32, usize)) {
        let condition = self.condition(new);
        if condition.negated {
            return;
        }
        let same = |known: &(u32, usize)| {
            let known = self.condition(*known);
            known.sort == condition.sort && known.about == condition.about
        };
        let least =
            |known: (u32, usize)| self.condition(known).range.map_or(f64::NEG_INFINITY, |(least, _)| least);
        match kept.iter_mut().find(|known| same(known)) {
            Some(known) if least(new) > least(*known) => *known = new,
            Some(_) => {}
            None => kept.push(new),
        }
    }

    /// What a condition asks for, in words.
    fn asks(&self, condition: &Condition<'_>) -> String {
        let sort = &self.requires.means[condition.sort].0;
        let sort = if sort.is_empty() { "it".to_owned() } else { format!("`{sort}`") };
        let of = if condition.about.is_empty() { String::new() } else { format!(" `{}`", condition.about) };
        match (condition.range, &condition.value) {
            (Some((least, most)), _) if least == most => format!("{sort}{of} {least}"),
            (Some((least, most)), _) if most.is_infinite() => format!("{sort}{of} {least} or more"),
            (Some((_, most)), _) => format!("{sort}{of} {most} or less"),
            (None, Some(value)) if condition.negated => format!("{sort} other than `{value}`"),
            (None, Some(value)) => format!("{sort} `{value}`"),
            (None, None) if condition.negated => format!("{sort}{of} not to be there"),
            (None, None) => format!("{sort}{of} to be there"),
        }
    }

    fn contradiction(&self, at: u32, before: &[(u32, usize)], diagnostics: &mut Vec<Diagnostic>) {
        let object = &self.objects[at as usize];
        for (number, own) in object.conditions.iter().enumerate() {
            let later = object.conditions[number + 1..].iter().find(|other| excludes(own, other, true));
            let earlier = before.iter().find(|known| excludes(own, self.condition(**known), false));
            let (other, why) = match (later, earlier) {
                (Some(other), _) => (other, format!("and this for {}", self.asks(other))),
                (None, Some(known)) => {
                    let needed = self.name(&self.objects[known.0 as usize]);
                    (
                        self.condition(*known),
                        format!(
                            "`{needed}`, which must be complete before, asks for {}",
                            self.asks(self.condition(*known))
                        ),
                    )
                }
                (None, None) => continue,
            };
            diagnostics.push(
                Diagnostic::new(
                    &code::CONTRADICTION,
                    format!(
                        "the {} `{}` can never be begun: two of its conditions exclude each other",
                        self.noun,
                        self.name(object)
                    ),
                )
                .label(self.place(own), format!("asks for {}", self.asks(own)))
                .label(self.place(other), why)
                .help("change one of the two, or remove it"),
            );
            return;
        }
    }
}

/// References alone, all of the same meaning.
fn plain<'a>(model: &Model, resolved: &Resolved<'a>, requires: &Requires, row: Row) -> Vec<Condition<'a>> {
    named_at(model, resolved, row, &requires.at)
        .filter(|named| named.kind == requires.kind)
        .map(|named| Condition {
            sort: 0,
            means: requires.means.first().map_or(Means::Complete, |(_, means)| *means),
            node: Some(named.node),
            row: None,
            about: id_text(named.node).unwrap_or_default(),
            object: Some(named.id),
            negated: false,
            range: None,
            value: None,
        })
        .collect::<Vec<_>>()
}

/// Reads one condition; `None` if its sort means nothing here.
fn typed<'a>(model: &Model, resolved: &Resolved<'a>, requires: &Requires, row: Row) -> Option<Condition<'a>> {
    let text = |path: &Option<Vec<String>>| value(model, resolved, row, path.as_ref()).and_then(Node::text);
    let sort = text(&requires.by).unwrap_or_default();
    let sort = requires.means.iter().position(|(known, _)| *known == sort || known.is_empty())?;
    let means = requires.means[sort].1;
    let operator = text(&requires.operator).unwrap_or_default();
    let target = requires.target.as_ref().and_then(|path| follow(model, resolved, row, path).next());
    let object =
        target.filter(|_| matches!(means, Means::Complete | Means::Active)).and_then(|(row, field)| {
            named(model, resolved, row, field)
                .into_iter()
                .find(|named| named.kind == requires.kind)
                .map(|named| named.id)
        });
    let target = target.and_then(|(row, field)| resolved.content.node(row, field));
    let about = target.and_then(id_text).unwrap_or_default();
    let wanted = value(model, resolved, row, requires.value.as_ref());
    let range = wanted.and_then(Node::number).and_then(|number| match &*operator {
        "equals" | "==" | "=" => Some((number, number)),
        "greaterThan" | ">" => Some((next_above(number), f64::INFINITY)),
        "atLeast" | ">=" => Some((number, f64::INFINITY)),
        "lessThan" | "<" => Some((f64::NEG_INFINITY, next_below(number))),
        "atMost" | "<=" => Some((f64::NEG_INFINITY, number)),
        _ => None,
    });
    let negated = operator == "notHas";
    let node = wanted.or(target);
    let (value, about) = match means {
        // What never changes is the target, or the value beside it.
        Means::Constant => (wanted.and_then(id_text).or(Some(about)), Cow::Borrowed("")),
        _ => (None, about),
    };
    Some(Condition { sort, means, node, row: Some(row), about, object, negated, range, value })
}

/// The next whole number: levels and counts have no fractions.
fn next_above(number: f64) -> f64 {
    number.floor() + 1.0
}

fn next_below(number: f64) -> f64 {
    number.ceil() - 1.0
}

/// Whether two ranges have nothing in common.
fn apart(one: (f64, f64), other: (f64, f64)) -> bool {
    one.0 > other.1 || one.1 < other.0
}

/// Whether two conditions cannot both be met; `same` says that both are asked for at the same time, else `second` was met before.
fn excludes(first: &Condition<'_>, second: &Condition<'_>, same: bool) -> bool {
    if first.sort != second.sort || first.about != second.about {
        return false;
    }
    let apart = |first: (f64, f64), second: (f64, f64)| first.1 < second.0 || (same && second.1 < first.0);
    match first.means {
        Means::Constant => match (&first.value, &second.value) {
            (Some(one), Some(other)) => {
                (one != other) != (first.negated != second.negated) && !(first.negated && second.negated)
            }
            _ => false,
        },
        Means::Rising => matches!((first.range, second.range), (Some(one), Some(other)) if apart(one, other)),
        Means::Number => {
            same && matches!((first.range, second.range), (Some(one), Some(other)) if apart(one, other))
        }
        Means::Set | Means::Complete | Means::Active => same && first.negated != second.negated,
    }
}
