//! Content shaped as engines and mods write it: `questc init` finds its ids and references, and the first check has no errors.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests")]

use quest_init::{Options, Outcome, init};
use quest_test::TempProject as Project;
use std::fs;

fn make(project: &Project) -> Outcome {
    init(&Options::new(project.manifest())).expect("a project can be made of this content")
}

fn overlay(project: &Project) -> String {
    fs::read_to_string(project.join("quest.overlay.jsonc")).expect("there is an overlay")
}

/// The overlay has all these lines, and the check has nothing to say.
fn expect(project: &Project, lines: &[&str]) {
    let outcome = make(project);
    let text = overlay(project);
    for line in lines {
        let is_line = |written: &str| written.trim().trim_end_matches(',') == *line;
        assert!(text.lines().any(is_line), "no line {line} in:\n{text}");
    }
    let shown = outcome.check.human(false);
    assert_eq!(outcome.check.errors(), 0, "{}\n{text}", shown.join("\n"));
}

/// One file for each quest; npcs and items in lists of their own.
#[test]
fn a_file_for_each_object() {
    let quest = |id: &str, giver: &str, next: &str| {
        format!(
            r#"{{ "id": "{id}", "title": "The {id}", "giver": "{giver}", "next": {next},
                 "stages": [ {{ "id": "start", "text": "Go there.", "next": "end" }}, {{ "id": "end", "text": "Done." }} ],
                 "rewards": [ {{ "item": "iron-ring", "count": 1 }} ] }}"#
        )
    };
    let (one, two, three) = (
        quest("burnt-mill", "npc-ada", "\"lost-ewe\""),
        quest("lost-ewe", "npc-bo", "\"old-well\""),
        quest("old-well", "npc-ada", "null"),
    );
    let project = Project::with([
        ("content/quests/burnt-mill.json", one.as_str()),
        ("content/quests/lost-ewe.json", &two),
        ("content/quests/old-well.json", &three),
        ("content/npcs.json", r#"[{ "id": "npc-ada", "name": "Ada" }, { "id": "npc-bo", "name": "Bo" }]"#),
        (
            "content/items.json",
            r#"[{ "id": "iron-ring", "name": "Iron ring" }, { "id": "red-apple", "name": "Apple" }]"#,
        ),
    ]);
    expect(
        &project,
        &[
            r#""id": { "x-key": "quest" }"#,
            r#""giver": { "x-ref": "npc" }"#,
            r#""next": { "x-ref": "quest" }"#,
            r#""stages[].id": { "x-key": "quest.stage" }"#,
            r#""stages[].next": { "x-ref": "quest.stage" }"#,
            r#""rewards[].item": { "x-ref": "item" }"#,
        ],
    );
}

/// Everything in one file, as maps by id, in YAML.
#[test]
fn maps_by_id() {
    let project = Project::with([(
        "content/world.yaml",
        "rooms:
  room_hall: { title: The hall, exits: { north: room_attic, down: room_cellar } }
  room_attic: { title: The attic, exits: { south: room_hall } }
  room_cellar: { title: The cellar, exits: { up: room_hall } }
items:
  item_lamp: { title: A lamp, room: room_attic }
  item_rope: { title: A rope, room: room_cellar }
  item_key: { title: A key, room: room_hall }
",
    )]);
    expect(
        &project,
        &[
            r#""rooms{key}": { "x-key": "room" }"#,
            r#""items{key}": { "x-key": "item" }"#,
            r#""items{}.room": { "x-ref": "room" }"#,
            r#""rooms{}.exits.south": { "x-ref": "room" }"#,
        ],
    );
}

/// A table for each sort of row, with numbers as ids: only names can say what refers to what.
#[test]
fn numbers_as_ids() {
    let project = Project::with([
        (
            "data/quests.json",
            r#"[
            { "questId": 1, "name": "The mill", "traderId": 7, "level": 1, "previousQuestIds": [] },
            { "questId": 2, "name": "The well", "traderId": 8, "level": 2, "previousQuestIds": [1] },
            { "questId": 3, "name": "The ewe", "traderId": 7, "level": 3, "previousQuestIds": [1, 2] } ]"#,
        ),
        ("data/traders.json", r#"[{ "traderId": 7, "name": "Ada" }, { "traderId": 8, "name": "Bo" }]"#),
    ]);
    expect(
        &project,
        &[
            r#""questId": { "x-key": "quest" }"#,
            r#""traderId": { "x-key": "trader" }"#,
            r#""traderId": { "x-ref": "trader" }"#,
            r#""previousQuestIds[]": { "x-ref": "quest" }"#,
        ],
    );
    let text = overlay(&project);
    assert!(!text.contains("\"level\""), "a level is no id:\n{text}");
}

