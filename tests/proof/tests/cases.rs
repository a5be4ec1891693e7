//! One small content for each kind of thing that can go wrong, and what must be said of it.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use proof::judge::write_quests;
use quest_compiler::analysis::ProvedAs;
use quest_compiler::diagnostics::Diagnostic;
use quest_compiler::driver::{Report, Request, run};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases").join(name)
}

fn check(name: &str, quests: &[Value]) -> Report {
    run(&Request::check(write_quests(quests, &folder(name)).unwrap()), &mut |_| {})
}

/// The codes of what is said, in order.
fn codes(report: &Report) -> Vec<&'static str> {
    report.diagnostics.list.iter().map(|diagnostic| diagnostic.code.id).collect()
}

fn verdicts(report: &Report) -> Vec<ProvedAs> {
    report.proved.iter().map(|proved| proved.verdict).collect()
}

/// Plays a script on quests.
fn play(name: &str, quests: &[Value], script: &str) {
    let manifest = write_quests(quests, &folder(name)).unwrap();
    let path = folder(name).join("script.play");
    fs::write(&path, script).unwrap();
    quest_build::play(manifest, [path]).unwrap_or_else(|wrong| panic!("{wrong}"));
}

fn quest(id: &str, stages: Value) -> Value {
    json!({ "id": id, "name": id, "description": "A quest for tests.", "category": "SideQuest", "stages": stages })
}

fn with(mut quest: Value, key: &str, value: Value) -> Value {
    quest[key] = value;
    quest
}

fn stage(id: &str, objectives: Value, next: Option<&str>) -> Value {
    json!({ "id": id, "name": id, "description": "A stage.", "objectives": objectives, "nextStageId": next })
}

fn objective(id: &str, target: &str) -> Value {
    json!({ "id": id, "type": "Kill", "description": "Do the thing.", "target": target })
}

/// A quest of one stage with one objective, an enemy called as the quest.
fn simple(id: &str) -> Value {
    quest(id, json!([stage("go", json!([objective("do", id)]), None)]))
}

fn asks(id: &str, conditions: Value) -> Value {
    quest(id, json!([stage("go", json!([with(objective("do", id), "conditions", conditions)]), None)]))
}

#[test]
fn conditions_that_never_hold_are_no_ending() {
    for (name, conditions) in [
        ("empty-list", json!([{ "type": "HasAbility", "target": [] }])),
        ("number-as-text", json!([{ "type": "FactionReputation", "target": "guild", "value": "500" }])),
        (
            "contradiction",
            json!([
                { "type": "CustomFlag", "target": "f", "value": true },
                { "type": "CustomFlag", "target": "f", "value": false }
            ]),
        ),
        (
            "two-places",
            json!([{ "type": "InLocation", "target": "cave" }, { "type": "InLocation", "target": "forest" }]),
        ),
        ("no-way", json!([{ "type": "AnyObjectiveComplete", "target": [] }])),
    ] {
        let report = check(name, &[asks("q", conditions)]);
        assert!(codes(&report).contains(&"Q3002"), "{name}: {:?}", report.human(false));
        assert_eq!(verdicts(&report), [ProvedAs::Never], "{name}");
    }
}

