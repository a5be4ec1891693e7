//! Objective keys: what an objective counts, and how often, as the journal of the schema says.

use super::now::Now;
use crate::check::walk::{follow, named};
use crate::check::{Row, id_text};
use crate::schema::{DefaultValue, KindId, Literal, Mapping, Path};
use crate::text::Span;

/// What is counted now.
#[derive(Debug)]
pub(super) struct CurrentObjectiveKey {
    pub(super) count: u32,
    /// The event, and its target if there is one.
    pub(super) what: Vec<String>,
    /// The span of the count, if it is written.
    pub(super) count_at: Option<Span>,
    /// The span of the target, or of the event, if it is written.
    pub(super) what_at: Option<Span>,
}

/// What is counted for an id of a kind; `None` if the journal counts nothing for it.
pub(super) fn objective_key(now: &Now<'_, '_>, kind: KindId, id: u32) -> Option<CurrentObjectiveKey> {
    let journal = now.model.journal.as_ref().filter(|journal| journal.objective == kind)?;
    let row = now.object(kind, id)?;
    let (count, count_at) = journal.count.as_ref().map_or((None, None), |path| literal(now, row, path));
    let count = match count {
        Some(Literal::Integer(number)) => u32::try_from(number.max(1)).unwrap_or(u32::MAX),
        _ => 1,
    };
    let mut what = Vec::new();
    let mut what_at = None;
    if let Some((owner, field)) = follow(now.model, now.resolved, row, &journal.event.path).next() {
        let target = now.model.target(journal.event.target);
        let by = vec![now.model.record(owner.record).fields[target.by].json.to_string()];
        let (sort, sort_at) = literal(now, owner, &by);
        let sort = sort.map(|sort| sort.show_plain());
        let mapping = target.mappings.iter().find(|(known, _)| sort.as_ref() == Some(known));
        what.extend(sort.clone());
        // A target of an event that has none is ignored.
        let named_here = mapping.is_none_or(|(_, mapping)| *mapping != Mapping::Nothing);
        let node = now.resolved.content.node(owner, field).filter(|_| named_here);
        let mut ids = named(now.model, now.resolved, owner, field).filter(|_| named_here);
        // The path of the id, however the reference is written.
        let text = match ids.next() {
            Some(named) => Some(now.path(named.kind, named.id)),
            None => node.filter(|node| !node.is_null()).and_then(id_text).map(|text| text.into_owned()),
        };
        what_at = node.filter(|_| text.is_some()).map(|node| node.span()).or(sort_at);
        what.extend(text);
    }
    Some(CurrentObjectiveKey { count, what, count_at, what_at })
}

/// The value at the end of a path or its default, and the span of a value that is written.
fn literal(now: &Now<'_, '_>, row: Row, path: &Path) -> (Option<Literal>, Option<Span>) {
    let Some((owner, field)) = follow(now.model, now.resolved, row, path).next() else {
        return (None, None);
    };
    match now.resolved.content.node(owner, field) {
        Some(node) => (Some(Literal::of(node)), Some(node.span())),
        None => match &now.model.record(owner.record).fields[field].default {
            DefaultValue::Literal(literal) => (Some(literal.clone()), None),
            DefaultValue::None => (None, None),
        },
    }
}
