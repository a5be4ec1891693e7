//! An editor works on a small game: everything that it can ask, in every format.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

mod support;

use serde_json::{Value, json};
use std::fs;
use support::{BREAD, COAL, Editor, IRON, SALT};

fn labels(answer: &Value) -> Vec<String> {
    let mut items = answer["items"].as_array().unwrap().clone();
    items.sort_by_key(|item| item["sortText"].as_str().unwrap().to_owned());
    items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
}

/// The file and the lines of locations, from 1.
fn places(answer: &Value) -> Vec<(String, u64)> {
    let place = |location: &Value| {
        let file = location["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (file, location["range"]["start"]["line"].as_u64().unwrap() + 1)
    };
    answer.as_array().unwrap().iter().map(place).collect()
}

fn place(file: &str, line: u64) -> (String, u64) {
    (file.to_owned(), line)
}

#[test]
fn diagnostics_follow_the_text() {
    let mut editor = Editor::start();
    editor.open_file("content/iron.json");
    assert!(editor.messages("content/iron.json").is_empty());
    editor.change("content/iron.json", &IRON.replace("\"next\": \"dig\"", "\"next\": \"digg\""));
    assert_eq!(editor.messages("content/iron.json"), ["no stage `digg` in quest `iron`"]);
    let own = &editor.published[&editor.uri("content/iron.json")][0];
    assert_eq!((&own["severity"], &own["code"]), (&json!(1), &json!("Q2001")));
    assert_eq!(
        own["range"],
        json!({ "start": { "line": 8, "character": 46 }, "end": { "line": 8, "character": 52 } })
    );
    assert!(own["message"].as_str().unwrap().ends_with("help: did you mean `dig`?"));
    assert_eq!(own["relatedInformation"][0]["location"]["range"]["start"]["line"], 3);
    // Another file loses what it refers to, and gets it back.
    editor.change("content/iron.json", &IRON.replace("\"iron\"", "\"steel\""));
    assert_eq!(editor.messages("content/bread.yaml"), ["no quest `iron`"]);
    editor.change("content/iron.json", IRON);
    assert!(editor.messages("content/bread.yaml").is_empty());
    // What is closed without saving counts as it is on disk.
    editor.change("content/iron.json", "[]");
    assert!(!editor.messages("content/iron.json").is_empty());
    let document = json!({ "textDocument": { "uri": editor.uri("content/iron.json") } });
    editor.tell("textDocument/didClose", document);
    assert!(editor.messages("content/iron.json").is_empty());
}

#[test]
fn a_change_of_a_range_is_applied_where_it_is() {
    let mut editor = Editor::start();
    let text = IRON.replace("The Iron Path", "𝄞 Path");
    editor.open("content/iron.json", &text);
    editor.settle("content/iron.json");
    let line = text.lines().position(|line| line.contains("𝄞")).unwrap();
    let column = text.lines().nth(line).unwrap().split("Path").next().unwrap().encode_utf16().count();
    let range = json!({ "start": { "line": line, "character": column - 3 }, "end": { "line": line, "character": column + 4 } });
    let document = json!({ "uri": editor.uri("content/iron.json"), "version": 2 });
    let change = json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": "" }] });
    editor.tell("textDocument/didChange", change);
    let symbols = editor.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": editor.uri("content/iron.json") } }),
    );
    // The title is empty now, so that none is shown.
    assert_eq!((&symbols[0]["name"], symbols[0].get("detail")), (&json!("iron"), None));
}

#[test]
fn a_change_of_a_file_on_disk_counts() {
    let mut editor = Editor::start();
    editor.settle("content/iron.json");
    fs::write(editor.folder.join("content/iron.json"), IRON.replace("smith", "smiht")).unwrap();
    let change = json!({ "uri": editor.uri("content/iron.json"), "type": 2 });
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    assert_eq!(editor.messages("content/iron.json"), ["no npc `smiht`"]);
}

