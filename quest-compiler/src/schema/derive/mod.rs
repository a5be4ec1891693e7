//! From the graph of schema objects to records, fields and enums.

mod field;
mod lists;
mod maps;
mod scalars;
mod short;
mod unions;

use super::annotations::{Annotations, Reference};
use super::graph::{SchemaId, SchemaUse, Schemas, Types};
use super::merged::{Member, MergedSchema, canonical};
use super::model::{DefaultValue, Field, IdKind, KindId, Model, Origin, Record, RecordId, Registry, Shape};
use crate::diagnostics::Diagnostic;
use crate::text::Span;
use scalars::integer;
use std::collections::{HashMap, HashSet};

/// Derives the model from the root schemas of a project, each with the name of its file, and from what registries the manifest has.
pub fn model(
    schemas: &Schemas,
    roots: &[(SchemaId, String)],
    registries: &[(String, Registry)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Model {
    let mut shaper = ModelBuilder {
        schemas,
        model: Model::default(),
        diagnostics,
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

pub(super) struct ModelBuilder<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) model: Model,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
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
    names: Option<SchemaUse>,
    /// The rows are no objects, so they have the value in a field.
    value: Option<SchemaUse>,
    /// Values of several sorts: kept as text.
    mixed: bool,
    span: Span,
}

/// Lists in each other. Content cannot stand deeper.
const MOST_LISTS: usize = 128;

/// Whether a title will do as the name of a type.
fn short(title: &str) -> bool {
    let words = title.split_whitespace().count();
    (1..=3).contains(&words) && title.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-')
}

impl ModelBuilder<'_> {
    /// What a document is.
    fn root(&mut self, schema: SchemaId, file: &str) -> Shape {
        let shape = self.root_shape(schema, file);
        // Objects of which each is one record have the name in a field of their own.
        let node = self.schemas.get(schema);
        let Some(key) = node.annotations.key.as_ref().filter(|key| key.file) else { return shape };
        if self.used.contains(&key.span) || matches!(shape, Shape::Record(_)) {
            return shape;
        }
        // What is no object, or one of several, stands in a row that has the name of the file.
        let name =
            node.annotations.title.clone().filter(|title| short(title)).unwrap_or_else(|| file.to_owned());
        let noun = key.kind.rsplit('.').next().unwrap_or(&key.kind);
        let kind_name = noun.to_owned();
        let id = self.new_record(schema, None, &format!("{name} file"), &Annotations::default());
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
        let name =
            node.annotations.title.clone().filter(|title| short(title)).unwrap_or_else(|| file.to_owned());
        let site = SchemaUse { schema, annotations: std::sync::Arc::clone(&node.annotations) };
        let file_key = node.annotations.key.as_ref().is_some_and(|key| key.file);
        let shape = self.shape(&site, &name, file_key);
        let records: Vec<RecordId> = match &shape {
            Shape::Record(record) | Shape::Map(record) => vec![*record],
            Shape::Union(union) => {
                self.model.union(*union).variants.iter().map(|(_, record)| *record).collect::<Vec<_>>()
            }
            Shape::List(element) => match **element {
                Shape::Record(record) => vec![record],
                Shape::Union(union) => {
                    self.model.union(union).variants.iter().map(|(_, record)| *record).collect::<Vec<_>>()
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
        let record = self.new_record(schema, None, &name, &node.annotations);
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
        annotations: &Annotations,
    ) -> RecordId {
        let node = self.schemas.get(branch.unwrap_or(schema));
        let given = annotations.name.as_ref().map(|(name, _)| name.clone()).or_else(|| {
            node.annotations.name.as_ref().map(|(name, _)| name.clone()).or_else(|| node.definition.clone())
        });
        self.used.extend(
            [annotations, &node.annotations]
                .into_iter()
                .flat_map(|annotations| &annotations.name)
                .map(|(_, span)| *span),
        );
        let id = RecordId(self.model.records.len() as u32);
        self.model.records.push(Record {
            named: given.is_some(),
            name: given.unwrap_or_else(|| name.to_owned()),
            description: node.annotations.description.clone(),
            source: node.annotations.source.clone(),
            schema,
            branch,
            fields: Vec::new(),
            keys: Vec::new(),
            shorthand: None,
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
        let id = self.new_record(schema, branch, name, &Annotations::default());
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
        self.model.kinds.push(IdKind {
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
                Some(branch) => MergedSchema::of_branch(self.schemas, record.schema, branch),
                None => MergedSchema::of(self.schemas, record.schema).with_branches(self.schemas),
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
            self.versions(id, &members);
            self.rules_within(id, &members);
        }
    }

    /// The shape of a value; `place` names what has no name of its own.
    fn shape(&mut self, site: &SchemaUse, place: &str, file_key: bool) -> Shape {
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

    fn shape_of(&mut self, site: &SchemaUse, schema: SchemaId, place: &str, file_key: bool) -> Shape {
        let view = MergedSchema::of(self.schemas, schema);
        let node = self.schemas.get(schema);
        self.used.extend(site.annotations.json.into_iter().chain(node.annotations.json));
        if site.annotations.json.is_some() || node.annotations.json.is_some() {
            return Shape::Json;
        }
        let short = [&site.annotations, &node.annotations]
            .map(|annotations| annotations.short.as_ref().map(|(_, span)| *span));
        self.used.extend(short.into_iter().flatten());
        if let Some((_, span)) = site.annotations.short.as_ref().or(node.annotations.short.as_ref()) {
            let span = *span;
            let note = site.annotations.short.clone();
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
            _ if types.intersects(Types::ARRAY.union(Types::OBJECT)) => {
                self.opaque(node.span, "this value can be of several types");
                Shape::Json
            }
            _ => Shape::Scalar(types),
        }
    }

    /// The names by which a manifest can set levels.
    fn lints(&mut self) {
        let lints = &mut self.model.lints;
        for node in &self.schemas.nodes {
            lints.extend(node.annotations.lint.iter().map(|lint| lint.name.clone()));
            let sites = node.properties.iter().map(|property| &property.annotations);
            for annotations in sites.chain([&node.annotations]) {
                lints.extend(annotations.reference.iter().filter_map(|reference| reference.lint.clone()));
            }
            lints.extend(node.more.iter().filter_map(|more| more.group.as_ref()?.lint.clone()));
        }
        lints.sort();
        lints.dedup();
    }

    /// A record that the schema gives no name is called like the ids of its objects; what stands in it, after it.
    fn name_by_kind(&mut self, id: RecordId, view: &MergedSchema, map: Option<&MapRow>, file_key: bool) {
        if self.model.record(id).named {
            return;
        }
        let key = |site: &SchemaUse| {
            let node = self.schemas.get(site.schema);
            site.annotations.key.as_ref().or(node.annotations.key.as_ref()).map(|key| key.kind.clone())
        };
        let schema = self.model.record(id).schema;
        let of_file = || self.schemas.get(schema).annotations.key.as_ref().map(|key| key.kind.clone());
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
}

/// A field that every row has and about which the schema says nothing.
pub(super) fn field_of(json: &str, origin: Origin, span: Span, shape: Shape) -> Field {
    Field {
        json: json.into(),
        origin,
        name: None,
        description: None,
        source: None,
        span,
        shape,
        required: true,
        nullable: false,
        default: DefaultValue::None,
        constraints: Vec::new(),
    }
}

fn types_of(view: &MergedSchema) -> Types {
    view.types.unwrap_or(Types::ANY).difference(Types::NULL)
}

/// The types a value can have, apart from `null`.
pub(super) fn shape_types(view: &MergedSchema) -> Types {
    let types = view.types.unwrap_or(Types::ANY);
    if types != Types::ANY {
        return types.difference(Types::NULL);
    }
    // Without `type`, the other keywords tell what the author had in mind.
    if !view.members.is_empty() || view.map.is_some() {
        Types::OBJECT
    } else if view.items.is_some() {
        Types::ARRAY
    } else {
        types.difference(Types::NULL)
    }
}
