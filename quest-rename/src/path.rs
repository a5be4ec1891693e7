//! Paths of ids, such as `iron-path:find-descent`: which part of a text names which id.

use quest_compiler::check::{IdTables, Resolved, Row};
use quest_compiler::schema::{KindId, Model, RecordId};
use std::ops::Range;

/// An id by the kind that it has and its row.
pub type IdRow = (KindId, u32);

/// The ids of checked content.
#[derive(Clone, Copy)]
pub(crate) struct Ids<'c, 'a> {
    pub(crate) model: &'c Model,
    pub(crate) resolved: &'c Resolved<'a>,
}

impl<'c, 'a> Ids<'c, 'a> {
    pub(crate) fn tables(self) -> &'c IdTables<'a> {
        &self.resolved.ids
    }

    /// The text of an id.
    pub(crate) fn text(self, (kind, row): IdRow) -> &'c str {
        self.tables().of(kind).list.get(row as usize).map_or("", |id| &id.text)
    }

    /// The id in whose scope another one is unique.
    pub(crate) fn parent(self, (kind, row): IdRow) -> Option<IdRow> {
        let parent = self.model.kind(kind).parent?;
        let id = self.tables().of(kind).list.get(row as usize)?;
        ((id.parent as usize) < self.tables().of(parent).list.len()).then_some((parent, id.parent))
    }

    /// An id and those around it, innermost first.
    pub(crate) fn chain(self, id: IdRow) -> impl Iterator<Item = IdRow> {
        std::iter::successors(Some(id), move |id| self.parent(*id))
    }

    /// The path of an id, with another text for one of its parts.
    pub(crate) fn path_with(self, id: IdRow, renamed: IdRow, new: &str) -> String {
        let mut parts: Vec<&str> =
            self.chain(id).map(|part| if part == renamed { new } else { self.text(part) }).collect();
        parts.reverse();
        parts.join(":")
    }

    pub(crate) fn path(self, (kind, row): IdRow) -> String {
        self.tables().path(self.model, kind, row)
    }

    /// Where `text`, a path of `id`, names `wanted`; `None` if it does not.
    pub(crate) fn locate(
        self,
        text: &str,
        id: IdRow,
        wanted: IdRow,
        separator: &str,
    ) -> Option<Range<usize>> {
        let mut rest = text;
        for part in self.chain(id) {
            let name = self.text(part);
            let Some(before) = rest.strip_suffix(name).filter(|_| !name.is_empty()) else {
                // The object around can be named by another of its ids.
                if let Some(found) = self.other_key(rest, part, wanted) {
                    return Some(found);
                }
                continue;
            };
            if part == wanted {
                return Some(before.len()..rest.len());
            }
            let prefix = self.model.kind(part.0).prefix.as_str();
            let before = before.strip_suffix(prefix).unwrap_or(before);
            rest = before.strip_suffix(separator)?;
        }
        None
    }

    /// Where a text names `wanted`, another id of the same object as `part`.
    fn other_key(self, text: &str, part: IdRow, wanted: IdRow) -> Option<Range<usize>> {
        let name = self.text(wanted);
        let before = text.strip_suffix(name).filter(|_| wanted.0 != part.0 && !name.is_empty())?;
        let same = self
            .rows(part.0)
            .any(|row| self.own(part.0, row) == Some(part.1) && self.own(wanted.0, row) == Some(wanted.1));
        same.then_some(before.len()..text.len())
    }

    /// The objects that have ids of a kind.
    pub(crate) fn rows(self, kind: KindId) -> impl Iterator<Item = Row> {
        let rows = move |record: RecordId| {
            (0..self.resolved.content.table(record).len()).map(move |row| Row { record, row })
        };
        self.model.kind(kind).records.iter().copied().flat_map(rows)
    }

    /// The id of an object.
    pub(crate) fn own(self, kind: KindId, row: Row) -> Option<u32> {
        if !self.model.kind(kind).records.contains(&row.record) {
            return None;
        }
        self.tables().own(self.model, &self.resolved.content, kind, row)
    }

    /// Whether an id is `wanted` or belongs to it.
    pub(crate) fn is_within(self, id: IdRow, wanted: IdRow) -> bool {
        self.chain(id).any(|part| part == wanted)
    }
}
