//! What a manifest says of quests that a journal plays: exceptions, assertions, and the words of scripts in them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::Request;
use quest_test::TempProject;
use std::fs;
use std::path::PathBuf;

const MORE: &str = r#"
[proof]
always = ["patrol-route", 'iron-path']

[[proof.assert]]
reachable = "iron-path"

[[proof.assert]]
reachable = 'iron-path:return-kjartan' # iron-path

[[proof.assert]]
never-both = ["iron-path:return-kjartan", "lost-tools"]
without = ["accept iron-path", "talk npc-kjartan"]

[[lints.except]]
lint = "similar-ids"
path = "content/quests/**"
entry = "iron-path:find-descent"
reason = "iron-path is dear to us"
"#;

/// The demo game's content with more in its manifest.
fn project() -> TempProject {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let game = root.join("tests/rune-rust");
    let project = TempProject::new();
    for folder in ["content/quests", "content/registries"] {
        for entry in fs::read_dir(game.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = PathBuf::from(folder).join(path.file_name().unwrap());
            project.write(name, fs::read(&path).unwrap());
        }
    }
    let manifest = fs::read_to_string(game.join("quest.toml")).unwrap().replace("../../schemas/", "");
    project.write("quest.toml", manifest + MORE);
    project.write("quests.schema.json", fs::read(root.join("schemas/quests.schema.json")).unwrap());
    project
}

#[track_caller]
fn renamed(project: &TempProject, old: &str, new: &str) -> String {
    let manifest = project.manifest();
    let renaming = quest_rename::rename(&Request::check(&manifest), old, new).unwrap_or_else(|refusal| {
        panic!("{refusal} {:?}", refusal.report.as_ref().map(|report| report.human(false)))
    });
    let file = renaming.files.iter().find(|file| file.path == manifest).unwrap();
    file.after().split_once("[proof]").unwrap().1.to_owned()
}

fn more(replace: &[(&str, &str)]) -> String {
    let text = replace.iter().fold(MORE.to_owned(), |text, (old, new)| text.replace(old, new));
    text.split_once("[proof]").unwrap().1.to_owned()
}

#[test]
fn quests() {
    let expected = more(&[
        ("\"iron-path\"", "\"iron-road\""),
        ("'iron-path", "'iron-road"),
        ("\"iron-path:", "\"iron-road:"),
        ("accept iron-path", "accept iron-road"),
    ]);
    assert_eq!(renamed(&project(), "quest:iron-path", "iron-road"), expected);
}

#[test]
fn stages() {
    let expected = more(&[("return-kjartan", "go-back")]);
    assert_eq!(renamed(&project(), "stage:iron-path:return-kjartan", "go-back"), expected);
    let expected = more(&[("find-descent", "go-down")]);
    assert_eq!(renamed(&project(), "stage:iron-path:find-descent", "go-down"), expected);
}

#[test]
fn people() {
    assert_eq!(renamed(&project(), "npc:npc-kjartan", "npc-karl"), more(&[("npc-kjartan", "npc-karl")]));
}
