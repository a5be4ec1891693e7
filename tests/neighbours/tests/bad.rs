//! Every way to break a reference between two systems, and the message it gives: `bad/<name>/` holds the input, `expected.txt` the words.
//!
//! `cargo xtask bless` writes the messages after a change; the difference is reviewed.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of this crate.
fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All findings of a manifest. Places are written as seen from its folder, or from the folder of all test crates.
fn messages(manifest: &Path) -> String {
    let run = driver::run(&Request::build(manifest), &mut |_| {});
    // What the five quests themselves are warned about is said with every case, and is not its point.
    let about_good_content = |text: &String| {
        let of_the_five = text.contains("rune-rust/content/quests/") && text.starts_with("warning[");
        of_the_five && !text.contains("bad/")
    };
    let shown: Vec<String> = run.human(false).into_iter().filter(|text| !about_good_content(text)).collect();
    let mut text = shown.join("\n\n");
    let folder = manifest.parent().expect("a folder").display().to_string().replace('\\', "/");
    let crates = here().parent().expect("a folder").display().to_string().replace('\\', "/");
    for from in [folder + "/", crates + "/"] {
        text = text.replace(&from, "");
    }
    format!("{text}\n\n{} findings\n", shown.len())
}

#[test]
fn every_bad_input_gives_its_message() {
    let mut cases: Vec<PathBuf> = fs::read_dir(here().join("bad"))
        .expect("the cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    let golden = |case: PathBuf| (case.join("expected.txt"), messages(&case.join("quest.toml")));
    quest_test::assert_goldens(cases.into_iter().map(golden));
}

/// The good content has the warnings of the five quests, and no other.
#[test]
fn the_good_content_has_no_warnings_of_its_own() {
    let quests = driver::run(&Request::build(here().join("../rune-rust/quest.toml")), &mut |_| {});
    let all = driver::run(&Request::build(here().join("quest.toml")), &mut |_| {});
    let titles = |run: &driver::Report| -> Vec<String> {
        run.human(false).iter().filter_map(|text| text.lines().next().map(str::to_owned)).collect()
    };
    assert_eq!(titles(&all), titles(&quests));
    assert_eq!(all.errors(), 0);
}
