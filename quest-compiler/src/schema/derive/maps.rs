//! Objects whose names are content: maps, and what stands beside named properties.

use super::builder::{MapRow, ModelBuilder, Pending, field_of};
use super::shape::shape_types;
use super::unions::Unions;
use crate::schema::graph::{Member, MergedSchema, SchemaUse, canonical};
use crate::schema::ids::{RecordId, SchemaId};
use crate::schema::model::{Origin, Record, RestField, Shape};
use crate::schema::value::Types;

impl ModelBuilder<'_> {
    /// A record without properties has its text.
    pub(super) fn whole(&mut self, id: RecordId) {
        let span = self.schemas.get(self.model.record(id).schema).span;
        let mut field = field_of("json", Origin::Whole, span, Shape::Json);
        field.description = Some("The whole value, as JSON text.".to_owned());
        self.model.records[id.0 as usize].fields.push(field);
    }

    /// The field for what an object has beside the properties that its schema names.
    pub(super) fn rest(&mut self, id: RecordId, view: &MergedSchema, hidden: Vec<String>) {
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
        record.rest = Some(RestField { field: record.fields.len(), named: hidden });
        record.fields.push(field);
    }

    /// The field for the name under which a row stands in its map.
    pub(super) fn map_name(&mut self, id: RecordId, map: &MapRow, members: &mut Vec<Member>) {
        let site = map.names.clone();
        let says = |site: &SchemaUse| {
            let node = self.schemas.get(site.schema);
            let annotated = [&site.annotations, &node.annotations]
                .iter()
                .any(|annotations| annotations.key.is_some() || annotations.reference.is_some());
            annotated || MergedSchema::of(self.schemas, site.schema).values.is_some()
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

    pub(super) fn object(
        &mut self,
        schema: SchemaId,
        view: &MergedSchema,
        place: &str,
        file_key: bool,
    ) -> Shape {
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
    pub(super) fn map(
        &mut self,
        schema: SchemaId,
        values: &SchemaUse,
        map: &MergedSchema,
        place: &str,
    ) -> RecordId {
        let value = canonical(self.schemas, values.schema);
        let names = map.names.clone().filter(|_| map.members.is_empty());
        let identity = (value, None, Some(schema));
        if let Some(record) = self.records.get(&identity) {
            return *record;
        }
        let view = MergedSchema::of(self.schemas, value);
        let is_object = shape_types(&view) == Types::OBJECT
            && !map.mixed
            && !view.members.is_empty()
            && self.schemas.get(value).annotations.json.is_none()
            && values.annotations.reference.is_none()
            && self.union_kind(&view) != Unions::Tagged;
        let id = RecordId(self.model.records.len() as u32);
        let node = self.schemas.get(value);
        let given =
            values.annotations.name.as_ref().or(node.annotations.name.as_ref()).map(|(name, _)| name.clone());
        self.used.extend(
            [&values.annotations, &node.annotations]
                .into_iter()
                .flat_map(|annotations| &annotations.name)
                .map(|(_, span)| *span),
        );
        // The definition itself may be a record of its own elsewhere.
        let place = node.definition.as_deref().unwrap_or(place);
        self.model.records.push(Record {
            named: given.is_some(),
            name: given.unwrap_or_else(|| format!("{place} entry")),
            description: node.annotations.description.clone(),
            source: node.annotations.source.clone(),
            schema: value,
            branch: None,
            fields: Vec::new(),
            keys: Vec::new(),
            shorthand: None,
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
}
