//! What a schema describes: records with fields, kinds of ids, references. Tables, Rust, docs and checks all derive from this.

use super::annotate::{Mapping, Role};
use super::flow::Flow;
use super::graph::{Literal, SchemaId, Types};
use super::journal::Journal;
use super::lints::Rule;
use super::pattern::Pattern;
use super::requires::Requires;
use super::text::Text;
use crate::source::{Name, Span};

/// A record type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RecordId(pub(crate) u32);

/// An enum type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EnumId(pub(crate) u32);

/// A kind of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct KindId(pub(crate) u32);

/// A reference whose kind depends on a sibling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TargetId(pub(crate) u32);

/// A union of record types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct UnionId(pub(crate) u32);

/// All types of a project.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) records: Vec<Record>,
    pub(crate) enums: Vec<Enum>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) targets: Vec<Target>,
    pub(crate) unions: Vec<Union>,
    /// What a document of each type is, by position among the root schemas: a record, a union, or a list or map of either.
    pub(crate) roots: Vec<Shape>,
    /// What ids of several kinds are called together, where a schema says so.
    pub(crate) union_names: Vec<(Vec<KindId>, String)>,
    pub(crate) flows: Vec<Flow>,
    pub(crate) requires: Vec<Requires>,
    /// Ids that schemas name: defaults, and what `where` asks for.
    pub(crate) mentions: Vec<Mention>,
    /// How the objects of one of the flows are played.
    pub(crate) journal: Option<Journal>,
    /// The fields that people read.
    pub(crate) texts: Vec<Text>,
    /// The fields that hold the version of a document.
    pub(crate) versions: Vec<(RecordId, usize)>,
    /// The rules that schemas bring along, by the records whose objects follow them.
    pub(crate) rules: Vec<Ruled>,
    /// The lint names that the schemas give.
    pub(crate) lints: Vec<String>,
    /// The places that no table has a form for, and why.
    pub(crate) opaque: Vec<(Span, String)>,
}

impl Model {
    pub(crate) fn record(&self, id: RecordId) -> &Record {
        &self.records[id.0 as usize]
    }

    pub(crate) fn enumeration(&self, id: EnumId) -> &Enum {
        &self.enums[id.0 as usize]
    }

    pub(crate) fn kind(&self, id: KindId) -> &Kind {
        &self.kinds[id.0 as usize]
    }

    pub(crate) fn union(&self, id: UnionId) -> &Union {
        &self.unions[id.0 as usize]
    }

    pub(crate) fn target(&self, id: TargetId) -> &Target {
        &self.targets[id.0 as usize]
    }

    pub(crate) fn kind_named(&self, path: &str) -> Option<KindId> {
        self.kinds.iter().position(|kind| kind.path == path).map(|at| KindId(at as u32))
    }

    /// The kind and those it is scoped in, innermost first.
    pub(crate) fn scopes(&self, kind: KindId) -> impl Iterator<Item = KindId> {
        std::iter::successors(Some(kind), |kind| self.kind(*kind).parent)
    }
}

/// Rules for the objects of a record.
#[derive(Debug)]
pub(crate) struct Ruled {
    pub(crate) record: RecordId,
    /// The field in which the objects stand, if the rules hold for those alone.
    pub(crate) within: Option<(RecordId, usize)>,
    pub(crate) rules: Vec<Rule>,
}

/// An object type.
#[derive(Debug)]
pub(crate) struct Record {
    /// In the schema's words: the definition's name, `x-name`, or made from where it stands.
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) schema: SchemaId,
    /// The branch of the schema's union that these objects fit.
    pub(crate) branch: Option<SchemaId>,
    pub(crate) fields: Vec<Field>,
    /// The kinds of which each object is one, and the fields that hold its ids.
    pub(crate) keys: Vec<(KindId, usize)>,
    /// The field for which a value that is no object stands.
    pub(crate) short: Option<usize>,
    /// The field for what stands under names of the author's choice, and the names that do not belong to it.
    pub(crate) rest: Option<Rest>,
    /// The names in the map of which these are rows; `None` if all are.
    pub(crate) only: Option<Vec<Pattern>>,
    /// It is the type of whole documents.
    pub(crate) root: bool,
    /// The schema gives the name; otherwise it comes from the place.
    pub(crate) named: bool,
}

impl Record {
    /// The kind by whose ids the objects are known first of all, and its field.
    pub(crate) fn key(&self) -> Option<(KindId, usize)> {
        self.keys.first().copied()
    }
}

/// What an object has beside the properties that its schema names.
#[derive(Debug)]
pub(crate) struct Rest {
    /// A map.
    pub(crate) field: usize,
    /// The properties that the schema names and that are no fields.
    pub(crate) named: Vec<String>,
}

/// Where the value of a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
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
pub(crate) struct Union {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) schema: SchemaId,
    /// The property.
    pub(crate) tag: String,
    /// Its values, and the record of each.
    pub(crate) variants: Vec<(Vec<Literal>, RecordId)>,
    /// The names of the variants in generated code, if the schema gives them.
    pub(crate) names: Vec<Option<String>>,
}

impl Union {
    /// Whether objects of a record are one of the variants.
    pub(crate) fn has(&self, record: RecordId) -> bool {
        self.variants.iter().any(|(_, variant)| *variant == record)
    }
}

