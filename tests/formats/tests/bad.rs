//! Every mistake in each notation and the message it gives: `bad/<notation>/cases/` holds a file for each, `expected.txt` the words.
//!
//! `cargo xtask bless` writes the messages after a change; the difference is reviewed.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use std::fs;
use std::path::Path;

const NOTATIONS: [(&str, usize); 4] = [("jsonc", 5), ("ron", 30), ("toml", 25), ("yaml", 40)];

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
    for (notation, cases) in NOTATIONS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bad").join(notation);
        let found = messages(&folder);
        let files: Vec<String> = fs::read_dir(folder.join("cases"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert!(files.len() >= cases, "only {} cases in {notation}", files.len());
        // Each is a mistake of its own.
        for file in files {
            assert!(found.contains(&file), "nothing is said about {file}");
        }
        goldens.push((folder.join("expected.txt"), found));
    }
    quest_test::assert_goldens(goldens);
}
