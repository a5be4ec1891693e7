//! Random saves.

pub(crate) mod old;

use proptest::prelude::*;
use quest_types::journal::Save;
use serde_json::{Value, json};

/// Texts as ids and names are, and some that no format likes.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-z][a-z0-9-]{0,12}",
        1 => Just(String::new()),
        1 => "\\PC{0,12}",
        1 => prop::sample::select(vec![
            "true", "null", "~", "1", "0x1F", "1e3", "on", "- a", "a: b", "#", "'", "\"", "\\", "\n", " a ", "=", "é", "\u{1F409}",
        ])
        .prop_map(str::to_owned),
    ]
}

/// Numbers up to the largest that every format has.
fn number() -> impl Strategy<Value = u64> {
    prop_oneof![0..20_u64, 0..=u64::from(u32::MAX), 0..=i64::MAX as u64, Just(i64::MAX as u64)]
}

fn path(quest: &str) -> impl Strategy<Value = String> + use<> {
    let quest = quest.to_owned();
    prop_oneof![
        4 => (text(), text()).prop_map(move |(stage, own)| format!("{quest}:{stage}:{own}")),
        1 => text(),
    ]
}

fn list<S: Strategy>(of: S) -> impl Strategy<Value = Vec<S::Value>> {
    prop::collection::vec(of, 0..4)
}

fn run(quest: &str) -> impl Strategy<Value = Value> + use<> {
    let optional = |strategy: BoxedStrategy<Value>| prop::option::of(strategy);
    let numbers = number().prop_map(Value::from).boxed();
    let progress = (path(quest), any::<u32>(), any::<bool>())
        .prop_map(|(objective, count, done)| json!({"objective": objective, "count": count, "done": done}));
    let head = (
        optional(path(quest).prop_map(Value::from).boxed()),
        optional(text().prop_map(Value::from).boxed()),
        optional(numbers.clone()),
        optional(numbers),
        any::<bool>(),
        any::<[u32; 2]>(),
    );
    let paths = || list(path(quest));
    let lists = (list(progress), [paths(), paths(), paths()], list((path(quest), path(quest))));
    (head, lists).prop_map(|((stage, world, left, turns, expired, [settled, entered]), lists)| {
        let (progress, [acted, revealed, branches], paths) = lists;
        json!({
            "stage": stage, "world": world, "turns_left": left, "turns": turns, "expired": expired,
            "settled": settled, "entered": entered, "progress": progress, "acted": acted, "revealed": revealed,
            "branches": branches, "paths": paths,
        })
    })
}

fn quest() -> impl Strategy<Value = Value> {
    let states = prop::sample::select(vec!["not_started", "active", "complete", "turned_in", "failed"]);
    let with_run = text().prop_flat_map(|id| (Just(id.clone()), prop::option::of(run(&id))));
    (with_run, states, any::<[bool; 2]>(), prop_oneof![0..3_u32, any::<u32>()], any::<u32>()).prop_map(
        |((id, run), state, [locked, found], times, runs)| {
            json!({
                "id": id, "state": state, "times": times, "runs": runs, "locked": locked, "found": found,
                "run": run,
            })
        },
    )
}

/// Saves of the newest format with anything in them that a save can say.
pub(crate) fn saves() -> impl Strategy<Value = Save> {
    let held = (text(), text(), any::<u32>())
        .prop_map(|(quest, reward, run)| json!({"quest": quest, "reward": reward, "run": run}));
    let content = prop_oneof![any::<u64>().prop_map(|content| format!("{content:016x}")), text()];
    let quests = prop::collection::vec(quest(), 0..6);
    (text(), content, text(), number(), quests, list(held)).prop_map(
        |(game, content, owner, version, quests, held)| {
            let save = json!({
                "format": quest_types::journal::SAVE_FORMAT, "game": game, "content": content, "owner": owner,
                "version": version, "quests": quests, "held": held,
            });
            serde_json::from_value(save).expect("it is a save")
        },
    )
}
