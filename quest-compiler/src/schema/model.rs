//! What a schema describes: records with fields, kinds of ids, references. Tables, Rust, docs and checks all derive from this.

use super::annotations::{Mapping, Role};
use super::flow::Flow;
use super::graph::{Literal, SchemaId, Types};
use super::journal::Journal;
use super::pattern::Pattern;
use super::requires::Requires;
use super::rules::Rule;
use super::text::Text;
use crate::text::{Name, Span};

/// A record type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub u32);

/// An enum type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumId(pub u32);

/// A kind of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KindId(pub u32);

/// A reference whose kind depends on a sibling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TargetId(pub u32);

/// A union of record types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnionId(pub u32);

/// All types of a project.
#[derive(Debug, Default)]
pub struct Model {
    pub records: Vec<Record>,
    pub enums: Vec<Enum>,
    pub kinds: Vec<IdKind>,
    pub targets: Vec<Target>,
    pub unions: Vec<Union>,
    /// What a document of each type is, by position among the root schemas: a record, a union, or a list or map of either.
    pub roots: Vec<Shape>,
    /// What ids of several kinds are called together, where a schema says so.
    pub union_names: Vec<(Vec<KindId>, String)>,
    pub flows: Vec<Flow>,
    pub requires: Vec<Requires>,
    /// Ids that schemas name: defaults, and what `where` asks for.
    pub schema_id_refs: Vec<SchemaIdRef>,
    /// How the objects of one of the flows are played.
    pub journal: Option<Journal>,
    /// The fields that people read.
    pub texts: Vec<Text>,
    /// The fields that hold the version of a document.
    pub versions: Vec<(RecordId, usize)>,
    /// The rules that schemas bring along, by the records whose objects follow them.
    pub rules: Vec<RecordRules>,
    /// The lint names that the schemas give.
    pub lints: Vec<String>,
    /// The places that no table has a form for, and why.
    pub opaque: Vec<(Span, String)>,
}

impl Model {
    pub fn record(&self, id: RecordId) -> &Record {
        &self.records[id.0 as usize]
    }

    pub fn enumeration(&self, id: EnumId) -> &Enum {
        &self.enums[id.0 as usize]
    }

    pub fn kind(&self, id: KindId) -> &IdKind {
        &self.kinds[id.0 as usize]
    }

    pub fn union(&self, id: UnionId) -> &Union {
        &self.unions[id.0 as usize]
    }

    pub fn target(&self, id: TargetId) -> &Target {
        &self.targets[id.0 as usize]
    }

    pub fn kind_named(&self, path: &str) -> Option<KindId> {
        self.kinds.iter().position(|kind| kind.path == path).map(|at| KindId(at as u32))
    }

    /// The kind and those it is scoped in, innermost first.
    pub fn scopes(&self, kind: KindId) -> impl Iterator<Item = KindId> {
        std::iter::successors(Some(kind), |kind| self.kind(*kind).parent)
    }
}

/// Rules for the objects of a record.
#[derive(Debug)]
pub struct RecordRules {
    pub record: RecordId,
    /// The field in which the objects stand, if the rules hold for those alone.
    pub within: Option<(RecordId, usize)>,
    pub rules: Vec<Rule>,
}

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

/// How a reference is resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct RefSpec {
    pub kinds: Vec<KindId>,
    pub affixes: Vec<IdAffix>,
    pub syntax: RefSyntax,
    pub tolerated: bool,
    pub lint: Option<String>,
    /// These ids are defined here, and not only named.
    pub defines: bool,
}

/// An id that stands in a schema.
#[derive(Debug)]
pub struct SchemaIdRef {
    pub spec: RefSpec,
    pub id: String,
    pub span: Span,
}

/// How an id of a kind is written in a reference.
#[derive(Clone, Debug, PartialEq)]
pub struct IdAffix {
    pub kind: KindId,
    pub prefix: String,
    pub suffix: String,
}

/// What a reference looks like beside its ids.
#[derive(Clone, Debug, PartialEq)]
pub struct RefSyntax {
    /// Values that name nothing.
    pub none: Vec<Literal>,
    /// What stands between the parts of a path.
    pub separator: String,
    /// What the properties of the named object must be.
    pub filter: Vec<(String, Literal)>,
    /// The sibling property that names the object in which the id is looked for.
    pub within: Option<String>,
    pub role: Role,
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

/// A reference whose kind a sibling decides: one mapping for each value of the sibling.
#[derive(Debug)]
pub struct Target {
    /// Name of the type in generated code.
    pub name: String,
    pub description: Option<String>,
    pub source: Option<String>,
    pub record: RecordId,
    /// The sibling, a field whose shape is an enum.
    pub by: usize,
    /// In the order of the enum's variants.
    pub mappings: Vec<(String, Mapping)>,
    /// The kinds of each mapping.
    pub kinds: Vec<Vec<KindId>>,
    /// How ids of each mapping are written.
    pub affixes: Vec<Vec<IdAffix>>,
    pub syntax: RefSyntax,
    /// All kinds that occur, in order of first use: the numbering of table cells.
    pub all: Vec<KindId>,
    pub required: bool,
    pub tolerated: bool,
    pub lint: Option<String>,
    /// The field can hold several.
    pub many: bool,
    /// The field can be absent.
    pub optional: bool,
}

/// A kind of ids.
#[derive(Debug)]
pub struct IdKind {
    /// Such as `quest.stage`.
    pub path: String,
    /// The kind in whose objects these ids are unique.
    pub parent: Option<KindId>,
    /// The record types whose objects carry the ids.
    pub records: Vec<RecordId>,
    /// What stands in front of every id where it is defined.
    pub prefix: String,
    /// Lists in content define ids too.
    pub listed: bool,
    /// Not every object of the record types has an id.
    pub partial: bool,
    /// Several objects can have the same id, which then names all of them.
    pub shared: bool,
    /// The manifest defines ids of this kind.
    pub registry: Option<Registry>,
    /// Where the schema first names it.
    pub span: Option<Span>,
}

impl IdKind {
    /// The last word of the path: what people call it.
    pub fn noun(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    /// Any id is accepted: nothing defines them, or the manifest says so.
    pub fn open(&self) -> bool {
        self.registry == Some(Registry::Open) || !self.defined()
    }

    /// Content or a registry says which ids there are.
    pub fn defined(&self) -> bool {
        self.by_content() || self.registry == Some(Registry::Closed)
    }

    /// Each object of the record types has an id of its own.
    pub fn one_to_one(&self) -> bool {
        !self.partial && !self.shared
    }

    /// Content says which ids there are.
    pub fn by_content(&self) -> bool {
        !self.records.is_empty() || self.listed
    }

    /// The record type whose rows are the ids, one to one.
    pub fn rows(&self) -> Option<RecordId> {
        match self.records.as_slice() {
            [only] if self.registry.is_none() && !self.listed && self.one_to_one() => Some(*only),
            _ => None,
        }
    }
}

/// What the manifest says about ids of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registry {
    /// These ids, and those that content defines.
    Closed,
    /// Any id.
    Open,
}
