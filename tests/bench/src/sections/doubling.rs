//! Inputs of one extreme each, and again twice as large: `run.sh guard` fails if the instructions of a check grow more than in proportion.

use crate::project::Project;
use crate::{Outcome, valgrind};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// How much twice the input may cost: twice, and the logarithms of lookups.
const MOST: f64 = 2.3;

/// The smaller of the two sizes.
const SIZE: usize = 4000;

/// A project of some size: its files, the manifest last.
struct Extreme {
    name: &'static str,
    files: fn(usize) -> Vec<(String, String)>,
    arguments: &'static [&'static str],
}

const EXTREMES: [Extreme; 9] = [
    Extreme { name: "properties of an object type", files: wide_type, arguments: &[] },
    Extreme { name: "unknown properties", files: unknown_properties, arguments: &[] },
    Extreme { name: "values of an enum", files: enum_values, arguments: &[] },
    Extreme { name: "branches of a tagged union", files: tagged_union, arguments: &[] },
    Extreme { name: "wrong objects of a tagged union", files: wrong_variants, arguments: &[] },
    Extreme { name: "errors in one line, as JSON", files: one_line, arguments: &["--format", "json"] },
    Extreme { name: "exceptions", files: exceptions, arguments: &[] },
    Extreme { name: "similar ids", files: similar_ids, arguments: &[] },
    Extreme { name: "a chain of requirements", files: chain, arguments: &[] },
];

fn project(schema: Value, content: String, more: &str) -> Vec<(String, String)> {
    let manifest = format!("[[documents]]\nschema = \"s.schema.json\"\ncontent = \"content/*.json\"\n{more}");
    vec![
        ("s.schema.json".to_owned(), schema.to_string()),
        ("content/a.json".to_owned(), content),
        ("quest.toml".to_owned(), manifest),
    ]
}

