//! Schemas for editors: the schemas of a project together with all ids, so that an editor completes and checks references while somebody
//! types.
//!
//! [`Model`] and [`Resolved`] content come in. For each schema file, the text of a JSON Schema that refers to it and adds the ids goes out.
//! This stage knows the model and JSON Schema; it must not know tables or Rust. Two things an editor cannot check remain with questc: which
//! of several equal ids is meant, and whether a path leads somewhere.

mod ids;
#[cfg(test)]
mod tests;

use crate::check::Resolved;
use crate::diagnostics::json_string;
use crate::project::display;
use crate::schema::{Field, Literal, Mapping, Model, Origin, Record, RecordId, Shape};
use crate::source::{Document, Node};
use crate::text::Files;
use ids::Ids;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The schema for a document of some shape. `original` is the address of the schema that it extends, `dialect` the `$schema` of that one.
fn editor_schema(
    model: &Model,
    resolved: &Resolved<'_>,
    root: &Shape,
    original: &str,
    dialect: Option<&str>,
) -> String {
    let names = names_of_records_with_references(model);
    let writer = SchemaWriter { model, ids: Ids { model, resolved }, names: &names };
    let mut out = String::from("{\n");
    let _ = writeln!(out, "  \"$schema\": {},", json_string(dialect.unwrap_or(DIALECT)));
    let _ = writeln!(out, "  \"$comment\": \"Written by questc: do not edit.\",");
    let _ = writeln!(out, "  \"allOf\": [");
    let _ = write!(out, "    {{ \"$ref\": {} }}", json_string(original));
    if let Some(schema) = writer.shape(root, None) {
        let _ = write!(out, ",\n    {schema}");
    }
    out.push_str("\n  ],\n  \"definitions\": {");
    let mut comma = "";
    for (record, name) in (0..).map(RecordId).zip(&names) {
        if let Some(name) = name {
            let _ = write!(out, "{comma}\n    {}: {}", json_string(name), writer.record(record));
            comma = ",";
        }
    }
    out.push_str("\n  }\n}\n");
    out
}

/// The dialect of a schema without `$schema`.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// A unique name for each record that contains references, directly or in its parts.
fn names_of_records_with_references(model: &Model) -> Vec<Option<String>> {
    let mut useful = vec![false; model.records.len()];
    loop {
        let before = useful.iter().filter(|is| **is).count();
        for (at, record) in model.records.iter().enumerate() {
            let leads = |shape: &Shape| match shape.element() {
                Shape::Link(spec) => !spec.defines,
                Shape::Target(_) => true,
                Shape::Record(inner) | Shape::Map(inner) => useful[inner.0 as usize],
                Shape::Union(union) => {
                    model.union(*union).variants.iter().any(|(_, inner)| useful[inner.0 as usize])
                }
                _ => false,
            };
            if record.fields.iter().any(|field| leads(&field.shape)) {
                useful[at] = true;
            }
        }
        if useful.iter().filter(|is| **is).count() == before {
            break;
        }
    }
    let mut taken: HashMap<&str, u32> = HashMap::new();
    let mut names = vec![None; model.records.len()];
    for (at, record) in model.records.iter().enumerate().filter(|(at, _)| useful[*at]) {
        let count = taken.entry(&record.name).or_insert(0);
        *count += 1;
        let name = if *count == 1 { record.name.clone() } else { format!("{} {count}", record.name) };
        names[at] = Some(name);
    }
    names
}

struct SchemaWriter<'w, 'a> {
    model: &'w Model,
    ids: Ids<'w, 'a>,
    names: &'w [Option<String>],
}

impl SchemaWriter<'_, '_> {
    /// The schema of a value of some shape; `None` without references in it. `record` is the one that contains the value.
    fn shape(&self, shape: &Shape, record: Option<RecordId>) -> Option<String> {
        match shape {
            Shape::Link(spec) if !spec.defines => {
                let tolerated = spec.tolerated;
                Some(self.ids.one_of(&spec.affixes, &spec.syntax, tolerated, record))
            }
            Shape::Record(inner) => self.reference(*inner),
            Shape::List(element) => Some(format!("{{ \"items\": {} }}", self.shape(element, record)?)),
            Shape::Map(row) => self.map(*row),
            Shape::Union(union) => {
                let union = self.model.union(*union);
                let variants = union.variants.iter().filter_map(|(values, record)| {
                    let values: Vec<String> = values.iter().map(Literal::show).collect();
                    Some(when(&union.tag, &values, &self.reference(*record)?))
                });
                let variants: Vec<String> = variants.collect();
                (!variants.is_empty()).then(|| format!("{{ \"allOf\": [{}] }}", variants.join(", ")))
            }
            _ => None,
        }
    }

