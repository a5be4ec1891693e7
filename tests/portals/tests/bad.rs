//! Each rule broken once, and the message that follows: `bad/<name>/` holds the room, `expected.txt` the words.
//!
//! `cargo xtask bless` writes the messages after a change; the difference is reviewed.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bad");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    assert!(cases.len() >= 20, "only {} cases", cases.len());
    cases
}

fn messages(case: &Path) -> String {
    let run = quest_compiler::driver::run(
        &quest_compiler::driver::Request::build(case.join("quest.toml")),
        &mut |_| {},
    );
    let mut text = run.human(false).join("\n\n");
    // Names are made from the path of the manifest; what is before the case is of no interest.
    let case = case.display().to_string().replace('\\', "/");
    let game = env!("CARGO_MANIFEST_DIR").replace('\\', "/");
    for before in [case, game] {
        text = text.replace(&(before + "/"), "");
    }
    format!("{text}\n\n{} errors, {} warnings\n", run.errors(), run.warnings())
}

#[test]
fn every_broken_rule_gives_its_message() {
    quest_test::assert_goldens(cases().into_iter().map(|case| (case.join("expected.txt"), messages(&case))));
}

#[test]
fn what_only_warns_compiles() {
    for name in ["document-example", "id-form"] {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("bad").join(name).join("quest.toml");
        let run = quest_compiler::driver::run(
            &quest_compiler::driver::Request::build(manifest.clone()),
            &mut |_| {},
        );
        assert_eq!((run.errors(), run.warnings()), (0, 2), "{name}: {}", run.human(false).join("\n\n"));
    }
}
