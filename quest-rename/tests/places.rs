//! Where ids are found, and why some renamings are refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::Request;
use quest_rename::{Refusal, Renaming};
use quest_test::TempProject;
use std::fs;

fn plan(project: &TempProject, old: &str, new: &str) -> Result<Renaming, Refusal> {
    quest_rename::rename(&Request::check(project.manifest()), old, new)
}

/// Renames, and gives the lines that have changed, each behind the name of its file.
fn changed(project: &TempProject, old: &str, new: &str) -> Vec<String> {
    let renaming = plan(project, old, new).unwrap_or_else(|refusal| {
        let report = refusal.report.as_ref().map(|report| report.human(false).join("\n"));
        panic!("{refusal}\n{}", report.unwrap_or_default())
    });
    let mut lines = Vec::new();
    for file in &renaming.files {
        let name = file.path.strip_prefix(project.path()).unwrap().display().to_string();
        if let Some(to) = &file.moved_to {
            lines.push(format!("{name} => {}", to.strip_prefix(project.path()).unwrap().display()));
        }
        let after = file.after();
        let before: Vec<&str> = file.before.lines().collect();
        let new = after.lines().filter(|line| !before.contains(line));
        lines.extend(new.map(|line| format!("{name}: {}", line.trim())));
    }
    lines
}

#[track_caller]
fn refused(project: &TempProject, old: &str, new: &str, expected: &str) {
    let refusal = plan(project, old, new).map(|renaming| renaming.files).unwrap_err();
    assert_eq!(refusal.to_string(), expected, "{old} → {new}");
}

const SCHEMA: &str = r##"{
  "type": "object",
  "properties": { "quests": { "type": "array", "items": { "$ref": "#/definitions/Quest" } } },
  "additionalProperties": false,
  "definitions": {
    "Quest": {
      "type": "object",
      "properties": {
        "id": { "type": "string", "pattern": "^[a-z][a-z0-9-]*$", "x-key": "quest" },
        "kind": { "type": "string" },
        "after": { "type": "array", "items": { "type": "string", "x-ref": "quest" } },
        "giver": { "type": "string", "x-ref": "npc", "default": "smith" },
        "talks": {
          "type": "object",
          "propertyNames": { "x-ref": { "to": "quest", "where": { "kind": "talk" } } },
          "additionalProperties": { "type": "integer" }
        },
        "number": { "type": "integer", "x-ref": "page" },
        "stages": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "id": { "type": "string", "x-key": "quest.stage" },
              "to": { "type": "string", "x-ref": "quest.stage" }
            },
            "required": ["id"]
          }
        }
      },
      "required": ["id"],
      "additionalProperties": false
    }
  }
}
"##;

const MANIFEST: &str = r#"# iron
[[documents]]
schema = "s.json"
content = "c/*"

[registries]
npc = ["smith", "iron"]
page = [ "7", "8" ]

[[lints.except]]
lint = "similar-ids"
entry = "iron:begin"
level = "allow"
reason = "they are twins"
"#;

const CONTENT: &str = r#"{
  "quests": [
    { "id": "iron", "kind": "talk", "number": 7, "stages": [{ "id": "begin", "to": "end" }, { "id": "end" }] },
    { "id": "st\u0065el", "after": ["iron"], "talks": { "iron": 3 }, "stages": [{ "id": "x", "to": "iron:end" }] },
    { "id": "wood", "giver": "iron", "stages": [{ "id": "end" }] }
  ]
}
"#;

fn project() -> TempProject {
    TempProject::with([("s.json", SCHEMA), ("quest.toml", MANIFEST), ("c/q.json", CONTENT)])
}

#[test]
fn objects_references_map_keys_and_exceptions() {
    let lines = changed(&project(), "quest:iron", "quest:gold");
    assert_eq!(
        lines,
        [
            r#"c/q.json: { "id": "gold", "kind": "talk", "number": 7, "stages": [{ "id": "begin", "to": "end" }, { "id": "end" }] },"#,
            r#"c/q.json: { "id": "st\u0065el", "after": ["gold"], "talks": { "gold": 3 }, "stages": [{ "id": "x", "to": "gold:end" }] },"#,
            "quest.toml: entry = \"gold:begin\"",
        ]
    );
}

#[test]
fn another_kind_with_the_same_text_stays() {
    let lines = changed(&project(), "npc:iron", "gold");
    assert_eq!(
        lines,
        [
            r#"c/q.json: { "id": "wood", "giver": "gold", "stages": [{ "id": "end" }] }"#,
            "quest.toml: npc = [\"smith\", \"gold\"]"
        ]
    );
}

#[test]
fn parts_of_objects() {
    let project = project();
    let lines = changed(&project, "stage:iron:end", "last");
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains(r#""to": "last" }, { "id": "last" }"#) && lines[1].contains("\"iron:last\""));
    let whole = changed(&project, "quest.stage:iron:end", "quest.stage:iron:last");
    assert_eq!(whole, lines);
}

#[test]
fn defaults_of_schemas() {
    let lines = changed(&project(), "npc:smith", "bjorn");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("s.json: \"giver\"") && line.contains("\"default\": \"bjorn\""))
    );
    assert!(lines.contains(&"quest.toml: npc = [\"bjorn\", \"iron\"]".to_owned()));
}

