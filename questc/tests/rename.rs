//! `questc rename`, by the program itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_test::TempProject;
use std::fs;
use std::process::{Command, Output};

const SCHEMA: &str = r#"{
  "type": "object",
  "x-key": { "kind": "quest", "from": "file-name" },
  "properties": { "after": { "type": "string", "x-ref": "quest" } }
}"#;

fn project() -> TempProject {
    TempProject::with([
        ("quest.toml", "[[documents]]\nschema = \"s.json\"\ncontent = \"c/*\"\n"),
        ("s.json", SCHEMA),
        ("c/first.json", "{}\n"),
        ("c/second.yaml", "after: first\n"),
    ])
}

fn questc(project: &TempProject, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_questc")).current_dir(project.path()).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_dry_run_prints_what_would_change() {
    let project = project();
    let output = questc(&project, &["rename", "quest:first", "quest:start", "--dry-run"]);
    assert_eq!(
        text(&output.stdout),
        "rename c/first.json => c/start.json\n--- c/second.yaml\n+++ c/second.yaml\n@@ -1 +1 @@\n-after: first\n+after: start\n"
    );
    assert_eq!(
        text(&output.stderr),
        "1 change in 2 files would change; nothing is written\n".replace(" would change", " would be made")
    );
    assert!(output.status.success());
    assert_eq!(fs::read_to_string(project.join("c/second.yaml")).unwrap(), "after: first\n");
}

#[test]
fn all_files_change() {
    let project = project();
    let output = questc(&project, &["rename", "quest:first", "start"]);
    assert_eq!(
        text(&output.stderr),
        "c/first.json: renamed to c/start.json\nc/second.yaml: 1 change\nthe quest `first` is `start` now: 1 change in 2 files\n"
    );
    assert!(output.status.success());
    assert_eq!(fs::read_to_string(project.join("c/second.yaml")).unwrap(), "after: start\n");
    assert!(project.join("c/start.json").exists() && !project.join("c/first.json").exists());
    assert!(questc(&project, &["check", "--deny-warnings"]).status.success());
}

#[test]
fn refusals_change_nothing() {
    let project = project();
    let output = questc(&project, &["rename", "quest:frist", "start"]);
    assert_eq!(text(&output.stderr), "error: there is no quest `frist`\n  = help: did you mean `first`?\n");
    assert_eq!(output.status.code(), Some(1));
    let output = questc(&project, &["rename", "quest:first", "second"]);
    assert_eq!(text(&output.stderr), "error: there is a quest `second` already\n");
}

#[cfg(unix)]
#[test]
fn all_files_are_written_or_none() {
    use std::os::unix::fs::PermissionsExt;
    let project = project();
    project.write("d/third.json", "{ \"after\": \"first\" }\n");
    let manifest = fs::read_to_string(project.manifest()).unwrap().replace("\"c/*\"", "[\"c/*\", \"d/*\"]");
    project.write("quest.toml", manifest);
    let folder = project.join("d");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Those who may do everything can write there all the same.
    let is_protected = fs::write(folder.join(".probe"), "").is_err();
    let output = questc(&project, &["rename", "quest:first", "start"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    if is_protected {
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).ends_with("nothing has changed\n"), "{}", text(&output.stderr));
        assert!(project.join("c/first.json").exists());
        assert_eq!(fs::read_to_string(project.join("c/second.yaml")).unwrap(), "after: first\n");
    } else {
        assert!(output.status.success());
    }
}

#[test]
fn a_place_instead_of_an_id() {
    let project = project();
    let output = questc(&project, &["rename", "--at", "c/second.yaml:1:9", "start", "-q"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(project.join("c/second.yaml")).unwrap(), "after: start\n");
    let output = questc(&project, &["rename", "--at", "c/second.yaml:1:2", "start"]);
    assert_eq!(text(&output.stderr), "error: there is no id at c/second.yaml:1:2\n");
    for (arguments, part) in [
        (&["rename", "a"][..], "name the id and the new one"),
        (&["rename", "--at", "c/second.yaml:1:2", "a", "b"], "name only the new one"),
        (&["rename", "--at", "c/second.yaml:1", "a"], "quests.json:12:7"),
    ] {
        let output = questc(&project, arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(part), "{}", text(&output.stderr));
    }
}
