//! All references to ids.

use super::{Resolved, ResolvedRef, Row, references};
use crate::schema::{Field, KindId, Model, RecordId, Role, Shape};
use crate::source::Node;

/// A reference to an id.
#[derive(Clone, Copy)]
pub struct Use<'a> {
    pub row: Row,
    /// The position of the field in its record.
    pub field: usize,
    pub node: Node<'a>,
    pub kind: KindId,
    pub id: u32,
}

/// The kinds that a field can refer to; empty if it is no reference.
pub fn kinds_of<'m>(model: &'m Model, field: &'m Field) -> &'m [KindId] {
    match field.shape.element() {
        Shape::Link(spec) if !spec.defines => &spec.kinds,
        Shape::Target(target) => &model.target(*target).all,
        _ => &[],
    }
}

/// What a field does with the id that it refers to.
pub fn role<'m>(model: &'m Model, field: &'m Field) -> Option<&'m Role> {
    match field.shape.element() {
        Shape::Link(spec) => Some(&spec.syntax.role),
        Shape::Target(target) => Some(&model.target(*target).syntax.role),
        _ => None,
    }
}

/// Calls `found` for every reference in the fields that `asked` selects.
pub fn uses<'a>(
    model: &Model,
    resolved: &Resolved<'a>,
    asked: &dyn Fn(&Field) -> bool,
    found: &mut dyn FnMut(Use<'a>),
) {
    let content = &resolved.content;
    for (at, record) in model.records.iter().enumerate() {
        let id = RecordId(at as u32);
        for (at, field) in record.fields.iter().enumerate().filter(|(_, field)| asked(field)) {
            let kinds = kinds_of(model, field);
            if kinds.is_empty() {
                continue;
            }
            let single = matches!(field.shape, Shape::Link(_));
            for row in (0..content.table(id).len()).map(|row| Row { record: id, row }) {
                let Some(node) = content.node(row, at) else { continue };
                let mut one = |node, resolved_ref: &ResolvedRef| {
                    let ResolvedRef::Id(number, id) = resolved_ref else { return };
                    let Some(kind) = kinds.get(usize::from(*number)) else { return };
                    found(Use { row, field: at, node, kind: *kind, id: *id });
                };
                let refs = resolved.refs(row, at);
                // The value is visited only where it can be a list.
                if single {
                    refs.iter().for_each(|resolved_ref| one(node, resolved_ref));
                } else {
                    for (node, resolved_ref) in references(node).zip(refs) {
                        one(node, resolved_ref);
                    }
                }
            }
        }
    }
}
