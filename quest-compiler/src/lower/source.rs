//! What a cell is written from: the value in content, or the default of the schema.

use crate::check::{Resolved, ResolvedRef, Row};
use crate::schema::{DefaultValue, Field, Literal, Shape};
use crate::source::Node;
use std::borrow::Cow;
use std::ops::Range;

/// A field of one row.
pub(super) struct FieldSource<'f, 'r, 'a> {
    pub(super) row: Row,
    pub(super) field: &'f Field,
    /// The value in the content, if it is there.
    pub(super) node: Option<Node<'a>>,
    /// The rows of its objects, or the positions of its picks.
    pub(super) children: Range<u32>,
    /// Its references, one for each element if it is a list.
    pub(super) refs: &'r [ResolvedRef],
}

impl<'f, 'r, 'a> FieldSource<'f, 'r, 'a> {
    pub(super) fn new(resolved: &'r Resolved<'a>, row: Row, index: usize, field: &'f Field) -> Self {
        let children = resolved.content.table(row.record).cell(row.row, index).children();
        Self {
            row,
            field,
            node: resolved.content.node(row, index),
            children,
            refs: resolved.refs(row, index),
        }
    }

    fn default(&self) -> Option<&'f Literal> {
        match &self.field.default {
            DefaultValue::Literal(literal) => Some(literal),
            DefaultValue::None => None,
        }
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        match (self.node, self.default()) {
            (Some(node), _) => node.boolean(),
            (None, Some(Literal::Boolean(value))) => Some(*value),
            (None, _) => None,
        }
    }

    pub(super) fn integer(&self) -> Option<i128> {
        match (self.node, self.default()) {
            (Some(node), _) => node.integer(),
            (None, Some(Literal::Integer(value))) => Some(*value),
            (None, _) => None,
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match (self.node, self.default()) {
            (Some(node), _) => node.number(),
            (None, Some(Literal::Integer(value))) => Some(*value as f64),
            (None, Some(Literal::Number(value))) => Some(*value),
            (None, _) => None,
        }
    }

    /// The text of a value that is a string in JSON.
    pub(super) fn string(&self) -> Option<Cow<'a, str>>
    where
        'f: 'a,
    {
        match (self.node, self.default()) {
            (Some(node), _) => node.text(),
            (None, Some(Literal::Text(text))) => Some(Cow::Borrowed(text)),
            (None, _) => None,
        }
    }

    /// The text of a text cell: a string, or a value without a type of its own as minified JSON.
    pub(super) fn text(&self) -> Option<Cow<'a, str>>
    where
        'f: 'a,
    {
        match (self.node, self.default()) {
            (Some(node), _) if self.field.shape == Shape::Json => Some(Cow::Owned(minified(node))),
            (Some(node), _) => node.text(),
            (None, Some(Literal::Text(text))) if self.field.shape != Shape::Json => Some(Cow::Borrowed(text)),
            (None, Some(literal)) => Some(Cow::Owned(literal.show())),
            (None, None) => None,
        }
    }

    pub(super) fn literal(&self) -> Option<Cow<'f, Literal>> {
        match self.node {
            Some(node) => Some(Cow::Owned(Literal::of(node))),
            None => self.default().map(Cow::Borrowed),
        }
    }

    /// The row of the object in the field, or the position of its pick.
    pub(super) fn child(&self) -> Option<u32> {
        self.children.clone().next()
    }

    /// What the one reference in the field leads to.
    pub(super) fn one_ref(&self) -> ResolvedRef {
        self.refs.first().copied().unwrap_or(ResolvedRef::Absent)
    }
}

/// A value as JSON without white space between its parts.
pub(super) fn minified(node: Node<'_>) -> String {
    let mut out = String::new();
    let mut string = false;
    let mut escaped = false;
    for character in node.raw().chars() {
        if string || !character.is_ascii_whitespace() {
            out.push(character);
        }
        if character == '"' && !escaped {
            string = !string;
        }
        escaped = string && character == '\\' && !escaped;
    }
    out
}
