//! The testing checklist of the document (§5), and what stands between its lines.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use rule_events::contract::{Payload, RuleEventRequest, RuleEventResult};
use rule_events::runtime::{PlayerRuleState, QuestRuntime};
use rule_events::{level, rule};
use serde::Serialize;
use serde_json::json;
use std::fs;
use std::path::Path;

fn request(event_type: &str, payload: Payload) -> RuleEventRequest {
    RuleEventRequest { player_id: "Steve".to_owned(), event_type: event_type.to_owned(), payload }
}

fn near(target: &str) -> RuleEventRequest {
    let quest_event = Some(format!("near_{target}"));
    request("Near", Payload { target: Some(target.to_owned()), quest_event, ..Payload::default() })
}

fn lever() -> RuleEventRequest {
    let quest_event = Some("lever_pulled".to_owned());
    request(
        "interact_block",
        Payload { block_type: Some("lever".to_owned()), quest_event, ..Payload::default() },
    )
}

fn chat(text: &str) -> RuleEventRequest {
    let (target, text) = (Some("oskar_npc".to_owned()), Some(text.to_owned()));
    let quest_event = Some("asked_about_flour".to_owned());
    request("chat", Payload { target, text, quest_event, ..Payload::default() })
}

/// Whether a message follows the schema that stands in the repository.
#[track_caller]
fn follows(schema: &str, message: &impl Serialize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas").join(schema);
    let schema = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let message = serde_json::to_value(message).unwrap();
    let errors: Vec<String> = validator.iter_errors(&message).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {message}");
}

fn play(runtime: &mut QuestRuntime, request: &RuleEventRequest) -> RuleEventResult {
    let response = runtime.handle_rule_trigger(request);
    follows("rule-event.request.schema.json", request);
    follows("rule-event.response.schema.json", &response);
    assert_eq!(response.status, "ok");
    // What is sent can be read again.
    let text = serde_json::to_string(&response).unwrap();
    assert_eq!(serde_json::from_str::<rule_events::contract::RuleEventResponse>(&text).unwrap(), response);
    response.result
}

fn kinds(result: &RuleEventResult) -> Vec<&str> {
    result.nodes.iter().map(|node| node.kind.as_str()).collect()
}

#[test]
fn quest_loop() {
    let mut runtime = QuestRuntime::new(level!("lakeside")).unwrap();
    assert_eq!(runtime.progress("greet_mia"), Some((0, 2)));
    let result = play(&mut runtime, &near("mia_npc"));
    // The task is issued, and the event counts for it; case of the type does not.
    assert_eq!(kinds(&result), ["task", "npc_dialogue"]);
    assert_eq!(result.nodes[0].task_id.as_deref(), Some("greet_mia"));
    assert_eq!(runtime.progress("greet_mia"), Some((1, 2)));
    // Another character, another event.
    assert_eq!(play(&mut runtime, &near("oskar_npc")), RuleEventResult::default());
    assert_eq!(runtime.progress("greet_mia"), Some((1, 2)));
    assert_eq!(runtime.progress("nothing"), None);
}

#[test]
fn milestones() {
    let mut runtime = QuestRuntime::new(level!("old-mill")).unwrap();
    let steps: Vec<Vec<String>> = (0..8).map(|_| play(&mut runtime, &lever()).milestones).collect();
    let expected: [&[&str]; 8] = [&[], &["wheel_creaks"], &[], &["wheel_turns"], &[], &[], &[], &[]];
    assert_eq!(steps, expected);
    // A step can be about something else than its task.
    let mut runtime = QuestRuntime::new(level!("old-mill")).unwrap();
    let stone = Payload { block_type: Some("millstone".to_owned()), ..Payload::default() };
    assert_eq!(play(&mut runtime, &request("interact_block", stone)).milestones, ["stone_turns"]);
    assert_eq!(runtime.progress("free_the_wheel"), Some((0, 6)));
}