#[test]
fn the_condition_that_never_holds_is_named() {
    let at = |place: &str| json!({ "type": "InLocation", "target": place });
    let flag = |is: bool| json!({ "type": "CustomFlag", "target": "f", "value": is });
    let listens = |key: &str, value: Value| {
        quest("q", json!([stage("go", json!([with(objective("do", "q"), key, value)]), None)]))
    };
    let mut there = listens("location", json!("forest"));
    there["stages"][0]["objectives"][0]["type"] = json!("Explore");
    for (name, quest, why, times) in [
        ("why-empty", asks("q", json!([{ "type": "HasAbility", "target": [] }])), "names nothing", 1),
        (
            "why-text",
            asks("q", json!([{ "type": "HasItem", "target": "gem", "value": "5" }])),
            "compared with a text",
            1,
        ),
        ("why-flags", asks("q", json!([flag(true), flag(false)])), "never hold at the same time", 2),
        ("why-places", asks("q", json!([at("cave"), at("forest")])), "at two places at once", 2),
        ("why-elsewhere", there, "counts at another only", 1),
    ] {
        let report = check(name, &[quest]);
        assert!(codes(&report).contains(&"Q3002"), "{name}");
        let text = report.human(false).join("\n");
        assert_eq!(text.matches(why).count(), times, "{name}: {text}");
    }
    let mut both = asks("q", json!([at("cave")]));
    both["stages"][0]["objectives"][0]["location"] = json!("forest");
    let text = check("why-not-there", &[both]).human(false).join("\n");
    assert!(text.contains("nobody is there where the objective happens"), "{text}");
}

#[test]
fn what_cannot_be_finished_can_be_played() {
    let quests = [asks("q", json!([{ "type": "HasAbility", "target": [] }]))];
    play("unfinished", &quests, "accept q\nkill q\nexpect do 0/1\nexpect active\n");
}

#[test]
fn one_target_of_a_list_is_enough() {
    let quests = [asks("q", json!([{ "type": "HasAbility", "target": ["fly", "swim"] }]))];
    assert_eq!(verdicts(&check("list", &quests)), [ProvedAs::Always]);
    play("list", &quests, "accept q\nkill q\nexpect do 0/1\nknow ability swim\nkill q\nexpect complete\n");
}

fn modular(lists: &[&[&str]]) -> Value {
    let conditions: Vec<Value> =
        lists.iter().map(|list| json!({ "type": "AnyObjectiveComplete", "target": list })).collect();
    json!({
        "id": "main", "type": "Talk", "description": "Do the thing.", "target": "nobody", "conditions": conditions
    })
}

#[test]
fn one_of_each_list_is_needed() {
    let objectives = json!([
        modular(&[&["x", "y"], &["z"]]),
        objective("x", "wolf"),
        objective("y", "bear"),
        objective("z", "orc")
    ]);
    let quests = [quest("q", json!([stage("go", objectives, None)]))];
    assert_eq!(verdicts(&check("lists", &quests)), [ProvedAs::Always]);
    let script = "accept q\nkill wolf\nkill bear\nexpect main 0/1\nkill orc\nexpect complete\n";
    play("lists", &quests, script);
}

#[test]
fn a_branch_on_a_modular_objective_is_taken() {
    let stages = json!([
        stage("go", json!([modular(&[&["way"]]), objective("way", "wolf")]), None),
        stage("other", json!([objective("do", "bear")]), None)
    ]);
    let branch = |to: &str| {
        json!([{
            "id": "b", "condition": { "type": "ObjectiveComplete", "target": "main" }, "targetStageId": to
        }])
    };
    let back = with(quest("q", stages.clone()), "branches", branch("go"));
    let report = check("modular-back", &[back]);
    assert_eq!(codes(&report).first(), Some(&"Q3002"), "{:?}", report.human(false));
    assert_eq!(verdicts(&report), [ProvedAs::Never]);
    let on = with(quest("q", stages), "branches", branch("other"));
    let report = check("modular-on", std::slice::from_ref(&on));
    assert_eq!(report.proved[0].endings, ["other"]);
    play("modular-on", &[on], "accept q\nkill wolf\nexpect stage other\nexpect branch q:b\n");
}

