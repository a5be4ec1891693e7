//! What stands at the ends of the paths by which `x-journal` says what means what.

use crate::check::walk::{Objects, follow, named_at, objects};
use crate::check::{Resolved, ResolvedRef, Row, references};
use crate::schema::{
    About, DefaultValue, Journal, KindId, Listed, Literal, Model, Path, RecordId, Shape, TargetId,
};
use crate::source::{Node, NodeKind};
use quest_format as format;
use std::borrow::Cow;

/// What a reference whose kind depends on a sibling says.
pub struct EventArgs<'m, 'a> {
    /// The value of the sibling: its position and its text.
    pub variant: usize,
    pub sort: &'m str,
    pub resolved_ref: ResolvedRef,
    /// The kind that an id is of.
    pub kind: Option<KindId>,
    /// What is written, where it is no id.
    pub text: Cow<'a, str>,
}

/// The value of a field: what is written, or what it means that nothing is.
#[derive(Clone, Copy)]
pub enum Value<'m, 'a> {
    Written(Node<'a>),
    Default(&'m Literal),
}

impl<'m: 'a, 'a> Value<'m, 'a> {
    pub fn literal(self) -> Literal {
        match self {
            Value::Written(node) => Literal::of(node),
            Value::Default(literal) => literal.clone(),
        }
    }

    pub fn is_true(self) -> bool {
        match self {
            Value::Written(node) => node.boolean() == Some(true),
            Value::Default(literal) => *literal == Literal::Boolean(true),
        }
    }

    pub fn integer(self) -> Option<i128> {
        match self {
            Value::Written(node) => node.integer(),
            Value::Default(Literal::Integer(number)) => Some(*number),
            Value::Default(_) => None,
        }
    }

    pub fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Value::Written(node) => node.text(),
            Value::Default(Literal::Text(text)) => Some(Cow::Borrowed(text)),
            Value::Default(_) => None,
        }
    }
}

/// Follows the paths of `x-journal`.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'m, 'r, 'a> {
    pub model: &'m Model,
    pub journal: &'m Journal,
    pub resolved: &'r Resolved<'a>,
}

