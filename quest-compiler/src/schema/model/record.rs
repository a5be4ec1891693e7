//! Records, their fields, and the types of values.

use super::reference::RefSpec;
use crate::schema::graph::Pattern;
use crate::schema::ids::{EnumId, KindId, RecordId, SchemaId, TargetId, UnionId};
use crate::schema::value::{Literal, Types};
use crate::text::{Name, Span};

/// An object type.
#[derive(Debug)]
pub struct Record {
    /// In the schema's words: the definition's name, `x-name`, or made from where it stands.
    pub name: String,
    pub description: Option<String>,
    pub source: Option<String>,
    pub schema: SchemaId,
    /// The branch of the schema's union that these objects fit.
    pub branch: Option<SchemaId>,
    pub fields: Vec<Field>,
    /// The kinds of which each object is one, and the fields that hold its ids.
    pub keys: Vec<(KindId, usize)>,
    /// The field for which a value that is no object stands.
    pub shorthand: Option<usize>,
    /// The field for what stands under names of the author's choice, and the names that do not belong to it.
    pub rest: Option<RestField>,
    /// The names in the map of which these are rows; `None` if all are.
    pub only: Option<Vec<Pattern>>,
    /// It is the type of whole documents.
    pub root: bool,
    /// The schema gives the name; otherwise it comes from the place.
    pub named: bool,
}

impl Record {
    /// The kind by whose ids the objects are known first of all, and its field.
    pub fn key(&self) -> Option<(KindId, usize)> {
        self.keys.first().copied()
    }
}

/// What an object has beside the properties that its schema names.
#[derive(Debug)]
pub struct RestField {
    /// A map.
    pub field: usize,
    /// The properties that the schema names and that are no fields.
    pub named: Vec<String>,
}

/// Where the value of a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The property of that name.
    Property,
    /// The name under which the object stands in a map.
    MapName,
    /// The value that stands in a map.
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

/// One of several record types, told apart by a property.
#[derive(Debug)]
pub struct Union {
    pub name: String,
    pub description: Option<String>,
    pub source: Option<String>,
    pub schema: SchemaId,
    /// The property.
    pub tag: String,
    /// Its values, and the record of each.
    pub variants: Vec<(Vec<Literal>, RecordId)>,
    /// The names of the variants in generated code, if the schema gives them.
    pub names: Vec<Option<String>>,
}

impl Union {
    /// Whether objects of a record are one of the variants.
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
    /// Place of the property in the schema.
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

    /// Whether a reader can meet nothing here: absent without default, or `null`.
    pub fn optional(&self) -> bool {
        (self.nullable && !matches!(self.default, DefaultValue::Literal(_)))
            || (!self.required && self.default == DefaultValue::None)
    }
}

/// What an absent property means.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// It is absent.
    None,
    /// This value.
    Literal(Literal),
}

/// What a field is.
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
    /// A reference whose kind a sibling decides.
    Target(TargetId),
    /// A scalar of several types.
    Scalar(Types),
    /// Anything else, kept as JSON text.
    Json,
    /// A list; of these shapes only `Boolean`, `Integer`, `Number`, `Text`, `Enum`, `Record`, `Union`, `Link`, `Target`, `Scalar`, `Json`.
    List(Box<Shape>),
    /// One of several records.
    Union(UnionId),
    /// An object with names of the author's choice: one row for each, in a record that has the name.
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