#[test]
fn an_item_does_not_change_an_ending() {
    let stages = json!([
        stage(
            "go",
            json!([with(objective("x", "wolf"), "isOptional", json!(true)), objective("y", "bear")]),
            Some("last")
        ),
        stage("chosen", json!([objective("do", "orc")]), None),
        stage("last", json!([objective("do", "orc")]), None),
        stage("heresy", json!([objective("do", "orc")]), None)
    ]);
    let branches = json!([
        { "id": "choose", "condition": { "type": "ObjectiveComplete", "target": "x" }, "targetStageId": "chosen" },
        { "id": "gem", "condition": { "type": "HasItem", "target": "gem" }, "targetStageId": "heresy" }
    ]);
    let quests = [with(quest("q", stages), "branches", branches)];
    play(
        "ending",
        &quests,
        "accept q\nkill wolf\nknow item gem\nrefresh\nexpect stage chosen\nkill orc\nexpect complete\n",
    );
    play("ending", &quests, "accept q\nknow item gem\nexpect stage go\nrefresh\nexpect stage heresy\n");
}

#[test]
fn a_modular_objective_hears_of_a_fact() {
    let mut main = modular(&[&["x"]]);
    main["conditions"].as_array_mut().unwrap().push(json!({ "type": "CustomFlag", "target": "ready" }));
    let quests = [quest("q", json!([stage("go", json!([main, objective("x", "wolf")]), None)]))];
    assert_eq!(verdicts(&check("hears", &quests)), [ProvedAs::Always]);
    play("hears", &quests, "accept q\nkill wolf\nexpect active\nknow flag ready\nrefresh\nexpect complete\n");
}

#[test]
fn time_is_due_when_its_value_says() {
    let stages = json!([
        stage("go", json!([objective("do", "wolf")]), None),
        stage("late", json!([objective("do", "bear")]), None)
    ]);
    let on_time = json!({ "type": "TimeExpired", "target": "time", "value": 5 });
    let branches = json!([{ "id": "b", "condition": on_time, "targetStageId": "late" }]);
    let quests = [with(quest("q", stages), "branches", branches)];
    play("time", &quests, "accept q\nturns 4\nexpect stage go\nturns 1\nexpect stage late\n");
}

#[test]
fn what_is_done_in_the_last_turn_counts() {
    let failures = json!([{ "type": "TimeExpired", "description": "It is too late." }]);
    let consequences = json!([{ "type": "LockQuest", "target": "other" }]);
    let timed = with(with(simple("q"), "timeLimit", json!(2)), "failureConditions", failures);
    let quests = [with(timed, "failureConsequences", consequences), simple("other")];
    let script = "accept q\nturns 1\nkill q\nturns 1\nexpect q complete\nexpect other available\n";
    play("last-turn", &quests, script);
    play("last-turn", &quests, "accept q\nturns 2\nexpect q failed\nexpect other not started\n");
    let report = check("last-turn", &quests);
    assert_eq!(verdicts(&report), [ProvedAs::CanBeLost, ProvedAs::CanBeLost]);
    assert_eq!(codes(&report), ["Q3014"], "{:?}", report.human(false));
}

#[test]
fn the_first_of_two_ways_that_one_event_completes_leads_on() {
    let stages = json!([
        stage(
            "go",
            json!([
                modular(&[&["x", "y"]]),
                objective("x", "wolf"),
                objective("y", "wolf"),
                objective("z", "orc")
            ]),
            None
        ),
        stage("by-x", json!([objective("do", "bear")]), None),
        stage("by-y", json!([objective("do", "bear")]), None)
    ]);
    let branch = |of: &str| {
        json!({
            "id": of, "condition": { "type": "ObjectiveComplete", "target": of }, "targetStageId": format!("by-{of}")
        })
    };
    let quests = [with(quest("q", stages), "branches", json!([branch("y"), branch("x")]))];
    play("two-ways", &quests, "accept q\nkill wolf\nexpect stage by-x\nexpect q:go:y 0/1\n");
}

#[test]
fn choices_that_lose_another_quest_are_named() {
    let not_after = |id: &str, other: &str| {
        let asked = json!([{ "type": "QuestComplete", "target": other, "operator": "notHas" }]);
        with(simple(id), "prerequisites", asked)
    };
    let asked = json!([{ "type": "QuestComplete", "target": "north", "operator": "has" }]);
    let quests = [
        not_after("north", "south"),
        not_after("south", "north"),
        with(simple("crown"), "prerequisites", asked),
    ];
    let report = check("exclusion", &quests);
    assert_eq!(codes(&report), ["Q3014", "Q3014"], "{:?}", report.human(false));
    assert_eq!(verdicts(&report), [ProvedAs::CanBeLost; 3]);
    assert_eq!(report.proved[2].path, ["accept south", "kill south", "turn in south"]);
}

