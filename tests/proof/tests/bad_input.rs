//! Content that has far too many states, or is far too long: there is an answer, or it says that there is none within the bound.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use proof::judge::write_quests;
use quest_compiler::analysis::ProvedAs;
use quest_compiler::driver::{Request, run};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn verdicts(name: &str, quests: &[Value]) -> Vec<ProvedAs> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bad-input").join(name);
    let manifest = write_quests(quests, &folder).unwrap();
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, format!("{text}[proof]\nstates = 2000\n")).unwrap();
    let report = run(&Request::check(manifest), &mut |_| {});
    report.proved.iter().map(|proved| proved.verdict).collect()
}

fn quest(id: &str, stages: &[Value]) -> Value {
    json!({ "id": id, "name": id, "description": "A quest for tests.", "category": "SideQuest", "stages": stages })
}

fn stage(at: usize, objectives: &[Value], next: Option<usize>) -> Value {
    let next = next.map(|next| format!("s{next}"));
    json!({
        "id": format!("s{at}"), "name": format!("Stage {at}"), "description": "A stage.", "objectives": objectives,
        "nextStageId": next
    })
}

fn objective(id: &str, target: &str) -> Value {
    json!({ "id": id, "type": "Kill", "description": "Do the thing.", "target": target })
}

fn with(mut quest: Value, key: &str, value: Value) -> Value {
    quest[key] = value;
    quest
}

fn on(target: &str, to: usize, at: usize) -> Value {
    let condition = json!({ "type": "ObjectiveComplete", "target": target });
    json!({ "id": format!("b{at}"), "condition": condition, "targetStageId": format!("s{to}") })
}

#[test]
fn a_quest_of_many_stages_is_proven_or_not() {
    const STAGES: usize = 10_000;
    let stages: Vec<Value> = (0..STAGES)
        .map(|at| stage(at, &[objective("do", "wolf")], Some(at + 1).filter(|next| *next < STAGES)))
        .collect();
    let plain = quest("plain", &stages);
    let deaths = json!([{ "type": "PlayerDeath", "description": "The player is dead." }]);
    let deadly = with(quest("deadly", &stages), "failureConditions", deaths);
    let condition = json!({ "type": "CustomFlag", "target": "f" });
    let branch = json!([{ "id": "b", "condition": condition, "targetStageId": format!("s{}", STAGES - 1) }]);
    let branched = with(quest("branched", &stages), "branches", branch);
    assert_eq!(verdicts("stages", &[plain]), [ProvedAs::Always]);
    assert_eq!(verdicts("deadly-stages", &[deadly]), [ProvedAs::CanBeLost]);
    assert_eq!(verdicts("branched-stages", &[branched]), [ProvedAs::NotProven]);
}

#[test]
fn many_alternatives_are_proven() {
    let names: Vec<String> = (0..64).map(|at| format!("way-{at}")).collect();
    let any = json!([{ "type": "AnyObjectiveComplete", "target": names }]);
    let main = with(objective("main", "nobody"), "conditions", any);
    let ways = names.iter().map(|name| objective(name, name));
    let objectives: Vec<Value> = std::iter::once(main).chain(ways).collect();
    assert_eq!(verdicts("alternatives", &[quest("q", &[stage(0, &objectives, None)])]), [ProvedAs::Always]);
}

#[test]
fn branches_from_every_stage_to_every_other_are_proven() {
    const STAGES: usize = 24;
    let names: Vec<String> = (0..STAGES).map(|at| format!("o{at}")).collect();
    let objectives: Vec<Value> = names.iter().map(|name| objective(name, name)).collect();
    let stages: Vec<Value> = (0..STAGES).map(|at| stage(at, &objectives, None)).collect();
    let pairs = (0..STAGES * STAGES).filter(|at| at / STAGES != at % STAGES);
    let branches: Vec<Value> =
        pairs.map(|at| on(&format!("s{}:o{}", at / STAGES, at % STAGES), at % STAGES, at)).collect();
    let complete = with(quest("q", &stages), "branches", json!(branches));
    // What is left in a stage is only its own objective, and that does not end it.
    assert_eq!(verdicts("complete", &[complete]), [ProvedAs::Never]);
}

#[test]
fn many_quests_that_exclude_each_other_are_not_proven() {
    let quests: Vec<Value> = (0..40)
        .map(|own| {
            let others = (0..40).filter(|other| *other != own);
            let asked: Vec<Value> = others
                .map(|other| {
                    json!({ "type": "QuestComplete", "target": format!("q{other}"), "operator": "notHas" })
                })
                .collect();
            let id = format!("q{own}");
            with(quest(&id, &[stage(0, &[objective("do", &id)], None)]), "prerequisites", json!(asked))
        })
        .collect();
    let verdicts = verdicts("exclusion", &quests);
    assert_eq!(verdicts, [ProvedAs::NotProven; 40]);
}

#[test]
fn many_questions_at_once_are_answered() {
    let flags = |at: usize| json!({ "type": "CustomFlag", "target": format!("f{at}"), "value": true });
    let branches: Vec<Value> = (0..40)
        .map(|at| json!({ "id": format!("b{at}"), "condition": flags(at), "targetStageId": "s1" }))
        .collect();
    let stages = [stage(0, &[objective("do", "wolf")], Some(1)), stage(1, &[objective("do", "bear")], None)];
    let q = with(quest("q", &stages), "branches", json!(branches));
    assert_eq!(verdicts("flags", &[q]), [ProvedAs::Always]);
}

#[test]
fn long_circles_and_chains_of_quests_are_proven() {
    let needs = |own: usize, other: usize| {
        let asked = json!([{ "type": "QuestComplete", "target": format!("q{other}"), "operator": "has" }]);
        let id = format!("q{own}");
        with(quest(&id, &[stage(0, &[objective("do", &id)], None)]), "prerequisites", asked)
    };
    let circle: Vec<Value> = (0..3_000).map(|at| needs(at, (at + 1) % 2_000)).collect();
    assert_eq!(verdicts("circle", &circle), [ProvedAs::Never; 3_000]);
    let mut chain: Vec<Value> = (0..3_000).map(|at| needs(at, at + 1)).collect();
    chain.push(quest("q3000", &[stage(0, &[objective("do", "q3000")], None)]));
    assert_eq!(verdicts("chain", &chain), [ProvedAs::Always; 3_001]);
}
