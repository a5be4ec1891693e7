//! Schema objects as a graph: `$ref` is an edge, so a recursive schema is a cycle and nothing is copied.

use super::pattern::Pattern;
use crate::schema::annotations::{Annotations, Group, Rule};
use crate::schema::ids::SchemaId;
use crate::schema::value::{Literal, Types};
use crate::source::Node;
use crate::text::{Name, Span};
use std::sync::Arc;

/// What objects may contain beside the named properties.
#[derive(Clone, Debug)]
pub enum Additional {
    Anything,
    Nothing,
    Schema(SchemaUse),
}

/// What the elements of an array are.
#[derive(Clone, Debug)]
pub enum Items {
    Anything,
    Each(SchemaUse),
}

/// A place in a schema that uses a schema.
#[derive(Clone, Debug)]
pub struct SchemaUse {
    pub schema: SchemaId,
    /// Description and annotations at the place itself, which may differ from those of what it refers to.
    pub annotations: Arc<Annotations>,
}

/// A named property of an object schema.
#[derive(Clone, Debug)]
pub struct Property {
    pub name: Name,
    /// Place of the name in the schema.
    pub span: Span,
    pub schema: SchemaId,
    pub required: bool,
    /// As in [`Site`].
    pub annotations: Arc<Annotations>,
}

/// The assertions that most schemas do without.
#[derive(Clone, Debug, Default)]
pub struct ExtraKeywords {
    /// `$ref` with other keywords beside it.
    pub reference: Option<SchemaId>,
    pub all_of: Vec<SchemaId>,
    pub any_of: Vec<SchemaId>,
    pub one_of: Vec<SchemaId>,
    pub not: Option<SchemaId>,
    pub condition: Option<SchemaId>,
    pub then: Option<SchemaId>,
    pub else_: Option<SchemaId>,
    pub dependent_schemas: Vec<(String, SchemaId)>,
    pub dependent_required: Vec<(String, Vec<String>)>,
    pub pattern_properties: Vec<(Pattern, SchemaUse)>,
    pub property_names: Option<SchemaUse>,
    /// Required names that are not among the properties.
    pub required: Vec<Name>,
    pub min_properties: Option<u64>,
    pub max_properties: Option<u64>,
    /// `additionalProperties: true`, which matters to `unevaluatedProperties` alone.
    pub evaluates_all: bool,
    /// Schemas of the first elements; `items` are those behind them.
    pub prefix: Vec<SchemaId>,
    pub contains: Option<SchemaId>,
    pub min_contains: Option<u64>,
    pub max_contains: Option<u64>,
    pub unique: bool,
    pub multiple_of: Option<f64>,
    /// `x-max-bytes`.
    pub max_bytes: Option<u64>,
    /// `x-equals`: the sibling that has the same value, or `{key}`.
    pub equals: Option<String>,
    /// Where `x-max-bytes` and `x-equals` stand.
    pub max_bytes_at: Option<Span>,
    pub equals_at: Option<Span>,
    /// `x-group`.
    pub group: Option<Group>,
    /// `x-rules`.
    pub rules: Vec<Rule>,
    pub unevaluated_properties: Option<SchemaId>,
    pub unevaluated_items: Option<SchemaId>,
}

impl ExtraKeywords {
    /// The schemas that the same value is validated against.
    pub fn in_place(&self) -> Vec<SchemaId> {
        let one = [self.reference, self.not, self.condition, self.then, self.else_];
        let mut schemas = one.into_iter().flatten().collect::<Vec<_>>();
        for several in [&self.all_of, &self.any_of, &self.one_of] {
            schemas.extend_from_slice(several);
        }
        schemas.extend(self.dependent_schemas.iter().map(|(_, schema)| *schema));
        schemas
    }
}

