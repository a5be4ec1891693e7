//! Conditions about the object itself: that it requires itself, and what its own properties say of what it asks for.

use super::{AnalysisContext, Condition, Group, Member, Object, Sink, apart};
use crate::check::walk::value;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::Own;
use crate::source::Node;
use crate::text::Span;
use std::collections::HashSet;

/// Objects that require themselves, a part of themselves, or a group that they belong to. `order` are those that can be begun all the
/// same: another condition is enough.
pub(super) fn itself(cx: &AnalysisContext<'_, '_, '_>, order: &[u32], sink: &mut Sink<'_>) {
    let mut closed = vec![true; cx.objects.len()];
    for at in order {
        closed[*at as usize] = false;
    }
    for (at, object) in (0..).zip(&cx.objects).filter(|(at, _)| closed[*at as usize]) {
        for condition in object.conditions.iter().filter(|condition| !condition.negated) {
            if let Some(diagnostic) = requires_itself(cx, at, object, condition) {
                sink.push_never(object, diagnostic);
            }
        }
    }
}

fn requires_itself(
    cx: &AnalysisContext<'_, '_, '_>,
    at: u32,
    object: &Object<'_>,
    condition: &Condition<'_>,
) -> Option<Diagnostic> {
    let node = cx.waits(condition)?;
    let mut objects = Vec::new();
    cx.objects_in(node, &mut objects);
    if !objects.contains(&at) {
        return None;
    }
    let (noun, name) = (cx.noun(object), cx.name(object));
    let (title, label) = match cx.whole(node) {
        Some(whole) if condition.object != Some(at) => {
            let whole = cx.whole_name(whole);
            (
                format!("the {noun} `{name}` requires {whole}, to which it belongs"),
                format!("is complete when `{name}` is"),
            )
        }
        _ if condition.about != name && condition.node.is_some() && condition.waits == Some(at) => {
            (format!("the {noun} `{name}` requires a part of itself"), format!("belongs to `{name}`"))
        }
        _ => (format!("the {noun} `{name}` requires itself"), "this is the same".to_owned()),
    };
    Some(
        Diagnostic::new(&code::REQUIRES_ITSELF, title)
            .label(cx.place(condition), label)
            .help(format!("name the {noun} that comes before it, or remove the condition")),
    )
}

/// Objects that need more of several conditions than there are.
pub(super) fn too_many(cx: &AnalysisContext<'_, '_, '_>, sink: &mut Sink<'_>) {
    for object in &cx.objects {
        let Some((needed, there)) = object.group.as_deref().and_then(short_of) else { continue };
        let at = cx.requires(object).at.as_ref();
        let place = at.and_then(|at| cx.resolved.content.object(object.row).get(at.first()?));
        let conditions = if there == 1 { "there is 1" } else { &format!("there are {there}") };
        let title = format!(
            "`{}` can never be begun: it needs {needed} conditions, and {conditions}",
            cx.name(object)
        );
        sink.push_never(
            object,
            Diagnostic::new(&code::OUT_OF_REACH, title)
                .label(place.map_or_else(|| cx.span(object), Node::label), "not enough of them")
                .help("ask for fewer, or add some"),
        );
    }
}

/// How many members a group needs and has, if it has too few, as far as it is needed itself.
fn short_of(group: &Group) -> Option<(u64, usize)> {
    let there = group.members.len();
    if group.needed > there as u64 {
        return Some((group.needed, there));
    }
    if group.needed < there as u64 {
        return None;
    }
    group.members.iter().find_map(|member| match member {
        Member::Group(group) => short_of(group),
        Member::Condition(_) | Member::Free => None,
    })
}

/// Conditions that ask for a number that the object's own property cannot be.
pub(super) fn out_of_reach(cx: &AnalysisContext<'_, '_, '_>, sink: &mut Sink<'_>) {
    for object in &cx.objects {
        for Own { sort, bounds, .. } in &cx.requires(object).own {
            let Some(sort) = cx.sort_of(object, sort) else { continue };
            for condition in object.certain().filter(|condition| condition.sort == sort) {
                let Some(range) = condition.range.filter(|range| apart(*range, *bounds)) else { continue };
                let none = if range.0 > bounds.1 {
                    format!("there is none above {}", bounds.1)
                } else {
                    format!("there is none below {}", bounds.0)
                };
                let asks = cx.asks(condition);
                let title = format!("`{}` can never be begun: it asks for {asks}", cx.name(object));
                sink.push_never(
                    object,
                    Diagnostic::new(&code::OUT_OF_REACH, title)
                        .label(cx.place(condition), none)
                        .help("write a number that there is"),
                );
            }
        }
    }
}

/// `Level greaterThan 5` on a quest of level 5: whoever has its level cannot take it.
/// Not said of conditions that another one excludes.
pub(super) fn level(
    cx: &AnalysisContext<'_, '_, '_>,
    contradicted: &HashSet<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for object in &cx.objects {
        for own in &cx.requires(object).own {
            let Some(sort) = cx.sort_of(object, &own.sort) else { continue };
            let conditions = || object.certain().filter(|condition| condition.sort == sort);
            if conditions().next().is_none() {
                continue;
            }
            let node = value(cx.model, cx.resolved, object.row, Some(&own.path));
            let Some((node, level)) = node.and_then(|node| Some((node, node.number()?))) else { continue };
            for condition in conditions().filter(|condition| !contradicted.contains(&cx.place(condition))) {
                let range = condition.range.filter(|range| !apart(*range, own.bounds));
                let Some(range) = range.filter(|(least, most)| level < *least || level > *most) else {
                    continue;
                };
                diagnostics.push(for_another_level(cx, object, condition, (node, level), range));
            }
        }
    }
}

fn for_another_level(
    cx: &AnalysisContext<'_, '_, '_>,
    object: &Object<'_>,
    condition: &Condition<'_>,
    (node, level): (Node<'_>, f64),
    (least, most): (f64, f64),
) -> Diagnostic {
    let noun = cx.noun(object);
    let (fits, needed) = match level < least {
        _ if least == most => (least, format!("level {least}")),
        true => (least, format!("level {least} or more")),
        false => (most, format!("level {most} or less")),
    };
    let title = format!("`{}` is for level {level}, but asks for {needed}", cx.name(object));
    Diagnostic::new(&code::OWN_LEVEL, title)
        .label(cx.place(condition), format!("only with {needed}"))
        .label(node.span(), format!("the level of the {noun}"))
        .help(format!(
            "give the {noun} the level {fits}, or change the condition so that level {level} meets it"
        ))
}