#[test]
fn editors_that_ask_get_diagnostics_when_they_ask() {
    let mut editor = Editor::with(json!({ "textDocument": { "diagnostic": {} } }));
    editor.open("content/iron.json", &IRON.replace("smith", "smiht"));
    let uri = editor.uri("content/iron.json");
    let answer = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    assert_eq!((&answer["kind"], &answer["items"][0]["code"]), (&json!("full"), &json!("Q2001")));
    assert!(editor.messages("content/iron.json").is_empty());
}

#[test]
fn ids_are_found_in_every_format() {
    let mut editor = Editor::start();
    for (file, text, used) in [
        ("content/bread.yaml", BREAD, "[i|ron]"),
        ("content/salt.toml", SALT, "[\"i|ron\""),
        ("content/coal.ron", COAL, "[\"i|ron\"]"),
    ] {
        editor.open_file(file);
        let marked = text.replacen(&used.replace('|', ""), used, 1);
        assert_eq!(
            places(&editor.at("textDocument/definition", file, &marked, json!({}))),
            [place("iron.json", 4)]
        );
        let context = json!({ "context": { "includeDeclaration": false } });
        let found = editor.at("textDocument/references", file, &marked, context);
        let mut found = places(&found);
        found.sort();
        assert_eq!(found, [place("bread.yaml", 5), place("coal.ron", 3), place("salt.toml", 5)]);
        let hover = editor.at("textDocument/hover", file, &marked, json!({}));
        let text = hover["contents"]["value"].as_str().unwrap();
        assert!(text.starts_with("**The Iron Path**\n\nquest `iron`\n\nWhat players do."), "{text}");
        assert!(text.ends_with("used in 3 places"), "{text}");
    }
    // An id of a registry is defined in the manifest.
    let marked = BREAD.replace("giver: baker", "giver: ba|ker");
    assert_eq!(
        places(&editor.at("textDocument/definition", "content/bread.yaml", &marked, json!({}))),
        [place("quest.toml", 6)]
    );
}

#[test]
fn names_of_properties_are_explained() {
    let mut editor = Editor::start();
    editor.open_file("content/iron.json");
    let hover = editor.at(
        "textDocument/hover",
        "content/iron.json",
        &IRON.replace("\"giver\"", "\"gi|ver\""),
        json!({}),
    );
    assert_eq!(hover["contents"]["value"], "**giver**\n\nWho gives it.");
    let nothing = editor.at(
        "textDocument/hover",
        "content/iron.json",
        &IRON.replace("{\n  \"quests\"", "{\n|  \"quests\""),
        json!({}),
    );
    assert_eq!(nothing, Value::Null);
}

#[test]
fn what_fits_is_offered() {
    let mut editor = Editor::start();
    editor.open_file("content/iron.json");
    let mut offered =
        |marked: &str| labels(&editor.at("textDocument/completion", "content/iron.json", marked, json!({})));
    // Stages of the same quest, and not the stage itself.
    assert_eq!(offered(&IRON.replace("\"next\": \"dig\"", "\"next\": \"|\"")), ["dig"]);
    assert_eq!(offered(&IRON.replace("\"giver\": \"smith\"", "\"giver\": \"|\"")), ["smith", "baker"]);
    // A word that is half written, without its end.
    assert_eq!(offered(&IRON.replace("\"giver\": \"smith\"", "\"giver\": \"sm|")), ["smith"]);
    assert_eq!(offered(&IRON.replace("\"mood\": \"grim\"", "\"mood\": |")), ["merry", "grim"]);
    let after = IRON.replace("\"mood\": \"grim\"", "\"after\": [\"|\"]");
    assert_eq!(offered(&after), ["bread", "coal", "salt"]);
    // By their titles as well.
    assert_eq!(offered(&after.replace("[\"|\"]", "[\"daily|\"]")), ["bread"]);
    // Properties that are missing, those that are needed first.
    assert_eq!(offered(&IRON.replace("\"giver\": \"smith\",", "|")), ["giver", "after"]);
    assert_eq!(offered(&IRON.replace("\"next\": null", "\"next\": |")), ["ask", "null"]);
}