    fn reference(&self, record: RecordId) -> Option<String> {
        let name = self.names[record.0 as usize].as_ref()?.replace('~', "~0").replace('/', "~1");
        let name: String = name.bytes().map(escaped).collect();
        Some(format!("{{ \"$ref\": {} }}", json_string(&format!("#/definitions/{name}"))))
    }

    /// The schema of a map: its names and its values.
    fn map(&self, row: RecordId) -> Option<String> {
        let record = self.model.record(row);
        // Names that follow different patterns have different meanings, which this schema cannot tell apart.
        if record.only.is_some() {
            return None;
        }
        let field = |origin: Origin| record.fields.iter().find(|field| field.origin == origin);
        let mut parts = Vec::new();
        if let Some(name) = field(Origin::MapName).and_then(|field| self.shape(&field.shape, Some(row))) {
            parts.push(format!("\"propertyNames\": {name}"));
        }
        let value = match field(Origin::MapValue) {
            Some(value) => self.shape(&value.shape, Some(row)),
            None => self.reference(row),
        };
        parts.extend(value.map(|value| format!("\"additionalProperties\": {value}")));
        // Some editors offer names only where the schema says that this is an object.
        (!parts.is_empty()).then(|| format!("{{ \"type\": \"object\", {} }}", parts.join(", ")))
    }

    /// The schema of the objects of a record.
    fn record(&self, id: RecordId) -> String {
        let record = self.model.record(id);
        let whole = [Origin::Element, Origin::Whole];
        if let Some(field) = record.fields.iter().find(|field| whole.contains(&field.origin)) {
            return self.shape(&field.shape, Some(id)).unwrap_or_else(|| "{}".to_owned());
        }
        let mut keywords = self.properties(id);
        let mut conditions: Vec<String> =
            properties_of(record).flat_map(|field| self.conditions_of_target(id, field)).collect();
        if let Some(short) = record.shorthand.and_then(|field| record.fields.get(field)) {
            let schema = self.shape(&short.shape, Some(id));
            conditions.extend(schema.map(|schema| {
                format!("{{ \"if\": {{ \"type\": [\"string\", \"number\"] }}, \"then\": {schema} }}")
            }));
        }
        if !conditions.is_empty() {
            let conditions: Vec<String> = conditions.iter().map(|one| format!("        {one}")).collect();
            keywords.push(format!("      \"allOf\": [\n{}\n      ]", conditions.join(",\n")));
        }
        keywords.insert(0, format!("      \"title\": {}", json_string(&record.name)));
        format!("{{\n{}\n    }}", keywords.join(",\n"))
    }

    /// `properties` and `additionalProperties`.
    fn properties(&self, id: RecordId) -> Vec<String> {
        let record = self.model.record(id);
        let named: Vec<(&Field, String)> = properties_of(record)
            .filter_map(|field| Some((field, self.shape(&field.shape, Some(id))?)))
            .collect();
        let mut properties: Vec<String> = named
            .iter()
            .map(|(field, schema)| {
                format!("        {}: {}", json_string(&field.json), nullable(field, schema))
            })
            .collect();
        let mut keywords = Vec::new();
        if let Some(rest) = &record.rest
            && let Some(map) = self.rest(record.fields.get(rest.field))
        {
            // `additionalProperties` must not apply to properties that the original schema names.
            let others = properties_of(record).map(|field| field.json.as_str());
            let others = others.chain(rest.named.iter().map(String::as_str));
            let others = others.filter(|name| named.iter().all(|(field, _)| field.json != **name));
            properties.extend(others.map(|name| format!("        {}: {{}}", json_string(name))));
            keywords.push(format!("      \"additionalProperties\": {map}"));
        }
        if !properties.is_empty() {
            keywords.insert(0, format!("      \"properties\": {{\n{}\n      }}", properties.join(",\n")));
        }
        keywords
    }

