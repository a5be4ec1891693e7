//! Objects in a few words, as labels of edges and nodes.

use super::Objects;
use super::words::spaced;
use quest_compiler::check::walk::{named, objects};
use quest_compiler::check::{Row, id_text};
use quest_compiler::schema::{Field, Shape};
use quest_compiler::source::NodeKind;
use std::borrow::Cow;

/// Levels of nested objects that a summary includes.
const MAX_DEPTH: u8 = 4;

impl<'c> Objects<'c, '_> {
    /// The plain values of an object, with ids replaced by titles.
    pub(crate) fn summary(&self, row: Row) -> String {
        let fields = 0..self.model().record(row.record).fields.len();
        fields.filter_map(|field| self.value_text(row, field)).collect::<Vec<_>>().join(" ")
    }

    /// A summary of an object and its nested objects, without one of its fields. A nested object with a single value is preceded by
    /// that field's name (`counter done: wolves`). Lists of objects directly in the object are consequences of it, and are left out.
    pub(crate) fn summary_without(&self, row: Row, without: usize) -> String {
        let values = self.values(row, Some(without), 0);
        values.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", ")
    }

    /// The names of an object's fields with the texts of their values.
    fn values(&self, row: Row, without: Option<usize>, depth: u8) -> Vec<(&'c str, String)> {
        let fields = self.model().record(row.record).fields.iter().enumerate();
        let value = |(at, field): (usize, &'c Field)| {
            let single = matches!(field.shape, Shape::Record(_) | Shape::Union(_));
            let nested_list =
                depth > 0 && matches!(field.shape.element(), Shape::Record(_) | Shape::Union(_));
            let text = if depth < MAX_DEPTH && (single || nested_list) {
                self.nested_text(row, field, depth)
            } else {
                self.value_text(row, at)
            };
            Some((field.json.as_str(), text?))
        };
        fields.filter(|(at, _)| Some(*at) != without).filter_map(value).collect()
    }

    /// The text of the objects in a field.
    fn nested_text(&self, row: Row, field: &Field, depth: u8) -> Option<String> {
        let path = vec![field.json.to_string()];
        let parts = objects(self.model(), self.inspection.resolved, row, &path).map(|part| {
            let values = self.values(part, None, depth + 1);
            match values.as_slice() {
                [(name, text)] => format!("{}: {text}", spaced(name)),
                _ => values.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", "),
            }
        });
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The text of a plain value; `None` for nested objects and for an object's own ids.
    fn value_text(&self, row: Row, at: usize) -> Option<String> {
        let field = &self.model().record(row.record).fields[at];
        let named: Vec<_> = named(self.model(), self.inspection.resolved, row, at).collect();
        if !named.is_empty() {
            let labels = named.iter().map(|named| self.label(named.kind, named.id));
            return Some(labels.collect::<Vec<_>>().join(" "));
        }
        let plain = !matches!(
            field.shape.element(),
            Shape::Record(_) | Shape::Map(_) | Shape::Union(_) | Shape::Json | Shape::Key(_)
        );
        let node = self.value(row, at).filter(|_| plain)?;
        match node.kind() {
            NodeKind::True => Some(field.json.to_string()),
            NodeKind::Integer | NodeKind::Float | NodeKind::Text | NodeKind::Escaped => {
                id_text(node).map(Cow::into_owned).or_else(|| Some(node.raw().to_owned()))
            }
            _ => None,
        }
    }
}
