//! Saves of format 3, as the version that introduced it wrote them.

use proptest::prelude::*;
use quest_types::journal::Save;
use serde::Serialize;

use super::text;

#[derive(Clone, Debug, Serialize)]
#[serde(rename = "Save")]
pub(crate) struct Old {
    format: u32,
    game: String,
    content: String,
    owner: String,
    version: u64,
    quests: Vec<Quest>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    held: Vec<Reward>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename = "SavedQuest")]
struct Quest {
    id: String,
    state: State,
    times: u32,
    locked: bool,
    found: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<Run>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename = "SavedState", rename_all = "snake_case")]
enum State {
    NotStarted,
    Active,
    Complete,
    TurnedIn,
    Failed,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename = "SavedRun")]
struct Run {
    stage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    world: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    turns_left: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    turns: Option<u64>,
    expired: bool,
    progress: Vec<Progress>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    revealed: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    branches: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    paths: Vec<(String, String)>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename = "SavedProgress")]
struct Progress {
    objective: String,
    count: u32,
    done: bool,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename = "SavedReward")]
struct Reward {
    quest: String,
    reward: String,
}

impl Old {
    /// The save that it is.
    pub(crate) fn as_save(&self) -> Save {
        let json = serde_json::to_value(self).expect("it is JSON");
        serde_json::from_value(json).expect("it is a save")
    }

    /// Whether every field was written.
    pub(crate) fn leaves_nothing_out(&self) -> bool {
        let complete = |run: &Run| {
            run.world.is_some()
                && run.turns_left.is_some()
                && run.turns.is_some()
                && !run.revealed.is_empty()
                && !run.branches.is_empty()
                && !run.paths.is_empty()
        };
        !self.held.is_empty() && self.quests.iter().all(|quest| quest.run.as_ref().is_some_and(complete))
    }
}

fn list<S: Strategy>(of: S, complete: bool) -> impl Strategy<Value = Vec<S::Value>> {
    prop::collection::vec(of, usize::from(complete)..3)
}

fn maybe<S: Strategy + 'static>(of: S, complete: bool) -> BoxedStrategy<Option<S::Value>> {
    if complete { of.prop_map(Some).boxed() } else { prop::option::of(of).boxed() }
}

fn run(complete: bool) -> impl Strategy<Value = Run> {
    let progress = (text(), any::<u32>(), any::<bool>()).prop_map(|(objective, count, done)| Progress {
        objective,
        count,
        done,
    });
    (
        prop::option::of(text()),
        maybe(text(), complete),
        (maybe(0..99_u64, complete), maybe(0..99_u64, complete)),
        any::<bool>(),
        (list(progress, false), list(text(), complete), list(text(), complete)),
        list((text(), text()), complete),
    )
        .prop_map(
            |(stage, world, (turns_left, turns), expired, (progress, revealed, branches), paths)| Run {
                stage,
                world,
                turns_left,
                turns,
                expired,
                progress,
                revealed,
                branches,
                paths,
            },
        )
}

fn quest(complete: bool) -> impl Strategy<Value = Quest> {
    let states = [State::NotStarted, State::Active, State::Complete, State::TurnedIn, State::Failed];
    (
        text(),
        prop::sample::select(states.to_vec()),
        any::<u32>(),
        any::<[bool; 2]>(),
        maybe(run(complete), complete),
    )
        .prop_map(|(id, state, times, [locked, found], run)| Quest {
            id,
            state,
            times,
            locked,
            found,
            run,
        })
}

/// Saves of format 3; every second one leaves nothing out.
pub(crate) fn saves() -> impl Strategy<Value = Old> {
    any::<bool>().prop_flat_map(|complete| {
        let reward = (text(), text()).prop_map(|(quest, reward)| Reward { quest, reward });
        let quests = prop::collection::vec(quest(complete), 0..4);
        (text(), text(), text(), 0..99_u64, quests, list(reward, complete)).prop_map(
            |(game, content, owner, version, quests, held)| Old {
                format: 3,
                game,
                content,
                owner,
                version,
                quests,
                held,
            },
        )
    })
}