/// One schema object, with every assertion it makes.
#[derive(Clone, Debug)]
pub struct SchemaNode {
    /// Place of its opening bracket.
    pub span: Span,
    /// The name under `definitions`, if it stands there.
    pub definition: Option<String>,
    pub annotations: Arc<Annotations>,
    /// `false` as a schema: no value is valid.
    pub never: bool,
    pub types: Types,
    pub values: Option<Vec<Literal>>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub pattern: Option<Pattern>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub exclusive_minimum: Option<f64>,
    pub exclusive_maximum: Option<f64>,
    pub items: Items,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub properties: Vec<Property>,
    pub additional: Additional,
    pub more: Option<Box<ExtraKeywords>>,
}

impl SchemaNode {
    /// The schemas that the same value is validated against.
    pub fn in_place(&self) -> Vec<SchemaId> {
        self.more.as_ref().map_or_else(Vec::new, |more| more.in_place())
    }

    pub fn new(span: Span) -> Self {
        Self {
            span,
            definition: None,
            annotations: Arc::default(),
            never: false,
            types: Types::ANY,
            values: None,
            min_length: None,
            max_length: None,
            pattern: None,
            minimum: None,
            maximum: None,
            exclusive_minimum: None,
            exclusive_maximum: None,
            items: Items::Anything,
            min_items: None,
            max_items: None,
            properties: Vec::new(),
            additional: Additional::Anything,
            more: None,
        }
    }

    pub fn more(&mut self) -> &mut ExtraKeywords {
        self.more.get_or_insert_default()
    }

    pub fn rules(&self) -> &[Rule] {
        self.more.as_ref().map_or(&[], |more| &more.rules)
    }

    /// The position of a property; `expected` is where it would be if the file kept the schema's order, which files mostly do.
    #[inline]
    pub fn property_at(&self, key: Node<'_>, expected: usize) -> Option<usize> {
        if self.properties.get(expected).is_some_and(|property| key.is_named(&property.name)) {
            return Some(expected);
        }
        self.properties.iter().position(|property| key.is_named(&property.name))
    }

    /// The position of the property of a name.
    pub fn property(&self, name: &str) -> Option<usize> {
        self.properties.iter().position(|property| property.name == *name)
    }
}

/// The schema objects of all files.
#[derive(Debug, Default)]
pub struct Schemas {
    pub nodes: Vec<SchemaNode>,
    /// What follows from each node and its parts, once all are there.
    pub derived: Vec<DerivedFacts>,
}

/// What follows from a schema and those that hold for the same value.
#[derive(Clone, Copy, Debug)]
pub struct DerivedFacts {
    /// The types of the values that it accepts, as far as that can be seen without one.
    pub accepted: Types,
    /// It only restricts, and adds nothing to what a value looks like.
    pub only_asserts: bool,
    /// How many schemas hold for the same value, one in the other.
    pub parts: u32,
    /// A quick look says whether a value fits.
    pub quick: bool,
    /// The properties that it requires, a bit for each of the first.
    pub required: u128,
}

impl Default for DerivedFacts {
    fn default() -> Self {
        Self { accepted: Types::ANY, only_asserts: false, parts: 0, quick: false, required: 0 }
    }
}

impl Schemas {
    pub fn get(&self, id: SchemaId) -> &SchemaNode {
        &self.nodes[id.0 as usize]
    }

    /// Whether a quick look says if a value fits.
    pub fn quick(&self, id: SchemaId) -> bool {
        self.derived.get(id.0 as usize).is_some_and(|derived| derived.quick)
    }

    /// The properties that a schema requires, a bit for each of the first.
    pub fn required(&self, id: SchemaId) -> u128 {
        self.derived.get(id.0 as usize).map_or(0, |derived| derived.required)
    }

    /// How many schemas hold for the same value, one in the other: 0 if a schema is not made of others.
    pub fn parts(&self, id: SchemaId) -> u32 {
        self.derived.get(id.0 as usize).map_or(0, |derived| derived.parts)
    }
}
