//! Our verdicts against those of the `jsonschema` crate, on far more pairs than the official suite has: every schema of a file of the suite
//! meets every instance of that file, and every document of oldwood, whole and mutated, meets its schema.
//!
//! `QUESTC_CONTENT` names the folder with both.

#![cfg(feature = "regex")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::verdicts;
use quest_test::Suite;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> Option<PathBuf> {
    let suite = if name == "oldwood" { Suite::Oldwood } else { Suite::Oracle };
    quest_test::content(suite, name)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Numbers that no table holds are errors of ours and none of JSON Schema.
fn too_large(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            number.as_i64().is_none() && number.as_f64().is_none_or(|number| number.abs() > 9e15)
        }
        Value::Array(list) => list.iter().any(too_large),
        Value::Object(map) => map.values().any(too_large),
        _ => false,
    }
}

#[test]
fn every_schema_of_the_suite_against_every_instance_of_its_file() {
    let Some(suite) = folder("json-schema-test-suite") else { return };
    let mut compared = 0;
    let mut differences = Vec::new();
    for (draft, dialect) in [
        ("draft7", "http://json-schema.org/draft-07/schema#"),
        ("draft2020-12", "https://json-schema.org/draft/2020-12/schema"),
    ] {
        let mut found = Vec::new();
        files(&suite.join("tests").join(draft), &mut found);
        for path in found.iter().filter(|path| !path.components().any(|part| part.as_os_str() == "optional"))
        {
            let groups = read(path);
            let groups = groups.as_array().unwrap();
            let instances: Vec<Value> = groups
                .iter()
                .flat_map(|group| group["tests"].as_array().unwrap())
                .map(|test| test["data"].clone())
                .filter(|instance| !too_large(instance))
                .collect();
            let texts: Vec<String> = instances.iter().map(Value::to_string).collect();
            for group in groups {
                let mut schema = group["schema"].clone();
                let Some(object) = schema.as_object_mut() else { continue };
                object.entry("$schema").or_insert_with(|| Value::String(dialect.to_owned()));
                let Ok(ours) = verdicts(&schema.to_string(), &[], &texts) else { continue };
                let Ok(theirs) = jsonschema::validator_for(&schema) else { continue };
                for (instance, ours) in instances.iter().zip(ours) {
                    compared += 1;
                    if theirs.is_valid(instance) != ours {
                        differences.push(format!(
                            "{draft} {}: {}: we say {ours} of {instance}",
                            path.file_name().unwrap().to_string_lossy(),
                            group["description"]
                        ));
                    }
                }
            }
        }
    }
    println!("{compared} verdicts compared");
    assert!(compared > 20_000, "only {compared} verdicts compared");
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// A document with one thing wrong or odd, at every place in turn.
fn mutations(document: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    let mut places = Vec::new();
    collect(document, String::new(), &mut places);
    for (number, place) in places.iter().enumerate() {
        let mut changed = document.clone();
        let Some(target) = changed.pointer_mut(place) else { continue };
        *target = match number % 6 {
            0 => Value::Null,
            1 => Value::from(-1),
            2 => Value::from(1.5),
            3 => Value::from("Not An Id"),
            4 => Value::Array(vec![]),
            _ => serde_json::json!({ "surplus": true }),
        };
        found.push(changed);
    }
    found
}

fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (number, item) in list.iter().enumerate() {
                collect(item, format!("{at}/{number}"), places);
            }
        }
        Value::Object(map) => {
            for (name, item) in map {
                collect(item, format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), places);
            }
        }
        _ => {}
    }
    places.push(at);
}

#[test]
fn every_document_of_oldwood_whole_and_with_one_thing_wrong() {
    let Some(oldwood) = folder("oldwood") else { return };
    let mut schemas = Vec::new();
    files(&oldwood.join("schemas"), &mut schemas);
    let remotes: Vec<(String, Value)> = schemas
        .iter()
        .map(|path| read(path))
        .map(|schema| (schema["$id"].as_str().unwrap().to_owned(), schema))
        .collect();
    let texts: Vec<(String, String)> =
        remotes.iter().map(|(address, schema)| (address.clone(), schema.to_string())).collect();
    let mut documents = Vec::new();
    files(&oldwood.join("src"), &mut documents);
    let (mut compared, mut invalid) = (0, 0);
    let mut differences = Vec::new();
    for (address, schema) in &remotes {
        let file = address.rsplit('/').next().unwrap();
        let registry = jsonschema::Registry::new()
            .extend(remotes.iter().map(|(address, schema)| (address.clone(), schema.clone())))
            .unwrap()
            .prepare()
            .unwrap();
        let theirs = jsonschema::options().with_registry(&registry).build(schema).unwrap();
        // A few documents of each schema: each has dozens of places.
        let of_schema: Vec<Value> = documents
            .iter()
            .map(|path| read(path))
            .filter(|document| {
                document["$schema"].as_str().is_some_and(|named| named.ends_with(&format!("/{file}")))
            })
            .take(4)
            .collect();
        let instances: Vec<Value> = of_schema
            .iter()
            .flat_map(|document| std::iter::once(document.clone()).chain(mutations(document)))
            .collect();
        let shown: Vec<String> = instances.iter().map(Value::to_string).collect();
        let ours = verdicts(&schema.to_string(), &texts, &shown).unwrap();
        for (instance, ours) in instances.iter().zip(ours) {
            compared += 1;
            invalid += usize::from(!ours);
            if theirs.is_valid(instance) != ours {
                differences.push(format!("{file}: we say {ours} of {instance}"));
            }
        }
    }
    println!("{compared} verdicts compared, {invalid} of them say no");
    assert!(compared > 2_000 && invalid > 500, "only {compared} verdicts compared, {invalid} say no");
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences[..differences.len().min(20)].join("\n")
    );
}
