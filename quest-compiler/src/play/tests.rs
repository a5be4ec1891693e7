//! Scripts in, the first line that does not hold out.

#![cfg(feature = "play")]

use super::{Content, Played, play};
use crate::driver::{self, Goal, Request};
use crate::lower::readable;
use std::path::Path;
use std::rc::Rc;

/// A play of the project `tests/rune-rust`.
fn content() -> Rc<Content> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/rune-rust/quest.toml");
    let report = driver::run(&Request::build(manifest).with_goal(Goal::Play), &mut |_| {});
    let lowered = report.lowered.expect("the project has no errors");
    let sections = lowered.program.expect("its schema says how quests are played");
    let vocabulary = report.vocabulary.expect("the goal is to play");
    Rc::new(Content::new(readable(lowered.tables, lowered.text, sections), vocabulary))
}

fn played(content: &Rc<Content>, script: &str) -> Played {
    play(content, &|manifest| Err(format!("`{manifest}` is not there")), script)
}

/// The number of the wrong line of a script, and what is wrong.
fn wrong(script: &str) -> (usize, String) {
    let line = played(&content(), script).wrong.expect("the script does not hold");
    (line.number, line.what)
}

#[test]
fn a_play_begins_anew_with_each_script() {
    let content = content();
    for _ in 0..2 {
        let played = played(&content, "accept patrol-route # taken\n\nexpect active\n");
        assert!(played.wrong.is_none());
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
    assert!(played(&content(), "refused turn in patrol-route\n").wrong.is_none());
    let (number, _) = wrong("refused accept patrol-route\n");
    assert_eq!(number, 1);
}