fn object(pairs: impl Iterator<Item = (String, Value)>) -> Value {
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn list_of(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn wide_type(size: usize) -> Vec<(String, String)> {
    let properties = object((0..size).map(|at| (format!("p{at}"), json!({ "type": "string" }))));
    let required: Vec<String> = (0..size).map(|at| format!("p{at}")).collect();
    // In another order than the schema has.
    let content = object((0..size).rev().map(|at| (format!("p{at}"), json!("x"))));
    let schema = json!({ "type": "object", "title": "Wide", "properties": properties, "required": required });
    project(schema, content.to_string(), "")
}

fn unknown_properties(size: usize) -> Vec<(String, String)> {
    let schema = json!({ "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": false });
    project(schema, object((0..size).map(|at| (format!("stranger-{at}"), json!(at)))).to_string(), "")
}

fn enum_values(size: usize) -> Vec<(String, String)> {
    let values: Vec<String> = (0..size).map(|at| format!("value-{at}")).collect();
    project(list_of(json!({ "enum": values })), json!(values).to_string(), "")
}

fn variant(at: usize) -> Value {
    json!({ "type": "object", "title": format!("V{at}"), "required": ["t"],
        "properties": { "t": { "const": format!("t{at}") }, "v": { "type": "integer" } } })
}

fn tagged_union(size: usize) -> Vec<(String, String)> {
    let variants = size / 20;
    let branches: Vec<Value> = (0..variants).map(variant).collect();
    let objects: Vec<Value> = (0..variants).map(|at| json!({ "t": format!("t{at}"), "v": at })).collect();
    project(list_of(json!({ "oneOf": branches })), json!(objects).to_string(), "")
}

fn wrong_variants(size: usize) -> Vec<(String, String)> {
    let branches: Vec<Value> = (0..200).map(variant).collect();
    let objects: Vec<Value> =
        (0..size / 4).map(|at| json!({ "t": format!("t{}", at % 200), "v": "x" })).collect();
    project(list_of(json!({ "oneOf": branches })), json!(objects).to_string(), "")
}

fn one_line(size: usize) -> Vec<(String, String)> {
    let objects: Vec<Value> = (0..size / 2).map(|_| json!({ "a": "bad", "t": "x".repeat(100) })).collect();
    let properties = json!({ "a": { "type": "integer" }, "t": { "type": "string" } });
    project(list_of(json!({ "type": "object", "properties": properties })), json!(objects).to_string(), "")
}

fn exceptions(size: usize) -> Vec<(String, String)> {
    let count = size / 8;
    let sections = (0..count).map(|at| {
        format!("[[lints.except]]\nlint = \"pattern\"\npath = \"content/f{at}.json\"\nreason = \"old\"\n")
    });
    let schema = list_of(json!({ "type": "string", "pattern": "^a+$" }));
    let mut files = project(schema, "[]".to_owned(), &sections.collect::<String>());
    files.extend((0..count).map(|at| (format!("content/f{at}.json"), json!(["b"]).to_string())));
    files
}

fn similar_ids(size: usize) -> Vec<(String, String)> {
    let ids: Vec<String> =
        (0..size / 4).flat_map(|at| [format!("forest-{at}"), format!("Forest-{at}")]).collect();
    let schema = list_of(json!({ "type": "string", "x-ref": "place" }));
    project(schema, json!(ids).to_string(), "[registries]\nplace = { open = true }\n")
}

fn chain(size: usize) -> Vec<(String, String)> {
    let target =
        json!({ "type": "string", "x-ref": { "by": "type", "to": { "Done": "quest", "Skill": "skill" } } });
    let condition = json!({ "type": "object", "required": ["type"], "properties": {
        "type": { "enum": ["Done", "Skill"] }, "target": target, "value": { "type": "integer" }, "op": { "enum": ["atLeast"] } } });
    let schema = list_of(json!({ "title": "Quest", "type": "object", "required": ["id"],
        "x-requires": { "at": "pre", "by": "type", "target": "target", "value": "value", "operator": "op",
            "means": { "Done": "complete", "Skill": "rising" } },
        "properties": { "id": { "type": "string", "x-key": "quest" }, "pre": list_of(condition) } }));
    let quests = (0..size / 8).map(|at| {
        let mut conditions =
            vec![json!({ "type": "Skill", "target": format!("skill-{at}"), "value": at, "op": "atLeast" })];
        if at > 0 {
            conditions.push(json!({ "type": "Done", "target": format!("quest-{}", at - 1) }));
        }
        json!({ "id": format!("quest-{at}"), "pre": conditions })
    });
    let quests: Vec<Value> = quests.collect();
    project(schema, json!(quests).to_string(), "[registries]\nskill = { open = true }\n")
}

fn write(folder: &Path, files: &[(String, String)]) -> Outcome {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join("content"))?;
    for (name, text) in files {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// Compares the instructions of both sizes.
pub(crate) fn guard(project: &Project) -> Outcome {
    let questc = project.tool("questc")?;
    let folder = std::env::temp_dir().join(format!("questc-doubling-{}", std::process::id()));
    let mut wrong = Vec::new();
    for Extreme { name, files, arguments } in EXTREMES {
        let measure = |size: usize| -> Outcome<f64> {
            write(&folder, &files(size))?;
            let mut command = Command::new(&questc);
            command
                .args(["check", "--threads", "1", "--manifest"])
                .arg(folder.join("quest.toml"))
                .args(arguments);
            // Most of these inputs are wrong.
            Ok(valgrind::instructions_whatever_the_outcome(&command)? as f64)
        };
        let growth = measure(SIZE * 2)? / measure(SIZE)?;
        println!("twice as many {name}: {growth:.2} times the instructions (at most {MOST})");
        if growth > MOST {
            wrong.push(name);
        }
    }
    let _ = fs::remove_dir_all(&folder);
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("more than in proportion: {}", wrong.join(", ")).into())
    }
}
