//! What comes one after the other: chains that are longer than the schema wants, and objects that ask for less than those before.

use super::{AnalysisContext, Condition, Group, Member, Object};
use crate::check::walk::value;
use crate::diagnostics::{Diagnostic, code, list};
use crate::schema::{Means, Own};
use crate::source::Node;
use crate::text::Span;
use std::collections::HashSet;

/// At most this many names of a chain are shown at each of its ends.
const SHOWN: usize = 3;

/// `order` are the objects that can be begun, each behind those that it waits for; `excluded` are conditions that exclude each other.
pub(super) fn report(
    cx: &AnalysisContext<'_, '_, '_>,
    order: &[u32],
    excluded: &HashSet<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    long_chains(cx, order, diagnostics);
    less_than_before(cx, order, excluded, diagnostics);
}

/// How many objects are before one, one after the other, and the last of them.
type Before = (u64, Option<u32>);

fn long_chains(cx: &AnalysisContext<'_, '_, '_>, order: &[u32], diagnostics: &mut Vec<Diagnostic>) {
    if cx.model.requires.iter().all(|requires| requires.longest.is_none()) {
        return;
    }
    // Of what cannot be begun, nothing is known.
    let mut before: Vec<Option<Before>> = vec![None; cx.objects.len()];
    for at in order {
        before[*at as usize] = Some(chain_before(cx, &cx.objects[*at as usize], &before));
    }
    for (at, object) in cx.objects.iter().enumerate() {
        let Some(longest) = cx.requires(object).longest else { continue };
        if before[at].is_none_or(|(count, _)| count != longest) {
            continue;
        }
        let earlier = std::iter::successors(Some(at as u32), |at| before[*at as usize]?.1);
        let mut names: Vec<&str> = earlier.map(|at| cx.name(&cx.objects[at as usize])).collect();
        names.reverse();
        let chain = match names.len() {
            count if count <= 2 * SHOWN => list(&names, "and then"),
            count => {
                let first = list(&names[..SHOWN], "and then");
                let last = list(&names[count - SHOWN..], "and then");
                format!("{first}, {} more, {last}", count - 2 * SHOWN)
            }
        };
        let (noun, plural) = (cx.noun(object), cx.plural(object));
        let title = format!("`{}` is number {} in a chain of {plural}", cx.name(object), longest + 1);
        diagnostics.push(
            Diagnostic::new(&code::LONG_CHAIN, title)
                .label(cx.span(object), format!("{longest} must be complete before, one after the other"))
                .note(format!("first {chain}"))
                .help(format!("let it wait for an earlier {noun}, or for none")),
        );
    }
}

/// The chain of objects before one. Where some of several conditions are enough, the shortest ways count.
fn chain_before(cx: &AnalysisContext<'_, '_, '_>, object: &Object<'_>, before: &[Option<Before>]) -> Before {
    let of_condition = |condition: &Condition<'_>| match cx.waits(condition) {
        Some(node) => {
            let mut objects = Vec::new();
            cx.objects_in(node, &mut objects);
            let known =
                objects.into_iter().map(|at| before[at as usize].map(|(count, _)| (count + 1, Some(at))));
            // All of a whole are needed.
            known.collect::<Option<Vec<_>>>().map(|all| all.into_iter().max().unwrap_or_default())
        }
        None => Some((0, None)),
    };
    match &object.group {
        Some(group) => chain_of_group(group, &|at| of_condition(&object.conditions[at])).unwrap_or_default(),
        None => object.conditions.iter().filter_map(of_condition).max().unwrap_or_default(),
    }
}

/// The chain before a group is met; `None` if too few of its members are known.
fn chain_of_group(group: &Group, of_condition: &dyn Fn(usize) -> Option<Before>) -> Option<Before> {
    let of_member = |member: &Member| match member {
        Member::Condition(at) => of_condition(*at),
        Member::Group(group) => chain_of_group(group, of_condition),
        Member::Free => Some((0, None)),
    };
    let mut chains: Vec<Before> = group.members.iter().filter_map(of_member).collect();
    chains.sort_unstable();
    match usize::try_from(group.needed).ok()?.checked_sub(1) {
        Some(last) => chains.get(last).copied(),
        None => Some((0, None)),
    }
}

fn less_than_before(
    cx: &AnalysisContext<'_, '_, '_>,
    order: &[u32],
    excluded: &HashSet<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // Of what can never be begun it has been said why.
    for object in order.iter().map(|at| &cx.objects[*at as usize]) {
        let needed = cx.complete_before(object).into_iter().map(|at| &cx.objects[at as usize]);
        let less =
            |needed| asks_for_less(cx, object, needed, excluded).or_else(|| is_for_less(cx, object, needed));
        diagnostics.extend(needed.filter(|needed| needed.declared == object.declared).find_map(less));
    }
}

/// An object that asks for less than one that must be complete before.
fn asks_for_less(
    cx: &AnalysisContext<'_, '_, '_>,
    object: &Object<'_>,
    needed: &Object<'_>,
    excluded: &HashSet<Span>,
) -> Option<Diagnostic> {
    let rising = |condition: &&Condition<'_>| {
        condition.means == Means::Rising && !excluded.contains(&cx.place(condition))
    };
    let (own, before) = object.certain().filter(rising).find_map(|own| {
        let same = |known: &&Condition<'_>| known.sort == own.sort && known.about == own.about;
        let before = needed.certain().filter(rising).filter(same).find(|known| least(known) > least(own))?;
        (least(own) > f64::NEG_INFINITY && most(own) >= least(before)).then_some((own, before))
    })?;
    let (name, earlier) = (cx.name(object), cx.name(needed));
    let title = format!("`{name}` asks for less than `{earlier}`, which must be complete before");
    Some(
        Diagnostic::new(&code::LESS_THAN_BEFORE, title)
            .label(cx.place(own), format!("asks for {}", cx.asks(own)))
            .label(cx.place(before), format!("asks for {}", cx.asks(before)))
            .help("remove the condition, which is always met, or ask for more"),
    )
}

/// An object whose own level is below that of one that must be complete before.
fn is_for_less(
    cx: &AnalysisContext<'_, '_, '_>,
    object: &Object<'_>,
    needed: &Object<'_>,
) -> Option<Diagnostic> {
    if object.wrong || needed.wrong {
        return None;
    }
    let (path, own, before) = cx.requires(object).own.iter().find_map(|Own { path, .. }| {
        let of = |row| value(cx.model, cx.resolved, row, Some(path)).filter(|node| node.number().is_some());
        let (own, before) = (of(object.row)?, of(needed.row)?);
        (own.number() < before.number()).then_some((path, own, before))
    })?;
    let (property, shown) = (path.join("."), |node: Node<'_>| node.raw().to_owned());
    let (name, earlier) = (cx.name(object), cx.name(needed));
    let title = format!("`{name}` is for less than `{earlier}`, which must be complete before");
    Some(
        Diagnostic::new(&code::LESS_THAN_BEFORE, title)
            .label(own.span(), format!("`{property}` {}", shown(own)))
            .label(before.span(), format!("`{property}` {}", shown(before)))
            .help(format!("write {} or more", shown(before))),
    )
}

fn least(condition: &Condition<'_>) -> f64 {
    condition.range.map_or(f64::NEG_INFINITY, |(least, _)| least)
}

fn most(condition: &Condition<'_>) -> f64 {
    condition.range.map_or(f64::INFINITY, |(_, most)| most)
}
