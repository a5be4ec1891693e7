//! The nodes of the graph: schema objects with their keywords. A `$ref` is an edge, so a recursive schema is a cycle.

use super::lookup::{NameIndex, TagTables};
use super::pattern::Pattern;
use crate::schema::annotations::{Annotations, Group, Rule};
use crate::schema::ids::SchemaId;
use crate::schema::value::{Literal, Types};
use crate::source::{Node, Number};
use crate::text::{Name, Span};
use std::collections::HashSet;
use std::sync::Arc;

/// What objects may have beside the named properties (`additionalProperties`).
#[derive(Clone, Debug)]
pub enum Additional {
    Anything,
    Nothing,
    Schema(SchemaUse),
}

/// The elements of an array (`items`).
#[derive(Clone, Debug)]
pub enum Items {
    Anything,
    Each(SchemaUse),
}

/// The use of a schema by another, for a property, an element and the like.
#[derive(Clone, Debug)]
pub struct SchemaUse {
    pub schema: SchemaId,
    /// The annotations beside a `$ref`, which can differ from those of the schema it refers to.
    pub annotations: Arc<Annotations>,
}

/// A named property of an object schema.
#[derive(Clone, Debug)]
pub struct Property {
    pub name: Name,
    /// The name in the schema.
    pub span: Span,
    pub schema: SchemaId,
    pub required: bool,
    /// As in [`SchemaUse`].
    pub annotations: Arc<Annotations>,
}

/// The assertions that most schemas do not have, apart to keep nodes small.
#[derive(Clone, Debug, Default)]
pub struct ExtraKeywords {
    /// `$ref` with other keywords beside it.
    pub reference: Option<SchemaId>,
    pub all_of: Vec<SchemaId>,
    pub any_of: Vec<SchemaId>,
    pub one_of: Vec<SchemaId>,
    /// The tags of these, if there are many branches.
    pub tags: TagTables,
    pub not: Option<SchemaId>,
    pub condition: Option<SchemaId>,
    pub then: Option<SchemaId>,
    pub else_: Option<SchemaId>,
    pub dependent_schemas: Vec<(String, SchemaId)>,
    pub dependent_required: Vec<(String, Vec<String>)>,
    pub pattern_properties: Vec<(Pattern, SchemaUse)>,
    pub property_names: Option<SchemaUse>,
    /// Required names that are not among `properties`.
    pub required: Vec<Name>,
    pub min_properties: Option<u64>,
    pub max_properties: Option<u64>,
    /// `additionalProperties: true`, which only `unevaluatedProperties` can tell from its absence.
    pub evaluates_all: bool,
    /// The schemas of the first elements; `items` applies to the elements after them.
    pub prefix: Vec<SchemaId>,
    pub contains: Option<SchemaId>,
    pub min_contains: Option<u64>,
    pub max_contains: Option<u64>,
    pub unique: bool,
    pub multiple_of: Option<Number>,
    /// `x-max-bytes`.
    pub max_bytes: Option<u64>,
    /// `x-equals`: the sibling property that has the same value, or `{key}` for the name in the map.
    pub equals: Option<String>,
    pub max_bytes_span: Option<Span>,
    pub equals_span: Option<Span>,
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
    /// Its opening bracket.
    pub span: Span,
    /// Its name under `$defs` or `definitions`.
    pub definition: Option<String>,
    pub annotations: Arc<Annotations>,
    /// `false` as a schema: no value is valid.
    pub never: bool,
    pub types: Types,
    pub values: Option<Vec<Literal>>,
    /// The texts among the values, if there are many.
    pub texts: Option<Box<HashSet<String>>>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub pattern: Option<Pattern>,
    pub minimum: Option<Number>,
    pub maximum: Option<Number>,
    pub exclusive_minimum: Option<Number>,
    pub exclusive_maximum: Option<Number>,
    pub items: Items,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub properties: Vec<Property>,
    /// The positions of the properties, if there are many.
    pub index: NameIndex,
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
            texts: None,
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
            index: NameIndex::default(),
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

    /// The index of a property; `expected` is tried first, because most files keep the order of the schema.
    #[inline]
    pub fn property_at(&self, key: Node<'_>, expected: usize) -> Option<usize> {
        if self.properties.get(expected).is_some_and(|property| key.is_named(&property.name)) {
            return Some(expected);
        }
        if self.index.is_empty() {
            return self.properties.iter().position(|property| key.is_named(&property.name));
        }
        self.index.candidates(key).find(|at| key.is_named(&self.properties[*at].name))
    }

    /// Whether a value is one of `enum` or `const`, if there are any.
    pub fn lists(&self, value: Node<'_>) -> bool {
        match (&self.texts, &self.values) {
            (Some(texts), Some(values)) => match value.text() {
                Some(text) => texts.contains(&*text),
                None => values.iter().any(|literal| literal.is(value)),
            },
            (_, Some(values)) => values.iter().any(|literal| literal.is(value)),
            (_, None) => true,
        }
    }

    /// The index of the property of a name.
    pub fn property(&self, name: &str) -> Option<usize> {
        self.properties.iter().position(|property| property.name == *name)
    }
}

/// The schema objects of all files.
#[derive(Debug, Default)]
pub struct Schemas {
    pub nodes: Vec<SchemaNode>,
    /// The facts of each node, empty until all nodes are read.
    pub derived: Vec<DerivedFacts>,
}

/// What follows from a schema and the schemas that apply to the same value.
#[derive(Clone, Copy, Debug)]
pub struct DerivedFacts {
    /// The types of the values that it accepts, as far as they are known without a value.
    pub accepted: Types,
    /// It only restricts values, and adds nothing to what they look like.
    pub only_asserts: bool,
    /// How deep the schemas that apply to the same value are nested: 0 if there are no others.
    pub parts: u32,
    /// The boolean fast path of validation supports it.
    pub quick: bool,
    /// The properties that it requires as a bit set; properties from the 129th on have no bit.
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

    /// All schemas.
    pub fn ids(&self) -> impl Iterator<Item = SchemaId> + use<> {
        (0..crate::narrow::narrow_u32(self.nodes.len())).map(SchemaId)
    }

    /// Whether the boolean fast path of validation supports a schema.
    pub fn quick(&self, id: SchemaId) -> bool {
        self.derived.get(id.0 as usize).is_some_and(|derived| derived.quick)
    }

    /// The properties that a schema requires as a bit set; properties from the 129th on have no bit.
    pub fn required(&self, id: SchemaId) -> u128 {
        self.derived.get(id.0 as usize).map_or(0, |derived| derived.required)
    }

    /// How deep the schemas that apply to the same value are nested: 0 if there are no others.
    pub fn parts(&self, id: SchemaId) -> u32 {
        self.derived.get(id.0 as usize).map_or(0, |derived| derived.parts)
    }
}
