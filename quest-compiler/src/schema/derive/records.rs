//! The fields of records.

use super::builder::{ModelBuilder, PendingMap, PendingRecord, plain_field};
use crate::schema::graph::{MergedProperty, MergedSchema};
use crate::schema::ids::RecordId;
use crate::schema::model::{Origin, Shape};

impl ModelBuilder<'_> {
    /// Derives the fields of all records, including those discovered on the way.
    pub(super) fn records(&mut self) {
        let mut next = 0;
        // In order of discovery, so that generated code follows the schema.
        while next < self.pending.len() {
            let PendingRecord { record, map, file_key } = &mut self.pending[next];
            let (record, map, file_key) = (*record, map.take(), *file_key);
            next += 1;
            let properties = self.fields(record, map, file_key);
            self.properties.push((record, properties));
        }
        // Annotations that depend on a sibling wait until all fields are known.
        for (record, properties) in std::mem::take(&mut self.properties) {
            self.targets(record, &properties);
            self.texts(record, &properties);
            self.versions(record, &properties);
            self.rules_beside_refs(record, &properties);
        }
    }

    /// Adds the fields of a record, and returns the properties that they come from.
    fn fields(&mut self, id: RecordId, map: Option<PendingMap>, file_key: bool) -> Vec<MergedProperty> {
        let record = self.model.record(id);
        let merged = match record.branch {
            Some(branch) => MergedSchema::of_branch(self.schemas, record.schema, branch),
            None => MergedSchema::of(self.schemas, record.schema).with_branches(self.schemas),
        };
        self.name_after_kind(id, &merged, map.as_ref(), file_key);
        if file_key {
            self.file_key(id);
        }
        let mut properties = Vec::new();
        let in_map = map.is_some();
        if let Some(map) = map {
            self.map_name_field(id, &map, &mut properties);
            if map.mixed {
                self.add_field(id, plain_field("value", Origin::MapValue, map.span, Shape::Json, ""));
                return properties;
            }
            if let Some(value) = &map.value {
                self.own_field(id, "value", Origin::MapValue, map.span, value, &mut properties);
                return properties;
            }
        }
        if merged.properties.is_empty() && !in_map {
            self.whole_field(id);
        } else {
            self.property_fields(id, merged, in_map, &mut properties);
        }
        self.shorthand_field(id);
        properties
    }

    fn property_fields(
        &mut self,
        id: RecordId,
        mut merged: MergedSchema,
        in_map: bool,
        properties: &mut Vec<MergedProperty>,
    ) {
        let mut without_field = Vec::new();
        for property in std::mem::take(&mut merged.properties) {
            if self.is_constant(&property) || (in_map && self.repeats_map_name(&property)) {
                without_field.push(property.name);
                continue;
            }
            let field = self.field(id, &property);
            self.add_field(id, field);
            properties.push(property);
        }
        if let Some(values) = merged.map_values.clone() {
            self.rest_field(id, &merged, &values, without_field);
        }
    }
}
