//! `questc play --explore`: every script that it writes holds, and there is one for every ending and every way to lose a quest.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::{Explored, Request, explore, run};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace")
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("explore").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an old folder");
    }
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn project(name: &str, quests: &[Value]) -> PathBuf {
    let folder = folder(name);
    let registries = quest_test::open_registries();
    let schema = root().join("schemas/quests.schema.json").display().to_string();
    let manifest = format!(
        "[[documents]]\nschema = {schema:?}\ncontent = \"quests.json\"\n[registries]\n{registries}[journal]\ngame = \"explore\"\n[lints]\nnever-set = \"allow\"\n"
    );
    let content = json!({ "version": "1.0.0", "quests": quests });
    fs::write(folder.join("quests.json"), content.to_string()).expect("the quests");
    fs::write(folder.join("quest.toml"), manifest).expect("the manifest");
    folder.join("quest.toml")
}

/// The names of the scripts of a project, each of which has been played by itself.
fn explored(manifest: &Path) -> (BTreeSet<String>, Explored) {
    let out = manifest.parent().expect("a folder").join("scripts");
    let explored = explore(manifest, &out).unwrap_or_else(|error| panic!("{error}"));
    quest_build::play(manifest, &explored.written).unwrap_or_else(|wrong| panic!("{wrong}"));
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    (explored.written.iter().map(name).collect(), explored)
}

fn names(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|name| format!("{name}.play")).collect()
}

fn kill(id: &str, enemy: &str) -> Value {
    json!({ "id": id, "type": "Kill", "description": "Do it.", "target": enemy })
}

fn stage(id: &str, objectives: &[Value], next: Option<&str>) -> Value {
    json!({ "id": id, "name": id, "description": "A stage.", "objectives": objectives, "nextStageId": next })
}

