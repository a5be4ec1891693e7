//! Requests and responses of `POST /world/story/rule-event`.
//!
//! The plugin tells the backend what happened ([`RuleEventRequest`], §1.1). The backend answers with what follows from it in quests and
//! for characters ([`RuleEventResponse`], §2.2). What the document leaves open is kept: names that a type does not list survive reading
//! and writing.

use crate::quests::Task;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What happened in the game.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Rule event request", extend("x-source" = "Rule Event Contract §1.1"))]
pub struct RuleEventRequest {
    /// The name of the player whom it happened to.
    pub player_id: String,
    /// `near`, `chat`, `interact_block`, `interact_entity`, or what a plugin adds. Case does not count.
    pub event_type: String,
    /// What is known of it.
    pub payload: Payload,
}

/// What is known of an event. Which of it is there depends on the type of the event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "Rule Event Contract §1.1"))]
pub struct Payload {
    /// Whom or what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The name that the plugin gives to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quest_event: Option<String>,
    /// Where it happened: for `near` and `interact_block`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What the player said: for `chat`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What the player did to a block: for `interact_block`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Which block: for `interact_block`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_type: Option<String>,
    /// Which creature: for `interact_entity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_type: Option<String>,
    /// The name of the creature, if it has one: for `interact_entity`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_name: Option<String>,
    /// Anything else.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// A place in a world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "Rule Event Contract §1.1"))]
pub struct Location {
    /// The name of the world.
    pub world: String,
    /// East, in blocks.
    pub x: f64,
    /// Up, in blocks.
    pub y: f64,
    /// South, in blocks.
    pub z: f64,
}

/// An event as quests and characters see it (§1.2).
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'a> {
    /// The type, in lower case.
    pub event_type: String,
    /// Whom or what it is about: the target, or else the block or creature that the payload names.
    pub target: Option<&'a str>,
    /// All that the plugin said, for the rules of characters.
    pub meta: &'a Payload,
}

impl RuleEventRequest {
    /// The event as quests and characters see it (§1.2).
    #[must_use]
    pub fn normalised(&self) -> Event<'_> {
        let payload = &self.payload;
        let named = payload.entity_name.as_deref().or(payload.entity_type.as_deref());
        let of_type = payload.block_type.as_deref().or(named);
        Event {
            event_type: self.event_type.to_lowercase(),
            target: payload.target.as_deref().or(of_type),
            meta: &self.payload,
        }
    }

    /// The JSON Schema of a request.
    #[must_use]
    pub fn json_schema() -> Schema {
        schemars::schema_for!(RuleEventRequest)
    }
}

/// The answer to a rule event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Rule event response", extend("x-source" = "Rule Event Contract §2.2"))]
pub struct RuleEventResponse {
    /// `ok`.
    pub status: String,
    /// What follows from the event.
    pub result: RuleEventResult,
}

impl RuleEventResponse {
    /// The JSON Schema of a response.
    #[must_use]
    pub fn json_schema() -> Schema {
        schemars::schema_for!(RuleEventResponse)
    }
}

/// What follows from an event, from quests and characters together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "Rule Event Contract §2.2"))]
pub struct RuleEventResult {
    /// Changes of the world.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub world_patch: Map<String, Value>,
    /// Cards to show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<Node>,
    /// Tasks that this event has completed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub completed_tasks: Vec<String>,
    /// Steps that this event has completed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<String>,
    /// Lines for the console of the server. `{player}` stands for the name of the player.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<String>,
    /// All tasks of the level are done, and the player can leave it.
    #[serde(default)]
    pub exit_ready: bool,
    /// The last card of the level. It comes once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Node>,
}

impl RuleEventResult {
    /// The commands for the console, with the name of the player filled in (§4).
    pub fn commands_for(&self, player: &str) -> impl Iterator<Item = String> {
        self.commands.iter().map(move |command| command.replace("{player}", player))
    }
}

/// A card.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "Rule Event Contract §2.1, §2.2"))]
pub struct Node {
    /// What it looks like: `task`, `task_summary`, or what the plugin knows besides.
    #[serde(rename = "type")]
    pub kind: String,
    /// The task that it announces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// The heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Anything else.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

impl Node {
    /// The card that announces a task when it is issued (§2.1).
    #[must_use]
    pub fn issue(task: &Task) -> Self {
        Self {
            kind: "task".to_owned(),
            task_id: task.id().map(|id| id.as_str().to_owned()),
            title: task.title().map(str::to_owned),
            text: task.text().map(str::to_owned),
            more: Map::new(),
        }
    }
}

/// A message of the backend that is nothing but cards, such as when tasks are issued (§2.1).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "Rule Event Contract §2.1"))]
pub struct Nodes {
    /// Cards to show.
    pub nodes: Vec<Node>,
}
