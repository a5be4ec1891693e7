//! From the graph of schema objects to records, fields and enums.

use super::annotate::Notes;
use super::annotate::{Key, Reference};
use super::graph::{Literal, SchemaId, SchemaNode, Schemas, Site, Types};
use super::model::{
    Default, Enum, EnumId, Field, Kind, KindId, Mention, Model, Origin, Record, RecordId, Registry, Rest,
    Shape, Union, UnionId, Variant,
};
use super::view::{Member, View, accepted, canonical, tag};
use crate::diagnose::{Diagnostic, code, did_you_mean};
use crate::source::Span;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Derives the model from the root schemas of a project, each with the name of its file, and from what registries the manifest has.
pub(crate) fn model(
    schemas: &Schemas,
    roots: &[(SchemaId, String)],
    registries: &BTreeMap<String, Registry>,
    findings: &mut Vec<Diagnostic>,
) -> Model {
    let mut shaper = Shaper {
        schemas,
        model: Model::default(),
        findings,
        records: HashMap::new(),
        pending: Vec::new(),
        shorts: HashMap::new(),
        rows: HashMap::new(),
        open: Vec::new(),
        used: HashSet::new(),
        filters: Vec::new(),
        members: Vec::new(),
    };
    for (root, file) in roots {
        let shape = shaper.root(*root, file);
        shaper.model.roots.push(shape);
    }
    for (path, registry) in registries {
        let kind = shaper.kind(path, None);
        shaper.model.kinds[kind.0 as usize].registry = Some(*registry);
    }
    shaper.fields();
    shaper.scopes();
    shaper.flows();
    shaper.journals();
    shaper.own_rules();
    shaper.lints();
    shaper.rules();
    shaper.unused();
    shaper.model
}

pub(super) struct Shaper<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) model: Model,
    pub(super) findings: &'a mut Vec<Diagnostic>,
    /// By schema, branch, and the map in which the objects stand.
    records: HashMap<(SchemaId, Option<SchemaId>, Option<SchemaId>), RecordId>,
    /// Records whose fields are still to be read, so that a recursive schema ends.
    pending: Vec<Pending>,
    /// `x-short` at the places that use a record.
    shorts: HashMap<RecordId, (String, Span)>,
    /// Records of the rows of lists whose elements have no form in a list, by the schema of the elements.
    rows: HashMap<SchemaId, Vec<RecordId>>,
    /// Schemas whose shape is being made: a list of lists of itself has no end.
    open: Vec<SchemaId>,
    /// The annotations that something was made of.
    pub(super) used: HashSet<Span>,
    /// References with conditions about what they name, and the kinds they can name.
    pub(super) filters: Vec<(Vec<KindId>, Reference)>,
    /// The annotations of the fields of each record that has been read.
    members: Vec<(RecordId, Vec<Member>)>,
}

struct Pending {
    record: RecordId,
    /// For rows of a map: what is said of their names.
    map: Option<MapRow>,
    file_key: bool,
}

struct MapRow {
    names: Option<Site>,
    /// The rows are no objects, so they have the value in a field.
    value: Option<Site>,
    /// Values of several sorts: kept as text.
    mixed: bool,
    span: Span,
}

/// A cell of a table has a byte for the variant of a union, and some of its values mean other things.
const MOST_VARIANTS: usize = 250;

/// Lists in each other. Content can not stand deeper.
const MOST_LISTS: usize = 128;

/// Whether a title will do as the name of a type.
fn short(title: &str) -> bool {
    let words = title.split_whitespace().count();
    (1..=3).contains(&words) && title.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-')
}