    /// For a reference whose kind a sibling decides: one condition for each value of the sibling.
    fn conditions_of_target(&self, id: RecordId, field: &Field) -> Vec<String> {
        let Shape::Target(target) = field.shape.element() else { return Vec::new() };
        let target = self.model.target(*target);
        let by = &self.model.record(target.record).fields[target.by].json;
        let mut conditions = Vec::new();
        for ((value, mapping), affixes) in target.mappings.iter().zip(&target.affixes) {
            if !matches!(mapping, Mapping::Kinds(_)) {
                continue;
            }
            let ids = self.ids.one_of(affixes, &target.syntax, target.tolerated, Some(id));
            let is_list = field.shape != *field.shape.element();
            let ids = if is_list { format!("{{ \"items\": {ids} }}") } else { ids };
            let (name, schema) = (json_string(&field.json), nullable(field, &ids));
            let then = format!("{{ \"properties\": {{ {name}: {schema} }} }}");
            conditions.push(when(by, &[json_string(value)], &then));
        }
        conditions
    }

    /// The schema of the properties that the original schema does not name.
    fn rest(&self, field: Option<&Field>) -> Option<String> {
        let Shape::Map(row) = field?.shape else { return None };
        let record = self.model.record(row);
        if record.only.is_some() {
            return None;
        }
        match record.fields.iter().find(|field| field.origin == Origin::MapValue) {
            Some(value) => self.shape(&value.shape, Some(row)),
            None => self.reference(row),
        }
    }
}

/// The fields that are properties of their own.
fn properties_of(record: &Record) -> impl Iterator<Item = &Field> + Clone {
    record.fields.iter().filter(|field| field.origin == Origin::Property)
}

/// A schema that applies if a property has one of some values.
fn when(property: &str, values: &[String], then: &str) -> String {
    let property = json_string(property);
    format!(
        "{{ \"if\": {{ \"properties\": {{ {property}: {{ \"enum\": [{}] }} }}, \"required\": [{property}] }}, \"then\": {then} }}",
        values.join(", ")
    )
}

/// The schema of a property that can be `null` as well.
fn nullable(field: &Field, schema: &str) -> String {
    if field.nullable {
        format!("{{ \"anyOf\": [{schema}, {{ \"type\": \"null\" }}] }}")
    } else {
        schema.to_owned()
    }
}

/// A byte of a URI.
fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// File names and contents.
pub type EditorSchemas = Vec<(String, Vec<u8>)>;

/// The schemas for editors of a project, as files for a folder: one for each schema file that editors can read.
pub fn editor_schemas(
    model: &Model,
    resolved: &Resolved<'_>,
    roots: &[&Document],
    files: &Files,
    folder: &Path,
) -> EditorSchemas {
    let mut made: EditorSchemas = Vec::new();
    for (shape, document) in model.roots.iter().zip(roots) {
        let name = files.name(document.file);
        if !name.ends_with(".json") && !name.ends_with(".jsonc") {
            continue;
        }
        let file = name.rsplit('/').next().unwrap_or(name);
        let taken = made.iter().filter(|(known, _)| known.rsplit(',').next() == Some(file)).count();
        let file = if taken == 0 { file.to_owned() } else { format!("{},{file}", taken + 1) };
        let dialect = document.root().and_then(|root| root.get("$schema")).and_then(Node::text);
        let text = editor_schema(model, resolved, shape, &address(folder, name), dialect.as_deref());
        made.push((file, text.into_bytes()));
    }
    made
}

/// The address of a file, as seen from a folder.
fn address(folder: &Path, file: &str) -> String {
    let absolute = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        PathBuf::from(display(&path))
    };
    let (folder, file) = (absolute(folder), absolute(Path::new(file)));
    let same = folder.components().zip(file.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(same).map(|_| "..".to_owned());
    let down = file.components().skip(same).map(|part| {
        let part = part.as_os_str().to_string_lossy();
        part.bytes().map(escaped).collect::<String>()
    });
    let parts: Vec<String> = up.chain(down).collect();
    let address = parts.join("/");
    // An address that begins with `..` is relative to every reader.
    if address.starts_with("..") { address } else { format!("./{address}") }
}
