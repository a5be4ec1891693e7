//! The ids of every kind: where each is defined, and finding one by its text.

use super::content::{Content, Row};
use crate::diagnose::{Diagnostic, code};
use crate::schema::{KindId, Model};
use crate::source::{Node, Span};
use quest_types::format;
use std::borrow::Cow;

/// An id.
#[derive(Clone, Debug)]
pub(crate) struct Id<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Row of the id in whose scope this one is unique; 0 where the kind has no scope.
    pub(crate) parent: u32,
    /// Where it is defined.
    pub(crate) span: Option<Span>,
}

/// The ids of one kind, in row order, with the lookup table that is written for the game as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids<'a> {
    pub(crate) list: Vec<Id<'a>>,
    /// Row + 1 (0 = empty) and the upper half of the hash.
    pub(crate) slots: Vec<(u32, u32)>,
    scoped: bool,
}

impl<'a> Ids<'a> {
    fn hash(&self, parent: u32, text: &str) -> u64 {
        format::hash(text.as_bytes(), if self.scoped { u64::from(parent) + 1 } else { 0 })
    }

    /// The row of an id.
    pub(crate) fn find(&self, parent: u32, text: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let hash = self.hash(parent, text);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let (row, tag) = self.slots[at];
            let row = row.checked_sub(1)?;
            if tag == (hash >> 32) as u32 {
                let id = &self.list[row as usize];
                if id.text == text && id.parent == parent {
                    return Some(row);
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds an id; if it is there already, the row of the first.
    fn insert(&mut self, id: Id<'a>) -> Result<u32, u32> {
        if let Some(row) = self.find(id.parent, &id.text) {
            return Err(row);
        }
        let row = self.list.len() as u32;
        let hash = self.hash(id.parent, &id.text);
        self.list.push(id);
        if self.list.len() * 2 > self.slots.len() {
            self.rebuild();
        } else {
            self.place(row, hash);
        }
        Ok(row)
    }

    fn place(&mut self, row: u32, hash: u64) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].0 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = (row + 1, (hash >> 32) as u32);
    }

    /// Makes the table anew with at least twice as many slots as ids.
    fn rebuild(&mut self) {
        let slots = (self.list.len() * 2).next_power_of_two().max(2);
        self.slots = vec![(0, 0); slots];
        for row in 0..self.list.len() {
            let hash = self.hash(self.list[row].parent, &self.list[row].text);
            self.place(row as u32, hash);
        }
    }
}

/// The ids of all kinds.
#[derive(Debug)]
pub(crate) struct Keys<'a> {
    pub(crate) kinds: Vec<Ids<'a>>,
    /// Of scoped kinds: for each parent row, the rows of its ids, in order.
    children: Vec<Vec<Vec<u32>>>,
}

impl<'a> Keys<'a> {
    pub(crate) fn of(&self, kind: KindId) -> &Ids<'a> {
        &self.kinds[kind.0 as usize]
    }

    pub(crate) fn id(&self, kind: KindId, row: u32) -> &Id<'a> {
        &self.of(kind).list[row as usize]
    }

    /// The ids in the scope of a parent.
    pub(crate) fn children(&self, kind: KindId, parent: u32) -> &[u32] {
        self.children[kind.0 as usize].get(parent as usize).map_or(&[], Vec::as_slice)
    }

    /// Adds an id of a kind that accepts any; the row if it is there already.
    pub(crate) fn accept(&mut self, kind: KindId, text: Cow<'a, str>) -> u32 {
        match self.kinds[kind.0 as usize].insert(Id { text, parent: 0, span: None }) {
            Ok(row) | Err(row) => row,
        }
    }

    /// `iron-path:find-descent`: the id with those of its scopes in front.
    pub(crate) fn path(&self, model: &Model, kind: KindId, row: u32) -> String {
        let id = self.id(kind, row);
        match model.kind(kind).parent {
            Some(parent) => format!("{}:{}", self.path(model, parent, id.parent), id.text),
            None => id.text.clone().into_owned(),
        }
    }
}

/// The id row of the object of `kind` in which a row stands, the row itself included.
///
/// Id rows of a record type are its table rows, so that a stage's id leads to the stage without a search.
pub(crate) fn enclosing(model: &Model, content: &Content<'_>, row: Row, kind: KindId) -> Option<u32> {
    let record = model.kind(kind).record?;
    std::iter::successors(Some(row), |row| content.owner(*row))
        .find(|row| row.record == record)
        .map(|row| row.row)
}

