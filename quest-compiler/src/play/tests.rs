//! Scripts in, the first line that does not hold out.

#![cfg(feature = "play")]

use super::{Game, play};
use crate::driver::{self, Goal, Request};
use crate::lower::readable;
use std::path::Path;

/// A play of the project `tests/rune-rust`.
fn game() -> Game {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/rune-rust/quest.toml");
    let report = driver::run(&Request::build(manifest).with_goal(Goal::Play), &mut |_| {});
    let lowered = report.lowered.expect("the project has no errors");
    let sections = lowered.program.expect("its schema says how quests are played");
    let vocabulary = report.vocabulary.expect("the goal is to play");
    Game::new(readable(lowered.tables, lowered.text, sections), vocabulary)
}

/// The number of the wrong line of a script, and what is wrong.
fn wrong(script: &str) -> (usize, String) {
    let line = play(&mut game(), script).expect_err("the script does not hold");
    (line.number, line.what)
}

#[test]
fn a_play_begins_anew_with_each_script() {
    let mut game = game();
    for _ in 0..2 {
        let played = play(&mut game, "accept patrol-route # taken\n\nexpect active\n").expect("it holds");
        assert_eq!(played.expectations, 1);
        assert!(!played.log.is_empty());
    }
}

#[test]
fn a_script_without_expectations_proves_nothing() {
    assert_eq!(wrong("accept patrol-route\n"), (1, "the script expects nothing".to_owned()));
}

#[test]
fn the_wrong_line_is_named() {
    let (number, what) = wrong("accept patrol-route\nexpect active\nexpect complete\n");
    assert_eq!(number, 3);
    assert!(what.contains("the quest is active"), "{what}");
}

#[test]
fn unknown_ids_come_with_a_suggestion() {
    let (number, what) = wrong("accept patrol-rote\nexpect active\n");
    assert_eq!(number, 1);
    assert!(what.contains("`patrol-rote`") && what.contains("`patrol-route`"), "{what}");
}

#[test]
fn a_refused_call_is_an_expectation() {
    assert!(play(&mut game(), "refused turn in patrol-route\n").is_ok());
    let (number, _) = wrong("refused accept patrol-route\n");
    assert_eq!(number, 1);
}
