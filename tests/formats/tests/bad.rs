//! Every mistake in each format and the message it gives: `bad/<format>/cases/` holds a file for each, `expected.txt` the words.
//!
//! `cargo xtask bless` writes the messages after a change; the difference is reviewed.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use std::fs;
use std::path::Path;

const FORMATS: [(&str, usize); 4] = [("jsonc", 5), ("ron", 30), ("toml", 25), ("yaml", 40)];

fn messages(folder: &Path) -> String {
    let run = driver::run(&Request::build(folder.join("quest.toml")), &mut |_| {});
    let mut text = run.human(false).join("\n\n");
    for before in [&folder.join("cases"), folder] {
        text = text.replace(&(before.display().to_string().replace('\\', "/") + "/"), "");
    }
    format!("{text}\n\n{} errors, {} warnings\n", run.errors(), run.warnings())
}

#[test]
fn every_mistake_gives_its_message() {
    let mut goldens = Vec::new();
    for (format, cases) in FORMATS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bad").join(format);
        let found = messages(&folder);
        let files: Vec<String> = fs::read_dir(folder.join("cases"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert!(files.len() >= cases, "only {} cases in {format}", files.len());
        // Each is a mistake of its own.
        for file in files {
            assert!(found.contains(&file), "nothing is said about {file}");
        }
        goldens.push((folder.join("expected.txt"), found));
    }
    quest_test::assert_goldens(goldens);
}

#[test]
fn every_folder_is_tested() {
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("bad")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(FORMATS.iter().any(|(format, _)| *format == name), "`{name}` is not in FORMATS");
    }
}