#[test]
fn rewards() {
    let mut runtime = QuestRuntime::new(level!("lakeside")).unwrap();
    assert!(play(&mut runtime, &near("mia_npc")).completed_tasks.is_empty());
    let result = play(&mut runtime, &near("mia_npc"));
    assert_eq!(result.completed_tasks, ["greet_mia"]);
    // Quests and characters in one patch.
    let patch = json!({ "give": { "item": "bread", "amount": 3 }, "tell": "Mia raises a hand." });
    assert_eq!(json!(result.world_patch), patch);
    assert_eq!(kinds(&result), ["task_complete", "npc_dialogue", "npc_dialogue"]);
    // Once and for all.
    let result = play(&mut runtime, &near("mia_npc"));
    assert!(result.completed_tasks.is_empty() && !result.world_patch.contains_key("give"));
}

#[test]
fn commands() {
    let mut runtime = QuestRuntime::new(level!("lakeside")).unwrap();
    let response = runtime.handle_rule_trigger(&near("mia_npc"));
    let mut plugin = PlayerRuleState::default();
    let dispatch = plugin.receive("Steve", true, &response).unwrap();
    assert_eq!(dispatch.commands, ["title Steve subtitle Mia has something to say"]);
}

#[test]
fn exit_readiness() {
    let mut runtime = QuestRuntime::new(level!("lakeside")).unwrap();
    let mut plugin = PlayerRuleState::default();
    let mut exits = Vec::new();
    for _ in 0..4 {
        let response = runtime.handle_rule_trigger(&near("mia_npc"));
        let told = plugin.receive("Steve", true, &response).unwrap();
        exits.push((response.result.exit_ready, response.result.summary.is_some(), told.exit));
    }
    // One summary, and the player is told once.
    assert_eq!(
        exits,
        [(false, false, false), (true, true, true), (true, false, false), (true, false, false)]
    );
    // A level with tasks left cannot be left.
    let mut mill = QuestRuntime::new(level!("old-mill")).unwrap();
    for _ in 0..6 {
        play(&mut mill, &lever());
    }
    assert!(!play(&mut mill, &chat("Is there any FLOUR?")).exit_ready);
    // The task without an id is the third.
    let cow = Payload { entity_type: Some("cow".to_owned()), ..Payload::default() };
    let result = play(&mut mill, &request("interact_entity", cow));
    assert_eq!((result.completed_tasks, result.exit_ready), (vec!["task_03".to_owned()], true));
    assert_eq!(result.summary.unwrap().title.as_deref(), Some("The Old Mill: what you have done"));
}

#[test]
fn offline_handling() {
    let mut runtime = QuestRuntime::new(level!("lakeside")).unwrap();
    let mut plugin = PlayerRuleState::default();
    let first = runtime.handle_rule_trigger(&near("mia_npc"));
    assert_eq!(plugin.receive("Steve", false, &first), None);
    // What nobody saw was not told.
    let dispatch = plugin.receive("Steve", true, &first).unwrap();
    assert_eq!(dispatch.milestones, ["greet_mia_step1"]);
    // The backend repeats itself, the plugin does not.
    let again = plugin.receive("Steve", true, &first).unwrap();
    assert!(again.milestones.is_empty() && again.tasks.is_empty());
}

#[test]
fn rules_switch_each_other_on() {
    let mut runtime = QuestRuntime::new(level!("old-mill")).unwrap();
    // Nobody counts before somebody has complained.
    assert!(play(&mut runtime, &lever()).commands.is_empty());
    let result = play(&mut runtime, &chat("No flour today?"));
    assert_eq!(result.completed_tasks, ["ask_oskar"]);
    assert_eq!(result.nodes.iter().filter(|node| node.kind == "npc_dialogue").count(), 2);
    assert_eq!(runtime.behaviors(), [json!({ "npc": "oskar_npc", "behavior": "point_at_lever" })]);
    assert_eq!(play(&mut runtime, &lever()).commands.len(), 2);
    // From outside, too.
    let mut runtime = QuestRuntime::new(level!("old-mill")).unwrap();
    runtime.activate_rule_refs([rule!("old-mill:oskar_complains")]);
    assert_eq!(play(&mut runtime, &lever()).commands.len(), 2);
    assert!(play(&mut runtime, &near("oskar_npc")).world_patch.contains_key("tell"));
}
