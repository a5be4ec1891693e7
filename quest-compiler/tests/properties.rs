//! What holds of the whole compiler for every project: it never panics, it never blames itself, and it says the same twice.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quest_compiler::driver::{self, Request};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn config() -> ProptestConfig {
    // Projects are large and shrinking runs the compiler each time.
    ProptestConfig {
        failure_persistence: quest_test::proptest_regressions!("properties"),
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    }
}

const MANIFEST: &str = r#"
[[documents]]
schema = "town.schema.json"
content = ["towns/*.json"]

[registries]
region = ["region-north", "region-south"]
guild = "guilds.json"
weather = { open = true }

[lints]
unknown-property = "warn"
pattern = "deny"
"#;

/// Everything a schema can say that is compiled, in little.
const SCHEMA: &str = r##"{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Towns",
  "type": "object",
  "properties": {
    "version": { "type": "string", "pattern": "^\\d+\\.\\d+$" },
    "towns": { "type": "array", "items": { "$ref": "#/definitions/Town" }, "minItems": 1 }
  },
  "required": ["version", "towns"],
  "additionalProperties": false,
  "definitions": {
    "Town": {
      "type": "object",
      "properties": {
        "id": { "type": "string", "pattern": "^[a-z][a-z0-9-]*$", "x-key": "town" },
        "name": { "type": "string", "minLength": 1, "maxLength": 40 },
        "size": { "type": "string", "enum": ["hamlet", "town", "city"], "default": "town" },
        "people": { "type": "integer", "minimum": 0, "maximum": 100000, "default": 3 },
        "wealth": { "type": "number", "minimum": -1.5 },
        "walled": { "type": "boolean", "default": false },
        "near": { "type": "array", "items": { "type": "string", "x-ref": "town" } },
        "region": { "type": "string", "x-ref": "region" },
        "guilds": { "type": "array", "items": { "type": "string", "x-ref": "guild" }, "maxItems": 4 },
        "gates": { "type": "array", "items": { "$ref": "#/definitions/Gate" } }
      },
      "required": ["id", "name", "region"],
      "additionalProperties": false
    },
    "Gate": {
      "type": "object",
      "properties": {
        "id": { "type": "string", "x-key": "gate" },
        "leads": { "type": "string", "x-ref": "town" }
      },
      "required": ["id"]
    }
  }
}
"##;

const TOWNS: [(&str, &str); 2] = [
    (
        "towns/north.json",
        r#"{
  "version": "1.0",
  "towns": [
    { "id": "holm", "name": "Holm", "size": "city", "people": 900, "wealth": 2.5, "walled": true, "near": ["ness"],
      "region": "region-north", "guilds": ["guild-smiths"], "gates": [{ "id": "gate-east", "leads": "ness" }] },
    { "id": "ness", "name": "N\u00e6s", "region": "region-north", "near": ["holm", "vik"] }
  ]
}
"#,
    ),
    (
        "towns/south.json",
        r#"{ "version": "1.0", "towns": [ { "id": "vik", "name": "Vík", "region": "region-south", "people": 12 } ] }"#,
    ),
];

const GUILDS: &str = r#"[{ "id": "guild-smiths" }, { "id": "guild-bakers", "note": "bread" }]"#;

/// The files of a project that a test changes.
fn small() -> Vec<(String, String)> {
    let mut files = vec![
        ("quest.toml".to_owned(), MANIFEST.to_owned()),
        ("town.schema.json".to_owned(), SCHEMA.to_owned()),
        ("guilds.json".to_owned(), GUILDS.to_owned()),
    ];
    files.extend(TOWNS.map(|(name, text)| (name.to_owned(), text.to_owned())));
    files
}

/// The same with the quest schema and the quests of the example game.
fn quests() -> Vec<(String, String)> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let game = workspace.join("tests/rune-rust");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let manifest =
        read(&game.join("quest.toml")).replace("../../schemas/", "").replace("content/quests/**/", "quests/");
    let mut files = vec![
        ("quest.toml".to_owned(), manifest.replace("content/registries/", "registries/")),
        ("quests.schema.json".to_owned(), read(&workspace.join("schemas/quests.schema.json"))),
    ];
    for folder in ["quests", "registries"] {
        let mut paths: Vec<PathBuf> = fs::read_dir(game.join("content").join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_str().unwrap();
            files.push((format!("{folder}/{name}"), read(&path)));
        }
    }
    files
}

// Mutations of text.

#[derive(Clone, Debug)]
enum Edit {
    Delete(usize),
    Insert(String),
    Replace(String),
    Duplicate(usize),
    SwapLines,
}