fn after(id: &str, other: &str) -> Value {
    let asked = json!([{ "type": "QuestComplete", "target": other, "operator": "has" }]);
    with(simple(id), "prerequisites", asked)
}

fn and_asks(mut quest: Value, condition: Value) -> Value {
    quest["prerequisites"].as_array_mut().unwrap().push(condition);
    quest
}

/// `gate` is searched, and needs `first`. What `first` would lock if it failed ties `last` to it, which is plain: it was searched
/// without being part of the program, and never ended.
#[test]
fn a_quest_that_cannot_fail_locks_nothing() {
    let locks =
        with(simple("first"), "failureConsequences", json!([{ "type": "LockQuest", "target": "last" }]));
    let flag = json!({ "type": "HasFlag", "target": "open", "operator": "has" });
    let quests = [and_asks(after("gate", "first"), flag), after("last", "gate"), locks];
    let report = check("locks-nothing", &quests);
    assert_eq!(verdicts(&report), [ProvedAs::Always; 3]);
    assert!(report.proved.iter().all(|proved| proved.endings == ["go"]), "{:?}", report.proved);
}

#[test]
fn what_needs_a_circle_is_never_finished() {
    let gives = |quest: Value| with(quest, "rewards", json!([{ "type": "Flag", "target": "open" }]));
    let flag = json!({ "type": "HasFlag", "target": "open", "operator": "has" });
    let quests = [
        gives(after("chicken", "egg")),
        after("egg", "chicken"),
        gives(after("omelette", "egg")),
        with(simple("breakfast"), "prerequisites", json!([flag])),
    ];
    assert_eq!(verdicts(&check("circle", &quests)), [ProvedAs::Never; 4]);
}

/// More quests than are looked at together.
fn many(mut quests: Vec<Value>) -> Vec<Value> {
    let more = (0..8).map(|at| after(&format!("more-{at}"), quests[0]["id"].as_str().unwrap()));
    let more: Vec<Value> = more.collect();
    quests.extend(more);
    quests
}

#[test]
fn what_a_lost_quest_would_have_given_is_lost() {
    let deaths = json!([{ "type": "PlayerDeath", "description": "Dead." }]);
    let gives = with(after("smith", "trial"), "rewards", json!([{ "type": "Flag", "target": "sword" }]));
    let flag = json!([{ "type": "HasFlag", "target": "sword", "operator": "has" }]);
    let quests = many(vec![
        with(simple("trial"), "failureConditions", deaths),
        gives,
        with(simple("duel"), "prerequisites", flag),
    ]);
    let report = check("lost-gift", &quests);
    assert_eq!(verdicts(&report), [ProvedAs::CanBeLost; 11]);
    assert_eq!(report.proved[2].path, ["accept trial", "player-death"]);
}

#[test]
fn levels_and_classes_are_those_of_the_quests_before() {
    let level = |operator: &str, value: i32| json!({ "type": "Level", "operator": operator, "value": value });
    let class = |name: &str| json!({ "type": "ClassIs", "target": name, "operator": "has" });
    let low = and_asks(after("low", "high"), level("lessThan", 3));
    let high = with(simple("high"), "prerequisites", json!([level("greaterThan", 5)]));
    assert_eq!(verdicts(&check("level-back", &many(vec![high, low])))[1], ProvedAs::Never);
    let mage = with(simple("mage"), "prerequisites", json!([class("mage")]));
    let thief = and_asks(after("thief", "mage"), class("thief"));
    assert_eq!(
        verdicts(&check("other-class", &many(vec![mage, thief])))[..2],
        [ProvedAs::Always, ProvedAs::Never]
    );
}

