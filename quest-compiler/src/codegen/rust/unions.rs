//! Enums over several types: ids of several kinds, and objects of several record types.

use super::Context;
use super::docs::{code, describe, doc};
use super::template::{fill, lines, separated};
use crate::names::ident::type_name;
use crate::schema::{KindId, Shape, UnionId};

const ID_UNION: &str = r#"
$docs
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum $name {
    $variants
}

impl $name {
    /// The id as its definition in the content spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            $spellings
        }
    }
}

impl core::fmt::Display for $name {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            $displays
        }
    }
}
"#;

const FROM_ID: &str = r#"
impl core::convert::From<$id> for $name {
    fn from(id: $id) -> Self {
        Self::$variant(id)
    }
}
"#;

const READ: &str = r#"
impl $name {
    fn read(target: __rt::Target) -> Option<Self> {
        match target {
            $arms
            _ => None,
        }
    }
}
"#;

const READ_ARM: &str = r#"
__rt::Target::Link { kind: $number, row } => {
    $value
}
"#;

const RECORD_UNION: &str = r#"
$docs
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum $name {
    $variants
}
"#;

/// `ItemOrNpc`.
pub(super) fn union_name(context: &Context<'_>, kinds: &[KindId]) -> String {
    context.names.union_of_ids(context.model, kinds)
}

/// The enum of ids of several kinds.
pub(super) fn id_union(context: &Context<'_>, kinds: &[KindId]) -> String {
    let name = union_name(context, kinds);
    let nouns: Vec<&str> = kinds.iter().map(|kind| context.model.kind(*kind).noun()).collect();
    let variant = |kind: &KindId| type_name(context.names.noun(*kind));
    let variants = kinds.iter().zip(&nouns).map(|(kind, noun)| {
        format!("/// The id of {noun}.\n{}({}),", variant(kind), context.names.id(*kind))
    });
    let spelling = |kind| format!("Self::{}(id) => id.as_str(),", variant(kind));
    let display = |kind| format!("Self::{}(id) => core::fmt::Display::fmt(id, f),", variant(kind));
    let mut items = vec![fill(
        ID_UNION,
        &[
            ("docs", &doc(0, &format!("The id of {}.", nouns.join(" or ")))),
            ("name", &name),
            ("variants", &lines(variants)),
            ("spellings", &lines(kinds.iter().map(spelling))),
            ("displays", &lines(kinds.iter().map(display))),
        ],
    )];
    for kind in kinds {
        let values = [("id", context.names.id(*kind)), ("name", &name), ("variant", &variant(kind))];
        items.push(fill(FROM_ID, &values));
    }
    if is_read(context, kinds) {
        let value =
            |kind: &KindId| format!("Some(Self::{}({}(row)))", variant(kind), context.names.id(*kind));
        items.push(read(&name, kinds.iter().map(value)));
    }
    separated(&items)
}

/// Whether a reference without a sibling that decides its kind holds such ids.
fn is_read(context: &Context<'_>, kinds: &[KindId]) -> bool {
    let mut fields = context.model.records.iter().flat_map(|record| &record.fields);
    fields.any(|field| matches!(field.shape.element(), Shape::Link(spec) if spec.kinds == kinds))
}

/// `read` of an enum: the value for each number of a target, from 1.
fn read(name: &str, values: impl Iterator<Item = String>) -> String {
    let arms: String = values
        .zip(1..)
        .map(|(value, number): (String, u32)| {
            fill(READ_ARM, &[("number", &number.to_string()), ("value", &value)])
        })
        .collect();
    fill(READ, &[("name", name), ("arms", &arms)])
}

/// A union of records.
pub(super) fn record_union(context: &Context<'_>, id: UnionId) -> String {
    let (union, name) = (context.model.union(id), context.names.union(id));
    let fallback = "One of several types of object.";
    let mut docs = describe(0, union.description.as_deref(), fallback, union.source.as_deref());
    docs += "///\n";
    docs += &doc(0, &format!("The type depends on {}.", code(&union.tag)));
    let mut variants = String::new();
    let mut values = Vec::new();
    for ((tags, record), variant) in union.variants.iter().zip(context.names.union_variants(id)) {
        let tags: Vec<String> = tags.iter().map(|tag| code(&tag.show_plain())).collect();
        variants += &doc(1, &format!("{} is {}.", code(&union.tag), tags.join(", ")));
        variants += &format!("{variant}(&'static {}),\n", context.names.record(*record));
        values.push(format!("tables().{}.get(row as usize).map(Self::{variant})", context.rows(*record)));
    }
    let item = fill(RECORD_UNION, &[("docs", &docs), ("name", name), ("variants", &variants)]);
    separated(&[item, read(name, values.into_iter())])
}
