//! Paths of property names, followed through rows: how the stages behind this one read what a schema declares by a path.

use super::{Outcome, Resolved, Row};
use crate::schema::{KindId, Model, Path, Shape};
use crate::source::Node;

/// The rows and fields at which a path ends, lists and maps looked through. An object that is not there is left out.
pub(crate) fn follow(model: &Model, resolved: &Resolved<'_>, row: Row, path: &Path) -> Vec<(Row, usize)> {
    let Some((last, way)) = path.split_last() else { return Vec::new() };
    let mut rows = vec![row];
    for name in way {
        rows = rows.into_iter().flat_map(|row| children(model, resolved, row, name)).collect();
    }
    rows.into_iter().filter_map(|row| Some((row, model.field_named(row.record, last)?))).collect()
}

/// The objects that a path leads to.
pub(crate) fn objects(model: &Model, resolved: &Resolved<'_>, row: Row, path: &Path) -> Vec<Row> {
    path.iter().fold(vec![row], |rows, name| {
        rows.into_iter().flat_map(|row| children(model, resolved, row, name)).collect()
    })
}

/// The objects in a property.
fn children(model: &Model, resolved: &Resolved<'_>, row: Row, name: &str) -> Vec<Row> {
    let Some(field) = model.field_named(row.record, name) else { return Vec::new() };
    let content = &resolved.content;
    let cell = content.table(row.record).cell(row.row, field);
    if cell.is_nothing() {
        return Vec::new();
    }
    let range = cell.at..cell.at + cell.len;
    match model.record(row.record).fields[field].shape.element() {
        Shape::Record(record) | Shape::Map(record) => range.map(|row| Row { record: *record, row }).collect(),
        Shape::Union(union) => range
            .map(|at| {
                let (variant, row) = content.picks[at as usize];
                Row { record: model.union(*union).variants[usize::from(variant)].1, row }
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What a reference names: its kind, its row among the ids of that kind, and where the reference stands.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) kind: KindId,
    pub(crate) id: u32,
    pub(crate) node: Node<'a>,
}

/// The references in a field that name something.
pub(crate) fn named<'a>(model: &Model, resolved: &Resolved<'a>, row: Row, field: usize) -> Vec<Named<'a>> {
    let Some(node) = resolved.content.node(row, field) else { return Vec::new() };
    let kinds: &[KindId] = match model.record(row.record).fields[field].shape.element() {
        Shape::Link(resolves) => &resolves.kinds,
        Shape::Target(target) => &model.target(*target).all,
        _ => return Vec::new(),
    };
    let first = resolved.content.table(row.record).cell(row.row, field).len as usize;
    super::references(node)
        .zip(first..)
        .filter_map(|(node, at)| match resolved.outcomes.get(at)? {
            Outcome::Id(number, id) => Some(Named { kind: *kinds.get(usize::from(*number))?, id: *id, node }),
            _ => None,
        })
        .collect()
}

/// How references in a field stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There is none, or only a value that stands for none.
    Nothing,
    Names,
    /// One of them names nothing, which has been reported.
    Broken,
}

/// How the references in a field stand.
pub(crate) fn standing(model: &Model, resolved: &Resolved<'_>, row: Row, field: usize) -> Standing {
    let Some(node) = resolved.content.node(row, field) else { return Standing::Nothing };
    let words = match model.record(row.record).fields[field].shape.element() {
        Shape::Link(resolves) => &resolves.words,
        Shape::Target(target) => &model.target(*target).words,
        _ => return Standing::Names,
    };
    let first = resolved.content.table(row.record).cell(row.row, field).len as usize;
    let mut standing = Standing::Nothing;
    for (node, at) in super::references(node).zip(first..) {
        match resolved.outcomes.get(at) {
            Some(Outcome::Absent) if node.is_null() || words.none.iter().any(|none| none.is(node)) => {}
            Some(Outcome::Absent) | None => return Standing::Broken,
            Some(_) => standing = Standing::Names,
        }
    }
    standing
}

/// Whether a path leads to `true`.
pub(crate) fn is_true(model: &Model, resolved: &Resolved<'_>, row: Row, path: Option<&Path>) -> bool {
    path.is_some_and(|path| {
        follow(model, resolved, row, path)
            .into_iter()
            .any(|(row, field)| resolved.content.node(row, field).and_then(Node::boolean) == Some(true))
    })
}

/// The value at the end of a path.
pub(crate) fn value<'a>(
    model: &Model,
    resolved: &Resolved<'a>,
    row: Row,
    path: Option<&Path>,
) -> Option<Node<'a>> {
    let (row, field) = follow(model, resolved, row, path?).into_iter().next()?;
    resolved.content.node(row, field)
}