#[test]
fn what_needs_a_quest_and_its_failure_is_never_finished() {
    let deaths = json!([{ "type": "PlayerDeath", "description": "Dead." }]);
    let haunts = json!([{ "type": "Flag", "target": "ghost" }]);
    let asked = json!([{ "type": "HasFlag", "target": "ghost", "operator": "has" }]);
    let other = json!({ "type": "QuestComplete", "target": "grave", "operator": "has" });
    let quests = many(vec![
        with(with(simple("vault"), "failureConditions", deaths), "failureConsequences", haunts),
        with(simple("seance"), "prerequisites", asked),
        after("grave", "seance"),
        and_asks(after("both", "vault"), other),
    ]);
    let both = &check("both", &quests).proved[3];
    assert_eq!((both.verdict, &both.endings), (ProvedAs::Never, &Vec::new()));
}

#[test]
fn what_is_taken_is_gone() {
    let gives = with(simple("oil"), "rewards", json!([{ "type": "Flag", "target": "lit" }]));
    let asked = json!([{ "type": "HasFlag", "target": "lit", "operator": "has" }]);
    let mut takes = with(simple("signal"), "prerequisites", asked.clone());
    takes["stages"][0]["onComplete"] =
        json!([{ "type": "UpdateWorldState", "target": "lit", "data": "false" }]);
    let report = check("taken", &[gives, takes, with(simple("vault"), "prerequisites", asked)]);
    assert_eq!(verdicts(&report), [ProvedAs::Always, ProvedAs::Always, ProvedAs::CanBeLost]);
    assert_eq!(report.proved[2].path.len(), 5);
}

#[test]
fn an_optional_objective_that_is_lost_loses_no_quest() {
    let gives = with(simple("bard"), "rewards", json!([{ "type": "Flag", "target": "song" }]));
    let condition = json!([{ "type": "CustomFlag", "target": "song", "value": true }]);
    let sing = with(with(objective("sing", "skald"), "isOptional", json!(true)), "conditions", condition);
    let mut takes = simple("feast");
    takes["stages"][0]["onComplete"] =
        json!([{ "type": "UpdateWorldState", "target": "song", "data": "false" }]);
    let hall = quest("hall", json!([stage("go", json!([objective("speak", "jarl"), sing]), None)]));
    let report = check("optional", &[gives, takes, hall]);
    assert_eq!(verdicts(&report), [ProvedAs::Always; 3]);
    assert_eq!(codes(&report), [""; 0], "{:?}", report.human(false));
}

#[test]
fn a_flag_that_is_only_cleared_is_never_set() {
    let asked = json!([{ "type": "HasFlag", "target": "gate", "operator": "has" }]);
    let mut clears = simple("closer");
    clears["stages"][0]["onComplete"] =
        json!([{ "type": "UpdateWorldState", "target": "gate", "data": "false" }]);
    let quests = [clears, with(simple("beyond"), "prerequisites", asked)];
    let manifest = write_quests(&quests, &folder("cleared")).unwrap();
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("never-set = \"allow\"", "never-set = \"warn\"")).unwrap();
    assert_eq!(codes(&run(&Request::check(manifest), &mut |_| {})), ["Q2013"]);
}

#[test]
fn what_a_script_takes_as_given() {
    let asked = json!([{ "type": "QuestComplete", "target": "first", "operator": "has" }]);
    let quests = [simple("first"), with(simple("second"), "prerequisites", asked)];
    play("given", &quests, "given first turned in\naccept second\nkill second\nexpect second complete\n");
    for (script, why) in [
        ("know quest-complete first\nexpect first available\n", "given first turned in"),
        ("know quest-complete nonsense\nexpect first available\n", "no quest asks"),
    ] {
        let path = folder("given").join("script.play");
        fs::write(&path, script).unwrap();
        let wrong = quest_build::play(folder("given").join("quest.toml"), [path]).unwrap_err().to_string();
        assert!(wrong.contains(why), "{wrong}");
    }
}

