//! i18next's JSON: one object, whose keys are those of the texts.

use super::{FileError, Read, ReadUnit};
use crate::unit::Catalog;
use serde_json::{Map, Value};

/// Writes the translations that a game may show. What has none is left out, so that i18next falls back.
pub(super) fn write(catalog: &Catalog) -> String {
    let units = catalog.units.iter().chain(&catalog.obsolete);
    let shown = units.filter(|unit| !unit.target.is_empty() && !unit.fuzzy);
    let object: Map<String, Value> =
        shown.map(|unit| (unit.key.clone(), Value::String(unit.target.clone()))).collect();
    format!("{:#}\n", Value::Object(object))
}

pub(super) fn read(text: &str) -> Result<Read, FileError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| FileError::new(format!("this is not JSON: {error}"), error.line()))?;
    let Value::Object(object) = value else {
        return Err(FileError::new("this is not i18next's JSON: it is not an object", 1));
    };
    let mut read = Read::default();
    flatten(&object, "", &mut read.units);
    Ok(read)
}

/// Tools nest keys at their dots; i18next reads both forms.
fn flatten(object: &Map<String, Value>, prefix: &str, units: &mut Vec<ReadUnit>) {
    for (name, value) in object {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Object(inner) => flatten(inner, &key, units),
            Value::String(text) => {
                units.push(ReadUnit { key: Some(key), target: text.clone(), ..ReadUnit::default() });
            }
            _ => units.push(ReadUnit {
                key: Some(key),
                target: value.to_string(),
                unusable: Some("it is not a text"),
                ..ReadUnit::default()
            }),
        }
    }
}
