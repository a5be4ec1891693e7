//! Paths of property names through records.

use super::record::{Origin, Shape};
use super::{Model, RecordId};

/// A path through records: names of properties. It goes through lists and maps. [`MAP_NAME`] as the last step means the names in a map.
pub type Path = Vec<String>;

/// The step to the names in a map; overlays write it the same.
pub const MAP_NAME: &str = "{key}";

impl Model {
    /// The field in which a row holds a value that is no object: an element that a list cannot hold, or an entry of a map.
    pub fn value_field(&self, record: RecordId) -> Option<usize> {
        let fields = &self.record(record).fields;
        let last = fields.last()?;
        matches!(last.origin, Origin::Element | Origin::MapValue).then(|| fields.len() - 1)
    }

    /// The record of the rows of a field, and the field in which each of them holds its value, if they are no objects.
    pub fn value_rows(&self, record: RecordId, field: usize) -> Option<(RecordId, usize)> {
        match self.record(record).fields[field].shape.element() {
            Shape::Record(rows) | Shape::Map(rows) => Some((*rows, self.value_field(*rows)?)),
            _ => None,
        }
    }

    /// The field that holds the name of an entry in its map.
    pub fn map_name_field(&self, record: RecordId) -> Option<usize> {
        self.record(record).fields.iter().position(|field| field.origin == Origin::MapName)
    }

    /// The field in which the values of a field are, behind the rows of elements and entries that are no objects.
    pub fn values_of(&self, record: RecordId, field: usize) -> (RecordId, usize) {
        let mut seen = vec![(record, field)];
        // A map can contain itself; it has no values then that are not maps again.
        while let Some(rows) = seen.last().and_then(|(record, field)| self.value_rows(*record, *field)) {
            if seen.contains(&rows) {
                return rows;
            }
            seen.push(rows);
        }
        seen.last().copied().unwrap_or((record, field))
    }

    /// The fields at which a path ends, one for each type of object that has it.
    pub fn path_ends(&self, record: RecordId, path: &[String]) -> Vec<(RecordId, usize)> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let Some(field) = self.field_named(record, first) else { return Vec::new() };
        if let [last] = rest
            && last == MAP_NAME
        {
            let rows = self.records_in(&self.record(record).fields[field].shape);
            return rows.into_iter().filter_map(|rows| Some((rows, self.map_name_field(rows)?))).collect();
        }
        let (record, field) = self.values_of(record, field);
        if rest.is_empty() {
            return vec![(record, field)];
        }
        let next = self.records_in(&self.record(record).fields[field].shape);
        next.into_iter().flat_map(|record| self.path_ends(record, rest)).collect()
    }
}
