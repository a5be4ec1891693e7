//! Schema objects as a graph: `$ref` is an edge, so a recursive schema is a cycle and nothing is copied.

use super::annotations::{Annotations, Group};
use super::pattern::Pattern;
use super::rules::Rule;
use crate::diagnostics::json_string;
use crate::source::{Node, NodeKind};
use crate::text::{Name, Span};
use std::sync::Arc;

/// A schema object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    pub const NULL: Types = Types(1);
    pub const BOOLEAN: Types = Types(2);
    pub const INTEGER: Types = Types(4);
    /// Includes integers.
    pub const NUMBER: Types = Types(8 | 4);
    pub const STRING: Types = Types(16);
    pub const ARRAY: Types = Types(32);
    pub const OBJECT: Types = Types(64);
    pub const ANY: Types = Types(127);
    pub const NONE: Types = Types(0);

    const NAMES: [(&'static str, Types); 7] = [
        ("null", Types::NULL),
        ("boolean", Types::BOOLEAN),
        ("integer", Types::INTEGER),
        ("number", Types::NUMBER),
        ("string", Types::STRING),
        ("array", Types::ARRAY),
        ("object", Types::OBJECT),
    ];

    /// The type of that name in JSON Schema.
    pub fn named(name: &str) -> Option<Types> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, types)| *types)
    }

    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(name, _)| *name)
    }

    pub fn union(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// The types in both. A whole number is a number.
    pub fn intersection(self, other: Types) -> Types {
        Types(self.0 & other.0)
    }

    pub fn difference(self, other: Types) -> Types {
        Types(self.0 & !other.0)
    }

    pub fn contains(self, other: Types) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn intersects(self, other: Types) -> bool {
        self.0 & other.0 != 0
    }

    /// In words: `a string or null`.
    pub fn words(self) -> String {
        let mut words = Vec::new();
        for (types, word) in [
            (Types::STRING, "a string"),
            (Types::NUMBER, "a number"),
            (Types::INTEGER, "a whole number"),
            (Types::BOOLEAN, "`true` or `false`"),
            (Types::ARRAY, "a list in `[ ]`"),
            (Types::OBJECT, "an object in `{ }`"),
            (Types::NULL, "`null`"),
        ] {
            let covered = types == Types::INTEGER && self.contains(Types::NUMBER);
            if self.contains(types) && !covered {
                words.push(word);
            }
        }
        match words.split_last() {
            None => "nothing".to_owned(),
            Some((last, [])) => (*last).to_owned(),
            Some((last, first)) => format!("{} or {last}", first.join(", ")),
        }
    }
}

/// A constant in a schema: a value of `enum`, `const` or `default`.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Null,
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    Number(f64),
    Text(String),
    /// An empty array.
    EmptyList,
    /// An array or object with something in it, as JSON text: as it is written, and in canonical form.
    Json(String, String),
}

/// A value as text that is equal for equal values.
pub fn canonical_of(node: Node<'_>) -> String {
    match node.kind() {
        NodeKind::Array => {
            let elements: Vec<String> = node.elements().map(canonical_of).collect();
            format!("[{}]", elements.join(","))
        }
        NodeKind::Object => {
            let pair =
                |(key, value): (Node<'_>, Node<'_>)| Some((key.text()?.into_owned(), canonical_of(value)));
            let mut pairs: Vec<(String, String)> = node.properties().filter_map(pair).collect();
            // Of a name that stands there twice, which has been reported, the last one counts.
            pairs.reverse();
            pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
            pairs.dedup_by(|(one, _), (other, _)| one == other);
            let pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("{}:{value}", json_string(key))).collect();
            format!("{{{}}}", pairs.join(","))
        }
        // A syntax error has been reported.
        NodeKind::Invalid => node.raw().to_owned(),
        _ => match Literal::of(node) {
            Literal::Text(text) => json_string(&text),
            scalar => scalar.show(),
        },
    }
}

impl Literal {
    pub fn of(node: Node<'_>) -> Literal {
        if let Some(text) = node.text() {
            return Literal::Text(text.into_owned());
        }
        if let Some(boolean) = node.boolean() {
            return Literal::Boolean(boolean);
        }
        if let Some(integer) = node.integer() {
            return Literal::Integer(integer);
        }
        if let Some(number) = node.number() {
            return Literal::Number(number);
        }
        if node.is_null() {
            return Literal::Null;
        }
        if node.raw().starts_with('[') && node.elements().next().is_none() {
            return Literal::EmptyList;
        }
        Literal::Json(node.raw().to_owned(), canonical_of(node))
    }

    /// The type of the constant.
    pub fn types(&self) -> Types {
        match self {
            Literal::Null => Types::NULL,
            Literal::Boolean(_) => Types::BOOLEAN,
            Literal::Integer(_) => Types::INTEGER,
            Literal::Number(_) => Types::NUMBER,
            Literal::Text(_) => Types::STRING,
            Literal::EmptyList => Types::ARRAY,
            Literal::Json(text, _) if text.starts_with('[') => Types::ARRAY,
            Literal::Json(..) => Types::OBJECT,
        }
    }

    /// Whether a value in a file is this constant, as JSON Schema compares: `1` is `1.0`, and the order of properties does not count.
    pub fn is(&self, node: Node<'_>) -> bool {
        match (self, node.kind()) {
            (Literal::Text(text), _) => node.reads(text),
            (Literal::Json(_, canonical), NodeKind::Array | NodeKind::Object) => {
                *canonical == canonical_of(node)
            }
            _ => *self == Literal::of(node),
        }
    }

    /// As it stands in JSON, a text without its quotes.
    pub fn show_plain(&self) -> String {
        if let Literal::Text(text) = self { text.clone() } else { self.show() }
    }

    /// As it stands in JSON.
    pub fn show(&self) -> String {
        match self {
            Literal::Null => "null".to_owned(),
            Literal::Boolean(value) => value.to_string(),
            Literal::Integer(value) => value.to_string(),
            Literal::Number(value) => value.to_string(),
            Literal::Text(text) => format!("\"{text}\""),
            Literal::EmptyList => "[]".to_owned(),
            Literal::Json(text, _) => text.clone(),
        }
    }
}

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
