//! Every rule broken once, and what its author reads: `bad/<name>/` holds the input, `expected.txt` the words.
//!
//! `cargo xtask bless` writes the messages after a change; the difference is reviewed.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bad");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    cases
}

fn messages(case: &Path) -> String {
    let run = driver::run(&Request::build(case.join("quest.toml")), &mut |_| {});
    let mut text = run.human(false).join("\n\n");
    // Names are made from the path of the manifest; what is before the case is of no interest.
    for before in [case, Path::new(env!("CARGO_MANIFEST_DIR"))] {
        text = text.replace(&(before.display().to_string().replace('\\', "/") + "/"), "");
    }
    format!("{text}\n\n{} errors, {} warnings\n", run.errors(), run.warnings())
}

#[test]
fn every_broken_rule_gives_its_message() {
    quest_test::assert_goldens(cases().into_iter().map(|case| (case.join("expected.txt"), messages(&case))));
}

#[test]
fn one_mistake_is_one_finding() {
    for case in cases() {
        // Of two sites with one id, the exits of the second cannot be named.
        if case.ends_with("site-twice") {
            continue;
        }
        let run = driver::run(&Request::build(case.join("quest.toml")), &mut |_| {});
        assert_eq!(run.errors() + run.warnings(), 1, "{}: {}", case.display(), run.human(false).join("\n\n"));
    }
}
