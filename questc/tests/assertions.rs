//! `[[proof.assert]]`: what designers say of their quests, and what they read if it is not so.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::{Request, run};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

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

/// A quest that ends in `peace`, or in `war` for those who kill the envoy, or in `late` after five turns; one that needs it and an item;
/// and one that fails when the player dies.
fn quests() -> Vec<Value> {
    let branches = json!([
        { "id": "to-war", "condition": { "type": "ObjectiveComplete", "target": "envoy" }, "targetStageId": "war" },
        { "id": "to-late", "condition": { "type": "TimeExpired", "target": "quest", "value": 5 }, "targetStageId": "late" }
    ]);
    let stages = [
        stage(
            "start",
            &[with(kill("envoy", "envoy"), "isOptional", json!(true)), kill("wolf", "wolf")],
            Some("peace"),
        ),
        stage("peace", &[kill("feast", "boar")], None),
        stage("war", &[kill("battle", "orc")], None),
        stage("late", &[kill("rest", "rat")], None),
    ];
    let throne = with(quest("throne", &stages), "branches", branches);
    let needs = json!([
        { "type": "QuestComplete", "target": "throne", "operator": "has" },
        { "type": "HasItem", "target": "crown", "operator": "has" }
    ]);
    let coronation =
        with(quest("coronation", &[stage("go", &[kill("do", "crow")], None)]), "prerequisites", needs);
    let failures = json!([{ "type": "PlayerDeath", "description": "The player is dead." }]);
    let duel =
        with(quest("duel", &[stage("go", &[kill("do", "knight")], None)]), "failureConditions", failures);
    vec![throne, coronation, duel]
}

fn manifest(name: &str, assertion: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("assertions").join(name);
    fs::create_dir_all(&folder).expect("a folder");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/quests.schema.json");
    let schema = schema.canonicalize().expect("the schema").display().to_string();
    let registries = quest_test::open_registries();
    let manifest = format!(
        "[[documents]]\nschema = {schema:?}\ncontent = \"quests.json\"\n[registries]\n{registries}[journal]\ngame = \"assert\"\n{assertion}"
    );
    let content = json!({ "version": "1.0.0", "quests": quests() });
    fs::write(folder.join("quests.json"), content.to_string()).expect("the quests");
    fs::write(folder.join("quest.toml"), manifest).expect("the manifest");
    folder.join("quest.toml")
}

/// The code and the text of what is said about an assertion.
fn said(name: &str, assertion: &str) -> Vec<(&'static str, String)> {
    let report = run(&Request::check(manifest(name, assertion)), &mut |_| {});
    let texts = report.human(false);
    report.diagnostics.list.iter().map(|diagnostic| diagnostic.code.id).zip(texts).collect()
}

fn holds(name: &str, assertion: &str) {
    let said = said(name, &format!("[[proof.assert]]\n{assertion}\n"));
    assert!(said.is_empty(), "{assertion}: {said:?}");
}

