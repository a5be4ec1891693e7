//! Q2013 and Q2014: ids that are tested and never set, or set and never tested, by the `sets` and `tests` of references.

use super::Lint;
use super::similar_ids::pairs;
use crate::check::Row;
use crate::check::uses::{Use, role, uses};
use crate::check::walk::value;
use crate::diagnostics::{Code, Diagnostic, code, nouns};
use crate::schema::{KindId, Model};
use crate::text::Span;
use bit_set::BitSet;
use std::collections::{HashMap, HashSet};

/// Where an id is first set and first tested.
#[derive(Default)]
struct FirstUses {
    set: Option<Span>,
    tested: Option<Span>,
}

pub(super) fn report(lint: &Lint<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let wanted = [&code::NEVER_SET, &code::NEVER_TESTED].map(|code: &Code| lint.wants(code));
    if wanted == [false, false] {
        return;
    }
    let model = lint.model;
    let places = places(lint);
    let similar = similar(lint, &places);
    // Where no schema has the other side, game code does it.
    let (can_set, can_test) = sides(model);
    for ((kind, id), FirstUses { set, tested }) in places {
        if similar.contains(&(kind, id)) || lint.may_be_named(&lint.resolved.ids.id(kind, id).text) {
            continue;
        }
        let (path, noun) = (model.kind(kind).path.as_str(), nouns::spoken(model.kind(kind).noun()));
        let text = &lint.resolved.ids.id(kind, id).text;
        match (set, tested) {
            (None, Some(place)) if can_set.contains(&path) && wanted[0] => diagnostics.push(
                Diagnostic::new(
                    &code::NEVER_SET,
                    format!("the {noun} `{text}` is tested, but nothing in the content sets it"),
                )
                .label(place, "never there")
                .help("set it somewhere; if code does, except it in the manifest"),
            ),
            (Some(place), None) if can_test.contains(&path) && wanted[1] => diagnostics.push(
                Diagnostic::new(
                    &code::NEVER_TESTED,
                    format!("the {noun} `{text}` is set, but nothing in the content tests it"),
                )
                .label(place, "makes no difference")
                .help("test it somewhere; if code does, except it in the manifest"),
            ),
            _ => {}
        }
    }
}

/// Where each id is set and tested, each at its first use.
fn places(lint: &Lint<'_, '_>) -> HashMap<(KindId, u32), FirstUses> {
    let model = lint.model;
    let mut places: HashMap<(KindId, u32), FirstUses> = HashMap::new();
    let asked =
        |field: &_| role(model, field).is_some_and(|role| !role.sets.is_empty() || !role.tests.is_empty());
    uses(model, lint.resolved, &asked, &mut |Use { row, field, node, kind, id }| {
        let path = &model.kind(kind).path;
        let Some(role) = role(model, &model.record(row.record).fields[field]) else { return };
        let (sets, tests) = (role.sets.contains(path), role.tests.contains(path));
        if !sets && !tests {
            return;
        }
        let known = places.entry((kind, id)).or_default();
        if sets && !clears(lint, row) {
            known.set.get_or_insert(node.span());
        }
        if tests {
            known.tested.get_or_insert(node.span());
        }
    });
    places
}

/// The paths of the kinds that any schema sets, and of those that any schema tests.
fn sides(model: &Model) -> (Vec<&str>, Vec<&str>) {
    let (mut can_set, mut can_test) = (Vec::new(), Vec::new());
    let fields = model.records.iter().flat_map(|record| &record.fields);
    for role in fields.filter_map(|field| role(model, field)) {
        can_set.extend(role.sets.iter().map(String::as_str));
        can_test.extend(role.tests.iter().map(String::as_str));
    }
    (can_set, can_test)
}

/// The ids that are reported as similar to another one, which explains why one of the two is never set or tested.
fn similar(lint: &Lint<'_, '_>, places: &HashMap<(KindId, u32), FirstUses>) -> HashSet<(KindId, u32)> {
    let mut similar = HashSet::new();
    if !lint.wants(&code::SIMILAR_IDS) {
        return similar;
    }
    let mut kinds = BitSet::new();
    for (kind, _) in places.keys().filter(|(kind, _)| kinds.insert(kind.0 as usize)) {
        for (one, other) in pairs(&lint.resolved.ids, *kind) {
            similar.extend([(*kind, one), (*kind, other)]);
        }
    }
    similar
}

/// Whether an action takes away what it names: its state is `false`.
fn clears(lint: &Lint<'_, '_>, row: Row) -> bool {
    let changes = lint.model.journal.iter().flat_map(|journal| &journal.changes);
    let mut states = changes
        .filter(|changes| changes.record == row.record)
        .filter_map(|changes| value(lint.model, lint.resolved, row, changes.state.as_ref()));
    states.any(|state| state.boolean() == Some(false) || state.text().as_deref() == Some("false"))
}
