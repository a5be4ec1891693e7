//! A boolean fast path: whether a value fits, without a reason. Nearly all values fit, and this takes about half the time of the validator,
//! which decides whatever the fast path cannot.

use crate::schema::{Additional, ExtraKeywords, Items, SchemaId, SchemaNode, Schemas, TagTable, Types};
use crate::source::{Node, NodeKind};
use crate::text::Name;
use std::cell::Cell;
use std::collections::HashSet;

/// Numbers of at most this many digits are exact in every number type.
const MOST_DIGITS: usize = 15;

/// Lists of at most this many elements are compared pairwise; longer ones are left to the validator.
const MOST_COMPARED: usize = 16;

/// At most this many properties are looked up one by one; with more, the object is walked.
const FEW: usize = 3;

/// A fast check of one value. `None` leaves the answer to the validator.
pub(super) struct FastCheck<'s> {
    schemas: &'s Schemas,
    /// The budget of steps. A schema that reaches itself in several ways exhausts it, and is left to the validator, which memoizes.
    left: Cell<u32>,
}

impl<'s> FastCheck<'s> {
    pub(super) fn new(schemas: &'s Schemas, value: Node<'_>) -> Self {
        Self { schemas, left: Cell::new(64 + value.size().saturating_mul(32)) }
    }

    /// The steps that are left.
    pub(super) fn left(&self) -> u32 {
        self.left.get()
    }

    pub(super) fn fits(&self, schema: SchemaId, value: Node<'_>) -> Option<bool> {
        self.left.set(self.left.get().checked_sub(1)?);
        let node = self.schemas.get(schema);
        if node.never {
            return Some(false);
        }
        let kind = value.kind();
        let accepted = match kind {
            NodeKind::Text | NodeKind::Escaped | NodeKind::Word => Types::STRING,
            NodeKind::Object => Types::OBJECT,
            NodeKind::Array => Types::ARRAY,
            NodeKind::Integer => Types::INTEGER,
            NodeKind::True | NodeKind::False => Types::BOOLEAN,
            NodeKind::Null => Types::NULL,
            NodeKind::Float | NodeKind::Invalid => return None,
        };
        if !node.types.contains(accepted) || !node.lists(value) {
            return Some(false);
        }
        let fits = match kind {
            NodeKind::Text | NodeKind::Escaped | NodeKind::Word => text_fits(node, value)?,
            NodeKind::Object => self.object(schema, node, value)?,
            NodeKind::Array => self.array(node, value)?,
            NodeKind::Integer => in_bounds(node, whole(value)?),
            _ => true,
        };
        match &node.more {
            Some(more) if fits => self.combined(more, value),
            _ => Some(fits),
        }
    }

    fn object(&self, schema: SchemaId, node: &SchemaNode, value: Node<'_>) -> Option<bool> {
        let more: &[Name] = node.more.as_ref().map_or(&[], |more| &more.required);
        if node.properties.len() <= FEW && matches!(node.additional, Additional::Anything) {
            return Some(self.few_properties(node, value)? && has_all(value, more));
        }
        let mut seen = 0u128;
        let mut expected = 0;
        for (key, item) in value.properties() {
            let schema = match node.property_at(key, expected) {
                Some(index) => {
                    expected = index + 1;
                    seen |= 1u128.checked_shl(index as u32).unwrap_or(0);
                    node.properties.get(index)?.schema
                }
                None => match &node.additional {
                    Additional::Nothing => return Some(false),
                    Additional::Schema(site) => site.schema,
                    Additional::Anything => continue,
                },
            };
            if !self.fits(schema, item)? {
                return Some(false);
            }
        }
        let required = self.schemas.required(schema);
        Some(seen & required == required && has_all(value, more))
    }

    /// Looks up each property of a schema that declares few and accepts any other.
    fn few_properties(&self, node: &SchemaNode, object: Node<'_>) -> Option<bool> {
        for property in &node.properties {
            let fits = match object.get_named(&property.name) {
                Some(item) => self.fits(property.schema, item)?,
                None => !property.required,
            };
            if !fits {
                return Some(false);
            }
        }
        Some(true)
    }

    fn array(&self, node: &SchemaNode, value: Node<'_>) -> Option<bool> {
        if node.min_items.is_some() || node.max_items.is_some() {
            let count = value.elements().count();
            if !counts(count, node.min_items, node.max_items) {
                return Some(false);
            }
        }
        if let Items::Each(site) = &node.items {
            for element in value.elements() {
                if !self.fits(site.schema, element)? {
                    return Some(false);
                }
            }
        }
        Some(true)
    }

    fn combined(&self, more: &ExtraKeywords, value: Node<'_>) -> Option<bool> {
        if let Some(most) = more.max_bytes.filter(|_| value.is_text())
            && value.text()?.len() as u64 > most
        {
            return Some(false);
        }
        for part in more.reference.iter().chain(&more.all_of) {
            if !self.fits(*part, value)? {
                return Some(false);
            }
        }
        if !more.any_of.is_empty() && self.fitting(&more.any_of, more.tags.any_of.as_deref(), value)? == 0
            || !more.one_of.is_empty() && self.fitting(&more.one_of, more.tags.one_of.as_deref(), value)? != 1
        {
            return Some(false);
        }
        if let Some(not) = more.not
            && self.fits(not, value)?
        {
            return Some(false);
        }
        let fits = self.conditional(more, value)?;
        if fits && value.kind() == NodeKind::Array { self.elements(more, value) } else { Some(fits) }
    }

