//! What lines of scripts do, and what is said about those that are wrong (`docs/play.md`).

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace")
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("script-lines").join(name);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Writes quests of the Quest Schema, whose registries accept every id, and a manifest for them.
fn project(folder: &Path, quests: &[Value]) -> PathBuf {
    fs::create_dir_all(folder).expect("a folder");
    let schema = root().join("schemas/quests.schema.json");
    let registries = quest_test::open_registries();
    let manifest = format!(
        "[[documents]]\nschema = {:?}\ncontent = \"quests.json\"\n[registries]\n{registries}[journal]\ngame = \"lines\"\n[lints]\nnever-set = \"allow\"\n",
        schema.display().to_string()
    );
    let content = json!({ "version": "1.0.0", "quests": quests });
    fs::write(folder.join("quests.json"), content.to_string()).expect("the quests");
    let path = folder.join("quest.toml");
    fs::write(&path, manifest).expect("the manifest");
    path
}

fn quest(id: &str, objectives: &[&str]) -> Value {
    let objective = |enemy: &&str| json!({ "id": if *enemy == "7" { "seven" } else { enemy }, "type": "Kill", "description": "Do it.", "target": enemy });
    let objectives: Vec<Value> = objectives.iter().map(objective).collect();
    let stage = json!({ "id": "go", "name": "Go", "description": "A stage.", "objectives": objectives });
    json!({ "id": id, "name": id, "description": "A quest for tests.", "category": "SideQuest", "stages": [stage] })
}

fn with(mut quest: Value, key: &str, value: Value) -> Value {
    quest[key] = value;
    quest
}

/// Plays a script in a folder with a manifest.
fn play(folder: &Path, script: &str) -> Result<(), String> {
    let path = folder.join("script.play");
    fs::write(&path, script).expect("a script");
    quest_build::play(folder.join("quest.toml"), [&path]).map(|_| ()).map_err(|error| error.to_string())
}

fn holds(folder: &Path, script: &str) {
    play(folder, script).unwrap_or_else(|wrong| panic!("{wrong}"));
}

/// What is said about the first line that is wrong, without the place and the line.
fn wrong(folder: &Path, script: &str) -> String {
    let wrong = play(folder, script).expect_err("the script is wrong");
    let (_, message) = wrong.split_once(".play:").expect("the place is there");
    message.lines().next().expect("a message").to_owned()
}

#[test]
fn every_example_of_the_document_holds() {
    let folder = folder("document");
    let game = root().join("tests/rune-rust");
    let manifest = fs::read_to_string(game.join("quest.toml")).expect("the manifest of the game");
    let manifest = manifest
        .replace("\"../../schemas", &format!("\"{}", root().join("schemas").display()))
        .replace("\"content/", &format!("\"{}/", game.join("content").display()));
    for path in [folder.join("quest.toml"), folder.join("next/quest.toml")] {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, &manifest).expect("a manifest");
    }
    let document = fs::read_to_string(root().join("docs/play.md")).expect("the document");
    let examples: Vec<&str> =
        document.split("```play\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= 3, "{}", examples.len());
    for example in examples {
        play(&folder, example).unwrap_or_else(|wrong| panic!("{wrong}\n{example}"));
    }
}

#[test]
fn what_is_given_counts_as_turned_in() {
    let folder = folder("given");
    let after = json!([{ "type": "QuestComplete", "target": "one", "operator": "has" }]);
    project(&folder, &[quest("one", &["wolf"]), with(quest("two", &["orc"]), "prerequisites", after)]);
    holds(
        &folder,
        "refused accept two\ngiven one turned in\nexpect one turned in\naccept two\nexpect active\n",
    );
    assert_eq!(wrong(&folder, "given onw turned in"), "1: nothing is called `onw`; did you mean `one`?");
    assert_eq!(wrong(&folder, "given one"), "1: what is given is written `given QUEST turned in`");
}

