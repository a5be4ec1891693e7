//! Q2012: ids that nothing refers to.

use super::Lint;
use crate::check::uses::{kinds_of, uses};
use crate::diagnostics::{Diagnostic, code, nouns};
use crate::schema::KindId;
use bit_set::BitSet;

pub(super) fn report(lint: &Lint<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    if !lint.wants(&code::UNUSED) {
        return;
    }
    let model = lint.model;
    let counts = (0..model.kinds.len() as u32).map(|kind| lint.resolved.ids.of(KindId(kind)).list.len());
    let mut used: Vec<Vec<bool>> = counts.map(|count| vec![false; count]).collect::<Vec<_>>();
    uses(model, lint.resolved, &|_| true, &mut |found| {
        used[found.kind.0 as usize][found.id as usize] = true;
    });
    let mut named = BitSet::new();
    for field in model.records.iter().flat_map(|record| &record.fields) {
        for kind in kinds_of(model, field) {
            named.insert(kind.0 as usize);
        }
    }
    // Quests are played without being referred to.
    let own: Vec<KindId> = model
        .flows
        .iter()
        .filter_map(|flow| Some(model.record(flow.record).key()?.0))
        .chain(model.requires.iter().map(|requires| requires.kind))
        .collect();
    for kind in (0..model.kinds.len() as u32).map(KindId) {
        let described = model.kind(kind);
        if described.parent.is_some()
            || described.open()
            || !named.contains(kind.0 as usize)
            || own.contains(&kind)
        {
            continue;
        }
        for (id, row) in lint.resolved.ids.of(kind).list.iter().zip(0usize..) {
            let unused = |_: &_| !used[kind.0 as usize][row] && !lint.may_be_named(&id.text);
            let Some(span) = id.span.filter(unused) else { continue };
            let noun = nouns::spoken(described.noun());
            diagnostics.push(
                Diagnostic::new(&code::UNUSED, format!("the {noun} `{}` is never used", id.text))
                    .label(span, "nothing in the content names it")
                    .help("remove it; if code uses it, except it in the manifest"),
            );
        }
    }
}
