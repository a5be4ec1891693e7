//! Every way to break a reference between two systems, and the message it gives: `bad/<name>/` holds the input, `expected.txt` the words.
//!
//! When a message changes, the test writes the new one and fails, so that the difference is seen in review.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_build::tool;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of this crate.
fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All findings of a manifest. Places are written as seen from its folder, or from the folder of all test crates.
fn messages(manifest: &Path) -> String {
    let run = tool::run(manifest, &mut |_| {});
    let mut text = run.human(false).join("\n\n");
    let folder = manifest.parent().expect("a folder").display().to_string().replace('\\', "/");
    let crates = here().parent().expect("a folder").display().to_string().replace('\\', "/");
    for from in [folder + "/", crates + "/"] {
        text = text.replace(&from, "");
    }
    format!("{text}\n\n{} errors, {} warnings\n", run.errors(), run.warnings())
}

#[test]
fn every_bad_input_gives_its_message() {
    let mut cases: Vec<PathBuf> = fs::read_dir(here().join("bad"))
        .expect("the cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let mut changed = Vec::new();
    for case in cases {
        let found = messages(&case.join("quest.toml"));
        let golden = case.join("expected.txt");
        if fs::read_to_string(&golden).ok().as_deref() != Some(&found) {
            fs::write(&golden, &found).expect("the golden file can be written");
            changed.push(case.file_name().expect("a name").to_string_lossy().into_owned());
        }
    }
    assert!(
        changed.is_empty(),
        "messages have changed and were written again: look at the difference of {changed:?}"
    );
}

/// The good content has the one warning of the five quests, and no other.
#[test]
fn the_good_content_has_one_warning() {
    let found = messages(&here().join("quest.toml"));
    assert!(found.starts_with("warning[Q2002]: no quest `intro-arrival`"), "{found}");
    assert!(found.ends_with("\n\n0 errors, 1 warnings\n"), "{found}");
}
