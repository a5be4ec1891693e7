//! Follows paths of property names through rows, for the stages after the check.

use super::{Resolved, ResolvedRef, Row};
use crate::schema::{KindId, Model, Path, RecordId, Shape, UnionId};
use crate::source::{Node, Siblings};
use std::ops::Range;

/// The rows and fields at which a path ends, through lists and maps. Absent objects are skipped.
pub fn follow<'w, 'a>(
    model: &'w Model,
    resolved: &'w Resolved<'a>,
    row: Row,
    path: &'w [String],
) -> Fields<'w, 'a> {
    let (last, affix) = path.split_last().map_or((None, path), |(last, affix)| (Some(last.as_str()), affix));
    Fields { objects: objects(model, resolved, row, affix), last }
}

/// Iterates over the rows and fields at which a path ends.
pub struct Fields<'w, 'a> {
    objects: Objects<'w, 'a>,
    last: Option<&'w str>,
}

impl Iterator for Fields<'_, '_> {
    type Item = (Row, usize);

    fn next(&mut self) -> Option<(Row, usize)> {
        let last = self.last?;
        loop {
            let row = self.objects.next()?;
            if let Some(field) = self.objects.model.field_named(row.record, last) {
                return Some((row, field));
            }
        }
    }
}

/// The objects that a path leads to.
pub fn objects<'w, 'a>(
    model: &'w Model,
    resolved: &'w Resolved<'a>,
    row: Row,
    path: &'w [String],
) -> Objects<'w, 'a> {
    let level = match path.first() {
        Some(name) => Children::of(model, resolved, row, name),
        None => Children { record: Some(row.record), union: None, rows: row.row..row.row + 1 },
    };
    Objects { model, resolved, path, level, outer: Vec::new() }
}

/// Iterates over the objects that a path leads to. Does not allocate for paths of one name, which nearly all are.
pub struct Objects<'w, 'a> {
    model: &'w Model,
    resolved: &'w Resolved<'a>,
    path: &'w [String],
    level: Children,
    /// The rest of the outer levels, the outermost first.
    outer: Vec<Children>,
}

impl Iterator for Objects<'_, '_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let Some(row) = self.level.next(self.model, self.resolved) else {
                self.level = self.outer.pop()?;
                continue;
            };
            let Some(name) = self.path.get(self.outer.len() + 1) else { return Some(row) };
            let inner = Children::of(self.model, self.resolved, row, name);
            self.outer.push(std::mem::replace(&mut self.level, inner));
        }
    }
}

/// The objects in a property.
struct Children {
    /// The record type of all of them; `None` for a union, where each has its own.
    record: Option<RecordId>,
    union: Option<UnionId>,
    rows: Range<u32>,
}

impl Children {
    fn of(model: &Model, resolved: &Resolved<'_>, row: Row, name: &str) -> Self {
        let none = Self { record: None, union: None, rows: 0..0 };
        let Some(field) = model.field_named(row.record, name) else { return none };
        let rows = resolved.content.table(row.record).cell(row.row, field).children();
        match model.record(row.record).fields[field].shape.element() {
            Shape::Record(record) | Shape::Map(record) => Self { record: Some(*record), union: None, rows },
            Shape::Union(union) => Self { record: None, union: Some(*union), rows },
            _ => none,
        }
    }

    fn next(&mut self, model: &Model, resolved: &Resolved<'_>) -> Option<Row> {
        let row = self.rows.next()?;
        match (self.record, self.union) {
            (Some(record), _) => Some(Row { record, row }),
            (None, Some(union)) => Some(resolved.content.pick(model, union, row)),
            (None, None) => None,
        }
    }
}

/// A reference to an id: the kind, the row of the id, and the referring value.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    pub kind: KindId,
    pub id: u32,
    pub node: Node<'a>,
}