impl Shaper<'_> {
    /// What a document is.
    fn root(&mut self, schema: SchemaId, file: &str) -> Shape {
        let shape = self.root_shape(schema, file);
        // Objects of which each is one record have the name in a field of their own.
        let node = self.schemas.get(schema);
        let Some(key) = node.notes.key.as_ref().filter(|key| key.file) else { return shape };
        if self.used.contains(&key.span) || matches!(shape, Shape::Record(_)) {
            return shape;
        }
        // What is no object, or one of several, stands in a row that has the name of the file.
        let name = node.notes.title.clone().filter(|title| short(title)).unwrap_or_else(|| file.to_owned());
        let noun = key.kind.rsplit('.').next().unwrap_or(&key.kind);
        let kind_name = noun.to_owned();
        let id = self.new_record(schema, None, &format!("{name} file"), &Notes::default());
        let same = |name: &str| {
            heck::ToKebabCase::to_kebab_case(name) == heck::ToKebabCase::to_kebab_case(kind_name.as_str())
        };
        let taken = self.model.records.iter().any(|record| same(&record.name))
            || self.model.unions.iter().any(|union| same(&union.name));
        let record = &mut self.model.records[id.0 as usize];
        record.named = true;
        record.root = true;
        record.name = if taken { format!("{name} file") } else { kind_name };
        record.description = Some("A file, known by its name.".to_owned());
        self.file_key(id);
        let mut field = field_of("value", Origin::Element, node.span, shape);
        field.description = Some("What stands in the file.".to_owned());
        self.model.records[id.0 as usize].fields.push(field);
        Shape::Record(id)
    }

    fn root_shape(&mut self, schema: SchemaId, file: &str) -> Shape {
        let node = self.schemas.get(schema);
        let name = node.notes.title.clone().filter(|title| short(title)).unwrap_or_else(|| file.to_owned());
        let site = Site { schema, notes: std::sync::Arc::clone(&node.notes) };
        let file_key = node.notes.key.as_ref().is_some_and(|key| key.file);
        let shape = self.shape(&site, &name, file_key);
        let records: Vec<RecordId> = match &shape {
            Shape::Record(record) | Shape::Map(record) => vec![*record],
            Shape::Union(union) => {
                self.model.union(*union).variants.iter().map(|(_, record)| *record).collect()
            }
            Shape::List(element) => match **element {
                Shape::Record(record) => vec![record],
                Shape::Union(union) => {
                    self.model.union(union).variants.iter().map(|(_, record)| *record).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        if !records.is_empty() {
            for record in records {
                self.model.records[record.0 as usize].root = true;
            }
            return shape;
        }
        // Whatever it is, a document is kept: as a row with its text.
        let record = self.new_record(schema, None, &name, &node.notes);
        self.model.records[record.0 as usize].root = true;
        self.pending.push(Pending { record, map: None, file_key });
        self.opaque(node.span, "the documents of this schema have no properties that it names");
        Shape::Record(record)
    }

    pub(super) fn opaque(&mut self, span: Span, why: &str) {
        if !self.model.opaque.iter().any(|(known, _)| *known == span) {
            self.model.opaque.push((span, why.to_owned()));
        }
    }

    fn new_record(
        &mut self,
        schema: SchemaId,
        branch: Option<SchemaId>,
        name: &str,
        notes: &Notes,
    ) -> RecordId {
        let node = self.schemas.get(branch.unwrap_or(schema));
        let given = notes.name.as_ref().map(|(name, _)| name.clone()).or_else(|| {
            node.notes.name.as_ref().map(|(name, _)| name.clone()).or_else(|| node.definition.clone())
        });
        self.used
            .extend([notes, &node.notes].into_iter().flat_map(|notes| &notes.name).map(|(_, span)| *span));
        let id = RecordId(self.model.records.len() as u32);
        self.model.records.push(Record {
            named: given.is_some(),
            name: given.unwrap_or_else(|| name.to_owned()),
            description: node.notes.description.clone(),
            source: node.notes.source.clone(),
            schema,
            branch,
            fields: Vec::new(),
            keys: Vec::new(),
            short: None,
            rest: None,
            only: None,
            root: false,
        });
        id
    }

    fn record(&mut self, schema: SchemaId, branch: Option<SchemaId>, name: &str, file_key: bool) -> RecordId {
        let identity = (schema, branch, None);
        if let Some(record) = self.records.get(&identity) {
            return *record;
        }
        let id = self.new_record(schema, branch, name, &Notes::default());
        self.records.insert(identity, id);
        self.pending.push(Pending { record: id, map: None, file_key });
        id
    }

    pub(super) fn kind(&mut self, path: &str, span: Option<Span>) -> KindId {
        if let Some(kind) = self.model.kind_named(path) {
            let kind_span = &mut self.model.kinds[kind.0 as usize].span;
            *kind_span = kind_span.or(span);
            return kind;
        }
        self.model.kinds.push(Kind {
            path: path.to_owned(),
            parent: None,
            records: Vec::new(),
            prefix: String::new(),
            listed: false,
            partial: false,
            shared: false,
            registry: None,
            span,
        });
        KindId(self.model.kinds.len() as u32 - 1)
    }

    /// Reads the fields of all records, those found on the way included.
    fn fields(&mut self) {
        let mut next = 0;
        // In order of discovery, so that generated code follows the schema.
        while next < self.pending.len() {
            let Pending { record, map, file_key } = &mut self.pending[next];
            let (id, map, file_key) = (*record, map.take(), *file_key);
            next += 1;
            let record = self.model.record(id);
            let view = match record.branch {
                Some(branch) => View::of_branch(self.schemas, record.schema, branch),
                None => View::of(self.schemas, record.schema).with_branches(self.schemas),
            };
            self.name_by_kind(id, &view, map.as_ref(), file_key);
            if file_key {
                self.file_key(id);
            }
            let mut members = Vec::new();
            let mut whole = true;
            let in_map = map.is_some();
            if let Some(map) = map {
                whole = false;
                self.map_name(id, &map, &mut members);
                if map.mixed {
                    let value = field_of("value", Origin::MapValue, map.span, Shape::Json);
                    self.model.records[id.0 as usize].fields.push(value);
                    self.members.push((id, members));
                    continue;
                }
                if let Some(value) = map.value {
                    self.own_field(id, "value", Origin::MapValue, map.span, &value, &mut members);
                    self.members.push((id, members));
                    continue;
                }
            }
            let mut hidden = Vec::new();
            let rest = view.map.is_some().then(|| view.clone());
            for member in view.members {
                if self.says_nothing(&member) || (in_map && self.repeats_name(&member)) {
                    whole = false;
                    hidden.push(member.name);
                    continue;
                }
                let field = self.field(id, &member);
                self.model.records[id.0 as usize].fields.push(field);
                members.push(member);
                whole = false;
            }
            if whole {
                self.whole(id);
            } else if let Some(rest) = rest {
                self.rest(id, &rest, hidden);
            }
            self.short_field(id);
            self.members.push((id, members));
        }
        // References that depend on a sibling are read when all siblings are known.
        for (id, members) in std::mem::take(&mut self.members) {
            self.targets(id, &members);
            self.texts(id, &members);
        }
    }

    /// A record without properties has its text.
    fn whole(&mut self, id: RecordId) {
        let span = self.schemas.get(self.model.record(id).schema).span;
        let mut field = field_of("json", Origin::Whole, span, Shape::Json);
        field.description = Some("The whole value, as JSON text.".to_owned());
        self.model.records[id.0 as usize].fields.push(field);
    }

    /// The field for what an object has beside the properties that its schema names.
    fn rest(&mut self, id: RecordId, view: &View, hidden: Vec<String>) {
        let Some(values) = view.map.clone() else { return };
        let record = self.model.record(id);
        let (schema, owner) = (record.branch.unwrap_or(record.schema), record.name.clone());
        let taken = |name: &str| record.fields.iter().any(|field| field.json == name);
        let name = ["others", "other entries", "all others"].into_iter().find(|name| !taken(name));
        let span = self.schemas.get(schema).span;
        let rows = self.map(schema, &values, view, &format!("{owner} other"));
        let mut field = field_of(name.unwrap_or("others"), Origin::Rest, span, Shape::Map(rows));
        field.description = Some("What stands under names that the schema does not list.".to_owned());
        let record = &mut self.model.records[id.0 as usize];
        record.rest = Some(Rest { field: record.fields.len(), named: hidden });
        record.fields.push(field);
    }

    /// The field for the name under which a row stands in its map.
    fn map_name(&mut self, id: RecordId, map: &MapRow, members: &mut Vec<Member>) {
        let site = map.names.clone();
        let says = |site: &Site| {
            let node = self.schemas.get(site.schema);
            let annotated = [&site.notes, &node.notes]
                .iter()
                .any(|notes| notes.key.is_some() || notes.reference.is_some());
            annotated || View::of(self.schemas, site.schema).values.is_some()
        };
        match site.filter(says) {
            Some(site) => self.own_field(id, "key", Origin::MapName, map.span, &site, members),
            None => {
                let field = field_of("key", Origin::MapName, map.span, Shape::Text);
                self.model.records[id.0 as usize].fields.push(field);
            }
        }
        if let Some(field) = self.model.records[id.0 as usize].fields.last_mut() {
            field.nullable = false;
            field
                .description
                .get_or_insert_with(|| "The name under which this stands in its map.".to_owned());
        }
    }

    /// A field that is no property of the object.
    fn own_field(
        &mut self,
        id: RecordId,
        name: &str,
        origin: Origin,
        span: Span,
        site: &Site,
        members: &mut Vec<Member>,
    ) {
        let member = Member {
            name: name.to_owned(),
            span,
            site: site.clone(),
            required: true,
            certain: true,
            others: Vec::new(),
        };
        let mut field = self.field(id, &member);
        field.origin = origin;
        self.model.records[id.0 as usize].fields.push(field);
        members.push(member);
    }

    fn field(&mut self, record: RecordId, member: &Member) -> Field {
        let schema = member.site.schema;
        let node = self.schemas.get(schema);
        let view = View::of(self.schemas, schema);
        let owner = self.model.record(record).name.clone();
        let notes = &member.site.notes;
        self.used.extend(notes.meanings().chain(notes.name.iter().map(|(_, span)| *span)));
        // What a part says holds for the whole: `$ref` in `allOf`, or beside `null` in `anyOf`.
        let parts: Vec<_> =
            view.parts.iter().map(|part| std::sync::Arc::clone(&self.schemas.get(*part).notes)).collect();
        self.used.extend(parts.iter().flat_map(|notes| notes.meanings()));
        self.used.extend(notes.json.into_iter().chain(node.notes.json));
        let in_field = |notes: &Notes| notes.key.clone().filter(|key| !key.file);
        let key = in_field(notes).or_else(|| parts.iter().find_map(|notes| in_field(notes)));
        let reference =
            notes.reference.as_ref().or_else(|| parts.iter().find_map(|notes| notes.reference.as_ref()));
        if let (Some(key), Some(reference)) = (&key, reference) {
            self.findings.push(key_and_reference(key, reference));
        }
        let shape = match (key, reference) {
            _ if notes.json.is_some() || node.notes.json.is_some() => Shape::Json,
            (Some(key), _) => self.key(record, member, &key),
            (_, Some(reference)) if reference.by.is_none() => {
                let reference = reference.clone();
                match (self.link(schema, &reference), view.items.as_ref()) {
                    // An element that names nothing has no form in a list.
                    (Shape::List(link), Some(items))
                        if self.nullable(items.schema) || !reference.none.is_empty() =>
                    {
                        self.rows(items, *link, true, &format!("{owner} {}", member.name), node.span)
                    }
                    (shape, _) => shape,
                }
            }
            _ => self.shape(&member.site, &format!("{owner} {}", member.name), false),
        };
        let shape = if member.others.is_empty() { shape } else { self.united(record, member, shape) };
        let given = notes.default.clone().or_else(|| node.notes.default.clone());
        let sentinel =
            |literal: &Literal| reference.is_some_and(|reference| reference.none.contains(literal));
        // A default that the table can not hold in its place leaves the field optional.
        let default = match given {
            Some((literal, _)) if literal == Literal::Null || sentinel(&literal) => Default::None,
            Some((literal, span))
                if literal != Literal::EmptyList
                    && shape != Shape::Json
                    && reference.is_some_and(|reference| reference.by.is_some()) =>
            {
                let label = "what this names depends on another property";
                self.idle_default(&member.name, label, WRITE_OUT, span);
                Default::None
            }
            Some((literal, span)) if self.fits(&shape, &literal) => {
                if let Shape::Link(resolves) = &shape {
                    let mention = Mention { resolves: resolves.clone(), id: literal.show_plain(), span };
                    self.model.mentions.push(mention);
                }
                Default::Literal(literal)
            }
            // An object that is not there says as much as one with nothing in it.
            Some((Literal::Json(_, empty), _)) if empty == "{}" => Default::None,
            Some((_, span)) if scalar(&shape) => {
                let help = "write a value that the schema allows, or remove the default";
                self.idle_default(&member.name, "the schema does not allow this value", help, span);
                Default::None
            }
            Some((_, span)) => {
                let label = "no table can hold this where there is nothing";
                self.idle_default(&member.name, label, WRITE_OUT, span);
                Default::None
            }
            None => Default::None,
        };
        let types = view.types.unwrap_or(Types::ANY);
        Field {
            json: member.name.clone(),
            origin: Origin::Property,
            name: notes.name.as_ref().map(|(name, _)| name.clone()),
            description: notes.description.clone().or_else(|| node.notes.description.clone()),
            source: notes.source.clone(),
            span: member.span,
            shape,
            required: member.required,
            nullable: types.has(Types::NULL) && types != Types::ANY
                || reference.is_some_and(|reference| !reference.none.is_empty()),
            default,
            constraints: constraints(self.schemas, &view),
        }
    }

    /// The shape of a property that is one thing in one branch and another in the next.
    fn united(&mut self, record: RecordId, member: &Member, first: Shape) -> Shape {
        let compound = Types::ARRAY.with(Types::OBJECT);
        let sites = || std::iter::once(&member.site).chain(&member.others);
        if sites().any(|site| accepted(self.schemas, site.schema).meets(compound)) {
            let why = format!("`{}` differs between the branches of its object", member.name);
            self.opaque(member.span, &why);
            return Shape::Json;
        }
        let mut shape = first;
        let mut types = shape_types(&View::of(self.schemas, member.site.schema));
        for site in &member.others {
            let alone = Member { site: site.clone(), others: Vec::new(), ..member.clone() };
            let other = self.field(record, &alone).shape;
            types = types.with(shape_types(&View::of(self.schemas, site.schema)));
            let names = |shape: &Shape| matches!(shape, Shape::Link(_) | Shape::Key(_) | Shape::Target(_));
            shape = match (shape, other) {
                (one, other) if one == other => one,
                (Shape::Integer { least, most }, Shape::Integer { least: low, most: high }) => {
                    Shape::Integer { least: least.min(low), most: most.max(high) }
                }
                (Shape::Integer { .. } | Shape::Number, Shape::Integer { .. } | Shape::Number) => {
                    Shape::Number
                }
                (Shape::Text | Shape::Enum(_), Shape::Text | Shape::Enum(_)) => Shape::Text,
                (one, other) if names(&one) || names(&other) => {
                    self.findings.push(
                        Diagnostic::new(
                            &code::ANNOTATION,
                            format!("`{}` names different things in different branches", member.name),
                        )
                        .label(member.span, "can not be told apart here")
                        .help("tell the branches apart by a required property with a `const`, or use `x-ref` with `by`"),
                    );
                    Shape::Text
                }
                _ => Shape::Scalar(types),
            };
        }
        shape
    }

    /// Whether a default is a value of a shape.
    fn fits(&self, shape: &Shape, literal: &Literal) -> bool {
        match (shape, literal) {
            (Shape::Boolean, Literal::Boolean(_))
            | (Shape::Text, Literal::Text(_))
            | (Shape::List(_), Literal::EmptyList) => true,
            (Shape::Integer { least, most }, Literal::Integer(value)) => least <= value && value <= most,
            (Shape::Number, Literal::Integer(_) | Literal::Number(_)) => true,
            (Shape::Enum(id), Literal::Text(text)) => {
                self.model.enumeration(*id).variants.iter().any(|variant| variant.json == *text)
            }
            (Shape::Scalar(types), literal) => {
                types.meets(literal.types())
                    && !matches!(literal, Literal::Null | Literal::EmptyList | Literal::Json(..))
            }
            (Shape::Json, literal) => *literal != Literal::Null,
            (Shape::Link(resolves), Literal::Text(_) | Literal::Integer(_)) => !resolves.tolerated,
            _ => false,
        }
    }

    /// Says that a default is not one.
    fn idle_default(&mut self, name: &str, label: &str, help: &str, span: Span) {
        let title = format!("this default of `{name}` has no effect");
        let known = |finding: &Diagnostic| finding.span() == Some(span) && finding.title == title;
        if !self.findings.iter().any(known) {
            self.findings.push(Diagnostic::new(&code::ANNOTATION_TYPO, title).label(span, label).help(help));
        }
    }

    /// The shape of a value; `place` names what has no name of its own.
    fn shape(&mut self, site: &Site, place: &str, file_key: bool) -> Shape {
        let schema = canonical(self.schemas, site.schema);
        if self.open.contains(&schema) {
            self.opaque(self.schemas.get(schema).span, "this list contains itself");
            return Shape::Json;
        }
        if self.open.len() > MOST_LISTS {
            self.opaque(self.schemas.get(schema).span, "no content can stand in so many lists");
            return Shape::Json;
        }
        self.open.push(schema);
        let shape = self.shape_of(site, schema, place, file_key);
        self.open.pop();
        shape
    }

    fn shape_of(&mut self, site: &Site, schema: SchemaId, place: &str, file_key: bool) -> Shape {
        let view = View::of(self.schemas, schema);
        let node = self.schemas.get(schema);
        self.used.extend(site.notes.json.into_iter().chain(node.notes.json));
        if site.notes.json.is_some() || node.notes.json.is_some() {
            return Shape::Json;
        }
        let short = [&site.notes, &node.notes].map(|notes| notes.short.as_ref().map(|(_, span)| *span));
        self.used.extend(short.into_iter().flatten());
        if let Some((_, span)) = site.notes.short.as_ref().or(node.notes.short.as_ref()) {
            let span = *span;
            let note = site.notes.short.clone();
            let shape = self.short(schema, &view, place, span);
            if let (Shape::Record(record), Some(note)) = (&shape, note) {
                self.shorts.insert(*record, note);
            }
            return shape;
        }
        if let Some(shape) = self.union_shape(schema, &view, place, file_key) {
            return shape;
        }
        let types = shape_types(&view);
        match types {
            Types::STRING => match &view.values {
                Some(values) => self.enumeration(schema, values, place, &HashMap::new()),
                None => Shape::Text,
            },
            Types::BOOLEAN => Shape::Boolean,
            Types::INTEGER => integer(self.schemas, &view),
            Types::NUMBER => Shape::Number,
            Types::OBJECT => self.object(schema, &view, place, file_key),
            Types::ARRAY => match &view.items {
                Some(items) if !view.tuple => {
                    let items = items.clone();
                    self.list(&items, place, node.span)
                }
                _ => {
                    self.opaque(
                        node.span,
                        "the elements of this list have no schema of their own, or one for each position",
                    );
                    Shape::Json
                }
            },
            Types::NONE => Shape::Json,
            _ if types.meets(Types::ARRAY.with(Types::OBJECT)) => {
                self.opaque(node.span, "this value can be of several types");
                Shape::Json
            }
            _ => Shape::Scalar(types),
        }
    }

    /// An object for one of whose properties a value that is no object can stand.
    fn short(&mut self, schema: SchemaId, view: &View, place: &str, span: Span) -> Shape {
        let types = types_of(view);
        if types == Types::OBJECT {
            self.findings.push(
                Diagnostic::new(&code::ANNOTATION, "`x-short` has no effect here")
                    .label(span, "the schema allows an object alone, and no text that could stand for it")
                    .help("write `\"type\": [\"string\", \"object\"]` or a `oneOf` of both, or remove it"),
            );
        } else if !types.meets(Types::OBJECT) || types.meets(Types::ARRAY) {
            self.findings.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    "`x-short` is for a value that is an object or a text or number",
                )
                .label(span, format!("the schema wants {} here", types.words())),
            );
            return Shape::Json;
        }
        Shape::Record(self.record(schema, None, place, false))
    }

    /// Finds the field that `x-short` of a record's schema names.
    fn short_field(&mut self, id: RecordId) {
        let node = self.schemas.get(self.model.record(id).schema);
        let short = node.notes.short.clone().or_else(|| self.shorts.get(&id).cloned());
        let Some((property, span)) = short else { return };
        let fields = &self.model.record(id).fields;
        match fields.iter().position(|field| field.json == property && field.origin == Origin::Property) {
            Some(at) => {
                self.short_fits(id, at, span);
                // Where a text stands for the object, there is nothing but this property; the long form may do without it.
                let view = View::of(self.schemas, self.model.record(id).schema);
                let mut objects = view
                    .unions
                    .iter()
                    .flatten()
                    .filter(|branch| accepted(self.schemas, **branch).meets(Types::OBJECT))
                    .map(|branch| View::of(self.schemas, *branch))
                    .chain(view.unions.is_empty().then(|| view.clone()));
                let always = objects.all(|object| {
                    object.members.iter().any(|member| member.name == property && member.required)
                });
                for (index, field) in self.model.records[id.0 as usize].fields.iter_mut().enumerate() {
                    field.required = index == at && always;
                }
                self.model.records[id.0 as usize].short = Some(at);
            }
            None => {
                let help = did_you_mean(&property, fields.iter().map(|field| field.json.as_str()));
                self.findings.push(
                    Diagnostic::new(
                        &code::ANNOTATION,
                        format!("there is no property `{property}` for which a text could stand"),
                    )
                    .label(span, "no property of the object")
                    .maybe_help(help),
                );
            }
        }
    }

    /// Whether what stands for an object can be the property for which it stands.
    fn short_fits(&mut self, id: RecordId, field: usize, span: Span) {
        let schema = self.model.record(id).schema;
        let field = &self.model.record(id).fields[field];
        let view = View::of(self.schemas, schema).with_branches(self.schemas);
        let Some(member) = view.members.iter().find(|member| member.name == field.json) else { return };
        let short = accepted(self.schemas, schema).without(Types::OBJECT.with(Types::NULL));
        let long = accepted(self.schemas, member.site.schema);
        if short.without(long) != Types::NONE && short != Types::ANY.without(Types::OBJECT.with(Types::NULL))
        {
            self.findings.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("{} can not stand for `{}`", short.without(long).words(), field.json),
                )
                .label(span, "stands for this property")
                .label(field.span, format!("is {}", long.words())),
            );
        }
    }

    fn object(&mut self, schema: SchemaId, view: &View, place: &str, file_key: bool) -> Shape {
        let span = self.schemas.get(schema).span;
        match (&view.map, view.members.is_empty()) {
            (_, false) => Shape::Record(self.record(schema, None, place, file_key)),
            (Some(values), true) if !view.mixed => Shape::Map(self.map(schema, values, view, place)),
            (Some(_), true) => {
                self.opaque(span, "the values of this map are of several sorts, by their names");
                Shape::Json
            }
            (None, true) => {
                self.opaque(span, "the schema does not say which properties this object has");
                Shape::Json
            }
        }
    }

    /// The record of the rows of a map.
    fn map(&mut self, schema: SchemaId, values: &Site, map: &View, place: &str) -> RecordId {
        let value = canonical(self.schemas, values.schema);
        let names = map.names.clone().filter(|_| map.members.is_empty());
        let identity = (value, None, Some(schema));
        if let Some(record) = self.records.get(&identity) {
            return *record;
        }
        let view = View::of(self.schemas, value);
        let is_object = shape_types(&view) == Types::OBJECT
            && !map.mixed
            && !view.members.is_empty()
            && self.schemas.get(value).notes.json.is_none()
            && values.notes.reference.is_none()
            && self.union_kind(&view) != Unions::Tagged;
        let id = RecordId(self.model.records.len() as u32);
        let node = self.schemas.get(value);
        let given = values.notes.name.as_ref().or(node.notes.name.as_ref()).map(|(name, _)| name.clone());
        self.used.extend(
            [&values.notes, &node.notes].into_iter().flat_map(|notes| &notes.name).map(|(_, span)| *span),
        );
        // The definition itself may be a record of its own elsewhere.
        let place = node.definition.as_deref().unwrap_or(place);
        self.model.records.push(Record {
            named: given.is_some(),
            name: given.unwrap_or_else(|| format!("{place} entry")),
            description: node.notes.description.clone(),
            source: node.notes.source.clone(),
            schema: value,
            branch: None,
            fields: Vec::new(),
            keys: Vec::new(),
            short: None,
            rest: None,
            only: None,
            root: false,
        });
        self.records.insert(identity, id);
        let span = self.schemas.get(schema).span;
        self.model.records[id.0 as usize].only.clone_from(&map.only);
        if map.mixed {
            self.opaque(span, "what stands beside the named properties is of several sorts, by its names");
        }
        let map = MapRow { names, value: (!is_object).then(|| values.clone()), mixed: map.mixed, span };
        self.pending.push(Pending { record: id, map: Some(map), file_key: false });
        id
    }

    fn list(&mut self, items: &Site, place: &str, span: Span) -> Shape {
        let parts: Vec<_> = View::of(self.schemas, items.schema)
            .parts
            .iter()
            .map(|part| std::sync::Arc::clone(&self.schemas.get(*part).notes))
            .collect();
        self.used.extend(items.notes.meanings().chain(parts.iter().flat_map(|notes| notes.meanings())));
        let in_place = |notes: &Notes| notes.key.clone().filter(|key| !key.file);
        let key = in_place(&items.notes).or_else(|| parts.iter().find_map(|notes| in_place(notes)));
        let reference = items
            .notes
            .reference
            .as_ref()
            .or_else(|| parts.iter().find_map(|notes| notes.reference.as_ref()))
            .cloned();
        if let (Some(key), Some(reference)) = (&key, &reference) {
            self.findings.push(key_and_reference(key, reference));
        }
        let sentinels = reference.as_ref().is_some_and(|reference| !reference.none.is_empty());
        let inner = match (key, reference) {
            (Some(key), _) => self.defines(items.schema, &key),
            (_, Some(reference)) => {
                if let Some((_, span)) = &reference.by {
                    self.findings.push(
                        Diagnostic::new(
                            &code::ANNOTATION,
                            "an element of a list has no siblings to decide about its kind",
                        )
                        .label(*span, "there is no such property beside an element")
                        .help("put `x-ref` on the property that is the list"),
                    );
                }
                self.link(items.schema, &reference)
            }
            _ => self.shape(items, &format!("{place} item"), false),
        };
        let nullable = self.nullable(items.schema) || sentinels;
        match inner {
            // Why has been said of the element.
            Shape::Json => Shape::List(Box::new(Shape::Json)),
            Shape::List(_) | Shape::Map(_) => self.rows(items, inner, nullable, place, span),
            _ if nullable => self.rows(items, inner, nullable, place, span),
            inner => Shape::List(Box::new(inner)),
        }
    }

    /// Whether `null` is a value that the schema has in mind.
    fn nullable(&self, schema: SchemaId) -> bool {
        let types = accepted(self.schemas, schema);
        types.has(Types::NULL) && types != Types::ANY
    }

    /// A list whose elements have no form in a list of their own, as rows of which each has an element.
    fn rows(&mut self, items: &Site, inner: Shape, nullable: bool, place: &str, span: Span) -> Shape {
        let fits = |record: &&RecordId| {
            let field = self.model.record(**record).fields.first();
            field.is_some_and(|field| field.shape == inner && field.nullable == nullable)
        };
        let known = self.rows.get(&items.schema).and_then(|known| known.iter().find(fits));
        if let Some(record) = known {
            return Shape::List(Box::new(Shape::Record(*record)));
        }
        // A name in the schema is that of what the element is.
        let id = self.new_record(items.schema, None, &format!("{place} row"), &Notes::default());
        let record = &mut self.model.records[id.0 as usize];
        (record.name, record.named) = (format!("{place} row"), false);
        record.description = Some("An element of a list.".to_owned());
        let mut field = field_of("value", Origin::Element, span, inner);
        field.nullable = nullable;
        let description = &items.notes.description;
        field.description = description.clone().or_else(|| Some("The element.".to_owned()));
        record.fields.push(field);
        self.rows.entry(items.schema).or_default().push(id);
        Shape::List(Box::new(Shape::Record(id)))
    }

    fn union_kind(&self, view: &View) -> Unions {
        match view.unions.as_slice() {
            [] => Unions::None,
            [branches] => {
                let objects = branches.iter().all(|branch| {
                    accepted(self.schemas, *branch).without(Types::NULL).only(types_of(view)) == Types::OBJECT
                });
                if objects && branches.len() <= MOST_VARIANTS && tag(self.schemas, branches).is_some() {
                    Unions::Tagged
                } else {
                    Unions::Merged
                }
            }
            _ => Unions::Merged,
        }
    }

    /// The shape of a schema with `anyOf` or `oneOf`; `None` if they make no difference.
    fn union_shape(&mut self, schema: SchemaId, view: &View, place: &str, file_key: bool) -> Option<Shape> {
        let types = types_of(view);
        match self.union_kind(view) {
            Unions::None => None,
            Unions::Tagged => Some(Shape::Union(self.tagged(schema, &view.unions[0], place)?)),
            Unions::Merged if types == Types::OBJECT => {
                let all = view.with_branches(self.schemas);
                Some(self.object(schema, &all, place, file_key))
            }
            Unions::Merged if types == Types::STRING => Some(self.strings(schema, view, place)),
            Unions::Merged => {
                let scalar = !types.meets(Types::ARRAY.with(Types::OBJECT));
                if scalar {
                    return Some(Shape::Scalar(types));
                }
                self.opaque(self.schemas.get(schema).span, "this value can be of several types");
                Some(Shape::Json)
            }
        }
    }

    /// A string whose branches are lists of values, each with words of its own.
    fn strings(&mut self, schema: SchemaId, view: &View, place: &str) -> Shape {
        let mut values = Vec::new();
        let mut words = HashMap::new();
        for branch in view.unions.iter().flatten() {
            let part = View::of(self.schemas, *branch);
            let Some(of_branch) = part.values else { return Shape::Text };
            if let (Some(Literal::Text(value)), Some(description)) =
                (of_branch.first(), &self.schemas.get(*branch).notes.description)
            {
                words.insert(value.clone(), description.clone());
            }
            values.extend(of_branch.into_iter().filter(|value| !values.contains(value)).collect::<Vec<_>>());
        }
        self.enumeration(schema, &values, place, &words)
    }

    fn tagged(&mut self, schema: SchemaId, branches: &[SchemaId], place: &str) -> Option<UnionId> {
        if let Some(known) = self.model.unions.iter().position(|known| known.schema == schema) {
            return Some(UnionId(known as u32));
        }
        let (tag, values) = tag(self.schemas, branches)?;
        let node = self.schemas.get(schema);
        self.used
            .extend(node.notes.name.iter().map(|(_, span)| *span).chain(node.notes.names_at.iter().copied()));
        let given =
            node.notes.name.as_ref().map(|(name, _)| name.clone()).or_else(|| node.definition.clone());
        let name = given.unwrap_or_else(|| place.to_owned());
        let at = self.model.unions.len();
        self.model.unions.push(Union {
            name: name.clone(),
            description: node.notes.description.clone(),
            source: node.notes.source.clone(),
            schema,
            tag,
            variants: Vec::new(),
            names: Vec::new(),
        });
        for (branch, values) in branches.iter().zip(values) {
            let first = values.first().map(Literal::show_plain).unwrap_or_default();
            let given = node.notes.names.iter().find(|(value, ..)| *value == first);
            let given = given.map(|(_, name, _)| name.clone());
            let words = given.clone().unwrap_or(first);
            // A branch that is a definition of its own, and to which the union adds nothing, is that record.
            let own = canonical(self.schemas, *branch);
            let alone = View::of(self.schemas, schema).members.is_empty();
            let record = if alone {
                self.record(own, None, &format!("{name} {words}"), false)
            } else {
                self.record(schema, Some(*branch), &format!("{name} {words}"), false)
            };
            // Not called like its kind, which other variants can have too.
            self.model.records[record.0 as usize].named = true;
            self.model.unions[at].names.push(given);
            self.model.unions[at].variants.push((values, record));
        }
        let firsts: Vec<String> = self.model.unions[at]
            .variants
            .iter()
            .filter_map(|(values, _)| Some(values.first()?.show_plain()))
            .collect();
        self.no_such_values(node, &firsts);
        Some(UnionId(at as u32))
    }

    fn enumeration(
        &mut self,
        schema: SchemaId,
        values: &[Literal],
        place: &str,
        words: &HashMap<String, String>,
    ) -> Shape {
        if let Some(known) = self.model.enums.iter().position(|known| known.schema == schema) {
            return Shape::Enum(EnumId(known as u32));
        }
        let texts: Option<Vec<String>> = values
            .iter()
            .filter(|value| **value != Literal::Null)
            .map(|value| if let Literal::Text(text) = value { Some(text.clone()) } else { None })
            .collect();
        let Some(texts) = texts.filter(|texts| texts.len() < 255 && !texts.is_empty()) else {
            return Shape::Text;
        };
        let node = self.schemas.get(schema);
        let given =
            node.notes.name.as_ref().map(|(name, _)| name.clone()).or_else(|| node.definition.clone());
        self.used
            .extend(node.notes.name.iter().map(|(_, span)| *span).chain(node.notes.names_at.iter().copied()));
        self.no_such_values(node, &texts);
        let variant = |json: String| Variant {
            name: node.notes.names.iter().find(|(value, ..)| *value == json).map(|(_, name, _)| name.clone()),
            description: words.get(&json).cloned(),
            json,
        };
        self.model.enums.push(Enum {
            name: given.unwrap_or_else(|| place.to_owned()),
            description: node.notes.description.clone(),
            source: node.notes.source.clone(),
            variants: texts.into_iter().map(variant).collect(),
            schema,
        });
        Shape::Enum(EnumId(self.model.enums.len() as u32 - 1))
    }

    /// Reports names of values that there are not.
    fn no_such_values(&mut self, node: &SchemaNode, values: &[String]) {
        for (value, _, span) in node.notes.names.iter().filter(|(value, ..)| !values.contains(value)) {
            self.findings.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("`x-names` names `{value}`, which is no value here"),
                )
                .label(*span, "there is no such value")
                .label(node.span, "in this schema")
                .maybe_help(did_you_mean(value, values.iter().map(String::as_str))),
            );
        }
    }

    /// The names by which a manifest can set levels.
    fn lints(&mut self) {
        let lints = &mut self.model.lints;
        for node in &self.schemas.nodes {
            lints.extend(node.notes.lint.iter().map(|lint| lint.name.clone()));
            let sites = node.properties.iter().map(|property| &property.notes);
            for notes in sites.chain([&node.notes]) {
                lints.extend(notes.reference.iter().filter_map(|reference| reference.lint.clone()));
            }
            lints.extend(node.more.iter().filter_map(|more| more.group.as_ref()?.lint.clone()));
        }
        lints.sort();
        lints.dedup();
    }

    /// A record that the schema gives no name is called like the ids of its objects; what stands in it, after it.
    fn name_by_kind(&mut self, id: RecordId, view: &View, map: Option<&MapRow>, file_key: bool) {
        if self.model.record(id).named {
            return;
        }
        let key = |site: &Site| {
            let node = self.schemas.get(site.schema);
            site.notes.key.as_ref().or(node.notes.key.as_ref()).map(|key| key.kind.clone())
        };
        let schema = self.model.record(id).schema;
        let of_file = || self.schemas.get(schema).notes.key.as_ref().map(|key| key.kind.clone());
        let kind = map
            .and_then(|map| map.names.as_ref().and_then(key))
            .or_else(|| file_key.then(of_file).flatten())
            .or_else(|| view.members.iter().find_map(|member| key(&member.site)));
        let Some(kind) = kind else { return };
        let taken = |name: &str| {
            let name = heck::ToKebabCase::to_kebab_case(name);
            self.model
                .records
                .iter()
                .any(|record| heck::ToKebabCase::to_kebab_case(record.name.as_str()) == name)
        };
        let noun = kind.rsplit('.').next().unwrap_or(&kind);
        let path = kind.replace('.', "-");
        if let Some(name) = [noun, &path].into_iter().find(|name| !taken(name)) {
            let name = name.to_owned();
            self.model.records[id.0 as usize].name = name;
        }
    }

    /// A property that repeats the name under which its object stands in a map.
    fn repeats_name(&self, member: &Member) -> bool {
        let node = self.schemas.get(member.site.schema);
        node.more.as_ref().is_some_and(|more| more.equals.as_deref() == Some("{key}"))
    }

    /// A property that every object has, with the one value that it can have.
    fn says_nothing(&self, member: &Member) -> bool {
        let node = self.schemas.get(member.site.schema);
        let annotated = [&member.site.notes, &node.notes]
            .iter()
            .any(|notes| notes.key.is_some() || notes.reference.is_some() || notes.name.is_some());
        let values = View::of(self.schemas, member.site.schema).values;
        member.required && !annotated && values.is_some_and(|values| values.len() == 1)
    }
}

