//! `questc play`, as somebody without Rust uses it.

#![allow(clippy::expect_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with a game whose quests have scripts.
fn game() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/rune-rust")
}

fn play(arguments: &[&str]) -> Output {
    let mut questc = Command::new(env!("CARGO_BIN_EXE_questc"));
    questc.current_dir(game()).arg("play").args(arguments).env("NO_COLOR", "1");
    questc.output().expect("questc runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A script of one line, and its path.
fn script(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("a script");
    path.display().to_string()
}

#[test]
fn every_script_of_the_game_holds() {
    let mut scripts: Vec<String> = std::fs::read_dir(game().join("scripts"))
        .expect("scripts")
        .map(|entry| format!("scripts/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .collect();
    scripts.sort();
    assert!(scripts.len() >= 11, "{scripts:?}");
    let output = play(&scripts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for script in &scripts {
        assert!(said(&output).contains(&format!("{script}: ")), "{script}: {}", said(&output));
    }
    assert_eq!(said(&output).matches(" hold\n").count(), scripts.len());
}

#[test]
fn a_line_that_does_not_hold_is_shown_and_the_others_are_played() {
    let wrong = script(
        "wrong.play",
        "know quest-complete intro-arrival\nknow level 6\naccept iron-path\nexpect complete\n",
    );
    let output = play(&[&wrong, "scripts/lost-tools.play"]);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(said.starts_with(&format!("error: {wrong}:4: ")), "{said}");
    assert!(said.contains("\n  expect complete\n"), "{said}");
    assert!(said.contains("scripts/lost-tools.play: "), "{said}");
    assert!(said.ends_with("error: 1 of 2 scripts does not hold\n"), "{said}");
}

#[test]
fn what_happened_is_told_if_asked_for() {
    let (quiet, verbose) =
        (play(&["-q", "scripts/lost-tools.play"]), play(&["-v", "scripts/lost-tools.play"]));
    assert_eq!(said(&quiet), "");
    assert!(said(&verbose).starts_with("scripts/lost-tools.play:\n  "), "{}", said(&verbose));
    assert!(said(&verbose).contains("lost-tools"), "{}", said(&verbose));
}

#[test]
fn a_script_that_is_not_there() {
    let output = play(&["scripts/nowhere.play"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(said(&output), "error: `scripts/nowhere.play` is no file that can be read\n");
}

#[test]
fn content_with_errors_is_not_played() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("play-nothing");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(
        folder.join("quest.toml"),
        "[[documents]]\nschema = \"none.json\"\ncontent = [\"*.json\"]\n",
    )
    .expect("a manifest");
    let manifest = folder.join("quest.toml").display().to_string();
    let output = play(&["--manifest", &manifest, "scripts/lost-tools.play"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).starts_with("error["), "{}", said(&output));
}
