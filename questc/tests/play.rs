//! Journals of schemas other than the Quest Schema: what `x-journal` and its neighbours say is what is played.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

/// A schema of missions: short names for everything, and `after` as what must be done before.
const SCHEMA: &str = r##"{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "missions",
  "type": "object",
  "required": ["id", "steps"],
  "additionalProperties": false,
  "x-flow": { "nodes": "steps", "next": "then", "tasks": { "at": "todo" } },
  "x-requires": @REQUIRES@,
  "x-journal": { "tasks": { "target": "whom", "count": "times" }, "repeatable": "again" },
  "properties": {
    "id": { "type": "string", "x-key": "mission" },
    "again": { "type": "boolean", "default": false },
    "after": @AFTER@,
    "steps": { "type": "array", "minItems": 1, "items": {
      "type": "object", "required": ["id", "todo"], "additionalProperties": false,
      "properties": {
        "id": { "type": "string", "x-key": "mission.step" },
        "then": { "type": "string", "x-ref": "mission.step" },
        "todo": { "type": "array", "minItems": 1, "items": {
          "type": "object", "required": ["id", "what"], "additionalProperties": false,
          "properties": {
            "id": { "type": "string", "x-key": "mission.step.task" },
            "what": { "enum": ["meet", "wait"] },
            "whom": { "type": "string", "x-ref": { "by": "what", "to": { "meet": "person", "wait": null } } },
            "times": { "type": "integer", "minimum": 1, "maximum": 100, "default": 1 }
          }
        } }
      }
    } }
  }
}"##;

const AFTER: &str =
    r#"{ "type": "array", "items": { "type": "string", "x-ref": { "to": "mission", "unknown": "warn" } } }"#;

/// Missions `one`, `two` and `three`: the last one comes after the two others and what is given.
fn project(name: &str, requires: &str, after_kind: &str, after: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("play").join(name);
    fs::create_dir_all(&folder).unwrap();
    let schema = SCHEMA.replace("@REQUIRES@", requires).replace("@AFTER@", after_kind);
    fs::write(folder.join("mission.schema.json"), schema).unwrap();
    let mission = |id: &str, after: &str| {
        format!(
            r#"{{ "id": "{id}", {after}"steps": [{{ "id": "only", "todo": [{{ "id": "talk", "what": "meet", "whom": "ann" }}] }}] }}"#
        )
    };
    for (id, after) in [("one", ""), ("two", ""), ("three", after)] {
        fs::write(folder.join(format!("{id}.json")), mission(id, after)).unwrap();
    }
    let manifest = "[[documents]]\nschema = \"mission.schema.json\"\ncontent = [\"one.json\", \"two.json\", \"three.json\"]\n[registries]\nperson = [\"ann\", \"bob\"]\n";
    fs::write(folder.join("quest.toml"), manifest).unwrap();
    folder
}

/// Plays a script; gives what does not hold.
fn play(folder: &Path, script: &str) -> Result<(), String> {
    let path = folder.join("script.play");
    fs::write(&path, script).unwrap();
    quest_build::play(folder.join("quest.toml"), [&path]).map(|_| ()).map_err(|error| error.to_string())
}

const DO_ONE: &str = "accept one\nmeet ann\nturn in\nexpect ended\n";
const DO_TWO: &str = "accept two\nmeet ann\nturn in\nexpect ended\n";

#[test]
fn a_list_of_names_comes_before() {
    let folder = project("all", r#"{ "at": "after" }"#, AFTER, r#""after": ["one", "two"], "#);
    let script = format!(
        "expect three not started\nrefused accept three\n{DO_ONE}refused accept three\n{DO_TWO}expect three available\naccept three\nexpect active\n"
    );
    play(&folder, &script).unwrap();
}

#[test]
fn one_of_a_list_is_enough() {
    let folder = project("any", r#"{ "at": "after", "any": true }"#, AFTER, r#""after": ["one", "two"], "#);
    play(&folder, &format!("refused accept three\n{DO_TWO}accept three\nexpect active\n")).unwrap();
}

#[test]
fn what_nobody_knows_is_not_met() {
    let folder = project("unknown", r#"{ "at": "after" }"#, AFTER, r#""after": ["prologue"], "#);
    play(&folder, "refused accept three\nexpect not started\n").unwrap();
    let folder = project("empty", r#"{ "at": "after" }"#, AFTER, r#""after": [], "#);
    play(&folder, "expect three available\n").unwrap();
}

#[test]
fn conditions_that_say_nothing_are_not_met() {
    // The long form, with a reference that stands in an object, and the object is not there.
    let after = r#"{ "type": "array", "items": { "type": "object", "additionalProperties": false, "required": ["sort"], "properties": {
      "sort": { "enum": ["done", "lucky"] },
      "which": { "type": "string", "x-ref": { "by": "sort", "to": { "done": "mission", "lucky": null } } }
    } } }"#;
    let requires = r#"{ "at": "after", "by": "sort", "target": "which", "means": { "done": "complete" } }"#;
    let folder = project("nothing", requires, after, r#""after": [{ "sort": "done" }], "#);
    play(&folder, &format!("refused accept three\n{DO_ONE}{DO_TWO}refused accept three\n")).unwrap();
    let folder = project("long", requires, after, r#""after": [{ "sort": "done", "which": "one" }], "#);
    play(&folder, &format!("refused accept three\n{DO_ONE}accept three\nexpect active\n")).unwrap();
}
