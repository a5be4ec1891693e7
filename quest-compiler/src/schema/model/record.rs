//! Records, their fields, and the types of values.

use super::reference::RefSpec;
use crate::schema::graph::Pattern;
use crate::schema::ids::{EnumId, KindId, RecordId, SchemaId, TargetId, UnionId};
use crate::schema::value::{Literal, Types};
use crate::text::{Name, Span};

/// An object type.
#[derive(Debug)]
pub struct Record {
    /// The name in the words of the schema: `x-name`, the name of the definition, or else made from the property that uses it.
    pub name: String,
    pub description: Option<String>,
    pub source: Option<String>,
    pub schema: SchemaId,
    /// The branch of the schema's union that these objects fit.
    pub branch: Option<SchemaId>,
    pub fields: Vec<Field>,
    /// The kinds of the ids that each object has, with the fields that hold them.
    pub keys: Vec<(KindId, usize)>,
    /// The field that a value stands for if it is not an object.
    pub shorthand: Option<usize>,
    /// The field for properties that the schema does not name.
    pub rest: Option<RestField>,
    /// For the entries of a map, the patterns of their names; `None` if every name is one of an entry.
    pub only: Option<Vec<Pattern>>,
    /// Its objects are whole documents.
    pub root: bool,
    /// The schema gives the name.
    pub named: bool,
}

impl Record {
    /// The primary kind of the objects, with the field that holds their ids.
    pub fn key(&self) -> Option<(KindId, usize)> {
        self.keys.first().copied()
    }
}

/// The properties of an object that its schema does not name.
#[derive(Debug)]
pub struct RestField {
    /// The index of the field, a map.
    pub field: usize,
    /// Properties that the schema names but that have no field; they are not in the map.
    pub named: Vec<String>,
}

/// Where the value of a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The property of that name.
    Property,
    /// The name of the object in its map.
    MapName,
    /// The value of an entry in a map.
    MapValue,
    /// The element of the list.
    Element,
    /// The properties that the schema does not name.
    Rest,
    /// The name of the file.
    FileName,
    /// The whole value.
    Whole,
}

/// Several record types, told apart by a property.
#[derive(Debug)]
pub struct Union {
    pub name: String,
    pub description: Option<String>,
    pub source: Option<String>,
    pub schema: SchemaId,
    /// The property that tells them apart.
    pub tag: String,
    /// The values of the tag and the record for each variant.
    pub variants: Vec<(Vec<Literal>, RecordId)>,
    /// The names of the variants in generated code, if the schema gives them.
    pub names: Vec<Option<String>>,
}

impl Union {
    /// Whether a record is one of the variants.
    pub fn has(&self, record: RecordId) -> bool {
        self.variants.iter().any(|(_, variant)| *variant == record)
    }
}

/// A property of a record.
#[derive(Debug)]
pub struct Field {
    /// The name in the file.
    pub json: Name,
    pub origin: Origin,
    /// The name in generated code, if the schema gives one.
    pub name: Option<String>,
    pub description: Option<String>,
    pub source: Option<String>,
    /// The name of the property in the schema.
    pub span: Span,
    pub shape: Shape,
    pub required: bool,
    /// `null` is a value.
    pub nullable: bool,
    pub default: DefaultValue,
    /// The constraints in words, for documentation.
    pub constraints: Vec<String>,
}

impl Field {
    /// Whether it holds the property of that name.
    pub fn is_property(&self, name: &str) -> bool {
        self.origin == Origin::Property && self.json == name
    }

    /// Whether there can be no value: the property is absent and has no default, or it is `null`.
    pub fn optional(&self) -> bool {
        (self.nullable && !matches!(self.default, DefaultValue::Literal(_)))
            || (!self.required && self.default == DefaultValue::None)
    }
}

/// The value of an absent property.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// There is none.
    None,
    Literal(Literal),
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Boolean,
    /// A whole number within inclusive bounds.
    Integer {
        min: i128,
        max: i128,
    },
    Number,
    Text,
    Enum(EnumId),
    Record(RecordId),
    /// This object's own id.
    Key(KindId),
    /// A reference to an id of one of the kinds.
    Link(RefSpec),
    /// A reference whose kind depends on a sibling property.
    Target(TargetId),
    /// A scalar of several types.
    Scalar(Types),
    /// Anything else, kept as JSON text.
    Json,
    /// A list. The elements are never `Key`, `List` or `Map`: those become rows.
    List(Box<Shape>),
    /// One of several records.
    Union(UnionId),
    /// A map: one row for each entry, in a record that has the name as a field.
    Map(RecordId),
}

impl Shape {
    /// The shape of the elements, or the shape itself.
    pub fn element(&self) -> &Shape {
        if let Shape::List(element) = self { element } else { self }
    }
}

/// The possible values of a string.
#[derive(Debug)]
pub struct Enum {
    pub name: String,
    pub description: Option<String>,
    pub source: Option<String>,
    pub variants: Vec<Variant>,
    pub schema: SchemaId,
}

/// One of the values of an enum.
#[derive(Debug)]
pub struct Variant {
    pub json: String,
    /// The name in generated code, if the schema gives one.
    pub name: Option<String>,
    pub description: Option<String>,
}
