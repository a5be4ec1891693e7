//! The scripts of this game: every ending of every quest, as designers play them with `questc play`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_script_holds() {
    let folder = fs::read_dir("scripts").expect("the folder of the scripts");
    let mut scripts: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    scripts.sort();
    assert_eq!(scripts.len(), 11);
    let held = quest_build::play("quest.toml", &scripts).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!(held.len(), scripts.len());
}

/// Plays a script of some lines; gives what is wrong with it.
fn wrong(name: &str, script: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.play"));
    fs::write(&path, script).unwrap();
    let wrong = quest_build::play("quest.toml", [&path]).expect_err("the script is wrong");
    let wrong = wrong.to_string();
    let (_, message) = wrong.split_once(".play:").expect("the place is there");
    message.to_owned()
}

#[test]
fn what_is_wrong_with_a_script() {
    for (name, script, expected) in [
        ("nothing", "accept patrol-route\n", "1: the script expects nothing\n  accept patrol-route"),
        (
            "quest",
            "accept patrol-rout",
            "1: nothing is called `patrol-rout`; did you mean `patrol-route`?\n  accept patrol-rout",
        ),
        (
            "enemy",
            "accept patrol-route\n\nkil enemy-rust-horror # x",
            "3: nothing is called `kil`; did you mean `kill`?\n  kil enemy-rust-horror # x",
        ),
        (
            "stage",
            "accept patrol-route\nexpect stage report-back",
            "2: the stage is not `report-back`; it is `clear-corridor`\n  expect stage report-back",
        ),
        ("refused", "refused accept patrol-route", "1: this is not refused\n  refused accept patrol-route"),
        (
            "unmet",
            "accept lost-tools",
            "1: this is refused: prerequisite 1, `quest-complete iron-path`, is not met: it is not so\n  accept lost-tools",
        ),
        (
            "about",
            "survive npc-bjorn",
            "1: `survive` is about nothing, and not about `npc-bjorn`\n  survive npc-bjorn",
        ),
        ("whom", "kill 3", "1: `kill` does not say whom or what\n  kill 3"),
        (
            "count",
            "accept patrol-route\nexpect kill-horrors 1/5",
            "2: `kill-horrors` is at 0/5\n  expect kill-horrors 1/5",
        ),
        (
            "state",
            "expect patrol-route failed",
            "1: the quest is available, and not failed\n  expect patrol-route failed",
        ),
    ] {
        assert_eq!(wrong(name, script), expected);
    }
}