impl<'m: 'a, 'r, 'a> Reader<'m, 'r, 'a> {
    /// The number of a kind among those that targets can be of, from 1.
    pub fn kind_number(&self, kind: KindId) -> u8 {
        self.journal.kinds.iter().position(|known| *known == kind).map_or(0, |at| at as u8 + 1)
    }

    /// The key of what a reference says; `None` if nothing in the game can be it.
    pub fn key(&self, class: u8, said: &EventArgs<'_, '_>) -> Option<u64> {
        let (kind, row) = match (said.resolved_ref, said.kind) {
            (ResolvedRef::Id(_, row), Some(kind)) => (self.kind_number(kind), row),
            (ResolvedRef::Absent, _) => (0, 0),
            _ => return None,
        };
        let row = row.to_le_bytes();
        let variant = said.variant as u8;
        Some(u64::from_le_bytes([class, variant, kind, 0, row[0], row[1], row[2], row[3]]))
    }

    /// What stands at the end of a path, or its default.
    pub fn value_at(&self, row: Row, path: &[String]) -> Option<Value<'m, 'a>> {
        let (owner, field) = follow(self.model, self.resolved, row, path).next()?;
        self.value_of(owner, field)
    }

    pub fn value_of(&self, row: Row, field: usize) -> Option<Value<'m, 'a>> {
        let model = self.model;
        match self.resolved.content.node(row, field) {
            Some(node) => Some(Value::Written(node)),
            None => match &model.record(row.record).fields[field].default {
                DefaultValue::Literal(literal) => Some(Value::Default(literal)),
                DefaultValue::None => None,
            },
        }
    }

    pub fn literal(&self, row: Row, path: &[String]) -> Option<Literal> {
        self.value_at(row, path).map(Value::literal)
    }

    pub fn is_true(&self, row: Row, path: Option<&Path>) -> bool {
        path.and_then(|path| self.value_at(row, path)).is_some_and(Value::is_true)
    }

    pub fn number(&self, row: Row, path: Option<&Path>) -> Option<u32> {
        let number = path.and_then(|path| self.value_at(row, path))?.integer()?;
        Some(u32::try_from(number.max(0)).unwrap_or(u32::MAX))
    }

    pub fn listed(&self, row: Row, listed: Option<&Listed>) -> Vec<Row> {
        listed.map_or_else(Vec::new, |listed| self.objects(row, &listed.at))
    }

    pub fn objects(&self, row: Row, path: &[String]) -> Vec<Row> {
        objects(self.model, self.resolved, row, path).collect()
    }

    /// The objects that a path leads to, one after the other.
    pub fn each<'w>(&self, row: Row, path: &'w [String]) -> Objects<'w, 'a>
    where
        'm: 'w,
        'r: 'w,
    {
        objects(self.model, self.resolved, row, path)
    }

    /// Whether a path leads to an object.
    pub fn has_objects(&self, row: Row, path: &[String]) -> bool {
        objects(self.model, self.resolved, row, path).next().is_some()
    }

    pub fn rows_of(&self, record: RecordId) -> impl Iterator<Item = Row> + use<> {
        (0..self.resolved.content.table(record).len()).map(move |row| Row { record, row })
    }

    /// What players read, if there is something.
    pub fn title(&self, row: Row, path: Option<&Path>) -> Option<Cow<'a, str>> {
        self.value_at(row, path?)?.text().filter(|text| !text.is_empty())
    }

    /// The id to which a reference leads.
    pub fn link(&self, row: Row, path: &[String], kind: KindId) -> u32 {
        named_at(self.model, self.resolved, row, path)
            .find(|named| named.kind == kind)
            .map_or(format::ABSENT, |named| named.id)
    }

    /// What a reference says: the first, if there are several.
    pub fn said(&self, row: Row, about: &About) -> Option<EventArgs<'m, 'a>> {
        self.all_said(row, about)?.said(self, 0)
    }

    /// What all references in one place say.
    pub fn all_said(&self, row: Row, about: &About) -> Option<AllArgs<'m>> {
        let model = self.model;
        let (owner, field) = follow(model, self.resolved, row, &about.path).next()?;
        let target = model.target(about.target);
        let Shape::Enum(by) = model.record(owner.record).fields[target.by].shape else { return None };
        let sort = self.value_of(owner, target.by)?.text()?;
        let variants = &model.enumeration(by).variants;
        let variant = variants.iter().position(|variant| variant.json == sort)?;
        let node = self.resolved.content.node(owner, field);
        let count = node.map_or(0, |node| references(node).count());
        let is_list = node.is_some_and(|node| node.kind() == NodeKind::Array);
        let sort = &variants[variant].json;
        Some(AllArgs { owner, field, target: about.target, variant, sort, is_list, count })
    }
}

/// What all references in one place say.
pub struct AllArgs<'m> {
    owner: Row,
    field: usize,
    target: TargetId,
    /// The value of the sibling: its position and its text.
    pub variant: usize,
    pub sort: &'m str,
    pub is_list: bool,
    /// How many there are.
    pub count: usize,
}

impl<'m> AllArgs<'m> {
    /// What one of them says.
    pub fn said<'a>(&self, reader: &Reader<'m, '_, 'a>, at: usize) -> Option<EventArgs<'m, 'a>>
    where
        'm: 'a,
    {
        let Self { owner, field, variant, sort, .. } = *self;
        let (content, target) = (&reader.resolved.content, reader.model.target(self.target));
        let refs = reader.resolved.refs(owner, field);
        let resolved_ref = refs.get(at).copied().unwrap_or(ResolvedRef::Absent);
        let kind = match resolved_ref {
            ResolvedRef::Id(number, _) => target.all.get(usize::from(number)).copied(),
            _ => None,
        };
        let text = match resolved_ref {
            ResolvedRef::Unknown | ResolvedRef::Text => {
                let node = content.node(owner, field).and_then(|node| references(node).nth(at));
                node.and_then(crate::check::id_text).unwrap_or_default()
            }
            _ => Cow::Borrowed(""),
        };
        Some(EventArgs { variant, sort, resolved_ref, kind, text })
    }
}