#[test]
fn numbers_stay_numbers() {
    let project = project();
    let lines = changed(&project, "page:7", "12");
    assert!(lines[0].contains("\"number\": 12,"), "{lines:?}");
    assert_eq!(lines[1], "quest.toml: page = [ \"12\", \"8\" ]");
    let refusal = plan(&project, "page:7", "seven").unwrap_err();
    assert!(
        refusal.title.contains("c/q.json:3:") && refusal.help.as_deref() == Some("the id is a whole number")
    );
}

#[test]
fn what_is_refused() {
    let project = project();
    refused(&project, "quest:irn", "gold", "there is no quest `irn`; did you mean `iron`?");
    refused(&project, "qest:iron", "gold", "there is no kind `qest`; did you mean `quest`?");
    refused(&project, "quest:iron", "wood", "there is a quest `wood` already");
    refused(&project, "quest:iron", "iron", "the quest is called `iron` already");
    refused(&project, "stage:end", "last", "`end` is no path of a stage; write `iron:end` or `wood:end`");
    refused(
        &project,
        "stage:iron:end",
        "wood:last",
        "`wood:last` is not in `iron`; a renaming changes the last part of a path; to move an object, move it in its file",
    );
    let refusal = plan(&project, "quest:iron", "Gold Rush").unwrap_err();
    assert_eq!(refusal.title, "`Gold Rush` would be an error");
    let report = refusal.report.unwrap();
    assert_eq!(report.errors(), 1, "{:?}", report.human(false));
    // Whoever reads half a file would rename half of the references.
    project.write("c/half.json", "{ \"quests\": [ { \"id\": \"iron ] }");
    let refusal = plan(&project, "quest:iron", "gold").unwrap_err();
    assert!(refusal.title.ends_with("half.json` has syntax errors"), "{refusal}");
    fs::remove_file(project.join("c/half.json")).unwrap();
    project.write("c/twice.json", "{ \"quests\": [ { \"id\": \"iron\" } ] }");
    refused(
        &project,
        "quest:iron",
        "gold",
        "there are several quests `iron`; correct that first, or references to them would be guessed",
    );
}

#[test]
fn a_reference_that_would_name_something_else() {
    let schema = r##"{
      "type": "object",
      "properties": { "who": { "type": "string", "x-ref": ["npc", "group"] } }
    }"##;
    let manifest = "[[documents]]\nschema = \"s.json\"\ncontent = \"c.json\"\n[registries]\nnpc = [\"a\"]\ngroup = [\"b\"]\n";
    let project =
        TempProject::with([("s.json", schema), ("quest.toml", manifest), ("c.json", "{\"who\": \"b\"}")]);
    refused(
        &project,
        "npc:a",
        "b",
        &format!(
            "in `{}`, a reference to the group `b` would name `b`; choose another id, or change that reference first",
            project.join("c.json").display()
        ),
    );
}

#[test]
fn released_ids_leave_a_rename_and_take_it_back() {
    let project = project();
    fs::remove_file(project.join("quest.lock")).ok();
    let request = Request::check(project.manifest()).with_goal(quest_compiler::driver::Goal::Lock);
    quest_compiler::driver::run(&request, &mut |_| {}).write_lock().unwrap();
    let before = fs::read_to_string(project.manifest()).unwrap();
    let rename = |old: &str, new: &str| {
        let renaming = plan(&project, old, new).unwrap_or_else(|refusal| {
            panic!("{refusal} {:?}", refusal.report.as_ref().map(|report| report.human(false)))
        });
        quest_rename::write(&renaming.files).unwrap();
        let manifest = fs::read_to_string(project.manifest()).unwrap();
        manifest.split_once("[renames]").map(|(_, renames)| renames.trim().to_owned())
    };
    assert_eq!(rename("quest:iron", "gold").as_deref(), Some("quest.iron = \"gold\""));
    // What has another name already follows.
    assert_eq!(rename("quest:gold", "silver").as_deref(), Some("quest.iron = \"silver\""));
    let both = rename("stage:wood:end", "last").unwrap();
    assert_eq!(both, "\"quest.stage\".\"wood:end\" = \"wood:last\"\nquest.iron = \"silver\"");
    assert_eq!(rename("stage:wood:last", "end").as_deref(), Some("quest.iron = \"silver\""));
    assert_eq!(rename("quest:silver", "iron"), None);
    assert_eq!(fs::read_to_string(project.manifest()).unwrap(), before);
    // A kind with a section of its own keeps it.
    let own = format!("{before}\n[renames.quest]\nolder = \"wood\"\n");
    project.write("quest.toml", &own);
    rename("quest:iron", "gold");
    let expected = own.replace("older = ", "iron = \"gold\"\nolder = ").replace("\"iron:", "\"gold:");
    assert_eq!(fs::read_to_string(project.manifest()).unwrap(), expected);
}