#[test]
fn what_is_offered_can_be_taken() {
    let mut editor = Editor::start();
    for (file, marked, label, line) in [
        ("content/bread.yaml", BREAD.replace("[iron]", "[iron, |]"), "coal", "    after: [iron, coal]"),
        ("content/salt.toml", SALT.replace("giver = \"baker\"", "giver = |"), "smith", "giver = \"smith\""),
        (
            "content/salt.toml",
            SALT.replace("giver = \"baker\"", "giver = \"|\""),
            "smith",
            "giver = \"smith\"",
        ),
        ("content/bread.yaml", BREAD.replace("giver: baker", "giver: b|"), "baker", "    giver: baker"),
        ("content/bread.yaml", BREAD.replace("    giver: baker\n", "    gi|\n"), "giver", "    giver: "),
        ("content/salt.toml", SALT.replace("giver = \"baker\"", "gi|"), "giver", "giver = "),
    ] {
        editor.open_file(file);
        let answer = editor.at("textDocument/completion", file, &marked, json!({}));
        let items = answer["items"].as_array().unwrap();
        let item =
            items.iter().find(|item| item["label"] == label).unwrap_or_else(|| panic!("{marked}: {answer}"));
        let edit = &item["textEdit"];
        let text = marked.replace('|', "");
        let number = edit["range"]["start"]["line"].as_u64().unwrap() as usize;
        let mut own = text.lines().nth(number).unwrap().to_owned();
        let column = |end: &str| edit["range"][end]["character"].as_u64().unwrap() as usize;
        own.replace_range(column("start")..column("end"), edit["newText"].as_str().unwrap());
        assert_eq!(own, line);
    }
}

#[test]
fn an_object_is_offered_with_what_it_needs() {
    let mut editor = Editor::start();
    editor.open_file("content/iron.json");
    let marked = IRON.replace("{ \"id\": \"ask\", \"name\": \"Ask\", \"next\": \"dig\" },", "|");
    let answer = editor.at("textDocument/completion", "content/iron.json", &marked, json!({}));
    let item = &answer["items"][0];
    assert_eq!(item["label"], "new Stage");
    assert_eq!(item["textEdit"]["newText"], "{ \"id\": \"$1\", \"name\": \"$2\" }");
}

