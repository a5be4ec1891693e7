//! The table "What a call does" of `docs/journal.md`, every cell of it; and that every test that "Ownership and authority" names exists.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use journal::quests::journal::QuestEvent;
use journal::quests::{ObjectiveId, QuestId, StageId};
use journal::table::{AWAY, Table, play};
use journal::world::Known;
use journal::{enemy, quest};
use quest_types::journal::QuestError;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const DOCS: &str = include_str!("../../../docs/journal.md");

fn cells() -> Vec<Vec<String>> {
    let section = DOCS.split("## What a call does").nth(1).unwrap();
    let lines = section
        .lines()
        .skip_while(|line| !line.starts_with("| call"))
        .take_while(|line| line.starts_with('|'));
    lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// Takes a quest to where a column says.
fn bring(table: &mut Table<'_>, quest: QuestId, state: &str) {
    if state == "not started" {
        return;
    }
    table.facts.set("flag:ready", Known::Is(true));
    table.tick(|quests, effects| quests.discover(quest, effects)).unwrap();
    match state {
        "available" => return,
        "locked" => {
            table.tick(|quests, effects| quests.start(quest!("table-lock"), effects)).unwrap();
            table.tick(|quests, effects| quests.fail(quest!("table-lock"), effects)).unwrap();
            assert!(table.player().is_locked(quest));
            return;
        }
        _ => {}
    }
    table.tick(|quests, effects| quests.start(quest, effects)).unwrap();
    match state {
        "active" => {}
        "active elsewhere" => {
            table.travel(&AWAY);
        }
        "failed" => {
            table.tick(|quests, effects| quests.fail(quest, effects)).unwrap();
        }
        "complete" | "turned in" => {
            table.event(QuestEvent::Kill(enemy!("dragon")));
            if state == "turned in" {
                table.tick(|quests, effects| quests.turn_in(quest, None, |_| true, effects)).unwrap();
            }
        }
        other => panic!("the table has a column `{other}`"),
    }
}

/// Makes the call of a row.
fn call(table: &mut Table<'_>, quest: QuestId, call: &str) -> Result<Vec<String>, QuestError> {
    let stage = StageId::find(quest, "only").unwrap();
    let deed = ObjectiveId::find(stage, "deed").unwrap();
    table.tick(|quests, effects| match call {
        "`start`" => quests.start(quest, effects),
        "`discover`, of a secret quest" => quests.discover(quest, effects),
        "`notify`, what the last objective waits for" => {
            quests.notify(QuestEvent::Kill(enemy!("dragon")), effects)
        }
        "`notify`, what it fails by" => quests.notify(QuestEvent::PlayerDeath, effects),
        "`advance`, the last objective" => quests.advance(deed, 1, effects),
        "`reveal`" => quests.reveal(deed, effects),
        "`update`" => quests.update(stage, effects),
        "`skip`, the last stage" => quests.skip(quest, effects),
        "`fail`" => quests.fail(quest, effects),
        "`pass_turns`, so that time runs out" => quests.pass_turns(3, effects),
        "`turn_in`" | "`turn_in`, of a repeatable quest" => quests.turn_in(quest, None, |_| true, effects),
        "`claim`, with nothing held back" => quests.claim(quest, |_| true, effects),
        "`reset`" => quests.reset(quest, effects),
        "`fact_changed`, `refresh`" => {
            quests.refresh(effects);
            Ok(())
        }
        other => panic!("the table has a row `{other}`, which this test does not know"),
    })
}

#[test]
fn every_cell_of_the_table() {
    let rows = cells();
    let (head, rows) = rows.split_first().unwrap();
    let mut tried = 0;
    for row in &rows[1..] {
        let quest = match row[0].as_str() {
            "`discover`, of a secret quest" => quest!("table-secret"),
            "`turn_in`, of a repeatable quest" => quest!("table-again"),
            _ => quest!("table"),
        };
        for (state, expected) in head.iter().zip(row).skip(1) {
            play(|table| {
                bring(table, quest, state);
                let before = table.lifecycle(quest).to_string();
                let happened = call(table, quest, &row[0]);
                let after = table.lifecycle(quest).to_string();
                let place = format!("{} × {state}: {before} → {after}, {happened:?}", row[0]);
                match expected.as_str() {
                    "refused" => assert!(happened.is_err() && before == after, "{place}"),
                    "–" => assert!(happened.is_ok() && before == after, "{place}"),
                    expected => {
                        assert!(happened.is_ok(), "{place}");
                        assert_eq!(after, expected, "{place}");
                    }
                }
            });
            tried += 1;
        }
    }
    assert_eq!(tried, 15 * 8);
}

#[test]
fn every_invariant_has_its_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let section = DOCS.split("## Ownership and authority").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    let sources =
        ["tests/journal/tests", "tests/journal/tests/model", "tests/rune-rust/tests", "tests/saves/tests"];
    let sources: String = sources
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .filter_map(|entry| fs::read_to_string(entry.unwrap().path()).ok())
        .collect();
    let mut cases = BTreeSet::new();
    for row in &rows {
        let tests = row.trim_matches('|').rsplit('|').next().unwrap();
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test holds this: {row}");
        for name in named {
            let exists = if name.starts_with("journal-") {
                cases.insert(format!("{name}.rs"));
                root.join(format!("tests/compile-fail/cases/{name}.stderr")).exists()
            } else if name.contains('/') {
                root.join(name).exists()
            } else {
                sources.contains(&format!("fn {name}("))
            };
            assert!(exists, "`{name}` is not there: {row}");
        }
    }
    // And no case is forgotten.
    let folder = fs::read_dir(root.join("tests/compile-fail/cases")).unwrap();
    let all = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let all: BTreeSet<String> =
        all.filter(|name| name.starts_with("journal-") && name.ends_with(".rs")).collect();
    assert_eq!(cases, all);
}
