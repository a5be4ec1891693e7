//! The state of a derivation, and the entries that it makes in the model.

use crate::diagnostics::Diagnostic;
use crate::schema::annotations::{Annotations, Reference};
use crate::schema::graph::{Member, SchemaUse, Schemas};
use crate::schema::ids::{KindId, RecordId, SchemaId};
use crate::schema::model::{DefaultValue, Field, IdKind, Model, Origin, Record, Shape};
use crate::text::Span;
use std::collections::{HashMap, HashSet};

pub(super) struct ModelBuilder<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) model: Model,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// By schema, branch, and the map in which the objects stand.
    pub(super) records: HashMap<(SchemaId, Option<SchemaId>, Option<SchemaId>), RecordId>,
    /// Records whose fields are still to be read, so that a recursive schema ends.
    pub(super) pending: Vec<Pending>,
    /// `x-short` at the places that use a record.
    pub(super) shorts: HashMap<RecordId, (String, Span)>,
    /// Records of the rows of lists whose elements have no form in a list, by the schema of the elements.
    pub(super) rows: HashMap<SchemaId, Vec<RecordId>>,
    /// Schemas whose shape is being made: a list of lists of itself has no end.
    pub(super) open: Vec<SchemaId>,
    /// The annotations that something was made of.
    pub(super) used: HashSet<Span>,
    /// References with conditions about what they name, and the kinds they can name.
    pub(super) filters: Vec<(Vec<KindId>, Reference)>,
    /// The annotations of the fields of each record that has been read.
    pub(super) members: Vec<(RecordId, Vec<Member>)>,
}

pub(super) struct Pending {
    pub(super) record: RecordId,
    /// For rows of a map: what is said of their names.
    pub(super) map: Option<MapRow>,
    pub(super) file_key: bool,
}

pub(super) struct MapRow {
    pub(super) names: Option<SchemaUse>,
    /// The rows are no objects, so they have the value in a field.
    pub(super) value: Option<SchemaUse>,
    /// Values of several sorts: kept as text.
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
            pending: Vec::new(),
            shorts: HashMap::new(),
            rows: HashMap::new(),
            open: Vec::new(),
            used: HashSet::new(),
            filters: Vec::new(),
            members: Vec::new(),
        }
    }

    pub(super) fn opaque(&mut self, span: Span, why: &str) {
        if !self.model.opaque.iter().any(|(known, _)| *known == span) {
            self.model.opaque.push((span, why.to_owned()));
        }
    }

    pub(super) fn new_record(
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

    pub(super) fn record(
        &mut self,
        schema: SchemaId,
        branch: Option<SchemaId>,
        name: &str,
        file_key: bool,
    ) -> RecordId {
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