#[test]
fn a_branch_is_looked_for_in_its_own_quest() {
    let stages = json!([
        stage("go", json!([objective("do", "wolf")]), None),
        stage("on", json!([objective("do", "bear")]), None)
    ]);
    let condition = json!({ "type": "ObjectiveComplete", "target": "go:do" });
    let branches = json!([{ "id": "b", "condition": condition, "targetStageId": "on" }]);
    let quests = [with(quest("q", stages), "branches", branches), simple("other")];
    play("own-branch", &quests, "accept q\nkill wolf\nexpect other available\nexpect branch q:b\n");
}

#[test]
fn levels_only_rise() {
    let asked = json!([{ "type": "Level", "operator": "lessThan", "value": 3 }]);
    let report = check("level", &[with(simple("apprentice"), "prerequisites", asked)]);
    assert_eq!(report.proved[0].path, ["know level 2", "know level 3"]);
    let text = report.human(false).join("\n");
    assert!(text.contains("it is lost as soon as `level` is 3: that only rises"), "{text}");
}

fn with_states(name: &str, quests: &[Value], states: usize) -> Report {
    let manifest = write_quests(quests, &folder(name)).unwrap();
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, format!("{text}[proof]\nstates = {states}\n")).unwrap();
    run(&Request::check(manifest), &mut |_| {})
}

/// 20 objectives in one stage, each with what makes of it what it is to be.
fn twenty(of: impl Fn(usize, Value) -> Value) -> Value {
    let objectives = (0..20).map(|at| of(at, objective(&format!("o{at}"), &format!("e{at}"))));
    quest("q", json!([stage("go", objectives.collect(), None)]))
}

fn on_flag(of: Value, flag: &str) -> Value {
    with(of, "conditions", json!([{ "type": "CustomFlag", "target": flag, "value": true }]))
}

fn deadly(quest: Value) -> Value {
    let failures = json!([{ "type": "PlayerDeath", "description": "The player is dead." }]);
    with(quest, "failureConditions", failures)
}

/// 2^20 states, one objective after the other: which of them are done makes no difference, however little may be looked at.
#[test]
fn objectives_that_make_the_same_difference_are_done_in_their_order() {
    for (name, quest, verdict) in [
        ("own-flags", twenty(|at, of| on_flag(of, &format!("f{at}"))), ProvedAs::Always),
        ("one-flag", twenty(|_, of| on_flag(of, "f")), ProvedAs::Always),
        ("deadly", deadly(twenty(|_, of| of)), ProvedAs::CanBeLost),
        ("deadly-flag", deadly(twenty(|_, of| on_flag(of, "f"))), ProvedAs::CanBeLost),
    ] {
        let report = with_states(name, std::slice::from_ref(&quest), 30);
        assert_eq!(verdicts(&report), [verdict], "{name}: {:?}", report.human(false));
    }
}

#[test]
fn what_is_too_much_is_not_proven() {
    let branches =
        json!([{ "id": "b", "condition": { "type": "CustomFlag", "target": "f0" }, "targetStageId": "go" }]);
    let quest = with(twenty(|at, of| on_flag(of, &format!("f{at}"))), "branches", branches);
    let report = with_states("much", &[quest], 500);
    assert_eq!(verdicts(&report), [ProvedAs::NotProven]);
    assert!(codes(&report).contains(&"Q3013"), "{:?}", report.human(false));
}

