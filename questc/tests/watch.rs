//! `questc watch`, by the program itself, on a project that changes as editors change one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_test::TempProject;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

const SCHEMA: &str = r#"{
  "type": "object",
  "properties": {
    "id": { "type": "string", "x-key": "quest" },
    "after": { "type": "string", "x-ref": "quest" }
  },
  "required": ["id"]
}"#;

const MANIFEST: &str = "[[documents]]\nschema = \"s.json\"\ncontent = \"c/**/*.json\"\n";

fn project() -> TempProject {
    TempProject::with([
        ("quest.toml", MANIFEST),
        ("s.json", SCHEMA),
        ("c/first.json", "{ \"id\": \"first\" }\n"),
        ("c/more/second.json", "{ \"id\": \"second\", \"after\": \"first\" }\n"),
    ])
}

/// A running `questc watch`; it ends with this.
struct Watch {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStderr>>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watch {
    fn start(project: &TempProject, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_questc"))
            .current_dir(project.path())
            .args(["watch", "--format", "short"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = child.stderr.take().unwrap();
        Self { child, lines: BufReader::new(stderr).lines() }
    }

    /// The lines up to one that begins so. Waits for it as long as the test may run.
    fn until(&mut self, beginning: &str) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            let Some(line) = self.lines.next() else { panic!("ended after {seen:#?}") };
            seen.push(line.unwrap());
            if seen.last().unwrap().starts_with(beginning) {
                return seen;
            }
        }
    }
}

#[test]
fn what_appears_and_what_disappears() {
    let project = project();
    let mut watch = Watch::start(&project, &[]);
    let first = watch.until("watching");
    assert_eq!(first, ["2 quests in 2 files: no errors", "watching 4 files; Ctrl-C ends this"]);

    project.write("c/first.json", "{ \"id\": \"frist\" }\n");
    let broken = watch.until("1 error in 2 files");
    assert_eq!(broken.len(), 2, "{broken:#?}");
    assert!(broken[0].contains("no quest `first`"), "{broken:#?}");

    // As some editors save: another file takes the place.
    project.write("c/.first.json.swp", "swap");
    project.write("c/first.json~", "{ \"id\": \"first\" }\n");
    fs::rename(project.join("c/first.json~"), project.join("c/first.json")).unwrap();
    let clean = watch.until("everything is clean again");
    assert_eq!(clean.len(), 2, "{clean:#?}");
    assert!(clean[0].starts_with("gone: c/more/second.json: no quest `first`"), "{clean:#?}");
}

#[test]
fn broken_manifests_and_deleted_folders() {
    let project = project();
    let mut watch = Watch::start(&project, &[]);
    watch.until("watching");
    project.write("quest.toml", "[[documents]\n");
    watch.until("1 error in 0 files");
    project.write("quest.toml", MANIFEST);
    watch.until("everything is clean again");

    fs::remove_dir_all(project.join("c")).unwrap();
    watch.until("1 error in 0 files");
    project.write("c/more/second.json", "{ \"id\": \"second\", \"after\": \"first\" }\n");
    let seen = watch.until("1 error in 1 file");
    assert!(seen.iter().any(|line| line.contains("no quest `first`")), "{seen:#?}");
    project.write("c/first.json", "{ \"id\": \"first\" }\n");
    watch.until("everything is clean again: 2 quests in 2 files");

    fs::remove_file(project.manifest()).unwrap();
    watch.until("1 error in 0 files");
    project.write("quest.toml", MANIFEST);
    watch.until("everything is clean again");
}

#[test]
fn a_pack_for_a_running_game() {
    let project = project();
    project.write("quest.toml", format!("{MANIFEST}[rust]\ntables = \"load\"\n"));
    let mut watch = Watch::start(&project, &["--pack", "game.pack"]);
    watch.until("game.pack written");
    let before = fs::read(project.join("game.pack")).unwrap();
    project.write("c/first.json", "{ \"id\": 1 }\n");
    watch.until("1 error in 2 files");
    assert_eq!(fs::read(project.join("game.pack")).unwrap(), before, "content with errors leaves the pack");
    project.write("c/first.json", "{ \"id\": \"first\" }\n");
    watch.until("everything is clean again");
    project.write("c/third.json", "{ \"id\": \"third\" }\n");
    watch.until("game.pack written");
    assert_ne!(fs::read(project.join("game.pack")).unwrap(), before);
}
