//! What objects require, as `x-requires` finds it in content: conditions, and groups of them.

use super::walk::{Named, literal, outer_fields, value, value_rows};
use super::{Resolved, ResolvedRef, Row, references};
use crate::schema::{KindId, Literal, Model, Need, NeedRule, Operator, Path, Requires, Shape};
use crate::source::Node;

/// Conditions, and how many of them are needed.
pub struct Requirements<'a> {
    pub need: Need,
    pub members: Vec<Requirement<'a>>,
}

/// One of several things that are required.
pub enum Requirement<'a> {
    /// A reference alone; `None` if it names no id of this content.
    Reference(Node<'a>, Option<Named<'a>>),
    Condition(Row),
    Group(Requirements<'a>),
}

impl Requirements<'_> {
    /// How many of the members are needed; can be more than there are.
    pub fn needed(&self) -> u64 {
        let count = self.members.len() as u64;
        match self.need {
            Need::All => count,
            // Of nothing, nothing is needed.
            Need::Any => count.min(1),
            Need::AtLeast(needed) => needed,
        }
    }
}

/// What an object requires.
pub fn requirements<'a>(
    model: &Model,
    resolved: &Resolved<'a>,
    requires: &Requires,
    row: Row,
) -> Requirements<'a> {
    let reader = Reader { model, resolved, requires, object: row };
    let mut found = Requirements { need: reader.need_at(0), members: Vec::new() };
    if let Some(at) = &requires.at {
        reader.read(row, at, &mut found.members);
    }
    found
}

/// How many of the conditions of an object are needed, as a rule says; all if there is none.
pub fn need(model: &Model, resolved: &Resolved<'_>, row: Row, rule: Option<&NeedRule>) -> Need {
    let (path, means, default) = match rule {
        None => return Need::All,
        Some(NeedRule::Fixed(need)) => return *need,
        Some(NeedRule::By { path, means, default }) => (path, means, *default),
    };
    let Some(node) = value(model, resolved, row, Some(path)) else { return default };
    if means.is_empty() {
        return node.integer().map_or(default, |number| Need::AtLeast(u64::try_from(number).unwrap_or(0)));
    }
    means.iter().find(|(literal, _)| literal.is(node)).map_or(default, |(_, need)| *need)
}

struct Reader<'r, 'a> {
    model: &'r Model,
    resolved: &'r Resolved<'a>,
    requires: &'r Requires,
    object: Row,
}

impl<'a> Reader<'_, 'a> {
    /// How many elements are needed of a list in so many others.
    fn need_at(&self, depth: usize) -> Need {
        need(self.model, self.resolved, self.object, self.requires.need.get(depth))
    }

    /// Reads everything at a path.
    fn read(&self, row: Row, path: &Path, members: &mut Vec<Requirement<'a>>) {
        for (row, field) in outer_fields(self.model, self.resolved, row, path) {
            self.values(row, field, 0, members);
        }
    }

    /// Reads the values of a field, which is in so many lists.
    fn values(&self, row: Row, field: usize, depth: usize, members: &mut Vec<Requirement<'a>>) {
        let Some(mut rows) = value_rows(self.model, self.resolved, row, field) else {
            return self.elements(row, field, members);
        };
        let Some(value) = rows.value() else { return };
        while let Some(row) = rows.next(self.model, self.resolved) {
            let shape = &self.model.record(row.record).fields[value].shape;
            if !matches!(shape, Shape::List(_) | Shape::Map(_)) {
                self.elements(row, value, members);
                continue;
            }
            let mut group = Requirements { need: self.need_at(depth + 1), members: Vec::new() };
            self.values(row, value, depth + 1, &mut group.members);
            if !group.members.is_empty() {
                members.push(Requirement::Group(group));
            }
        }
    }

    /// Reads references or conditions in a field.
    fn elements(&self, row: Row, field: usize, members: &mut Vec<Requirement<'a>>) {
        let (model, resolved) = (self.model, self.resolved);
        let kinds: &[KindId] = match model.record(row.record).fields[field].shape.element() {
            Shape::Link(spec) => &spec.kinds,
            Shape::Target(target) => &model.target(*target).all,
            shape => {
                let rows = resolved.content.table(row.record).cell(row.row, field).children();
                for at in rows {
                    let row = match shape {
                        Shape::Record(record) | Shape::Map(record) => Row { record: *record, row: at },
                        Shape::Union(union) => resolved.content.pick(model, *union, at),
                        _ => return,
                    };
                    members.push(self.condition(row));
                }
                return;
            }
        };
        let Some(node) = resolved.content.node(row, field) else { return };
        for (node, resolved_ref) in references(node).zip(resolved.refs(row, field)) {
            let named = match resolved_ref {
                ResolvedRef::Absent => continue,
                ResolvedRef::Id(number, id) => {
                    kinds.get(usize::from(*number)).map(|kind| Named { kind: *kind, id: *id, node })
                }
                ResolvedRef::Unknown | ResolvedRef::Text => None,
            };
            members.push(Requirement::Reference(node, named));
        }
    }

    /// A condition, or the group that it is.
    fn condition(&self, row: Row) -> Requirement<'a> {
        for group in &self.requires.groups {
            let first = group.at.first().and_then(|name| self.model.field_named(row.record, name));
            let table = self.resolved.content.table(row.record);
            if first.is_none_or(|field| table.cell(row.row, field).is_absent()) {
                continue;
            }
            let need = need(self.model, self.resolved, row, Some(&group.need));
            let mut found = Requirements { need, members: Vec::new() };
            self.read(row, &group.at, &mut found.members);
            return Requirement::Group(found);
        }
        Requirement::Condition(row)
    }
}

/// How a condition compares: what its operator means or, without one, what its value says.
pub fn operator(model: &Model, resolved: &Resolved<'_>, requires: &Requires, condition: Row) -> Operator {
    let literal = |path: &Path| literal(model, resolved, condition, path);
    let written = requires.operator.as_ref().and_then(|operators| match literal(&operators.path) {
        Some(Literal::Text(word)) => operators.meaning(&word),
        _ => None,
    });
    written.unwrap_or_else(|| Operator::without_word(requires.value.as_ref().and_then(literal).as_ref()))
}
