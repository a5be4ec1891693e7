//! Schemas for editors, judged by `jsonschema`: they accept what questc accepts, and refuse ids that nothing has.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use quest_test::Suite;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The schemas that editors of a project get, by file. `schemas` is the folder of those that they refer to.
fn validators(manifest: &Path, name: &str, schemas: &Path) -> BTreeMap<String, jsonschema::Validator> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let folder = folder.canonicalize().unwrap();
    let (_, files) =
        driver::editor_schemas(&Request::check(manifest).with_deny_warnings(false), &folder, &mut |_| {});
    let mut known: Vec<(String, Value)> = Vec::new();
    for entry in fs::read_dir(schemas).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let schema = read(&path);
            // A schema is found by the address that it says, and where it is.
            known.extend(schema["$id"].as_str().map(|id| (id.to_owned(), schema.clone())));
            known.push((format!("file://{}", path.display()), schema));
        }
    }
    let registry = known
        .iter()
        .fold(jsonschema::Registry::new(), |registry, (address, schema)| {
            registry.add(address.as_str(), schema).unwrap()
        })
        .prepare()
        .unwrap();
    let validator = |text: &[u8], file: &str| {
        let schema: Value = serde_json::from_slice(text).unwrap();
        jsonschema::options()
            .with_base_uri(format!("file://{}/{file}", folder.display()))
            .with_registry(&registry)
            .build(&schema)
            .unwrap()
    };
    files.unwrap().into_iter().map(|(file, text)| (file.clone(), validator(&text, &file))).collect()
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The places at which an editor marks something.
fn marked(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    let mut places: Vec<String> =
        validator.iter_errors(value).map(|error| error.instance_path().to_string()).collect();
    places.dedup();
    places
}

#[test]
fn the_five_quests() {
    let validators =
        validators(&root().join("tests/rune-rust/quest.toml"), "editor-five", &root().join("schemas"));
    let validator = &validators["quests.schema.json"];
    let folder = root().join("tests/rune-rust/content/quests");
    for id in ["iron-path", "lost-tools", "patrol-route", "rusted-heart", "salvage-run-daily"] {
        let quests = read(&folder.join(format!("{id}.json")));
        assert_eq!(marked(validator, &quests), Vec::<String>::new(), "{id}");
    }
    // The schema itself still holds, references with one kind, and those whose kind a sibling decides.
    let quest = read(&folder.join("iron-path.json"));
    for (place, value, is_wrong) in [
        ("/quests/0/level", json!(0), true),
        ("/quests/0/stages/1/nextStageId", json!("defeat-lrd"), true),
        ("/quests/0/stages/1/nextStageId", json!("iron-path:defeat-lord"), false),
        ("/quests/0/stages/1/nextStageId", json!("iron-path:defeat-lrd"), true),
        ("/quests/0/stages/1/nextStageId", json!(null), false),
        ("/quests/0/questGiver/npcId", json!("npc-kjarta"), true),
        ("/quests/0/stages/2/objectives/0/target", json!("npc-kjartan"), true),
        ("/quests/0/stages/2/objectives/0/target", json!("enemy-rust-lord"), false),
        // The schema tolerates an unknown quest here, and questc warns.
        ("/quests/0/prerequisites/1/target", json!("nobody-knows"), false),
    ] {
        let mut changed = quest.clone();
        *changed.pointer_mut(place).unwrap() = value.clone();
        let expected = if is_wrong { vec![place.to_owned()] } else { Vec::new() };
        let found = marked(validator, &changed);
        let found: Vec<_> = found.into_iter().filter(|found| place.starts_with(found.as_str())).collect();
        assert_eq!(found.is_empty(), expected.is_empty(), "{place} {value}: {found:?}");
    }
}

/// What questc accepts, no editor marks: 17 schemas with an overlay, in which ids have prefixes, are names in maps, or numbers.
#[test]
fn a_game_that_others_made() {
    let Some(game) = quest_test::content(Suite::Oldwood, "oldwood") else { return };
    let schemas = game.join("schemas");
    let validators = validators(&root().join("tests/oldwood/quest.toml"), "editor-oldwood", &schemas);
    let mut files = Vec::new();
    let mut folders = vec![game.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let mut looked_at = 0;
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "json")) {
        let value = read(path);
        let Some(schema) = value["$schema"].as_str().and_then(|schema| schema.rsplit('/').next()) else {
            continue;
        };
        let found = marked(&validators[schema], &value);
        // The one property that questc warns of as well.
        let known = path.ends_with("ranger-leap-rose.json") && found == [""];
        assert!(found.is_empty() || known, "{}: {found:?}", path.display());
        looked_at += 1;
    }
    assert!(looked_at > 400, "{looked_at}");
    let quest = &validators["quest.schema.json"];
    let mut bridge =
        files.iter().find(|path| path.ends_with("broken-bridge.json")).map(|path| read(path)).unwrap();
    bridge["stages"][1]["counters"]["orcsKilled"]["match"]["archetypes"][0] = json!("forest-ork");
    assert!(!marked(quest, &bridge).is_empty());
}

/// A build writes them where the manifest says so, and only what has changed.
#[test]
fn every_build_keeps_them_up_to_date() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor-build");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("schemas")).unwrap();
    let schema = fs::read_to_string(root().join("schemas/quests.schema.json")).unwrap();
    fs::write(folder.join("schemas/quests.schema.json"), schema).unwrap();
    let quest = fs::read_to_string(root().join("tests/rune-rust/content/quests/iron-path.json")).unwrap();
    fs::write(folder.join("a.json"), &quest).unwrap();
    let manifest = folder.join("quest.toml");
    let documents = "[[documents]]\nschema = \"schemas/quests.schema.json\"\ncontent = \"a.json\"\n";
    fs::write(&manifest, format!("{documents}\n[editor]\nschemas = \"editor\"\n")).unwrap();
    let written = folder.join("editor/quests.schema.json");
    let build = || driver::run(&Request::build(manifest.clone()), &mut |_| {}).write(&folder.join("out"));
    build().unwrap();
    let first = fs::read_to_string(&written).unwrap();
    assert!(first.contains("\"$ref\": \"../schemas/quests.schema.json\""), "{first}");
    assert!(first.contains("\"defeat-lord\"") && !first.contains("new-stage"));
    let time = || fs::metadata(&written).unwrap().modified().unwrap();
    let before = time();
    build().unwrap();
    assert_eq!(time(), before, "a file that would not change is not touched");
    fs::write(folder.join("a.json"), quest.replace("defeat-lord", "new-stage")).unwrap();
    build().unwrap();
    assert!(fs::read_to_string(&written).unwrap().contains("\"new-stage\""));
    // A file that cannot be read would take its ids away.
    fs::write(folder.join("a.json"), "{ \"version\": ").unwrap();
    assert!(build().is_err());
    assert!(fs::read_to_string(&written).unwrap().contains("\"new-stage\""));
}
