//! Follows paths of property names through rows, for the stages after the check.

use super::{Resolved, ResolvedRef, Row};
use crate::schema::{DefaultValue, KindId, Literal, MAP_NAME, Model, Path, RecordId, Shape, UnionId};
use crate::source::{Node, Siblings};
use std::ops::Range;

/// The rows and fields at which a path ends, through lists, maps and unions. Absent objects are skipped. Elements and entries that are
/// no objects have rows of their own, and a field for their value, which is where the path ends then.
pub fn follow<'w, 'a>(
    model: &'w Model,
    resolved: &'w Resolved<'a>,
    row: Row,
    path: &'w [String],
) -> Fields<'w, 'a> {
    let outer = outer_fields(model, resolved, row, path);
    Fields { outer, inner: Vec::new() }
}

/// The rows and fields at which a path ends, where lists of lists and maps count as one value.
pub fn outer_fields<'w, 'a>(
    model: &'w Model,
    resolved: &'w Resolved<'a>,
    row: Row,
    path: &'w [String],
) -> OuterFields<'w, 'a> {
    let (last, affix) = path.split_last().map_or((None, path), |(last, affix)| (Some(last.as_str()), affix));
    let mut objects = objects(model, resolved, row, affix);
    objects.stops_at_entries = last == Some(MAP_NAME);
    OuterFields { objects, last }
}

/// Iterates over the rows and fields at which a path ends.
pub struct Fields<'w, 'a> {
    outer: OuterFields<'w, 'a>,
    /// The rows of elements and entries that are no objects, the outermost first.
    inner: Vec<Level>,
}

impl Iterator for Fields<'_, '_> {
    type Item = (Row, usize);

    fn next(&mut self) -> Option<(Row, usize)> {
        let Objects { model, resolved, .. } = self.outer.objects;
        loop {
            let found = match self.inner.last_mut() {
                None => self.outer.next()?,
                Some(level) => match level.next(model, resolved) {
                    Some(row) => (row, level.value?),
                    None => {
                        self.inner.pop();
                        continue;
                    }
                },
            };
            match value_rows(model, resolved, found.0, found.1) {
                // What is empty or absent stands for itself.
                Some(level) if !level.rows.is_empty() => self.inner.push(level),
                _ => return Some(found),
            }
        }
    }
}

/// The rows of a field whose elements or entries are no objects; `None` if it has no such rows.
pub fn value_rows(model: &Model, resolved: &Resolved<'_>, row: Row, field: usize) -> Option<Level> {
    let (record, value) = model.value_rows(row.record, field)?;
    let rows = resolved.content.table(row.record).cell(row.row, field).children();
    Some(Level { record: Some(record), union: None, rows, depth: 0, value: Some(value) })
}

/// Iterates over the rows and fields at which a path ends, where lists of lists and maps count as one value.
pub struct OuterFields<'w, 'a> {
    objects: Objects<'w, 'a>,
    last: Option<&'w str>,
}

impl Iterator for OuterFields<'_, '_> {
    type Item = (Row, usize);

    fn next(&mut self) -> Option<(Row, usize)> {
        let last = self.last?;
        loop {
            let row = self.objects.next()?;
            let model = self.objects.model;
            let field = match self.objects.stops_at_entries {
                true => model.map_name_field(row.record),
                false => model.field_named(row.record, last),
            };
            if let Some(field) = field {
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
        Some(name) => Level::of(model, resolved, row, name, 1),
        None => {
            Level { record: Some(row.record), union: None, rows: row.row..row.row + 1, depth: 0, value: None }
        }
    };
    Objects { model, resolved, path, level, outer: Vec::new(), stops_at_entries: false }
}

/// Iterates over the objects that a path leads to. Does not allocate for paths of one name, which nearly all are.
pub struct Objects<'w, 'a> {
    model: &'w Model,
    resolved: &'w Resolved<'a>,
    path: &'w [String],
    level: Level,
    /// The rest of the outer levels, the outermost first.
    outer: Vec<Level>,
    /// The entries of a map are wanted, even if they hold no objects.
    stops_at_entries: bool,
}

impl Iterator for Objects<'_, '_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let Some(row) = self.level.next(self.model, self.resolved) else {
                self.level = self.outer.pop()?;
                continue;
            };
            let depth = self.level.depth;
            let at_end = depth == self.path.len();
            let inner = match (self.level.value, self.path.get(depth)) {
                (None, None) => return Some(row),
                (Some(_), _) if at_end && self.stops_at_entries => return Some(row),
                (Some(value), _) => Level::of_field(self.model, self.resolved, row, value, depth),
                (None, Some(name)) => Level::of(self.model, self.resolved, row, name, depth + 1),
            };
            self.outer.push(std::mem::replace(&mut self.level, inner));
        }
    }
}

/// The rows in a property.
pub struct Level {
    /// The record type of all of them; `None` for a union, where each has its own.
    record: Option<RecordId>,
    union: Option<UnionId>,
    rows: Range<u32>,
    /// How many names of the path lead here.
    depth: usize,
    /// The rows are no objects, but hold values in this field.
    value: Option<usize>,
}

impl Level {
    fn of(model: &Model, resolved: &Resolved<'_>, row: Row, name: &str, depth: usize) -> Self {
        match model.field_named(row.record, name) {
            Some(field) => Self::of_field(model, resolved, row, field, depth),
            None => Self { record: None, union: None, rows: 0..0, depth, value: None },
        }
    }

    fn of_field(model: &Model, resolved: &Resolved<'_>, row: Row, field: usize, depth: usize) -> Self {
        let rows = resolved.content.table(row.record).cell(row.row, field).children();
        let (record, union) = match model.record(row.record).fields[field].shape.element() {
            Shape::Record(record) | Shape::Map(record) => (Some(*record), None),
            Shape::Union(union) => (None, Some(*union)),
            _ => (None, None),
        };
        let value = record.and_then(|record| model.value_field(record));
        Self { record, union, rows, depth, value }
    }

    /// The field in which the rows hold their values, if they are no objects.
    pub fn value(&self) -> Option<usize> {
        self.value
    }

    /// The next row.
    pub fn next(&mut self, model: &Model, resolved: &Resolved<'_>) -> Option<Row> {
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
            let Objects { model, resolved, .. } = self.fields.outer.objects;
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
        // A list or map of values that is empty.
        _ => return Standing::Nothing,
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

/// The value at the end of a path, or its default.
pub fn literal(model: &Model, resolved: &Resolved<'_>, row: Row, path: &Path) -> Option<Literal> {
    let (row, field) = follow(model, resolved, row, path).next()?;
    match (resolved.content.node(row, field), &model.record(row.record).fields[field].default) {
        (Some(node), _) => Some(Literal::of(node)),
        (None, DefaultValue::Literal(literal)) => Some(literal.clone()),
        (None, DefaultValue::None) => None,
    }
}