/// A field that every row has and about which the schema says nothing.
pub(super) fn field_of(json: &str, origin: Origin, span: Span, shape: Shape) -> Field {
    Field {
        json: json.to_owned(),
        origin,
        name: None,
        description: None,
        source: None,
        span,
        shape,
        required: true,
        nullable: false,
        default: Default::None,
        constraints: Vec::new(),
    }
}

/// Where both stand, the key would win and the reference not be looked at.
fn key_and_reference(key: &Key, reference: &Reference) -> Diagnostic {
    Diagnostic::new(&code::ANNOTATION, "`x-ref` has no effect beside `x-key`")
        .label(reference.span, "is not looked for: what stands here is an id of its own")
        .label(key.span, "makes it one")
        .help("remove one of them; an object that belongs to another refers to it in a property of its own")
}

/// What to do about a default that has no effect.
const WRITE_OUT: &str = "remove the default, and write the value out in content";

fn scalar(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Boolean
            | Shape::Integer { .. }
            | Shape::Number
            | Shape::Text
            | Shape::Enum(_)
            | Shape::Scalar(_)
    )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unions {
    None,
    /// Objects that a property tells apart.
    Tagged,
    /// Anything else.
    Merged,
}

fn types_of(view: &View) -> Types {
    view.types.unwrap_or(Types::ANY).without(Types::NULL)
}

