//! The ids of every kind: where each is defined, and finding one by its text.

mod collect;
mod messages;

pub use collect::{IdSources, collect};

use super::rows::{Content, Row};
use crate::schema::{KindId, Model, RecordId};
use crate::source::{Node, NodeKind};
use crate::text::Span;
use quest_format::lookup::{Lookup, hash_id, slots_for};
use std::borrow::Cow;
use std::collections::HashMap;

/// An id.
#[derive(Clone, Debug)]
pub struct Id<'a> {
    pub text: Cow<'a, str>,
    /// Row of the id in whose scope this one is unique; 0 where the kind has no scope.
    pub parent: u32,
    /// Where it is defined.
    pub span: Option<Span>,
}

/// The ids of one kind, in row order, with the lookup of the run-time format, so that `lower` need not hash all ids again.
#[derive(Clone, Debug, Default)]
pub struct IdTable<'a> {
    pub list: Vec<Id<'a>>,
    pub lookup: Lookup,
    scoped: bool,
    /// The rows of ids with capital letters or `_`. There are few, and finding them again takes longer than collecting all ids.
    pub mixed_case_rows: Vec<u32>,
    /// For kinds whose objects need no id: the id rows of the objects that have one.
    owned: HashMap<(RecordId, u32), u32>,
}

impl<'a> IdTable<'a> {
    fn hash(&self, parent: u32, text: &str) -> u64 {
        hash_id(text, self.scoped.then_some(parent))
    }

    /// Finds the row of an id.
    pub fn find(&self, parent: u32, text: &str) -> Option<u32> {
        self.lookup.find(self.hash(parent, text), |row| {
            self.list.get(row as usize).is_some_and(|id| id.text == text && id.parent == parent)
        })
    }

    /// Adds an id; if it is there already, the row of the first.
    fn insert(&mut self, id: Id<'a>) -> Result<u32, u32> {
        if let Some(row) = self.find(id.parent, &id.text) {
            return Err(row);
        }
        let row = self.list.len() as u32;
        let hash = self.hash(id.parent, &id.text);
        if id.text.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'_') {
            self.mixed_case_rows.push(row);
        }
        self.list.push(id);
        if self.lookup.is_full() {
            self.rebuild(self.list.len());
        } else {
            self.lookup.insert(row, hash);
        }
        Ok(row)
    }

    /// Makes room for `count` ids in an empty table.
    fn reserve(&mut self, count: usize) {
        self.lookup = Lookup::with_capacity(count);
        self.list.reserve(count);
    }

    /// Sizes the lookup for the ids in the table, which are the same whatever was reserved.
    fn fit(&mut self) {
        if slots_for(self.list.len()) != self.lookup.slots().len() {
            self.rebuild(self.list.len());
        }
    }

    /// Adds the row of an object that must have an id and has none.
    fn push_missing(&mut self, parent: u32) {
        self.list.push(Id { text: Cow::Borrowed(""), parent, span: None });
    }

    /// Builds the lookup again, with room for `count` ids. Objects without an id are left out: nothing finds them.
    fn rebuild(&mut self, count: usize) {
        self.lookup = Lookup::with_capacity(count);
        for row in 0..self.list.len() {
            let Id { text, parent, span } = &self.list[row];
            let is_missing = text.is_empty() && span.is_none();
            if !is_missing && self.find(*parent, text).is_none() {
                let hash = self.hash(*parent, text);
                self.lookup.insert(row as u32, hash);
            }
        }
    }
}

/// The ids of all kinds.
#[derive(Debug)]
pub struct IdTables<'a> {
    pub kinds: Vec<IdTable<'a>>,
    /// Of scoped kinds: for each parent row, the rows of its ids, in order.
    children: Vec<Vec<Vec<u32>>>,
    /// Ids that several objects have: the first maps to all others, each other to the first.
    pub duplicates: HashMap<(KindId, u32), Vec<u32>>,
}

impl<'a> IdTables<'a> {
    pub fn of(&self, kind: KindId) -> &IdTable<'a> {
        &self.kinds[kind.0 as usize]
    }

    pub fn id(&self, kind: KindId, row: u32) -> &Id<'a> {
        &self.of(kind).list[row as usize]
    }

    /// The id of a row.
    pub fn own(&self, model: &Model, content: &Content<'_>, kind: KindId, row: Row) -> Option<u32> {
        own(model, content, self.of(kind), kind, row)
    }

    /// The id of the innermost object of `kind` around a row, which can be the row itself.
    pub fn enclosing(&self, model: &Model, content: &Content<'_>, row: Row, kind: KindId) -> Option<u32> {
        enclosing(model, content, &self.kinds, row, kind)
    }

    /// The ids in the scope of a parent.
    pub fn children(&self, kind: KindId, parent: u32) -> &[u32] {
        self.children[kind.0 as usize].get(parent as usize).map_or(&[], Vec::as_slice)
    }

    /// Adds an id of a kind that accepts any; the row if it is there already.
    pub fn accept(&mut self, kind: KindId, text: Cow<'a, str>) -> u32 {
        match self.kinds[kind.0 as usize].insert(Id { text, parent: 0, span: None }) {
            Ok(row) | Err(row) => row,
        }
    }

    /// The id after those of its scopes: `iron-path:find-descent`.
    pub fn path(&self, model: &Model, kind: KindId, row: u32) -> String {
        let id = self.id(kind, row);
        match model.kind(kind).parent {
            Some(parent) if (id.parent as usize) < self.of(parent).list.len() => {
                format!("{}:{}", self.path(model, parent, id.parent), id.text)
            }
            _ => id.text.clone().into_owned(),
        }
    }
}

/// The id of the innermost object of `kind` around a row, which can be the row itself.
///
/// Where every object has an id of its own, id rows are table rows, so that a stage's id leads to the stage without a search.
fn enclosing(
    model: &Model,
    content: &Content<'_>,
    kinds: &[IdTable<'_>],
    row: Row,
    kind: KindId,
) -> Option<u32> {
    let records = &model.kind(kind).records;
    let around = std::iter::successors(Some(row), |row| content.owner(*row))
        .find(|row| records.contains(&row.record))?;
    own(model, content, &kinds[kind.0 as usize], kind, around)
}

/// The id of a row.
fn own(model: &Model, content: &Content<'_>, ids: &IdTable<'_>, kind: KindId, row: Row) -> Option<u32> {
    if model.kind(kind).one_to_one() {
        Some(content.base(model, kind, row.record) + row.row)
    } else {
        ids.owned.get(&(row.record, row.row)).copied()
    }
}

/// The text of an id: a string, or a whole number in digits.
pub fn id_text(node: Node<'_>) -> Option<Cow<'_, str>> {
    match node.kind() {
        NodeKind::Integer | NodeKind::Float => node.integer().map(|number| Cow::Owned(number.to_string())),
        _ => node.text(),
    }
}

/// The text after a prefix; `None` if it does not start with it.
pub(super) fn without_prefix<'a>(text: Cow<'a, str>, prefix: &str) -> Option<Cow<'a, str>> {
    match text {
        text if prefix.is_empty() => Some(text),
        Cow::Borrowed(text) => text.strip_prefix(prefix).map(Cow::Borrowed),
        Cow::Owned(text) => text.strip_prefix(prefix).map(|rest| Cow::Owned(rest.to_owned())),
    }
}