#[test]
fn an_id_is_renamed_everywhere() {
    let mut editor = Editor::start();
    editor.open_file("content/bread.yaml");
    let marked = BREAD.replace("[iron]", "[ir|on]");
    let prepared = editor.at("textDocument/prepareRename", "content/bread.yaml", &marked, json!({}));
    assert_eq!(prepared["placeholder"], "iron");
    let edit = editor.at("textDocument/rename", "content/bread.yaml", &marked, json!({ "newName": "steel" }));
    let changes = edit["documentChanges"].as_array().unwrap();
    let mut files: Vec<&str> = changes
        .iter()
        .map(|change| change["textDocument"]["uri"].as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    files.sort_unstable();
    assert_eq!(files, ["bread.yaml", "coal.ron", "iron.json", "salt.toml"]);
    assert!(
        changes.iter().all(|change| change["edits"]
            .as_array()
            .unwrap()
            .iter()
            .all(|edit| edit["newText"] == "steel"))
    );
    let refused = editor.try_at(
        "textDocument/rename",
        "content/bread.yaml",
        &marked,
        json!({ "newName": "Not An Id" }),
    );
    assert!(refused.unwrap_err().contains("Not An Id"));
    let nothing =
        editor.at("textDocument/prepareRename", "content/bread.yaml", &format!("|{BREAD}"), json!({}));
    assert_eq!(nothing, Value::Null);
}

#[test]
fn what_was_meant_is_one_key_away() {
    let mut editor = Editor::start();
    editor.open("content/iron.json", &IRON.replace("\"next\": \"dig\"", "\"next\": \"digg\""));
    let uri = editor.uri("content/iron.json");
    let at = json!({ "line": 8, "character": 48 });
    let params = json!({ "textDocument": { "uri": uri }, "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
    let actions = editor.ask("textDocument/codeAction", params);
    assert_eq!(actions[0]["title"], "Change to `dig`");
    let edit = &actions[0]["edit"]["changes"][&uri][0];
    assert!(edit["newText"].as_str().unwrap().contains("dig"), "{edit}");
}

#[test]
fn files_have_an_outline() {
    let mut editor = Editor::start();
    editor.open_file("content/iron.json");
    let document = json!({ "textDocument": { "uri": editor.uri("content/iron.json") } });
    let symbols = editor.ask("textDocument/documentSymbol", document.clone());
    assert_eq!((&symbols[0]["name"], &symbols[0]["detail"]), (&json!("iron"), &json!("The Iron Path")));
    let stages: Vec<&Value> =
        symbols[0]["children"].as_array().unwrap().iter().map(|stage| &stage["name"]).collect();
    assert_eq!(stages, [&json!("ask"), &json!("dig")]);
    let folds = editor.ask("textDocument/foldingRange", document.clone());
    assert_eq!(folds.as_array().unwrap().len(), 4);
    let lenses = editor.ask("textDocument/codeLens", document.clone());
    let titles: Vec<&Value> =
        lenses.as_array().unwrap().iter().map(|lens| &lens["command"]["title"]).collect();
    assert_eq!(titles, [&json!("used by 3"), &json!("not used"), &json!("used by 1")]);
    let mut asked = document.clone();
    asked["range"] = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = editor.ask("textDocument/inlayHint", asked);
    assert_eq!(hints[0]["label"], "Dig");
    let mut asked = document;
    asked["positions"] = json!([{ "line": 8, "character": 18 }]);
    let selected = editor.ask("textDocument/selectionRange", asked);
    assert_eq!(selected[0]["range"]["start"]["line"], 8);
    assert_eq!(selected[0]["parent"]["parent"]["range"]["start"]["line"], 7);
    let found = editor.ask("workspace/symbol", json!({ "query": "daily" }));
    assert_eq!(found[0]["name"], "bread (Daily Bread)");
    assert_eq!(found.as_array().unwrap().len(), 1);
}

#[test]
fn broken_files_take_nothing_down() {
    let mut editor = Editor::start();
    editor.open_file("content/iron.json");
    for text in ["", "{", "{\"quests\":[{\"id\":\"", "\u{feff}[]", "nonsense", "{\"quests\":[{}]}"] {
        editor.change("content/iron.json", text);
        assert!(!editor.messages("content/iron.json").is_empty(), "{text}");
    }
    // A broken manifest: nothing is known, and everything is answered.
    editor.open("quest.toml", "[[documents");
    assert!(!editor.messages("quest.toml").is_empty());
    let hover = editor.at("textDocument/hover", "content/iron.json", &format!("|{IRON}"), json!({}));
    assert_eq!(hover, Value::Null);
    editor.change("quest.toml", support::MANIFEST);
    editor.change("content/iron.json", IRON);
    assert!(editor.messages("content/iron.json").is_empty());
    assert!(editor.messages("quest.toml").is_empty());
}

#[test]
fn what_makes_no_sense_is_an_error_and_no_exit() {
    let mut editor = Editor::start();
    editor.open_file("content/iron.json");
    let uri = editor.uri("content/iron.json");
    let document = json!({ "textDocument": { "uri": uri } });
    assert!(editor.try_ask("textDocument/hover", document).unwrap_err().contains("position"));
    assert!(editor.try_ask("textDocument/nonsense", json!({})).is_err());
    assert_eq!(
        editor.ask("textDocument/hover", json!({ "textDocument": { "uri": "untitled:1" } })),
        Value::Null
    );
    let far = json!({ "textDocument": { "uri": uri }, "position": { "line": 9999, "character": 9999 } });
    assert_eq!(editor.ask("textDocument/definition", far), Value::Null);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 0 }, "contentChanges": 7 }),
    );
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": "file:///nowhere.json" } }));
    assert!(editor.messages("content/iron.json").is_empty());
}

