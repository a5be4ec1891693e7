//! The messages of the contract: the examples of the document, read and written again, and the JSON Schemas.
//!
//! Structure, ids and numbers are those of the document; the texts are ours, and so is what the document leaves out as `...`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use rule_events::contract::{
    Location, Node, Nodes, Payload, RuleEventRequest, RuleEventResponse, RuleEventResult,
};
use rule_events::quests::{MilestoneId, RuleListener, TaskId};
use rule_events::{level, task};
use schemars::Schema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// §1.1.
fn request() -> Value {
    json!({
        "player_id": "Steve",
        "event_type": "near",
        "payload": {
            "target": "mia_npc",
            "quest_event": "near_mia_npc",
            "location": { "world": "world", "x": -11.3, "y": 75.0, "z": 209.7 }
        }
    })
}

/// §2.1.
fn issue() -> Value {
    json!({
        "nodes": [{
            "type": "task",
            "task_id": "greet_mia",
            "title": "Task: greet_mia",
            "text": "Walk up to Mia at the shore and say hello."
        }]
    })
}

/// §2.2.
fn response() -> Value {
    json!({
        "status": "ok",
        "result": {
            "world_patch": { "tell": "Mia raises a hand." },
            "nodes": issue()["nodes"],
            "completed_tasks": ["greet_mia"],
            "milestones": ["greet_mia_step1"],
            "commands": ["say §aMia is one step further"],
            "exit_ready": true,
            "summary": {
                "type": "task_summary",
                "title": "Meeting by the Lake: what you have done",
                "text": "Nothing is left to do here. On to the next adventure!"
            }
        }
    })
}

fn read<T: DeserializeOwned + Serialize>(value: &Value) -> T {
    let read: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), *value);
    read
}

#[test]
fn the_request_of_the_document() {
    let request: RuleEventRequest = read(&request());
    assert_eq!((request.player_id.as_str(), request.event_type.as_str()), ("Steve", "near"));
    let place = Location { world: "world".to_owned(), x: -11.3, y: 75.0, z: 209.7 };
    assert_eq!(request.payload.location, Some(place));
    let event = request.normalised();
    assert_eq!((event.event_type.as_str(), event.target), ("near", Some("mia_npc")));
    assert_eq!(event.meta.quest_event.as_deref(), Some("near_mia_npc"));
}

#[test]
fn requests_of_other_events() {
    let payloads = [
        ("chat", json!({ "text": "Is there any flour?", "quest_event": "asked_about_flour" })),
        (
            "interact_block",
            json!({
                "action": "click",
                "block_type": "lever",
                "location": { "world": "world", "x": 40.0, "y": 64.0, "z": -12.0 }
            }),
        ),
        ("interact_entity", json!({ "entity_type": "cow", "entity_name": "Berta" })),
        ("interact_entity", json!({ "entity_type": "cow", "weather": { "rain": true } })),
    ];
    for (event_type, payload) in payloads {
        let request: RuleEventRequest =
            read(&json!({ "player_id": "Steve", "event_type": event_type, "payload": payload }));
        assert_eq!(request.payload.more.contains_key("weather"), payload.get("weather").is_some());
    }
}

#[test]
fn case_of_the_type_does_not_count() {
    let request = RuleEventRequest {
        player_id: "Steve".to_owned(),
        event_type: "Interact_Block".to_owned(),
        payload: Payload::default(),
    };
    assert_eq!(request.normalised().event_type, "interact_block");
}

#[test]
fn the_response_of_the_document() {
    let response: RuleEventResponse = read(&response());
    let result = response.result;
    assert_eq!((response.status.as_str(), result.exit_ready), ("ok", true));
    assert_eq!(result.summary.unwrap().kind, "task_summary");
    // The level has what the response names.
    let lakeside = level!("lakeside");
    let tasks: Vec<_> = result.completed_tasks.iter().map(|id| TaskId::find(lakeside, id)).collect();
    assert_eq!(tasks, [Some(task!("lakeside:greet_mia"))]);
    assert!(result.milestones.iter().all(|id| MilestoneId::find(lakeside, id).is_some()));
}

#[test]
fn a_response_with_nothing_in_it() {
    let response: RuleEventResponse = read(&json!({ "status": "ok", "result": { "exit_ready": false } }));
    assert_eq!(response.result, RuleEventResult::default());
    // What is not sent is empty.
    let bare: RuleEventResult = serde_json::from_value(json!({})).unwrap();
    assert_eq!(bare, RuleEventResult::default());
}

#[test]
fn a_response_that_is_none() {
    let refused = |value: Value| serde_json::from_value::<RuleEventResponse>(value).unwrap_err().to_string();
    assert_eq!(refused(json!({ "status": "ok" })), "missing field `result`");
    assert!(refused(json!({ "status": "ok", "result": { "nodes": [{ "title": "?" }] } })).contains("`type`"));
}

#[test]
fn a_task_is_issued_as_in_the_document() {
    let nodes: Nodes = read(&issue());
    let task = task!("lakeside:greet_mia").task().unwrap();
    assert_eq!(nodes.nodes, [Node::issue(task)]);
}

#[test]
fn commands_name_the_player() {
    let [listener] = level!("lakeside").rule_listeners() else { panic!("one listener") };
    let listener: &RuleListener = listener;
    let commands = listener.metadata().commands().iter().map(str::to_owned).collect();
    let result = RuleEventResult { commands, ..RuleEventResult::default() };
    let lines: Vec<String> = result.commands_for("Steve").collect();
    assert_eq!(lines, ["title Steve subtitle Mia has something to say"]);
}

fn schemas() -> [(&'static str, Schema); 2] {
    [
        ("rule-event.request.schema.json", RuleEventRequest::json_schema()),
        ("rule-event.response.schema.json", RuleEventResponse::json_schema()),
    ]
}

fn text(schema: &Schema) -> String {
    serde_json::to_string_pretty(schema).unwrap() + "\n"
}

/// `cargo xtask bless` writes the schemas after a type has changed.
#[test]
fn the_schemas_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    let written = schemas().into_iter().map(|(name, schema)| (folder.join(name), text(&schema)));
    quest_test::assert_goldens(written);
}

/// questc itself can read the schemas, the examples of the document follow them, and what does not is found.
#[test]
fn the_examples_follow_the_schemas() {
    let broken = json!({ "status": "ok", "result": { "exit_ready": "yes", "nodes": [{ "title": "?" }] } });
    for (name, response, errors) in [("good", response(), 0), ("broken", broken, 2)] {
        let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contract").join(name);
        fs::create_dir_all(&project).unwrap();
        let mut manifest = String::new();
        for ((schema, source), example) in schemas().iter().zip([request(), response]) {
            let content = schema.replace(".schema", "");
            fs::write(project.join(schema), text(source)).unwrap();
            fs::write(project.join(&content), example.to_string()).unwrap();
            manifest += &format!("[[documents]]\nschema = \"{schema}\"\ncontent = [\"{content}\"]\n\n");
        }
        fs::write(project.join("quest.toml"), manifest).unwrap();
        let run = quest_compiler::driver::run(
            &quest_compiler::driver::Request::build(project.join("quest.toml")),
            &mut |_| {},
        );
        assert_eq!((run.errors(), run.warnings()), (errors, 0), "{}", run.human(false).join("\n\n"));
    }
}