    /// `if`, `then` and `else`.
    fn conditional(&self, more: &ExtraKeywords, value: Node<'_>) -> Option<bool> {
        let Some(condition) = more.condition else { return Some(true) };
        let branch = if self.fits(condition, value)? { more.then } else { more.else_ };
        match branch {
            Some(branch) => self.fits(branch, value),
            None => Some(true),
        }
    }

    /// `contains` and `uniqueItems`.
    fn elements(&self, more: &ExtraKeywords, array: Node<'_>) -> Option<bool> {
        if let Some(contains) = more.contains {
            let mut count = 0;
            for element in array.elements() {
                count += usize::from(self.fits(contains, element)?);
            }
            if !counts(count, Some(more.min_contains.unwrap_or(1)), more.max_contains) {
                return Some(false);
            }
        }
        if more.unique { unique(array) } else { Some(true) }
    }

    /// How many of some schemas a value fits.
    fn fitting(&self, branches: &[SchemaId], tags: Option<&TagTable>, value: Node<'_>) -> Option<usize> {
        if let Some(tags) = tags.filter(|_| value.kind() == NodeKind::Object) {
            // An object fits no branch with another value of the tag.
            let branch = value.get_named(&tags.tag).and_then(|found| tags.branch(found));
            return branch.map_or(Some(0), |branch| Some(usize::from(self.fits(branches[branch], value)?)));
        }
        let mut count = 0;
        for branch in branches {
            count += usize::from(self.fits(*branch, value)?);
        }
        Some(count)
    }
}

fn has_all(object: Node<'_>, names: &[Name]) -> bool {
    if names.len() > MOST_COMPARED {
        let present: HashSet<_> = object.properties().filter_map(|(key, _)| key.text()).collect();
        return names.iter().all(|name| present.contains(name.as_str()));
    }
    names.iter().all(|name| object.get_named(name).is_some())
}

fn text_fits(node: &SchemaNode, value: Node<'_>) -> Option<bool> {
    let bounded = node.min_length.is_some() || node.max_length.is_some();
    if !bounded && node.pattern.is_none() {
        return Some(true);
    }
    let text = value.text()?;
    if bounded {
        // A text of n bytes has from n / 4 to n characters: most need no counting.
        let (least, most) = (node.min_length.unwrap_or(0), node.max_length.unwrap_or(u64::MAX));
        let certain = (text.len() as u64) / 4 >= least && text.len() as u64 <= most;
        if !certain && !counts(text.chars().count(), node.min_length, node.max_length) {
            return Some(false);
        }
    }
    Some(node.pattern.as_ref().is_none_or(|pattern| pattern.matches(&text)))
}

/// The value of a whole number of few digits.
fn whole(value: Node<'_>) -> Option<f64> {
    let digits = value.raw();
    if digits.len() > MOST_DIGITS {
        return None;
    }
    digits.parse::<i64>().ok().map(|number| number as f64)
}

fn in_bounds(node: &SchemaNode, number: f64) -> bool {
    node.minimum.is_none_or(|least| number >= least.float())
        && node.maximum.is_none_or(|most| number <= most.float())
        && node.exclusive_minimum.is_none_or(|bound| number > bound.float())
        && node.exclusive_maximum.is_none_or(|bound| number < bound.float())
}

fn counts(count: usize, least: Option<u64>, most: Option<u64>) -> bool {
    least.is_none_or(|least| count as u64 >= least) && most.is_none_or(|most| count as u64 <= most)
}

/// Whether no object in a value has a duplicate name; `false` can also mean that it is not certain.
pub(super) fn distinct(value: Node<'_>) -> bool {
    let mut seen = 0u64;
    for (count, (key, item)) in value.properties().enumerate() {
        let bit = 1 << (key.name_hash() % 64);
        // A small Bloom filter: most objects have few names, which rarely share a bit.
        if seen & bit != 0 {
            let hash = key.name_hash();
            if value.properties().take(count).any(|(earlier, _)| earlier.name_hash() == hash) {
                return false;
            }
        }
        seen |= bit;
        if matches!(item.kind(), NodeKind::Object | NodeKind::Array) && !distinct(item) {
            return false;
        }
    }
    let mut elements =
        value.elements().filter(|element| matches!(element.kind(), NodeKind::Object | NodeKind::Array));
    elements.all(distinct)
}

/// Whether all elements of a list differ; `None` if they are too many or not scalars.
fn unique(value: Node<'_>) -> Option<bool> {
    let texts: Option<Vec<&str>> = value.elements().take(MOST_COMPARED + 1).map(Node::plain).collect();
    let texts = texts.filter(|texts| texts.len() <= MOST_COMPARED)?;
    Some(texts.iter().enumerate().all(|(at, text)| !texts[..at].contains(text)))
}