/// The references in a field that lead to an id.
pub fn named<'w, 'a>(
    model: &'w Model,
    resolved: &'w Resolved<'a>,
    row: Row,
    field: usize,
) -> NamedIn<'w, 'a> {
    let kinds: &[KindId] = match model.record(row.record).fields[field].shape.element() {
        Shape::Link(spec) => &spec.kinds,
        Shape::Target(target) => &model.target(*target).all,
        _ => &[],
    };
    let node = resolved.content.node(row, field).filter(|_| !kinds.is_empty());
    NamedIn { kinds, nodes: node.map(super::references), refs: resolved.refs(row, field).iter() }
}

/// Iterates over the references in a field that lead to an id.
pub struct NamedIn<'w, 'a> {
    kinds: &'w [KindId],
    nodes: Option<Siblings<'a>>,
    refs: std::slice::Iter<'w, ResolvedRef>,
}

impl<'a> Iterator for NamedIn<'_, 'a> {
    type Item = Named<'a>;

    fn next(&mut self) -> Option<Named<'a>> {
        loop {
            let node = self.nodes.as_mut()?.next()?;
            if let Some(ResolvedRef::Id(number, id)) = self.refs.next()
                && let Some(kind) = self.kinds.get(usize::from(*number))
            {
                return Some(Named { kind: *kind, id: *id, node });
            }
        }
    }
}

/// The references at the end of a path that lead to an id.
pub fn named_at<'w, 'a>(
    model: &'w Model,
    resolved: &'w Resolved<'a>,
    row: Row,
    path: &'w [String],
) -> NamedAt<'w, 'a> {
    NamedAt { fields: follow(model, resolved, row, path), here: None }
}

/// Iterates over the references at the end of a path that lead to an id.
pub struct NamedAt<'w, 'a> {
    fields: Fields<'w, 'a>,
    here: Option<NamedIn<'w, 'a>>,
}

impl<'a> Iterator for NamedAt<'_, 'a> {
    type Item = Named<'a>;

    fn next(&mut self) -> Option<Named<'a>> {
        loop {
            if let Some(named) = self.here.as_mut().and_then(Iterator::next) {
                return Some(named);
            }
            let (row, field) = self.fields.next()?;
            let Objects { model, resolved, .. } = self.fields.objects;
            self.here = Some(named(model, resolved, row, field));
        }
    }
}

/// The state of the references in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none, or only a value that means none.
    Nothing,
    Names,
    /// One of them is unknown, which has been reported.
    Broken,
}

/// The state of the references in a field.
pub fn standing(model: &Model, resolved: &Resolved<'_>, row: Row, field: usize) -> Standing {
    let Some(node) = resolved.content.node(row, field) else { return Standing::Nothing };
    let words = match model.record(row.record).fields[field].shape.element() {
        Shape::Link(spec) => &spec.syntax,
        Shape::Target(target) => &model.target(*target).syntax,
        _ => return Standing::Names,
    };
    let mut standing = Standing::Nothing;
    for (node, resolved_ref) in super::references(node).zip(resolved.refs(row, field)) {
        match resolved_ref {
            ResolvedRef::Absent if node.is_null() || words.none.iter().any(|none| none.is(node)) => {}
            ResolvedRef::Absent => return Standing::Broken,
            _ => standing = Standing::Names,
        }
    }
    standing
}

/// Whether a path leads to `true`.
pub fn is_true(model: &Model, resolved: &Resolved<'_>, row: Row, path: Option<&Path>) -> bool {
    path.is_some_and(|path| {
        follow(model, resolved, row, path)
            .any(|(row, field)| resolved.content.node(row, field).and_then(Node::boolean) == Some(true))
    })
}

/// The value at the end of a path.
pub fn value<'a>(model: &Model, resolved: &Resolved<'a>, row: Row, path: Option<&Path>) -> Option<Node<'a>> {
    let (row, field) = follow(model, resolved, row, path?).next()?;
    resolved.content.node(row, field)
}