/// A property of a record.
#[derive(Debug)]
pub(crate) struct Field {
    /// The name in the file.
    pub(crate) json: Name,
    pub(crate) origin: Origin,
    /// The name in generated code, if the schema gives one.
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) source: Option<String>,
    /// Place of the property in the schema.
    pub(crate) span: Span,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    /// `null` is a value.
    pub(crate) nullable: bool,
    pub(crate) default: Default,
    /// The constraints in words, for documentation.
    pub(crate) constraints: Vec<String>,
}

impl Field {
    /// Whether a reader can meet nothing here: absent without default, or `null`.
    pub(crate) fn optional(&self) -> bool {
        (self.nullable && !matches!(self.default, Default::Literal(_)))
            || (!self.required && self.default == Default::None)
    }
}

/// What an absent property means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Default {
    /// It is absent.
    None,
    /// This value.
    Literal(Literal),
}

/// What a field is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Boolean,
    /// A whole number within inclusive bounds.
    Integer {
        least: i128,
        most: i128,
    },
    Number,
    Text,
    Enum(EnumId),
    Record(RecordId),
    /// This object's own id.
    Key(KindId),
    /// A reference to an id of one of the kinds.
    Link(Resolves),
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
    pub(crate) fn element(&self) -> &Shape {
        if let Shape::List(element) = self { element } else { self }
    }
}

/// How a reference is resolved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resolves {
    pub(crate) kinds: Vec<KindId>,
    pub(crate) ways: Vec<Way>,
    pub(crate) words: Words,
    pub(crate) tolerated: bool,
    pub(crate) lint: Option<String>,
    /// These ids are defined here, and not only named.
    pub(crate) defines: bool,
}

/// An id that stands in a schema.
#[derive(Debug)]
pub(crate) struct Mention {
    pub(crate) resolves: Resolves,
    pub(crate) id: String,
    pub(crate) span: Span,
}

/// How an id of a kind is written in a reference.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Way {
    pub(crate) kind: KindId,
    pub(crate) prefix: String,
    pub(crate) suffix: String,
}

/// What a reference looks like beside its ids.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Words {
    /// Values that name nothing.
    pub(crate) none: Vec<Literal>,
    /// What stands between the parts of a path.
    pub(crate) separator: String,
    /// What the properties of the named object must be.
    pub(crate) filter: Vec<(String, Literal)>,
    /// The sibling property that names the object in which the id is looked for.
    pub(crate) within: Option<String>,
    pub(crate) role: Role,
}

/// The possible values of a string.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) variants: Vec<Variant>,
    pub(crate) schema: SchemaId,
}

/// One of the values of an enum.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) json: String,
    /// The name in generated code, if the schema gives one.
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
}

/// A reference whose kind a sibling decides: one mapping for each value of the sibling.
#[derive(Debug)]
pub(crate) struct Target {
    /// Name of the type in generated code.
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) record: RecordId,
    /// The sibling, a field whose shape is an enum.
    pub(crate) by: usize,
    /// In the order of the enum's variants.
    pub(crate) mappings: Vec<(String, Mapping)>,
    /// The kinds of each mapping.
    pub(crate) kinds: Vec<Vec<KindId>>,
    /// How ids of each mapping are written.
    pub(crate) ways: Vec<Vec<Way>>,
    pub(crate) words: Words,
    /// All kinds that occur, in order of first use: the numbering of table cells.
    pub(crate) all: Vec<KindId>,
    pub(crate) required: bool,
    pub(crate) tolerated: bool,
    pub(crate) lint: Option<String>,
    /// The field can hold several.
    pub(crate) many: bool,
    /// The field can be absent.
    pub(crate) optional: bool,
}

/// A kind of ids.
#[derive(Debug)]
pub(crate) struct Kind {
    /// Such as `quest.stage`.
    pub(crate) path: String,
    /// The kind in whose objects these ids are unique.
    pub(crate) parent: Option<KindId>,
    /// The record types whose objects carry the ids.
    pub(crate) records: Vec<RecordId>,
    /// What stands in front of every id where it is defined.
    pub(crate) prefix: String,
    /// Lists in content define ids too.
    pub(crate) listed: bool,
    /// Not every object of the record types has an id.
    pub(crate) partial: bool,
    /// Several objects can have the same id, which then names all of them.
    pub(crate) shared: bool,
    /// The manifest defines ids of this kind.
    pub(crate) registry: Option<Registry>,
    /// Where the schema first names it.
    pub(crate) span: Option<Span>,
}

impl Kind {
    /// The last word of the path: what people call it.
    pub(crate) fn noun(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    /// Any id is accepted: nothing defines them, or the manifest says so.
    pub(crate) fn open(&self) -> bool {
        self.registry == Some(Registry::Open) || !self.defined()
    }

    /// Content or a registry says which ids there are.
    pub(crate) fn defined(&self) -> bool {
        self.by_content() || self.registry == Some(Registry::Closed)
    }

    /// Each object of the record types has an id of its own.
    pub(crate) fn one_to_one(&self) -> bool {
        !self.partial && !self.shared
    }

    /// Content says which ids there are.
    pub(crate) fn by_content(&self) -> bool {
        !self.records.is_empty() || self.listed
    }

    /// The record type whose rows are the ids, one to one.
    pub(crate) fn rows(&self) -> Option<RecordId> {
        match self.records.as_slice() {
            [only] if self.registry.is_none() && !self.listed && self.one_to_one() => Some(*only),
            _ => None,
        }
    }
}

/// What the manifest says about ids of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Registry {
    /// These ids, and those that content defines.
    Closed,
    /// Any id.
    Open,
}
