//! The state of a derivation, and the entries that it adds to the model.

use crate::diagnostics::Diagnostic;
use crate::schema::annotations::{Annotations, ReferenceCondition, SpannedText};
use crate::schema::graph::{MergedProperty, SchemaUse, Schemas};
use crate::schema::ids::{EnumId, KindId, RecordId, SchemaId};
use crate::schema::model::{DefaultValue, Field, IdKind, Model, Origin, Record, Shape};
use crate::text::Span;
use heck::ToKebabCase;
use std::collections::{HashMap, HashSet};

pub(super) struct ModelBuilder<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) model: Model,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    pub(super) records: HashMap<RecordKey, RecordId>,
    /// How many records have a name, by the name in kebab case.
    record_names: HashMap<String, usize>,
    /// Records whose fields are not derived yet. A queue, so that recursive schemas end.
    pub(super) pending: Vec<PendingRecord>,
    /// `x-short` of the uses of records.
    pub(super) shorthands: HashMap<RecordId, SpannedText>,
    /// Records of list elements that a list cannot hold, by the schema of the elements.
    pub(super) list_rows: HashMap<SchemaId, Vec<RecordId>>,
    /// Schemas whose shape is being derived: a list can contain itself.
    pub(super) open: Vec<SchemaId>,
    /// The annotations that had an effect.
    pub(super) used: HashSet<Span>,
    /// `where` of references, with the kinds that they can name.
    pub(super) conditions: Vec<(Vec<KindId>, Vec<ReferenceCondition>)>,
    /// The properties that became the fields of each record.
    pub(super) properties: Vec<(RecordId, Vec<MergedProperty>)>,
    pub(super) enums: HashMap<SchemaId, EnumId>,
    /// The defaults that have been reported, by location and property.
    pub(super) rejected_defaults: HashSet<(Span, String)>,
    /// The locations in `model.opaque`.
    opaque: HashSet<Span>,
}

/// What makes two uses of schemas the same record.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct RecordKey {
    pub(super) schema: SchemaId,
    pub(super) branch: Option<SchemaId>,
    /// The map that contains the objects.
    pub(super) map: Option<SchemaId>,
}

pub(super) struct PendingRecord {
    pub(super) record: RecordId,
    /// Its objects are the entries of a map.
    pub(super) map: Option<PendingMap>,
    /// The name of the file is the key of the objects.
    pub(super) file_key: bool,
}

pub(super) struct PendingMap {
    pub(super) names: Option<SchemaUse>,
    /// The schema of the entries, if they are no objects and become a field.
    pub(super) value: Option<SchemaUse>,
    /// Entries under different names have different schemas, so they are kept as JSON text.
    pub(super) mixed: bool,
    pub(super) span: Span,
}

impl<'a> ModelBuilder<'a> {
    pub(super) fn new(schemas: &'a Schemas, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            schemas,
            model: Model::default(),
            diagnostics,
            records: HashMap::new(),
            record_names: HashMap::new(),
            pending: Vec::new(),
            shorthands: HashMap::new(),
            list_rows: HashMap::new(),
            open: Vec::new(),
            used: HashSet::new(),
            conditions: Vec::new(),
            properties: Vec::new(),
            enums: HashMap::new(),
            rejected_defaults: HashSet::new(),
            opaque: HashSet::new(),
        }
    }

    /// Notes a value that is kept as JSON text, and why.
    pub(super) fn opaque(&mut self, span: Span, why: &str) {
        if self.opaque.insert(span) {
            self.model.opaque.push((span, why.to_owned()));
        }
    }

    /// The record of a schema, which is added if there is none. `name` is used if the schema gives none.
    pub(super) fn record(
        &mut self,
        schema: SchemaId,
        branch: Option<SchemaId>,
        name: &str,
        file_key: bool,
    ) -> RecordId {
        let key = RecordKey { schema, branch, map: None };
        if let Some(record) = self.records.get(&key) {
            return *record;
        }
        let id = self.named_record(schema, branch, name, &Annotations::default());
        self.records.insert(key, id);
        self.pending.push(PendingRecord { record: id, map: None, file_key });
        id
    }

    /// Adds a record named by the annotations of its use, by its schema, or else `name`.
    pub(super) fn named_record(
        &mut self,
        schema: SchemaId,
        branch: Option<SchemaId>,
        name: &str,
        annotations: &Annotations,
    ) -> RecordId {
        let node = self.schemas.get(branch.unwrap_or(schema));
        self.use_names([annotations, &node.annotations]);
        let given = annotations.name.as_ref().or(node.annotations.name.as_ref());
        let given = given.map(|name| name.text.clone()).or_else(|| node.definition.clone());
        self.add_record(schema, branch, given, name)
    }

    pub(super) fn add_record(
        &mut self,
        schema: SchemaId,
        branch: Option<SchemaId>,
        given: Option<String>,
        name: &str,
    ) -> RecordId {
        let annotations = &self.schemas.get(branch.unwrap_or(schema)).annotations;
        let id = RecordId(self.model.records.len() as u32);
        self.model.records.push(Record {
            named: given.is_some(),
            name: given.unwrap_or_else(|| name.to_owned()),
            description: annotations.description.clone(),
            source: annotations.source.clone(),
            schema,
            branch,
            fields: Vec::new(),
            keys: Vec::new(),
            shorthand: None,
            rest: None,
            only: None,
            root: false,
        });
        let name = self.model.record(id).name.to_kebab_case();
        *self.record_names.entry(name).or_default() += 1;
        id
    }

    pub(super) fn rename_record(&mut self, id: RecordId, name: String) {
        if let Some(count) = self.record_names.get_mut(&self.model.record(id).name.to_kebab_case()) {
            *count -= 1;
        }
        *self.record_names.entry(name.to_kebab_case()).or_default() += 1;
        self.record_mut(id).name = name;
    }

    /// Whether a record has this name, in whatever way its words are joined.
    pub(super) fn is_record_name(&self, name: &str) -> bool {
        self.record_names.get(&name.to_kebab_case()).is_some_and(|count| *count > 0)
    }

    pub(super) fn record_mut(&mut self, id: RecordId) -> &mut Record {
        &mut self.model.records[id.0 as usize]
    }

    pub(super) fn add_field(&mut self, record: RecordId, field: Field) {
        self.record_mut(record).fields.push(field);
    }

    /// Marks `x-name` as used.
    pub(super) fn use_names<'n>(&mut self, annotations: impl IntoIterator<Item = &'n Annotations>) {
        let names = annotations.into_iter().filter_map(|annotations| annotations.name.as_ref());
        self.used.extend(names.map(|name| name.span));
    }

    /// The kind with a path, which is added if there is none. `span` is kept if it is the first.
    pub(super) fn kind(&mut self, path: &str, span: Option<Span>) -> KindId {
        if let Some(kind) = self.model.kind_named(path) {
            let first = &mut self.model.kinds[kind.0 as usize].span;
            *first = first.or(span);
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
            plural: None,
            registry: None,
            span,
        });
        KindId(self.model.kinds.len() as u32 - 1)
    }
}

/// A required field about which the schema says nothing.
pub(super) fn plain_field(json: &str, origin: Origin, span: Span, shape: Shape, description: &str) -> Field {
    Field {
        json: json.into(),
        origin,
        name: None,
        description: (!description.is_empty()).then(|| description.to_owned()),
        source: None,
        span,
        shape,
        required: true,
        nullable: false,
        default: DefaultValue::None,
        constraints: Vec::new(),
    }
}