/// What is said about an assertion that does not hold.
fn fails(name: &str, assertion: &str, parts: &[&str]) {
    let said = said(name, &format!("[[proof.assert]]\n{assertion}\n"));
    let [(code, text)] = said.as_slice() else { panic!("{assertion}: {said:?}") };
    assert_eq!(*code, "Q3016", "{text}");
    for part in parts {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
    assert!(text.contains("quest.toml:"), "{text}");
}

#[test]
fn an_ending_is_reachable() {
    for ending in
        ["throne", "throne:peace", "throne:war", "throne:late", "coronation", "coronation:go", "duel"]
    {
        holds("reachable", &format!("reachable = {ending:?}"));
    }
    fails(
        "unreachable",
        "reachable = \"throne:start\"",
        &["`throne:start` cannot be reached", "no way leads there"],
    );
}

#[test]
fn an_ending_is_reachable_without_a_move() {
    holds("without", "reachable = \"throne:peace\"\nwithout = [\"kill envoy\"]");
    fails(
        "without-envoy",
        "reachable = \"throne:war\"\nwithout = [\"kill envoy\"]",
        &[
            "`throne:war` cannot be reached without `kill envoy`",
            "the shortest way there is `accept throne`, `kill envoy` and then `kill orc`",
        ],
    );
    // Through what must be done before, and through what must be known.
    fails(
        "without-throne",
        "reachable = \"coronation\"\nwithout = [\"accept throne\"]",
        &["cannot be reached without"],
    );
    fails(
        "without-crown",
        "reachable = \"coronation\"\nwithout = [\"know item crown\"]",
        &["cannot be reached without"],
    );
    holds("without-other", "reachable = \"coronation\"\nwithout = [\"accept duel\", \"kill envoy\"]");
}

#[test]
fn an_ending_is_reachable_in_so_many_turns() {
    holds("turns", "reachable = \"throne:late\"\nturns = 5");
    holds("no-turns", "reachable = \"throne:peace\"\nturns = 0");
    fails(
        "turns-late",
        "reachable = \"throne:late\"\nturns = 4",
        &["`throne:late` cannot be reached in 4 turns", "`turns 5`"],
    );
}

#[test]
fn a_quest_is_always_finishable() {
    holds("always", "always = \"throne\"");
    holds("always-without", "always = \"throne\"\nwithout = [\"kill envoy\"]\nturns = 3");
    fails(
        "always-duel",
        "always = \"duel\"",
        &[
            "`duel` cannot always be finished",
            "it fails",
            "it is lost by `accept duel` and then `player-death`",
        ],
    );
    holds("always-duel-alive", "always = \"duel\"\nwithout = [\"player-death\"]");
    fails(
        "always-boar",
        "always = \"throne\"\nwithout = [\"kill boar\"]\nturns = 4",
        &["it is lost by `accept throne` and then `kill wolf`"],
    );
}

#[test]
fn nobody_sees_both() {
    holds("both", "never-both = [\"throne:peace\", \"throne:war\"]");
    fails(
        "both-quests",
        "never-both = [\"throne:war\", \"coronation\"]",
        &[
            "a player can see both `throne:war` and `coronation`",
            "both are seen by `accept throne`, `kill envoy`, `kill orc`",
        ],
    );
    fails("both-apart", "never-both = [\"duel\", \"throne\"]", &["a player can see both"]);
    holds("both-without", "never-both = [\"throne:war\", \"coronation\"]\nwithout = [\"kill envoy\"]");
}

#[test]
fn names_are_checked() {
    for (name, assertion, title, help) in [
        ("quest", "reachable = \"thron\"", "no quest is called `thron`", "did you mean `throne`?"),
        ("stage", "reachable = \"throne:wer\"", "no stage is called `wer`", "did you mean `war`?"),
        ("always-stage", "always = \"throne:war\"", "no quest is called `throne:war`", ""),
        (
            "both",
            "never-both = [\"throne\", \"duell\"]",
            "no quest is called `duell`",
            "did you mean `duel`?",
        ),
        (
            "enemy",
            "reachable = \"throne\"\nwithout = [\"kill envoi\"]",
            "no id is called `envoi`",
            "did you mean `envoy`?",
        ),
        (
            "move",
            "reachable = \"throne\"\nwithout = [\"kil envoy\"]",
            "no move is called `kil`",
            "did you mean `kill`?",
        ),
        (
            "fact",
            "reachable = \"throne\"\nwithout = [\"know itm crown\"]",
            "no fact is called `itm`",
            "did you mean `item`?",
        ),
        ("none", "turns = 3", "an assertion needs one of", "reachable = "),
        ("several", "reachable = \"duel\"\nalways = \"duel\"", "an assertion needs one of", "reachable = "),
        ("three", "never-both = [\"duel\"]", "`never-both` needs two ids", "never-both = "),
        ("turns", "reachable = \"duel\"\nturns = -1", "`turns` is no number of turns", "turns = 10"),
        ("key", "reachabel = \"duel\"", "unknown key `reachabel`", "did you mean `reachable`?"),
    ] {
        let said = said(&format!("names-{name}"), &format!("[[proof.assert]]\n{assertion}\n"));
        let (code, text) = said.first().unwrap_or_else(|| panic!("{assertion}: nothing is said"));
        assert_eq!(*code, "Q0008", "{text}");
        assert!(
            text.contains(title) && text.contains(help) && text.contains("quest.toml:"),
            "{assertion}:\n{text}"
        );
    }
}

#[test]
fn what_is_not_proven_is_said() {
    let said = said("bound", "[proof]\nstates = 2\n[[proof.assert]]\nreachable = \"throne:start\"\n");
    let about = said.iter().find(|(_, text)| text.contains("whether an assertion holds is not proven"));
    assert!(about.is_some_and(|(code, text)| *code == "Q3013" && text.contains("quest.toml:")), "{said:?}");
}

#[test]
fn an_assertion_stops_a_build() {
    let report =
        run(&Request::build(manifest("build", "[[proof.assert]]\nalways = \"duel\"\n")), &mut |_| {});
    assert_eq!(report.errors(), 1);
    assert!(report.write(&std::env::temp_dir().join("never-written")).is_err());
}

#[test]
fn content_that_is_not_played_has_no_assertions() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("assertions/not-played");
    fs::create_dir_all(&folder).expect("a folder");
    let schema = json!({
        "type": "array",
        "items": { "type": "object", "properties": { "id": { "type": "string", "x-key": "thing" } }, "required": ["id"] }
    });
    fs::write(folder.join("things.schema.json"), schema.to_string()).expect("the schema");
    fs::write(folder.join("things.json"), r#"[{ "id": "one" }]"#).expect("the content");
    let manifest = "[[documents]]\nschema = \"things.schema.json\"\ncontent = \"things.json\"\n[[proof.assert]]\nalways = \"one\"\n";
    fs::write(folder.join("quest.toml"), manifest).expect("the manifest");
    let report = run(&Request::check(folder.join("quest.toml")), &mut |_| {});
    let texts = report.human(false);
    assert!(
        texts.iter().any(|text| text.contains("nothing can be said of quests that are not played")),
        "{texts:?}"
    );
}
