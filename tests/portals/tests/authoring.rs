//! What the authoring tool writes passes the check, and is the same each time.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use portals::authoring::{Author, Details, Pair, Reward, dictionary};
use portals::quests::Group;
use portals::{State, Transition};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const CREATOR: &str = "uid-of-the-author";

fn quests(seed: u64) -> Vec<Pair> {
    let mut author = Author::new(seed, CREATOR);
    let collect = author.pair(0, "collect", Details::default()).unwrap();
    let boss = Details { group: Group::Multiplayer, visible: true, ..Details::default() };
    let boss = author.pair(1, "boss", boss).unwrap();
    let open = Details {
        requirements: vec![collect.requirement(1), boss.requirement(2)],
        display_group: "Chapter 1".to_owned(),
        rewards: vec![Reward::wearable("lamplighter-hat")],
        ..Details::default()
    };
    let open = author.pair(2, "open_door", open).unwrap();
    let timed = Details {
        repeatable_limit: 1,
        finish_time: 60,
        success_msg: "Just in time.".to_owned(),
        ..Details::default()
    };
    let timed = author.pair(3, "timed_challenge", timed).unwrap();
    vec![collect, boss, open, timed]
}

fn room(seed: u64) -> Value {
    let quests = quests(seed);
    let mut tasks = vec![quests[0].trigger(Transition::START, json!({ "onClick": {} }))];
    tasks.extend(State::ALL.map(|state| quests[0].effect(state, json!({ "height": state.number() }))));
    json!({
        "settings": { "tasksRefresh": false },
        "items": { "cube": {} },
        "quests": dictionary(&quests),
        "logic": { "cube": { "Tasks": tasks } },
    })
}

/// Our own check of a room in a project of its own: errors, warnings, messages.
fn check(name: &str, room: &Value) -> (usize, usize, String) {
    let game = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if project.exists() {
        fs::remove_dir_all(&project).unwrap();
    }
    for folder in ["schemas", "content/rooms"] {
        fs::create_dir_all(project.join(folder)).unwrap();
    }
    for file in ["quest.toml", "schemas/portals.schema.json"] {
        fs::copy(game.join(file), project.join(file)).unwrap();
    }
    fs::write(project.join("content/rooms/written.json"), serde_json::to_string_pretty(room).unwrap())
        .unwrap();
    let run = quest_compiler::driver::run(
        &quest_compiler::driver::Request::build(project.join("quest.toml")),
        &mut |_| {},
    );
    (run.errors(), run.warnings(), run.human(false).join("\n\n"))
}

#[test]
fn what_is_written_passes_the_check() {
    for seed in 0..8 {
        let (errors, warnings, messages) = check("written", &room(seed));
        assert_eq!((errors, warnings), (0, 0), "seed {seed}: {messages}");
    }
}

#[test]
fn the_check_sees_what_is_not_written_well() {
    let mut broken = room(1);
    let id = quests(1)[0].id().to_owned();
    broken["quests"].as_object_mut().unwrap().remove(&id);
    let (errors, _, messages) = check("broken", &broken);
    assert!(errors > 0 && messages.contains(&id), "{messages}");
}

#[test]
fn the_same_seed_gives_the_same_room() {
    let text = |seed: u64| serde_json::to_string_pretty(&room(seed)).unwrap();
    assert_eq!(text(42), text(42));
    assert_ne!(text(42), text(43));
    // These never change: an id that is in a room must come out again.
    let ids: Vec<String> = quests(42).iter().map(|pair| pair.id().to_owned()).collect();
    assert_eq!(ids, ["mlh0y61w12zyej82", "mlh5m17t5ssa5spb", "mlhamq3s252y76ke", "mlhnz8q174ncyj4yq"]);
}

#[test]
fn ids_have_their_form() {
    let mut author = Author::new(0, CREATOR);
    let mut lengths = [0; 4];
    for number in 0..1000 {
        let pair = author.pair(number, "many", Details::default()).unwrap();
        let rest = pair.id().strip_prefix("mlh").unwrap();
        assert!(rest.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "{rest}");
        lengths[rest.len() - 11] += 1;
    }
    assert!(lengths.iter().all(|count| *count > 200), "{lengths:?}");
}

#[test]
fn state_0_has_no_target_state() {
    let quest = &quests(5)[0];
    let targets = State::ALL.map(|state| quest.effect(state, json!({})).get("TargetState").cloned());
    assert_eq!(targets, [None, Some(json!(1)), Some(json!(2))]);
}

#[test]
fn a_name_without_a_beginning_is_refused() {
    let refused = Author::new(0, CREATOR).pair(0, "", Details::default());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "the name of a quest starts with a letter or digit, and `` does not"
    );
}
