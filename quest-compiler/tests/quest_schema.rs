//! `schemas/quests.schema.json` is Quest Schema v0.14.10b §13 with annotations and other descriptions, and nothing else.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every key path with its value, in the order of the file, without descriptions, examples and annotations.
fn structure(value: &Value, path: &str, inside_properties: bool, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            out.push(format!("{path} {{"));
            for (key, item) in map {
                let keyword = !inside_properties;
                if keyword && (key == "description" || key == "examples" || key.starts_with("x-")) {
                    continue;
                }
                let names = keyword && (key == "properties" || key == "definitions");
                structure(item, &format!("{path}/{key}"), names, out);
            }
        }
        Value::Array(items) => {
            out.push(format!("{path} ["));
            for (index, item) in items.iter().enumerate() {
                structure(item, &format!("{path}/{index}"), false, out);
            }
        }
        scalar => out.push(format!("{path} = {scalar}")),
    }
}

fn structure_of(value: &Value) -> Vec<String> {
    let mut out = Vec::new();
    structure(value, "", false, &mut out);
    out
}

#[test]
fn nothing_but_annotations_and_descriptions_differs() {
    let ours = read(&workspace().join("schemas/quests.schema.json"));
    let section = read(&workspace().join("tests/data/quests.section-13.json"));
    assert_eq!(structure_of(&ours), structure_of(&section));
    assert_eq!(ours["definitions"].as_object().map(|definitions| definitions.len()), Some(12));
}

#[test]
fn the_golden_is_section_13() {
    let Some(folder) = std::env::var_os("QUESTC_SEEDS") else {
        quest_test::Suite::Seeds.skip("QUESTC_SEEDS does not name the folder with the source documents");
        return;
    };
    let document = fs::read_dir(folder)
        .expect("the folder of the seeds")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("004_")))
        .expect("the Quest Schema document");
    let text = fs::read_to_string(document).expect("the document is UTF-8");
    let section = text.split("### Complete `quests.schema.json`").nth(1).expect("section 13");
    let json = section.split("```json").nth(1).and_then(|rest| rest.split("```").next()).expect("the schema");
    let section: Value = serde_json::from_str(json).expect("the schema is JSON");
    let golden = read(&workspace().join("tests/data/quests.section-13.json"));
    assert_eq!(structure_of(&section), structure_of(&golden));
}