/// Collects the ids that content and registries define; reports those that are there twice.
pub(crate) fn collect<'a>(
    model: &Model,
    content: &Content<'a>,
    registries: &[(KindId, Node<'a>)],
    listed: &'a [(KindId, String, Option<Span>)],
    findings: &mut Vec<Diagnostic>,
) -> Keys<'a> {
    let mut kinds: Vec<Ids<'a>> =
        model.kinds.iter().map(|kind| Ids { scoped: kind.parent.is_some(), ..Ids::default() }).collect();
    // Parents first: `quest` before `quest.stage`.
    let mut order: Vec<usize> = (0..model.kinds.len()).collect();
    order.sort_by_key(|at| model.scopes(KindId(*at as u32)).count());
    for at in order {
        let kind = KindId(at as u32);
        let Some(record) = model.kind(kind).record else { continue };
        let Some((_, field)) = model.record(record).key else { continue };
        for row in 0..content.table(record).len() {
            let row = Row { record, row };
            let node = content.node(row, field);
            let parent = model
                .kind(kind)
                .parent
                .and_then(|parent| enclosing(model, content, row, parent))
                .unwrap_or(0);
            let text = node.and_then(Node::text);
            // A row without an id has been reported; it still takes its place in the table.
            let unnamed = text.is_none();
            let id = Id { text: text.unwrap_or(Cow::Borrowed("")), parent, span: node.map(Node::span) };
            let ids = &mut kinds[at];
            if unnamed {
                ids.list.push(id);
                continue;
            }
            if let Err(first) = ids.insert(id.clone()) {
                let scope = model.kind(kind).parent.map(|parent| {
                    (model.kind(parent).noun(), &kinds[parent.0 as usize].list[id.parent as usize].text)
                });
                findings.push(twice(model.kind(kind).noun(), scope, &id, &kinds[at].list[first as usize]));
                kinds[at].list.push(id);
            }
        }
        kinds[at].rebuild_without_unnamed();
    }
    for (kind, node) in registries {
        let id = Id { text: node.text().unwrap_or_default(), parent: 0, span: Some(node.span()) };
        register(model, &mut kinds, *kind, id, findings);
    }
    for (kind, text, span) in listed {
        let id = Id { text: Cow::Borrowed(text.as_str()), parent: 0, span: *span };
        register(model, &mut kinds, *kind, id, findings);
    }
    let children = (0..model.kinds.len())
        .map(|at| {
            let Some(parent) = model.kinds[at].parent else { return Vec::new() };
            let mut children = vec![Vec::new(); kinds[parent.0 as usize].list.len()];
            for (row, id) in kinds[at].list.iter().enumerate() {
                if let Some(list) = children.get_mut(id.parent as usize) {
                    list.push(row as u32);
                }
            }
            children
        })
        .collect();
    Keys { kinds, children }
}

impl Ids<'_> {
    /// Sizes the table for what is there; ids that could not be read are not found.
    fn rebuild_without_unnamed(&mut self) {
        let slots = (self.list.len() * 2).next_power_of_two().max(2);
        if slots == self.slots.len() {
            return;
        }
        self.slots = vec![(0, 0); slots];
        for row in 0..self.list.len() {
            if self.list[row].span.is_some()
                && self.find(self.list[row].parent, &self.list[row].text).is_none()
            {
                let hash = self.hash(self.list[row].parent, &self.list[row].text);
                self.place(row as u32, hash);
            }
        }
    }
}

fn register<'a>(
    model: &Model,
    kinds: &mut [Ids<'a>],
    kind: KindId,
    id: Id<'a>,
    findings: &mut Vec<Diagnostic>,
) {
    let ids = &mut kinds[kind.0 as usize];
    if let Err(first) = ids.insert(id.clone()) {
        findings.push(twice(model.kind(kind).noun(), None, &id, &ids.list[first as usize]));
    }
}

fn twice(noun: &str, scope: Option<(&str, &Cow<'_, str>)>, second: &Id<'_>, first: &Id<'_>) -> Diagnostic {
    let within = scope.map_or_else(String::new, |(noun, id)| format!(" in {noun} `{id}`"));
    let mut finding =
        Diagnostic::new(&code::DUPLICATE_ID, format!("two {noun}s have the id `{}`{within}", second.text));
    if let Some(span) = second.span {
        finding = finding.label(span, "the second one");
    }
    if let Some(span) = first.span {
        finding = finding.label(span, "the first one");
    }
    finding.help(format!("give one of them another id, and change what refers to that {noun}"))
}
