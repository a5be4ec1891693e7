//! Objects whose property names are content: maps, and the properties that a schema does not name.

use super::builder::{ModelBuilder, PendingMap, PendingRecord, RecordKey, plain_field};
use super::shape::intended_types;
use super::unions::UnionForm;
use crate::schema::graph::{MergedProperty, MergedSchema, SchemaUse, canonical};
use crate::schema::ids::{RecordId, SchemaId};
use crate::schema::model::{Origin, RestField, Shape};
use crate::schema::value::Types;

impl ModelBuilder<'_> {
    /// The field of a record without properties: the whole value as JSON text.
    pub(super) fn whole_field(&mut self, id: RecordId) {
        let span = self.schemas.get(self.model.record(id).schema).span;
        let description = "The whole value, as JSON text.";
        self.add_field(id, plain_field("json", Origin::Whole, span, Shape::Json, description));
    }

    /// The field for properties that the schema does not name. `without_field` are named properties that have no field.
    pub(super) fn rest_field(
        &mut self,
        id: RecordId,
        merged: &MergedSchema,
        values: &SchemaUse,
        without_field: Vec<String>,
    ) {
        let record = self.model.record(id);
        let (schema, owner) = (record.branch.unwrap_or(record.schema), record.name.clone());
        let taken = |name: &str| record.fields.iter().any(|field| field.json == name);
        let names = ["others", "other entries", "all others"];
        let name = names.into_iter().find(|name| !taken(name)).unwrap_or("others");
        let span = self.schemas.get(schema).span;
        let rows = self.map_record(schema, values, merged, None, &format!("{owner} other"));
        let description = "What stands under names that the schema does not list.";
        let field = plain_field(name, Origin::Rest, span, Shape::Map(rows), description);
        let record = self.record_mut(id);
        record.rest = Some(RestField { field: record.fields.len(), named: without_field });
        record.fields.push(field);
    }

    /// The field for the name of an entry in its map.
    pub(super) fn map_name_field(
        &mut self,
        id: RecordId,
        map: &PendingMap,
        properties: &mut Vec<MergedProperty>,
    ) {
        let has_meaning = |usage: &&SchemaUse| {
            let own = &self.schemas.get(usage.schema).annotations;
            let annotated = [&usage.annotations, own]
                .iter()
                .any(|annotations| annotations.key.is_some() || annotations.reference.is_some());
            annotated || MergedSchema::of(self.schemas, usage.schema).values.is_some()
        };
        match map.names.as_ref().filter(has_meaning) {
            Some(usage) => self.own_field(id, "key", Origin::MapName, map.span, usage, properties),
            None => self.add_field(id, plain_field("key", Origin::MapName, map.span, Shape::Text, "")),
        }
        if let Some(field) = self.record_mut(id).fields.last_mut() {
            field.nullable = false;
            let description = || "The name of this in its map.".to_owned();
            field.description.get_or_insert_with(description);
        }
    }

    /// The shape of an object: a record, a map, or JSON text if its schema says too little.
    pub(super) fn object(
        &mut self,
        schema: SchemaId,
        merged: &MergedSchema,
        name: &str,
        file_key: bool,
    ) -> Shape {
        if !merged.properties.is_empty() {
            return Shape::Record(self.record(schema, None, name, file_key));
        }
        let why = match &merged.map_values {
            Some(values) if !merged.mixed_map => {
                let names = merged.map_names.as_ref();
                return Shape::Map(self.map_record(schema, values, merged, names, name));
            }
            Some(_) => "the values of this map are of several sorts, by their names",
            None => "the schema does not say which properties this object has",
        };
        self.opaque(self.schemas.get(schema).span, why);
        Shape::Json
    }

    /// The record of the entries of a map.
    fn map_record(
        &mut self,
        schema: SchemaId,
        values: &SchemaUse,
        map: &MergedSchema,
        names: Option<&SchemaUse>,
        name: &str,
    ) -> RecordId {
        let value = canonical(self.schemas, values.schema);
        let key = RecordKey { schema: value, branch: None, map: Some(schema) };
        if let Some(record) = self.records.get(&key) {
            return *record;
        }
        let node = self.schemas.get(value);
        self.use_names([&*values.annotations, &*node.annotations]);
        let given = values.annotations.name.as_ref().or(node.annotations.name.as_ref());
        let given = given.map(|name| name.text.clone());
        // Not the name of the definition, which can be a record of its own elsewhere.
        let name = format!("{} entry", node.definition.as_deref().unwrap_or(name));
        let id = self.add_record(value, None, given, &name);
        self.records.insert(key, id);
        self.record_mut(id).only.clone_from(&map.map_patterns);
        let span = self.schemas.get(schema).span;
        if map.mixed_map {
            self.opaque(span, "what stands beside the named properties is of several sorts, by its names");
        }
        let map = PendingMap {
            names: names.cloned(),
            value: (!self.is_map_of_objects(values, value, map)).then(|| values.clone()),
            mixed: map.mixed_map,
            span,
        };
        self.pending.push(PendingRecord { record: id, map: Some(map), file_key: false });
        id
    }

    /// Whether the properties of a map's values become the fields of its entries.
    fn is_map_of_objects(&self, values: &SchemaUse, value: SchemaId, map: &MergedSchema) -> bool {
        let merged = MergedSchema::of(self.schemas, value);
        intended_types(&merged) == Types::OBJECT
            && !map.mixed_map
            && !merged.properties.is_empty()
            && self.schemas.get(value).annotations.json.is_none()
            && values.annotations.reference.is_none()
            && self.union_form(&merged) != UnionForm::Tagged
    }
}
