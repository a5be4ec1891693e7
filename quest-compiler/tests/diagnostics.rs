//! Every bad input and the message it gives: `tests/diagnostics/<name>/` holds the input, `expected.txt` the words.
//!
//! `cargo xtask bless` writes the messages after a change; the difference is reviewed.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/diagnostics");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of the cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.retain(|path| path.is_dir());
    cases.retain(|path| is_read(path));
    cases.sort();
    assert!(cases.len() >= 50, "only {} cases", cases.len());
    cases
}

/// Whether the features of this build are those that a case needs.
fn is_read(case: &Path) -> bool {
    let needs = |name: &str, is_there: bool| !case.ends_with(name) || is_there;
    needs("many-mistakes", cfg!(all(feature = "regex", feature = "yaml")))
        && needs("pattern-exponential", cfg!(feature = "regex"))
        && needs("format-ron-forms", cfg!(feature = "ron"))
        && needs("format-toml-64-bits", cfg!(feature = "toml"))
}

fn messages(case: &Path) -> String {
    let run = driver::run(&Request::build(case.join("quest.toml")), &mut |_| {});
    let prefix = case.display().to_string().replace('\\', "/");
    let mut text = run.human(false).join("\n\n");
    // Names are made from the path of the manifest; what is before the case is of no interest.
    for from in [format!("{prefix}/"), normalised(&prefix) + "/"] {
        text = text.replace(&from, "");
    }
    let root = normalised(&format!("{prefix}/../../.."));
    text = text.replace(&(root + "/"), "");
    format!("{text}\n\n{}, {}\n", count(run.errors(), "error"), count(run.warnings(), "warning"))
}

fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn normalised(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part)
        }
    }
    parts.join("/")
}

#[test]
fn every_bad_input_gives_its_message() {
    quest_test::assert_goldens(cases().into_iter().map(|case| (case.join("expected.txt"), messages(&case))));
}