#[test]
fn what_nobody_reads_is_an_error() {
    let folder = folder("unread");
    let prerequisites = json!([
        { "type": "HasItem", "target": "key", "operator": "has" },
        { "type": "QuestComplete", "target": "elsewhere", "operator": "has" }
    ]);
    let reward = json!([{ "type": "Item", "target": "gem", "amount": 1 }]);
    let quests = [
        with(with(quest("one", &["wolf"]), "prerequisites", prerequisites), "rewards", reward),
        quest("two", &["orc"]),
    ];
    project(&folder, &quests);
    holds(&folder, "know item key\nknow quest-complete elsewhere\naccept one\nexpect active\n");
    for (line, expected) in [
        ("know item gem", "1: no quest asks for `item gem`"),
        ("know level 6", "1: no quest asks for `level`"),
        ("know quest-complete nowhere", "1: no quest asks for `quest-complete nowhere`"),
        (
            "know quest-complete two",
            "1: the journal knows itself what became of `two`: write `given two turned in`, or play it",
        ),
        ("know item key 3 4", "1: `4` is one word too many"),
        ("know item kez", "1: nothing is called `kez`; did you mean `key`?"),
        ("know item", "1: `know item` does not say which"),
        ("know", "1: `know` does not say what"),
    ] {
        assert_eq!(wrong(&folder, line), expected, "{line}");
    }
}

#[test]
fn a_quest_that_is_not_available_says_why() {
    let folder = folder("why");
    let prerequisites = json!([
        { "type": "QuestComplete", "target": "one", "operator": "has" },
        { "type": "Level", "operator": "greaterThan", "value": 5 },
        { "type": "HasItem", "target": "key", "operator": "has", "value": 2 }
    ]);
    let secret = with(quest("secret", &["bear"]), "isHidden", json!(true));
    let two = with(quest("two", &["orc"]), "prerequisites", prerequisites);
    project(&folder, &[quest("one", &["wolf"]), two, secret]);
    let all = "prerequisite 1, `quest-complete one`, is not met: it is not so; prerequisite 2, `level` above 5, is not met: it is 3; prerequisite 3, `has-item key` of at least 2, is not met: it is not so";
    assert_eq!(wrong(&folder, "know level 3\naccept two"), format!("2: this is refused: {all}"));
    assert_eq!(
        wrong(&folder, "know level 3\nexpect two available"),
        format!("2: the quest is not started, and not available: {all}")
    );
    assert_eq!(
        wrong(&folder, "given one turned in\nknow level 6\nknow item key 1\nexpect two available"),
        "4: the quest is not started, and not available: prerequisite 3, `has-item key` of at least 2, is not met: it is 1"
    );
    assert_eq!(
        wrong(&folder, "expect secret available"),
        "1: the quest is not started, and not available: it is a secret that was not found; `discover secret` finds it"
    );
}

#[test]
fn a_branch_is_looked_for_in_its_own_quest() {
    let folder = folder("branch");
    let branches = json!([{
        "id": "by-force", "condition": { "type": "ObjectiveComplete", "target": "wolf" }, "targetStageId": "go"
    }]);
    let heart = with(quest("heart", &["wolf", "orc"]), "branches", branches);
    let report = [heart, quest("other", &["bear"])];
    let folder = folder.join("heart");
    project(&folder, &report);
    // The quest leads back to its own stage, which the check refuses and a script can play.
    let script = "accept heart\nkill wolf\nexpect branch heart:by-force\nexpect other available\nexpect branch heart:by-force\n";
    holds(&folder, script);
    assert_eq!(
        wrong(&folder, "accept heart\nexpect branch heart:by-force"),
        "2: the branch `heart:by-force` was not taken; none was"
    );
}

#[test]
fn counts_that_no_counter_can_hold_are_refused() {
    let folder = folder("count");
    project(&folder, &[quest("one", &["wolf"]), quest("two", &["7"])]);
    holds(
        &folder,
        "accept one\nrefused kill 4294967296 wolf\nexpect one:go:wolf 0/1\nkill 4294967295 wolf\nexpect complete\n",
    );
    holds(&folder, "accept two\nkill 7\nexpect complete\n");
}

