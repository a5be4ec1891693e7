//! Q2011: ids that differ only in case, or in `-` and `_`.

use super::Lint;
use crate::check::IdTables;
use crate::check::uses::uses;
use crate::diagnostics::{Diagnostic, code};
use crate::schema::KindId;
use crate::text::Span;
use std::cell::OnceCell;
use std::collections::HashMap;

pub(super) fn report(lint: &Lint<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    if !lint.wants(&code::SIMILAR_IDS) {
        return;
    }
    let ids = &lint.resolved.ids;
    // The references to ids that are nowhere defined, collected once there is one.
    let named = OnceCell::new();
    for kind in (0..lint.model.kinds.len() as u32).map(KindId) {
        for (first, second) in pairs(ids, kind) {
            let place = |id: u32| {
                let named_at = || named.get_or_init(|| first_uses(lint)).get(&(kind, id)).copied();
                ids.id(kind, id).span.or_else(named_at)
            };
            let (Some(at), Some(other)) = (place(second), place(first)) else { continue };
            let (one, two) = (&ids.id(kind, first).text, &ids.id(kind, second).text);
            let what = if one.eq_ignore_ascii_case(two) {
                "case"
            } else if one.replace('_', "-") == two.replace('_', "-") {
                "`-` and `_`"
            } else {
                "case, and `-` and `_`"
            };
            diagnostics.push(
                Diagnostic::new(
                    &code::SIMILAR_IDS,
                    format!("two {} differ only by {what}: `{one}` and `{two}`", lint.model.kind(kind).plural()),
                )
                .label(at, "this one")
                .label(other, "and this one")
                .help("if they are meant to be the same, write one of them everywhere; if not, give one another id"),
            );
        }
    }
}

/// Pairs of ids of a kind that are equal in lower case with `-` for `_`.
pub(super) fn pairs(ids: &IdTables<'_>, kind: KindId) -> Vec<(u32, u32)> {
    let ids = ids.of(kind);
    let mut pairs = Vec::new();
    let mut seen: HashMap<(u32, String), u32> = HashMap::new();
    // At least one of two similar ids has a capital letter or `_`.
    for row in ids.mixed_case_rows.iter().copied() {
        let Some(id) = ids.list.get(row as usize) else { continue };
        let plain = id.text.to_ascii_lowercase().replace('_', "-");
        let known = ids.find(id.parent, &plain).or_else(|| seen.get(&(id.parent, plain.clone())).copied());
        match known {
            Some(known) if ids.list[known as usize].text != id.text => {
                pairs.push((known.min(row), known.max(row)));
            }
            Some(_) => {}
            None => {
                seen.insert((id.parent, plain), row);
            }
        }
    }
    pairs
}

/// The first reference to each id that has no definition.
fn first_uses(lint: &Lint<'_, '_>) -> HashMap<(KindId, u32), Span> {
    let mut places = HashMap::new();
    uses(lint.model, lint.resolved, &|_| true, &mut |found| {
        if lint.resolved.ids.id(found.kind, found.id).span.is_none() {
            places.entry((found.kind, found.id)).or_insert_with(|| found.node.span());
        }
    });
    places
}