#[test]
fn anchors_of_yaml_are_changed_once() {
    let project = project();
    project.write(
        "c/y.yaml",
        "quests:\n  - id: &me clay\n    after: [*me]\n  - id: mud\n    after: [ 'cl' , clay ]\n"
            .replace("'cl' , ", ""),
    );
    let lines = changed(&project, "quest:clay", "loam");
    assert_eq!(lines, ["c/y.yaml: - id: &me loam", "c/y.yaml: after: [ loam ]"]);
}

#[test]
fn conditions_of_references_in_schemas_and_overlays() {
    let overlay = r#"{
  // Only what the smith gives.
  "s.json": { "quests[].after[]": { "x-ref": { "to": "quest", "where": { "giver": "smith" } } } }
}"#;
    let project = project();
    let schema = SCHEMA.replace(r#""where": { "kind": "talk" }"#, r#""where": { "giver": "sm\u0069th" }"#);
    project.write("s.json", &schema);
    let content = CONTENT.replace(r#""id": "iron", "kind": "talk""#, r#""id": "iron", "giver": "smith""#);
    project.write("c/q.json", &content);
    let lines = changed(&project, "npc:smith", "bjorn");
    assert!(lines.iter().any(|line| line.contains(r#""where": { "giver": "bjorn" }"#)), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains(r#""id": "iron", "giver": "bjorn""#)), "{lines:#?}");

    let plain = schema
        .replace(r#""x-ref": "quest" } }"#, r#""minLength": 1 } }"#)
        .replace(r#""where": { "giver": "sm\u0069th" }"#, r#""unknown": "warn""#);
    project.write("s.json", &plain);
    project.write("o.jsonc", overlay);
    project.write("quest.toml", MANIFEST.replace("[[documents]]", "overlays = [\"o.jsonc\"]\n[[documents]]"));
    let lines = changed(&project, "npc:smith", "bjorn");
    assert!(lines.iter().any(|line| line.starts_with("o.jsonc") && line.contains("\"bjorn\"")), "{lines:#?}");
}

#[test]
fn tables_of_toml_that_several_headings_name() {
    let schema = r##"{
      "type": "object",
      "properties": { "rooms": {
        "type": "object",
        "propertyNames": { "x-key": "room" },
        "additionalProperties": { "type": "object", "properties": {
          "to": { "type": "string", "x-ref": "room" },
          "light": { "type": "object", "properties": { "lamps": { "type": "integer" } } },
          "doors": { "type": "array", "items": { "type": "object", "properties": { "to": { "type": "string", "x-ref": "room" } } } }
        } }
      } }
    }"##;
    let manifest = "[[documents]]\nschema = \"s.json\"\ncontent = \"r.toml\"\n";
    let text = "[rooms.hall.light]\nlamps = 3\n\n[rooms.'hall']\nto = \"attic\"\n\n[[rooms.\"hall\".doors]]\nto = 'hall'\n\n[rooms]\nattic = { light.lamps = 1, to = \"hall\" }\nattic.doors = []\n";
    let text = text.replace("attic.doors = []\n", "");
    let project = TempProject::with([("s.json", schema), ("quest.toml", manifest), ("r.toml", &text)]);
    let plan = plan(&project, "room:hall", "great.hall").unwrap();
    let expected = text
        .replace("rooms.hall.", "rooms.\"great.hall\".")
        .replace("rooms.'hall'", "rooms.'great.hall'")
        .replace("rooms.\"hall\"", "rooms.\"great.hall\"")
        .replace("'hall'\n", "'great.hall'\n")
        .replace("= \"hall\"", "= \"great.hall\"");
    assert_eq!(plan.files[0].after(), expected);
}

#[test]
fn the_id_at_a_place() {
    let project = project();
    let request = Request::check(project.manifest());
    let file = project.join("c/q.json");
    let at = |text: &str, behind: usize| {
        let byte = CONTENT.find(text).unwrap() + behind;
        quest_rename::id_at(&request, &file, byte).unwrap().map(|found| {
            assert_eq!(CONTENT[found.range.clone()].replace("\\u0065", "e"), found.text);
            found.id
        })
    };
    assert_eq!(at(r#""iron", "kind""#, 2).as_deref(), Some("quest:iron"));
    assert_eq!(at(r#"st\u0065el"#, 4).as_deref(), Some("quest:steel"));
    assert_eq!(at(r#"["iron"]"#, 2).as_deref(), Some("quest:iron"));
    assert_eq!(at(r#""iron": 3"#, 2).as_deref(), Some("quest:iron"), "a name in a map");
    assert_eq!(at("iron:end", 1).as_deref(), Some("quest:iron"), "the first part of a path");
    assert_eq!(at("iron:end", 6).as_deref(), Some("quest.stage:iron:end"), "the last part of a path");
    assert_eq!(at(r#""giver": "iron""#, 11).as_deref(), Some("npc:iron"));
    assert_eq!(at("\"kind\"", 2), None);
    assert_eq!(quest_rename::id_at(&request, &project.join("none.json"), 0).unwrap(), None);
}