#[test]
fn players_and_worlds_are_apart() {
    let folder = folder("players");
    let limited = with(quest("late", &["orc"]), "timeLimit", json!(3));
    let late = json!([{ "type": "TimeExpired", "description": "Too late." }]);
    let limited = with(limited, "failureConditions", late);
    let asks = json!([{ "type": "HasItem", "target": "key", "operator": "has" }]);
    project(
        &folder,
        &[quest("one", &["wolf"]), limited, with(quest("two", &["bear"]), "prerequisites", asks)],
    );
    let script = "\
know item key
accept one
kill wolf
expect complete
player kim
expect one available
refused accept two
accept late
world away
pass 5
expect late active
refused advance 1 orc
world first
pass 3
expect late failed
player first
expect one complete
expect two available
expect late available
";
    holds(&folder, script);
    assert_eq!(wrong(&folder, "player"), "1: `player` needs a name");
    assert_eq!(wrong(&folder, "world a b"), "1: `b` is one word too many");
}

#[test]
fn saves_bring_quests_and_facts_back() {
    let folder = folder("saves");
    let asks = json!([{ "type": "HasItem", "target": "key", "operator": "has" }]);
    project(&folder, &[quest("one", &["wolf", "orc"]), with(quest("two", &["bear"]), "prerequisites", asks)]);
    let script = "\
know item key
accept one
kill wolf
save before
know item key false
kill orc
turn in
expect ended
restore before
expect one active
expect two available
kill orc
expect one complete
save after
restore before
expect active
player kim
refused restore before
expect one available
";
    holds(&folder, script);
    assert_eq!(
        wrong(&folder, "save before\nrestore befor"),
        "2: nothing is called `befor`; did you mean `before`?"
    );
    assert_eq!(
        wrong(&folder, "save a\nplayer kim\nrestore a"),
        "3: this is refused: the save belongs to `first`"
    );
    assert_eq!(
        wrong(&folder, "restore"),
        "1: what is restored is written `restore NAME` or `restore NAME with MANIFEST`"
    );
}

#[test]
fn saves_go_on_in_other_content() {
    let folder = folder("update");
    let asks = |item: &str| json!([{ "type": "HasItem", "target": item, "operator": "has" }]);
    let gated = |item: &str| with(quest("two", &["bear"]), "prerequisites", asks(item));
    project(&folder, &[quest("one", &["wolf", "orc"]), gated("key"), quest("gone", &["rat"])]);
    // The next release needs less for the first quest, and has lost the last one.
    let next = folder.join("next");
    project(&next, &[gated("key"), quest("one", &["wolf"])]);
    let script = "\
know item key
accept gone
accept one
kill wolf
save old
expect one active
restore old with next/quest.toml
expect lost gone
expect one active
refresh
expect one complete
expect two available
turn in one
expect ended
";
    holds(&folder, script);
    assert_eq!(
        wrong(
            &folder,
            "accept gone\naccept one\nsave old\nrestore old with next/quest.toml\nexpect nothing lost"
        ),
        "5: the save has lost gone"
    );
    assert_eq!(
        wrong(
            &folder,
            "accept gone\naccept one\nsave old\nrestore old with next/quest.toml\nexpect lost one"
        ),
        "5: the save has not lost `one`; it has lost gone"
    );
    let missing = wrong(&folder, "save old\nrestore old with nowhere/quest.toml");
    assert!(missing.contains("nowhere/quest.toml` cannot be played"), "{missing}");
    // With a rename in the manifest nothing is lost.
    let renamed = folder.join("renamed");
    let manifest = project(&renamed, &[quest("single", &["wolf", "orc"]), gated("key")]);
    let mut text = fs::read_to_string(&manifest).expect("the manifest");
    text.push_str("[renames]\nquest.one = \"single\"\n");
    fs::write(&manifest, text).expect("the manifest");
    holds(
        &folder,
        "accept one\nkill wolf\nsave old\nrestore old with renamed/quest.toml\nexpect nothing lost\nexpect single active\nexpect single:go:wolf 1/1\nkill orc\nexpect single complete\n",
    );
}
