//! What comes one after the other: chains that are longer than the schema wants, and objects that ask for less than those before.

use super::{AnalysisContext, Condition};
use crate::check::walk::value;
use crate::diagnostics::{Diagnostic, code, list, nouns};
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

fn long_chains(cx: &AnalysisContext<'_, '_, '_>, order: &[u32], diagnostics: &mut Vec<Diagnostic>) {
    let Some(longest) = cx.requires.longest else { return };
    // Of each object the number of those before it, one after the other, and the last of them.
    let mut before: Vec<(u64, Option<u32>)> = vec![(0, None); cx.objects.len()];
    for at in order {
        let needed = cx.objects[*at as usize].conditions.iter().filter_map(|condition| cx.waits(condition));
        let lengths = needed.map(|needed| (before[needed as usize].0 + 1, Some(needed)));
        // Where one of several is enough, the shortest way counts.
        let found = if cx.requires.any { lengths.min() } else { lengths.max() };
        before[*at as usize] = found.unwrap_or((0, None));
    }
    for (at, object) in cx.objects.iter().enumerate().filter(|(at, _)| before[*at].0 + 1 == longest + 1) {
        let affixes = std::iter::successors(Some(at as u32), |at| before[*at as usize].1);
        let mut names: Vec<&str> = affixes.map(|at| cx.name(&cx.objects[at as usize])).collect();
        names.reverse();
        let chain = match names.len() {
            count if count <= 2 * SHOWN => list(&names, "and then"),
            count => {
                let first = list(&names[..SHOWN], "and then");
                let last = list(&names[count - SHOWN..], "and then");
                format!("{first}, {} more, {last}", count - 2 * SHOWN)
            }
        };
        diagnostics.push(
            Diagnostic::new(
                &code::LONG_CHAIN,
                format!(
                    "`{}` is number {} in a chain of {}",
                    cx.name(object),
                    longest + 1,
                    nouns::plural(&cx.noun)
                ),
            )
            .label(cx.span(object), format!("{longest} must be complete before, one after the other"))
            .note(format!("first {chain}"))
            .help(format!("let it wait for an earlier {}, or for none", cx.noun)),
        );
    }
}

fn less_than_before(
    cx: &AnalysisContext<'_, '_, '_>,
    order: &[u32],
    excluded: &HashSet<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if cx.requires.any {
        return;
    }
    // Of what can never be begun it has been said why.
    for object in order.iter().map(|at| &cx.objects[*at as usize]) {
        let complete = object.conditions.iter().filter(|condition| condition.means == Means::Complete);
        let needed: Vec<u32> = complete.filter_map(|condition| cx.waits(condition)).collect();
        for needed in needed.iter().map(|at| &cx.objects[*at as usize]) {
            let rising = |condition: &&Condition<'_>| {
                condition.means == Means::Rising && !excluded.contains(&cx.place(condition))
            };
            let less = object.conditions.iter().filter(rising).find_map(|own| {
                let same = |known: &&Condition<'_>| known.sort == own.sort && known.about == own.about;
                let before = needed
                    .conditions
                    .iter()
                    .filter(rising)
                    .filter(same)
                    .find(|known| least(known) > least(own))?;
                (least(own) > f64::NEG_INFINITY && most(own) >= least(before)).then_some((own, before))
            });
            if let Some((own, before)) = less {
                diagnostics.push(
                    Diagnostic::new(
                        &code::LESS_THAN_BEFORE,
                        format!(
                            "`{}` asks for less than `{}`, which must be complete before",
                            cx.name(object),
                            cx.name(needed)
                        ),
                    )
                    .label(cx.place(own), format!("asks for {}", cx.asks(own)))
                    .label(cx.place(before), format!("asks for {}", cx.asks(before)))
                    .help("remove the condition, which is always met, or ask for more"),
                );
                break;
            }
            let own = cx.requires.own.iter().find_map(|Own { path, .. }| {
                let of = |row| {
                    value(cx.model, cx.resolved, row, Some(path)).filter(|node| node.number().is_some())
                };
                let (own, before) = (of(object.row)?, of(needed.row)?);
                (own.number() < before.number()).then_some((path, own, before))
            });
            if let Some((path, own, before)) = own {
                let (name, shown) = (path.join("."), |node: Node<'_>| node.raw().to_owned());
                diagnostics.push(
                    Diagnostic::new(
                        &code::LESS_THAN_BEFORE,
                        format!(
                            "`{}` is for less than `{}`, which must be complete before",
                            cx.name(object),
                            cx.name(needed)
                        ),
                    )
                    .label(own.span(), format!("`{name}` {}", shown(own)))
                    .label(before.span(), format!("`{name}` {}", shown(before)))
                    .help(format!("write {} or more", shown(before))),
                );
                break;
            }
        }
    }
}

fn least(condition: &Condition<'_>) -> f64 {
    condition.range.map_or(f64::NEG_INFINITY, |(least, _)| least)
}

fn most(condition: &Condition<'_>) -> f64 {
    condition.range.map_or(f64::INFINITY, |(_, most)| most)
}