#[test]
fn a_file_of_two_projects_has_the_diagnostics_of_both() {
    let mut editor = Editor::start();
    editor.settle("content/iron.json");
    // The manifest of an expansion, which reads the same content and knows other people.
    let manifest = support::MANIFEST
        .replace("quests.schema.json", "../quests.schema.json")
        .replace("content/*", "../content/*")
        .replace("\"smith\"", "\"miller\"");
    fs::create_dir(editor.folder.join("expansion")).unwrap();
    let path = editor.folder.join("expansion/quest.toml");
    fs::write(&path, manifest).unwrap();
    let change = json!({ "uri": editor.uri("expansion/quest.toml"), "type": 1 });
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    editor.open("content/iron.json", &IRON.replace("\"next\": \"dig\"", "\"next\": \"digg\""));
    // What only one of them says stays while the other has nothing new to say. A search waits for all projects.
    editor.ask("workspace/symbol", json!({ "query": "iron" }));
    let mut messages = editor.messages("content/iron.json");
    messages.sort();
    assert_eq!(messages, ["no npc `smith`", "no stage `digg` in quest `iron`"]);
    // With its manifest, what a project has said is gone.
    fs::remove_file(&path).unwrap();
    let change = json!({ "uri": editor.uri("expansion/quest.toml"), "type": 3 });
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
    editor.wait_for("content/iron.json", 1);
    assert_eq!(editor.messages("content/iron.json"), ["no stage `digg` in quest `iron`"]);
}

#[test]
fn folders_can_be_opened_and_closed() {
    let mut editor = Editor::start();
    editor.open("content/iron.json", &IRON.replace("smith", "smiht"));
    assert_eq!(editor.messages("content/iron.json"), ["no npc `smiht`"]);
    let folder = json!({ "uri": editor.uri("").trim_end_matches('/'), "name": "game" });
    editor.tell(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [], "removed": [folder] } }),
    );
    editor.wait_for("content/iron.json", 0);
    assert_eq!(editor.ask("workspace/symbol", json!({ "query": "iron" })), json!([]));
    editor.tell(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [folder], "removed": [] } }),
    );
    assert_eq!(editor.messages("content/iron.json"), ["no npc `smiht`"]);
}

#[test]
fn after_a_shutdown_questions_get_errors() {
    let mut editor = Editor::start();
    editor.open_file("content/iron.json");
    editor.settle("content/iron.json");
    editor.ask("shutdown", Value::Null);
    let late = editor.try_ask("workspace/symbol", json!({ "query": "" }));
    assert_eq!(late.unwrap_err(), "the editor has asked for a shutdown");
    editor.tell("textDocument/didOpen", json!({}));
}

#[test]
fn a_question_that_is_taken_back_is_answered_all_the_same() {
    let mut editor = Editor::start();
    editor.open_file("content/iron.json");
    // One that waits, one that is answered, and one that never was.
    let answer = editor.ask_and_cancel(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": editor.uri("content/iron.json") } }),
    );
    assert!(answer.map_or_else(|error| error == "the editor has taken it back", |list| list.is_array()));
    editor.tell("$/cancelRequest", json!({ "id": 1 }));
    editor.tell("$/cancelRequest", json!({ "id": "never" }));
    editor.tell("$/cancelRequest", json!({}));
    assert!(editor.messages("content/iron.json").is_empty());
}

#[test]
fn one_manifest_alone_is_served() {
    let mut editor = Editor::serving(json!({}), Some("quest.toml"));
    let broken = IRON.replace("smith", "smiht");
    editor.open("other/content/iron.json", &broken);
    editor.open("content/iron.json", &broken);
    assert_eq!(editor.messages("content/iron.json"), ["no npc `smiht`"]);
    assert!(!editor.published.contains_key(&editor.uri("other/content/iron.json")));
}