/// The types a value can have, apart from `null`.
pub(super) fn shape_types(view: &View) -> Types {
    let types = view.types.unwrap_or(Types::ANY);
    if types != Types::ANY {
        return types.without(Types::NULL);
    }
    // Without `type`, the other keywords tell what the author had in mind.
    if !view.members.is_empty() || view.map.is_some() {
        Types::OBJECT
    } else if view.items.is_some() {
        Types::ARRAY
    } else {
        types.without(Types::NULL)
    }
}

/// The bounds of a number, over all parts.
fn bounds(schemas: &Schemas, view: &View) -> [Option<f64>; 4] {
    let nodes = || view.parts.iter().map(|part| schemas.get(*part));
    let most = |bounds: Vec<f64>| bounds.into_iter().reduce(f64::min);
    let least = |bounds: Vec<f64>| bounds.into_iter().reduce(f64::max);
    [
        least(nodes().filter_map(|node| node.minimum).collect()),
        least(nodes().filter_map(|node| node.above).collect()),
        most(nodes().filter_map(|node| node.maximum).collect()),
        most(nodes().filter_map(|node| node.below).collect()),
    ]
}

fn integer(schemas: &Schemas, view: &View) -> Shape {
    let [minimum, above, maximum, below] = bounds(schemas, view);
    let least = match (minimum, above) {
        (Some(minimum), Some(above)) => minimum.ceil().max(above.floor() + 1.0),
        (Some(minimum), None) => minimum.ceil(),
        (None, Some(above)) => above.floor() + 1.0,
        (None, None) => i64::MIN as f64,
    };
    let most = match (maximum, below) {
        (Some(maximum), Some(below)) => maximum.floor().min(below.ceil() - 1.0),
        (Some(maximum), None) => maximum.floor(),
        (None, Some(below)) => below.ceil() - 1.0,
        (None, None) if least >= 0.0 => {
            return Shape::Integer { least: least as i128, most: i128::from(u64::MAX) };
        }
        (None, None) => return Shape::Integer { least: least as i128, most: i128::from(i64::MAX) },
    };
    Shape::Integer { least: least as i128, most: most as i128 }
}

