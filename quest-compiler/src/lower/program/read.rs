//! What stands at the ends of the paths by which `x-journal` says what means what.

use super::Writer;
use crate::check::walk::{follow, named_at, objects};
use crate::check::{ResolvedRef, Row, references};
use crate::schema::{About, DefaultValue, KindId, Listed, Literal, Path, RecordId, Shape, TargetId};
use crate::source::{Node, NodeKind};
use quest_format as format;
use std::borrow::Cow;

/// What a reference whose kind depends on a sibling says.
pub(super) struct EventArgs<'m, 'a> {
    /// The value of the sibling: its position and its text.
    pub(super) variant: usize,
    pub(super) sort: &'m str,
    pub(super) resolved_ref: ResolvedRef,
    /// The kind that an id is of.
    pub(super) kind: Option<KindId>,
    /// What is written, where it is no id.
    pub(super) text: Cow<'a, str>,
}

/// The value of a field: what is written, or what it means that nothing is.
#[derive(Clone, Copy)]
pub(super) enum Value<'m, 'a> {
    Written(Node<'a>),
    Default(&'m Literal),
}

impl<'m: 'a, 'a> Value<'m, 'a> {
    pub(super) fn literal(self) -> Literal {
        match self {
            Value::Written(node) => Literal::of(node),
            Value::Default(literal) => literal.clone(),
        }
    }

    pub(super) fn is_true(self) -> bool {
        match self {
            Value::Written(node) => node.boolean() == Some(true),
            Value::Default(literal) => *literal == Literal::Boolean(true),
        }
    }

    pub(super) fn integer(self) -> Option<i128> {
        match self {
            Value::Written(node) => node.integer(),
            Value::Default(Literal::Integer(number)) => Some(*number),
            Value::Default(_) => None,
        }
    }

    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Value::Written(node) => node.text(),
            Value::Default(Literal::Text(text)) => Some(Cow::Borrowed(text)),
            Value::Default(_) => None,
        }
    }
}

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    /// What stands at the end of a path, or its default.
    pub(super) fn value_at(&self, row: Row, path: &[String]) -> Option<Value<'m, 'a>> {
        let (owner, field) = follow(self.model, self.resolved, row, path).next()?;
        self.value_of(owner, field)
    }

    pub(super) fn value_of(&self, row: Row, field: usize) -> Option<Value<'m, 'a>> {
        let model = self.model;
        match self.resolved.content.node(row, field) {
            Some(node) => Some(Value::Written(node)),
            None => match &model.record(row.record).fields[field].default {
                DefaultValue::Literal(literal) => Some(Value::Default(literal)),
                DefaultValue::None => None,
            },
        }
    }

    pub(super) fn literal(&self, row: Row, path: &[String]) -> Option<Literal> {
        self.value_at(row, path).map(Value::literal)
    }

    pub(super) fn is_true(&self, row: Row, path: Option<&Path>) -> bool {
        path.and_then(|path| self.value_at(row, path)).is_some_and(Value::is_true)
    }

    pub(super) fn number(&self, row: Row, path: Option<&Path>) -> Option<u32> {
        let number = path.and_then(|path| self.value_at(row, path))?.integer()?;
        Some(u32::try_from(number.max(0)).unwrap_or(u32::MAX))
    }

    pub(super) fn listed(&self, row: Row, listed: Option<&Listed>) -> Vec<Row> {
        listed.map_or_else(Vec::new, |listed| self.objects(row, &listed.at))
    }

    pub(super) fn objects(&self, row: Row, path: &[String]) -> Vec<Row> {
        objects(self.model, self.resolved, row, path).collect()
    }

    pub(super) fn rows_of(&self, record: RecordId) -> impl Iterator<Item = Row> + use<> {
        (0..self.resolved.content.table(record).len()).map(move |row| Row { record, row })
    }

    /// What players read, if there is something.
    pub(super) fn title(&self, row: Row, path: Option<&Path>) -> Option<Cow<'a, str>> {
        self.value_at(row, path?)?.text().filter(|text| !text.is_empty())
    }

    /// The id to which a reference leads.
    pub(super) fn link(&self, row: Row, path: &[String], kind: KindId) -> u32 {
        named_at(self.model, self.resolved, row, path)
            .find(|named| named.kind == kind)
            .map_or(format::ABSENT, |named| named.id)
    }

    /// What a reference says: the first, if there are several.
    pub(super) fn said(&self, row: Row, about: &About) -> Option<EventArgs<'m, 'a>> {
        self.all_said(row, about)?.said(self, 0)
    }

    /// What all references in one place say.
    pub(super) fn all_said(&self, row: Row, about: &About) -> Option<AllArgs<'m>> {
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
pub(super) struct AllArgs<'m> {
    owner: Row,
    field: usize,
    target: TargetId,
    /// The value of the sibling: its position and its text.
    pub(super) variant: usize,
    pub(super) sort: &'m str,
    pub(super) is_list: bool,
    /// How many there are.
    pub(super) count: usize,
}

impl<'m> AllArgs<'m> {
    /// What one of them says.
    pub(super) fn said<'a>(&self, writer: &Writer<'m, '_, 'a, '_>, at: usize) -> Option<EventArgs<'m, 'a>>
    where
        'm: 'a,
    {
        let Self { owner, field, variant, sort, .. } = *self;
        let (content, target) = (&writer.resolved.content, writer.model.target(self.target));
        let refs = writer.resolved.refs(owner, field);
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