/// Ids with the kind in front, and a kind that only references name.
#[test]
fn prefixes() {
    let project = Project::with([
        (
            "content/quests.json",
            r#"[
            { "id": "quest:ash", "needs": "item:pick", "sets": "flag:ash-done", "reward": "item:ore" },
            { "id": "quest:elm", "needs": "item:axe", "sets": "flag:elm-done", "reward": "item:log" } ]"#,
        ),
        ("content/items.json", r#"[{ "id": "item:pick" }, { "id": "item:axe" }, { "id": "item:ore" }]"#),
    ]);
    let outcome = make(&project);
    let text = overlay(&project);
    assert!(text.contains(r#""id": { "x-key": { "kind": "item", "prefix": "item:" } }"#), "{text}");
    assert!(text.contains(r#""reward": { "x-ref": "item" }"#), "{text}");
    let manifest = fs::read_to_string(project.manifest()).unwrap();
    assert!(
        manifest.contains("item = [\n    \"item:log\",\n]"),
        "what nothing defines is in the manifest:\n{manifest}"
    );
    assert_eq!(outcome.check.errors(), 0, "{}", outcome.check.human(false).join("\n"));
}

/// Conditions of several forms that a property tells apart, each with targets of its own kind.
#[test]
fn tagged_forms() {
    let project = Project::with([
        (
            "content/quests.json",
            r#"[
            { "id": "mill", "tasks": [ { "type": "kill", "enemy": "grey-wolf", "count": 3 }, { "type": "talk", "npc": "old-ada", "topic": "wolves" } ] },
            { "id": "well", "tasks": [ { "type": "talk", "npc": "young-bo", "topic": "water" }, { "type": "kill", "enemy": "cave-bat", "count": 1 } ] },
            { "id": "ewe", "tasks": [ { "type": "talk", "npc": "old-ada", "topic": "sheep" }, { "type": "kill", "enemy": "grey-wolf", "count": 1 } ] } ]"#,
        ),
        ("content/enemies.json", r#"[{ "id": "grey-wolf" }, { "id": "cave-bat" }]"#),
        ("content/npcs.json", r#"[{ "id": "old-ada" }, { "id": "young-bo" }]"#),
    ]);
    expect(
        &project,
        &[
            r##""#/properties/tasks/items/oneOf/0 enemy": { "x-ref": "enemy" }"##,
            r##""#/properties/tasks/items/oneOf/1 npc": { "x-ref": "npc" }"##,
        ],
    );
}

/// One property whose kind depends on the one beside it.
#[test]
fn a_kind_for_each_sort() {
    let project = Project::with([
        (
            "content/quests.json",
            r#"[
            { "id": "mill", "kind": "kill", "target": "grey-wolf" },
            { "id": "well", "kind": "talk", "target": "old-ada" },
            { "id": "ewe", "kind": "kill", "target": "cave-bat" },
            { "id": "elm", "kind": "talk", "target": "young-bo" } ]"#,
        ),
        ("content/enemies.json", r#"[{ "id": "grey-wolf" }, { "id": "cave-bat" }]"#),
        ("content/npcs.json", r#"[{ "id": "old-ada" }, { "id": "young-bo" }]"#),
    ]);
    expect(
        &project,
        &[r#""target": { "x-ref": { "by": "kind", "to": { "kill": "enemy", "talk": "npc" } } }"#],
    );
}

/// What somebody wrote into the overlay stays; what is new is added.
#[test]
fn a_second_run_keeps_what_is_there() {
    let project = Project::with([
        (
            "content/npcs.json",
            r#"[{ "id": "old-ada", "home": "the-mill" }, { "id": "young-bo", "home": "the-well" }]"#,
        ),
        ("content/places.json", r#"[{ "id": "the-mill" }, { "id": "the-well" }]"#),
    ]);
    make(&project);
    let edited = overlay(&project).replace("\"x-key\": \"place\"", "\"x-key\": \"location\" /* our word */");
    assert!(edited.contains("our word"), "{edited}");
    project.write("quest.overlay.jsonc", &edited);
    let outcome = make(&project);
    assert_eq!(overlay(&project), edited, "nothing is new");
    assert_eq!(outcome.check.errors(), 0, "{}", outcome.check.human(false).join("\n"));
    project.write(
        "content/places.json",
        r#"[{ "id": "the-mill", "owner": "old-ada" }, { "id": "the-well", "owner": "young-bo" }]"#,
    );
    let schema = fs::read_to_string(project.join("schemas/place.schema.json")).unwrap();
    let opened = schema.replace("\"additionalProperties\": false", "\"additionalProperties\": true");
    project.write("schemas/place.schema.json", opened);
    make(&project);
    let again = overlay(&project);
    assert!(again.contains("our word") && again.contains("owner"), "{again}");
}

/// Files that are there are not overwritten.
#[test]
fn nothing_is_overwritten() {
    let project =
        Project::with([("content/npcs.json", r#"[{ "id": "old-ada" }]"#), ("schemas/npc.schema.json", "{}")]);
    let error = init(&Options::new(project.manifest())).expect_err("there is a schema already");
    assert!(error.to_string().contains("npc.schema.json exists already"), "{error}");
    assert!(!project.manifest().exists());
    let empty = Project::new();
    let error = init(&Options::new(empty.manifest())).expect_err("there is no content");
    assert!(error.to_string().contains("`.` means no content file"), "{error}");
}

/// Patterns match the files of their sort, and neither schemas nor the manifest beside them.
#[test]
fn patterns_match_nothing_else() {
    let project = Project::with([
        ("ada.toml", "id = \"old-ada\"\nage = 80\n"),
        ("bo.toml", "id = \"young-bo\"\nage = 8\n"),
        ("one.json", r#"{ "id": "one", "who": "old-ada" }"#),
        ("two.json", r#"{ "id": "two", "who": "young-bo" }"#),
        ("one.schema.json", r#"{ "$schema": "https://json-schema.org/draft/2020-12/schema" }"#),
    ]);
    let outcome = make(&project);
    let manifest = fs::read_to_string(project.manifest()).unwrap();
    assert_eq!(outcome.check.errors(), 0, "{}\n{manifest}", outcome.check.human(false).join("\n"));
    assert!(manifest.contains("\"one.json\",\n    \"two.json\""), "{manifest}");
}
