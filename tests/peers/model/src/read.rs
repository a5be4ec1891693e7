//! From the files of `questc/examples/scale` to structs.

use crate::{Game, Quest, Registry};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The kinds that have a generated registry.
const KINDS: [&str; 5] = ["enemy", "item", "location", "npc", "object"];

/// Reads the quests of `content/0.json` and the ids of the registries beside it.
pub fn read(folder: &Path) -> Game {
    let text = fs::read(folder.join("content/0.json")).expect("the file of all quests");
    let mut content: Value = serde_json::from_slice(&text).expect("JSON");
    let quests = content["quests"].as_array_mut().expect("a list of quests");
    let quests = quests.iter_mut().map(|quest| read_quest(quest.take())).collect();
    let registries = KINDS.map(|kind| {
        let text = fs::read(folder.join(format!("{kind}.json"))).expect("a registry");
        let entries: Vec<Value> = serde_json::from_slice(&text).expect("a list of objects");
        let id = |entry: &Value| entry["id"].as_str().expect("an id").to_owned();
        Registry { kind: kind.to_owned(), ids: entries.iter().map(id).collect() }
    });
    Game { quests, registries: registries.into() }
}

/// A quest in which stages are named by their numbers.
fn read_quest(mut quest: Value) -> Quest {
    let ids: Vec<Value> = list(&mut quest["stages"]).iter().map(|stage| stage["id"].clone()).collect();
    let resolve = |of: &mut Value, name: &str| {
        if let Some(target @ Value::String(_)) = of.get_mut(name) {
            *target = json!(ids.iter().position(|id| id == target).expect("a stage of this quest"));
        }
    };
    for stage in list(&mut quest["stages"]) {
        resolve(stage, "nextStageId");
    }
    if quest.get("branches").is_some() {
        list(&mut quest["branches"]).iter_mut().for_each(|branch| resolve(branch, "targetStageId"));
    }
    serde_json::from_value(quest).expect("a quest of the schema")
}

fn list(value: &mut Value) -> &mut Vec<Value> {
    value.as_array_mut().expect("a list")
}