/// The constraints of a value in words, for documentation.
fn constraints(schemas: &Schemas, view: &View) -> Vec<String> {
    let mut words = Vec::new();
    let [minimum, above, maximum, below] = bounds(schemas, view);
    let number = |value: f64| value.to_string();
    match (minimum, maximum) {
        (Some(least), Some(most)) => words.push(format!("{} to {}", number(least), number(most))),
        (Some(least), None) => words.push(format!("at least {}", number(least))),
        (None, Some(most)) => words.push(format!("at most {}", number(most))),
        (None, None) => {}
    }
    words.extend(above.map(|bound| format!("more than {}", number(bound))));
    words.extend(below.map(|bound| format!("less than {}", number(bound))));
    let plural =
        |count: u64, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    for node in view.parts.iter().map(|part| schemas.get(*part)) {
        let more = node.more.as_deref();
        words.extend(node.min_length.map(|least| format!("at least {}", plural(least, "character"))));
        words.extend(node.max_length.map(|most| format!("at most {}", plural(most, "character"))));
        words.extend(node.min_items.map(|least| format!("at least {}", plural(least, "element"))));
        words.extend(node.max_items.map(|most| format!("at most {}", plural(most, "element"))));
        words.extend(node.pattern.as_ref().map(|pattern| format!("matches `{}`", pattern.source())));
        words.extend(
            more.and_then(|more| more.max_bytes).map(|most| format!("at most {}", plural(most, "byte"))),
        );
        words.extend(more.filter(|more| more.unique).map(|_| "no two elements are equal".to_owned()));
        words.extend(
            more.and_then(|more| more.multiple_of).map(|step| format!("a multiple of {}", number(step))),
        );
    }
    words.dedup();
    words
}