fn scrap() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(vec![
            "{", "}", "[", "]", "[[", "]]", ",", ":", "\"", "'", "\\", "=", "#", "-", ".", "0", "1e999", "_", "\n", " ", "\t",
            "\u{a0}", "\u{feff}", "\0", "é", "日", "😀", "null", "true", "open", "[x]\n", "a = 1\n", "\"x-key\": \"k\",",
            "99999999999999999999", "-1", "\"\"", "é\n", "\"\"\"",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => (1usize..3).prop_map(Edit::Delete),
        3 => scrap().prop_map(Edit::Insert),
        3 => scrap().prop_map(Edit::Replace),
        2 => (1usize..40).prop_map(Edit::Duplicate),
        1 => Just(Edit::SwapLines),
    ]
}

fn edit_text(text: &str, index: Index, edit: &Edit) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let at = index.index(chars.len() + 1);
    let upto = |length: usize| (at + length).min(chars.len());
    match edit {
        Edit::Delete(length) => drop(chars.drain(at..upto(*length))),
        Edit::Insert(text) => drop(chars.splice(at..at, text.chars())),
        Edit::Replace(text) => drop(chars.splice(at..upto(1), text.chars())),
        Edit::Duplicate(length) => {
            let copy = chars[at..upto(*length)].to_vec();
            drop(chars.splice(at..at, copy));
        }
        Edit::SwapLines => {
            let mut lines: Vec<&str> = text.split('\n').collect();
            let at = index.index(lines.len());
            let other = (at + 1) % lines.len();
            lines.swap(at, other);
            return lines.join("\n");
        }
    }
    chars.into_iter().collect()
}

// Mutations of JSON values, which stay JSON and so reach the later stages.

#[derive(Clone, Debug)]
enum Change {
    Remove,
    Set(Value),
    Rename(String),
    Copy,
    /// Puts here what stands at another place.
    Graft(Index),
}

/// Words that mean something somewhere.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => select(vec![
            "", "id", "name", "type", "properties", "items", "required", "enum", "const", "default", "pattern", "$ref",
            "definitions", "oneOf", "anyOf", "allOf", "if", "then", "not", "minimum", "maximum", "multipleOf", "minItems",
            "maxLength", "format", "additionalProperties", "patternProperties", "x-key", "x-ref", "x-name", "x-rfe", "string",
            "integer", "number", "object", "array", "boolean", "null", "#", "#/", "#/definitions/Town", "#/definitions/Quest",
            "#/definitions/Gate", "#/definitions/Town/properties/near", "#/definitions/é", "other.json#/a", "^[a-z]+$", "(", "[",
            "a{99999999}", "(?<x>a)\\k<x>", "^(a|b)*$", "\\p{L}", "town", "gate", "region", "quest", "stage", "objective", "guild",
            "npc", "weather", "holm", "vik", "region-north", "Self", "self", "crate", "fn", "type-", "1st", "é", "日本", "a b", "A-b",
            "a_b", "a-b", "\u{0}", "\u{202e}", "\"", "\\", "\n", "*/", "{}", "{{", "None", "Some", "Option", "String", "Vec", "Town",
        ])
        .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        select(vec![
            json!(null),
            json!(true),
            json!(false),
            json!(0),
            json!(-1),
            json!(1),
            json!(255),
            json!(65536),
            json!(1.5),
            json!(-0.0),
            json!(1e300),
            json!(i64::MIN),
            json!(u64::MAX),
            json!([]),
            json!({}),
        ]),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((word(), inner), 0..4).prop_map(|properties| Value::Object(properties.into_iter().collect())),
        ]
    })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        2 => Just(Change::Remove),
        4 => value().prop_map(Change::Set),
        3 => word().prop_map(Change::Rename),
        2 => Just(Change::Copy),
        2 => any::<Index>().prop_map(Change::Graft),
    ]
}

fn pointers(value: &Value, path: &str, out: &mut Vec<String>) {
    out.push(path.to_owned());
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                pointers(item, &format!("{path}/{at}"), out);
            }
        }
        Value::Object(map) => {
            for (name, item) in map {
                pointers(item, &format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), out);
            }
        }
        _ => {}
    }
}