#[test]
fn what_can_never_be_finished_is_an_error() {
    let flag =
        |name: &str, operator: &str| json!({ "type": "HasFlag", "target": name, "operator": operator });
    let sets =
        |names: &[&str]| Value::from_iter(names.iter().map(|name| json!({ "type": "Flag", "target": name })));
    let said = |name: &str, quests: &[Value]| {
        let report = check(name, quests);
        assert_eq!(verdicts(&report).last(), Some(&ProvedAs::Never), "{:?}", report.human(false));
        let own = |diagnostic: &Diagnostic| diagnostic.code.id == "Q3018";
        let mut found = report.diagnostics.list.into_iter().filter(own);
        let diagnostic = found.next().unwrap();
        assert!(found.next().is_none());
        let labels: Vec<String> = diagnostic.labels.into_iter().map(|label| label.text).collect();
        (diagnostic.title, labels)
    };
    // Both come at once, and only one of them is wanted.
    let gives = with(simple("forge"), "rewards", sets(&["wings", "weight"]));
    let door = with(simple("roof"), "prerequisites", json!([flag("wings", "has"), flag("weight", "notHas")]));
    let (title, labels) = said("never-together", &[gives, door]);
    assert_eq!(title, "`roof` can never be begun");
    assert_eq!(labels, ["never at the same time as the other"; 2]);
    // Only a failure sets it, and that quest cannot fail.
    let ghost = with(simple("vault"), "failureConsequences", sets(&["ghost"]));
    let seance = with(simple("seance"), "prerequisites", json!([flag("ghost", "has")]));
    let (title, labels) = said("never-so", &[ghost, seance]);
    assert_eq!(title, "`seance` can never be begun");
    assert_eq!(labels, ["this is never so"]);
    // What lets it begin keeps it from ending.
    let oil = with(simple("oil"), "rewards", sets(&["lit"]));
    let dark = json!([{ "type": "CustomFlag", "target": "lit", "value": false }]);
    let dark = with(objective("hide", "shade"), "conditions", dark);
    let hall = with(
        quest("hall", json!([stage("go", json!([dark]), None)])),
        "prerequisites",
        json!([flag("lit", "has")]),
    );
    let (title, labels) = said("never-ended", &[oil, hall]);
    assert_eq!(title, "`hall` can be begun, and never be finished");
    assert_eq!(labels, ["can never be done"]);
}

#[test]
fn what_one_class_can_still_get_is_lost_for_the_others() {
    let gives = |quest: Value| with(quest, "rewards", json!([{ "type": "Flag", "target": "key" }]));
    let late = json!([{ "type": "TimeExpired", "description": "Too late." }]);
    let errand = with(with(simple("errand"), "failureConditions", late), "timeLimit", json!(1));
    let mage = json!([{ "type": "ClassIs", "target": "mage", "operator": "has" }]);
    let quests = many(vec![
        errand,
        gives(after("gift", "errand")),
        gives(with(simple("guild"), "prerequisites", mage)),
        asks("vault", json!([{ "type": "CustomFlag", "target": "key", "value": true }])),
    ]);
    let vault = &check("one-class", &quests).proved[3];
    assert_eq!((vault.quest.as_str(), vault.verdict), ("vault", ProvedAs::CanBeLost));
}

#[test]
fn what_others_can_still_get_is_lost_for_one_class() {
    let gives = |quest: Value| with(quest, "rewards", json!([{ "type": "Flag", "target": "key" }]));
    let deaths = json!([{ "type": "PlayerDeath", "description": "Dead." }]);
    let thief = json!([{ "type": "ClassIs", "target": "thief", "operator": "notHas" }]);
    let quests = |vault: Value| {
        many(vec![
            with(simple("oath"), "prerequisites", thief.clone()),
            gives(after("gift", "oath")),
            gives(with(simple("duel"), "failureConditions", deaths.clone())),
            vault,
        ])
    };
    let asks = asks("vault", json!([{ "type": "CustomFlag", "target": "key", "value": true }]));
    // Thieves cannot take the oath, so that for them everything depends on the duel.
    let vault = &check("thief", &quests(asks)).proved[3];
    assert_eq!((vault.quest.as_str(), vault.verdict), ("vault", ProvedAs::CanBeLost));
    // What thieves can never begin, they cannot lose.
    let vault = &check("no-thief", &quests(after("vault", "gift"))).proved[3];
    assert_eq!((vault.quest.as_str(), vault.verdict), ("vault", ProvedAs::Always));
}