fn quest(id: &str, stages: &[Value]) -> Value {
    json!({ "id": id, "name": id, "description": "A quest for tests.", "category": "SideQuest", "stages": stages })
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

#[test]
fn the_game_has_a_script_for_every_ending() {
    let out = folder("game");
    let manifest = root().join("tests/rune-rust/quest.toml");
    let output = Command::new(env!("CARGO_BIN_EXE_questc"))
        .args(["play", "--explore", "--manifest", &manifest.display().to_string(), "--out"])
        .arg(&out)
        .output()
        .expect("questc runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut scripts: Vec<PathBuf> =
        fs::read_dir(&out).expect("the scripts").map(|entry| entry.expect("an entry").path()).collect();
    scripts.sort();
    quest_build::play(&manifest, &scripts).unwrap_or_else(|wrong| panic!("{wrong}"));
    let written: BTreeSet<String> =
        scripts.iter().map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    let proved = run(&Request::check(&manifest), &mut |_| {}).proved;
    for quest in &proved {
        for ending in &quest.endings {
            let name = format!("{}.ends.{ending}.play", quest.quest);
            assert!(written.contains(&name), "{name} is missing: {written:?}");
        }
    }
    assert!(written.contains("rusted-heart.lost.turns-50.play"), "{written:?}");
    assert!(proved.iter().map(|quest| quest.endings.len()).sum::<usize>() > proved.len());
}

#[test]
fn every_way_to_lose_a_quest_has_a_script() {
    let failures = json!([
        { "type": "NPCDeath", "target": "ann", "description": "Ann is dead." },
        { "type": "TimeExpired", "description": "Too late." }
    ]);
    let fails = with(
        with(quest("escort", &[stage("go", &[kill("do", "wolf")], None)]), "timeLimit", json!(3)),
        "failureConditions",
        failures,
    );
    let (written, explored) = explored(&project("losses", &[fails]));
    assert_eq!(written, names(&["escort.ends.go", "escort.lost.npc-death-ann", "escort.lost.turns-3"]));
    assert!(explored.missing.is_empty(), "{:?}", explored.missing);
}

#[test]
fn what_another_quest_loses_has_a_script_through_it() {
    let locks = |id: &str, other: &str| {
        let consequences = json!([{ "type": "LockQuest", "target": other }]);
        let failures = json!([{ "type": "PlayerDeath", "description": "The player is dead." }]);
        let quest = with(quest(id, &[stage("go", &[kill("do", id)], None)]), "failureConditions", failures);
        with(quest, "failureConsequences", consequences)
    };
    let after = json!([{ "type": "QuestComplete", "target": "north", "operator": "has" }]);
    let crown = with(quest("crown", &[stage("go", &[kill("do", "king")], None)]), "prerequisites", after);
    let (written, _) =
        explored(&project("locks", &[locks("north", "south"), locks("south", "north"), crown]));
    let wanted = [
        "north.ends.go",
        "north.lost.player-death",
        "south.ends.go",
        "south.lost.player-death",
        "crown.ends.go",
        // Once by its own failure, once by that of the other, which locks it.
        "north.lost.player-death-2",
        "south.lost.player-death-2",
    ];
    assert_eq!(written, names(&wanted));
}

#[test]
fn facts_places_and_choices_are_said_in_the_script() {
    let mut main = kill("main", "nobody");
    main["conditions"] = json!([
        { "type": "AnyObjectiveComplete", "target": ["x", "y"] },
        { "type": "CustomFlag", "target": "ready", "value": true }
    ]);
    let here = with(kill("x", "wolf"), "location", json!("cave"));
    let hacked = with(kill("y", "orc"), "conditions", json!([{ "type": "HasAbility", "target": "hack" }]));
    let branches = json!([
        { "id": "gem", "condition": { "type": "HasItem", "target": "gem" }, "targetStageId": "heresy" },
        { "id": "late", "condition": { "type": "TimeExpired", "target": "quest", "value": 4 }, "targetStageId": "late" }
    ]);
    let prerequisites = json!([
        { "type": "Level", "value": 3, "operator": "greaterThan" },
        { "type": "ClassIs", "target": "mage", "operator": "has" },
        { "type": "QuestComplete", "target": "elsewhere", "operator": "has" },
        { "type": "FactionReputation", "target": "guild", "value": 10, "operator": "greaterThan" }
    ]);
    let rewards = json!([
        { "type": "Gold", "target": "cogs", "amount": 1 },
        { "type": "Item", "target": "bow", "amount": 1, "isOptional": true },
        { "type": "Item", "target": "axe", "amount": 1, "isOptional": true }
    ]);
    let stages = [
        stage("go", &[main, here, hacked], Some("on")),
        stage(
            "on",
            &[json!({ "id": "reach", "type": "Reach", "description": "Go there.", "target": "peak" })],
            None,
        ),
        stage("heresy", &[kill("do", "bear")], None),
        stage("late", &[kill("do", "bear")], None),
    ];
    let quest = with(
        with(with(quest("q", &stages), "branches", branches), "prerequisites", prerequisites),
        "rewards",
        rewards,
    );
    let (written, explored) = explored(&project("facts", &[quest]));
    let (endings, losses): (BTreeSet<String>, BTreeSet<String>) =
        written.into_iter().partition(|name| name.contains(".ends."));
    assert_eq!(endings, names(&["q.ends.on", "q.ends.heresy", "q.ends.late"]));
    assert_eq!(losses, BTreeSet::new());
    let on = explored.written.iter().find(|path| path.ends_with("q.ends.on.play")).expect("the script");
    let text = fs::read_to_string(on).expect("the script");
    for line in [
        "know class mage",
        "know level 4",
        "know quest-complete elsewhere true",
        "know flag ready",
        "at peak",
        "turn in q pick 2",
    ] {
        assert!(text.lines().any(|other| other == line), "no `{line}` in\n{text}");
    }
}

#[test]
fn plain_quests_need_no_search() {
    let objectives: Vec<Value> = (0..20).map(|at| kill(&format!("o{at}"), &format!("e{at}"))).collect();
    let first = quest("first", &[stage("go", &objectives, Some("on")), stage("on", &objectives, None)]);
    let after = json!([{ "type": "QuestComplete", "target": "first", "operator": "has" }]);
    let second = with(quest("second", &[stage("go", &objectives, None)]), "prerequisites", after);
    let (written, explored) = explored(&project("plain", &[first, second]));
    assert_eq!(written, names(&["first.ends.on", "second.ends.go"]));
    assert!(explored.missing.is_empty(), "{:?}", explored.missing);
}

#[test]
fn what_there_is_no_script_for_is_said() {
    let never = with(kill("do", "wolf"), "conditions", json!([{ "type": "HasAbility", "target": [] }]));
    let (written, explored) = explored(&project("never", &[quest("never", &[stage("go", &[never], None)])]));
    assert_eq!(written, BTreeSet::new());
    assert_eq!(explored.missing, ["`never` can never be finished"]);
}

#[test]
fn names_that_files_cannot_have_are_told_apart() {
    let quests = [
        quest("a", &[stage("go", &[kill("do", "wolf")], None)]),
        quest("b", &[stage("go", &[kill("do", "wolf")], None)]),
    ];
    let manifest = project("twice", &quests);
    let first = explored(&manifest);
    // A second run writes the same files.
    assert_eq!(explored(&manifest).0, first.0);
}