fn change_value(root: &mut Value, index: Index, change: &Change) {
    let mut all = Vec::new();
    pointers(root, "", &mut all);
    let place = index.get(&all).clone();
    match change {
        Change::Set(value) => *root.pointer_mut(&place).unwrap() = value.clone(),
        Change::Graft(other) => {
            let graft = root.pointer(&all[other.index(all.len())]).unwrap().clone();
            *root.pointer_mut(&place).unwrap() = graft;
        }
        Change::Remove | Change::Rename(_) | Change::Copy => {
            let Some((parent, name)) = place.rsplit_once('/') else { return };
            let name = name.replace("~1", "/").replace("~0", "~");
            match (root.pointer_mut(parent).unwrap(), change) {
                (Value::Array(items), change) => {
                    let at: usize = name.parse().unwrap();
                    if matches!(change, Change::Copy) {
                        items.push(items[at].clone());
                    } else {
                        items.remove(at);
                    }
                }
                (Value::Object(map), Change::Remove) => drop(map.shift_remove(&name)),
                (Value::Object(map), Change::Rename(new)) => {
                    let value = map.shift_remove(&name).unwrap();
                    map.insert(new.clone(), value);
                }
                (Value::Object(map), _) => {
                    let value = map[&name].clone();
                    map.insert(format!("{name}2"), value);
                }
                _ => {}
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Mutation {
    file: Index,
    place: Index,
    text: Option<Edit>,
    value: Change,
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let one = (any::<Index>(), any::<Index>(), prop::option::weighted(0.3, edit()), change())
        .prop_map(|(file, place, text, value)| Mutation { file, place, text, value });
    vec(one, 1..4)
}

fn mutate(files: &mut [(String, String)], mutation: &Mutation) {
    // The manifest, the schema and the rest are changed about equally often.
    let at = match mutation.file.index(3 * files.len()) {
        at if at < files.len() => at,
        at => at % 2,
    };
    let (name, text) = &mut files[at];
    let parsed = serde_json::from_str::<Value>(text).ok().filter(|_| name.ends_with(".json"));
    *text = match (parsed, &mutation.text) {
        (Some(mut root), None) => {
            change_value(&mut root, mutation.place, &mutation.value);
            serde_json::to_string_pretty(&root).unwrap()
        }
        (_, Some(edit)) => edit_text(text, mutation.place, edit),
        (None, None) => edit_text(text, mutation.place, &Edit::Delete(1)),
    };
    if name == "quest.toml" {
        // A slip must not make this search the whole disk.
        for wild in ["**", "\"/", "'/", ".."] {
            *text = text.replace(wild, "x");
        }
    }
}

fn check(folder: &str, files: &[(String, String)]) -> Result<(), TestCaseError> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("properties").join(folder);
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let manifest = folder.join("quest.toml");
    let (once, twice) = (
        driver::run(&Request::build(manifest.clone()), &mut |_| {}),
        driver::run(&Request::build(manifest.clone()), &mut |_| {}),
    );
    #[cfg(feature = "tool-output")]
    {
        for line in once.json() {
            let diagnostic: Result<Value, _> = serde_json::from_str(&line);
            prop_assert!(diagnostic.is_ok(), "not JSON: {line}");
        }
        prop_assert_eq!(once.json(), twice.json());
    }
    let messages = once.human(false);
    for message in &messages {
        prop_assert!(!message.contains("Q0099"), "{message}");
    }
    prop_assert_eq!(messages.len(), once.errors() + once.warnings());
    prop_assert_eq!(messages, twice.human(false));
    prop_assert_eq!(once.human(true).len(), once.human(false).len());
    let output = folder.join("output");
    prop_assert_eq!(once.write(&output).is_ok(), once.errors() == 0);
    prop_assert_eq!(once.write_pack(&output.join("pack")).is_ok(), once.errors() == 0);
    if once.errors() == 0 {
        let read = |file: &str| fs::read(output.join(file)).unwrap();
        let first = ["quests.rs", "quests.tables", "quests.text", "quests.index", "pack"].map(read);
        prop_assert!(twice.write(&output).is_ok() && twice.write_pack(&output.join("pack")).is_ok());
        prop_assert!(
            first == ["quests.rs", "quests.tables", "quests.text", "quests.index", "pack"].map(read)
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_mutated_small_project(mutations in mutations()) {
        let mut files = small();
        for mutation in &mutations {
            mutate(&mut files, mutation);
        }
        check("small", &files)?;
    }

    #[test]
    fn a_mutated_game(mutations in mutations()) {
        let mut files = quests();
        for mutation in &mutations {
            mutate(&mut files, mutation);
        }
        check("game", &files)?;
    }
}

#[test]
fn the_unchanged_projects_have_no_errors() {
    for (name, files) in [("small-unchanged", small()), ("game-unchanged", quests())] {
        check(name, &files).unwrap();
        let manifest =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("properties").join(name).join("quest.toml");
        let run = driver::run(&Request::build(manifest.clone()), &mut |_| {});
        assert_eq!(run.errors(), 0, "{}", run.human(false).join("\n\n"));
    }
}
