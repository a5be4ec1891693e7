//! Writes all quests as a FlatBuffer.

use planus::Builder;
use schema as to;
use std::env;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-env-changed=PEERS_CONTENT");
    let game = model::read(Path::new(&env::var("PEERS_CONTENT").unwrap_or_default()));
    let mut by_id: Vec<u32> = (0..).take(game.quests.len()).collect();
    by_id.sort_by_key(|&row| &game.quests[row as usize].id);
    let game = to::Game {
        quests: game.quests.into_iter().map(quest).collect(),
        by_id,
        registries: game
            .registries
            .into_iter()
            .map(|registry| to::Registry { kind: registry.kind, ids: registry.ids })
            .collect(),
    };
    let mut builder = Builder::new();
    let bytes = builder.finish(&game, None);
    let out = env::var("OUT_DIR").expect("the folder for what is generated");
    fs::write(Path::new(&out).join("quests.flatbuffer"), bytes).expect("quests.flatbuffer");
}

/// A value of an enum, by its number, which is the same in both.
fn same<T: TryFrom<u8>>(number: u8) -> T {
    T::try_from(number).ok().expect("both enums have the same values")
}

/// A list, or nothing if it is empty.
fn list<T, U>(all: Vec<T>, each: impl Fn(T) -> U) -> Option<Vec<U>> {
    (!all.is_empty()).then(|| all.into_iter().map(each).collect())
}

fn value(value: model::Value) -> Box<to::Value> {
    Box::new(to::Value { number: value.number, text: value.text, flag: value.flag })
}

fn quest(quest: model::Quest) -> to::Quest {
    to::Quest {
        id: quest.id,
        name: quest.name,
        description: quest.description,
        category: same(quest.category as u8),
        level: quest.level,
        is_repeatable: quest.is_repeatable,
        is_hidden: quest.is_hidden,
        prerequisites: list(quest.prerequisites, |before| to::Prerequisite {
            type_: same(before.r#type as u8),
            target: before.target,
            value: before.value.map(value),
            operator: same(before.operator as u8),
        }),
        quest_giver: quest.quest_giver.map(|giver| {
            Box::new(to::Giver {
                npc_id: giver.npc_id,
                dialogue_node_id: giver.dialogue_node_id,
                turn_in_npc_id: giver.turn_in_npc_id,
                turn_in_dialogue_node_id: giver.turn_in_dialogue_node_id,
            })
        }),
        stages: quest.stages.into_iter().map(stage).collect(),
        rewards: list(quest.rewards, |reward| to::Reward {
            type_: same(reward.r#type as u8),
            target: reward.target,
            amount: reward.amount,
            is_optional: reward.is_optional,
            description: reward.description,
        }),
        failure_conditions: list(quest.failure_conditions, |failure| to::Failure {
            type_: same(failure.r#type as u8),
            target: failure.target,
            description: failure.description,
        }),
        failure_consequences: list(quest.failure_consequences, |consequence| to::Consequence {
            type_: same(consequence.r#type as u8),
            target: consequence.target,
            amount: consequence.amount,
            description: consequence.description,
        }),
        time_limit: quest.time_limit,
        branches: list(quest.branches, |branch| to::Branch {
            id: branch.id,
            type_: same(branch.condition.r#type as u8),
            target: branch.condition.target,
            value: branch.condition.value.map(value),
            to: branch.target_stage_id,
            description: branch.description,
        }),
        tags: list(quest.tags, |tag| tag),
    }
}

fn stage(stage: model::Stage) -> to::Stage {
    to::Stage {
        id: stage.id,
        name: stage.name,
        description: stage.description,
        objectives: stage.objectives.into_iter().map(objective).collect(),
        on_complete: list(stage.on_complete, |action| to::Action {
            type_: same(action.r#type as u8),
            target: action.target,
            data: action.data,
        }),
        next: stage.next_stage_id,
        is_optional: stage.is_optional,
    }
}

fn objective(objective: model::Objective) -> to::Objective {
    to::Objective {
        id: objective.id,
        type_: same(objective.r#type as u8),
        description: objective.description,
        target: objective.target,
        quantity: objective.quantity,
        location: objective.location,
        is_optional: objective.is_optional,
        is_hidden: objective.is_hidden,
        conditions: list(objective.conditions, |condition| to::TaskCondition {
            type_: same(condition.r#type as u8),
            target: condition.target,
            value: condition.value.map(value),
        }),
    }
}
