//! How fast the journal is: ratios within one run, printed as the table of `docs/BENCHMARKS.md`.
//!
//! `cargo run --release -p journal --example bench`. With a number behind `--`, it restores so many thousand saves and does
//! nothing else, for tools that count instructions.
//!
//! 40,000 quests are made and compiled in memory. Each has one stage with three objectives; an enemy is wanted by eight quests.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a broken benchmark may stop")]

use allocation_counter::measure;
use quest_compiler::driver::Playable;
use quest_types::Target;
use quest_types::journal::engine::{Engine, Subscriptions};
use quest_types::journal::{Fact, Key, Limits, RawEffect, RawFacts, RawQuestion, Save, State};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

const QUESTS: usize = 40_000;
const ENEMIES: usize = QUESTS / 8;
const EVENTS: u32 = 200_000;

struct Nobody;

impl RawFacts for Nobody {
    fn fact(&self, question: RawQuestion) -> Fact<'_> {
        black_box(question.target == Target::Absent);
        Fact::Unknown
    }
}

fn content() -> Playable {
    let folder = std::env::temp_dir().join(format!("questc-journal-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut json = String::from("{\"version\":\"1.0.0\",\"quests\":[");
    for quest in 0..QUESTS {
        let comma = if quest == 0 { "" } else { "," };
        let enemy = quest % ENEMIES;
        let _ = write!(
            json,
            r#"{comma}{{"id":"quest-{quest}","name":"Quest","description":"A quest to measure","category":"Bounty","stages":[{{"id":"only","name":"Only","description":"The only stage","objectives":[
              {{"id":"kill","type":"Kill","description":"Kill them","target":"enemy-{enemy}","quantity":1000000000}},
              {{"id":"collect","type":"Collect","description":"Collect them","target":"item-{enemy}","quantity":1000000000}},
              {{"id":"talk","type":"Talk","description":"Talk to them","target":"npc-{enemy}","quantity":1000000000}}]}}]}}"#
        );
    }
    json.push_str("]}");
    let schema = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/quests.schema.json");
    std::fs::copy(schema, folder.join("quests.schema.json")).unwrap();
    std::fs::write(folder.join("quests.json"), json).unwrap();
    std::fs::write(
        folder.join("quest.toml"),
        "[[documents]]\nschema = \"quests.schema.json\"\ncontent = \"quests.json\"\n[registries]\nenemy = { open = true }\nitem = { open = true }\nnpc = { open = true }\n",
    )
    .unwrap();
    let playable = Playable::compile(&folder.join("quest.toml")).unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    playable
}

/// A player in numbers.
struct Player {
    state: State,
    subscriptions: Subscriptions,
}

fn player(content: &Playable, active: usize) -> Player {
    let (mut state, mut subscriptions) = (State::default(), Subscriptions::default());
    state.enter_world(content.program, "overworld");
    let mut effects = Vec::new();
    for quest in 0..active {
        // Spread over all of the content, each with an enemy of its own.
        let quest = (quest * (ENEMIES / 200)) as u32;
        let mut engine = Engine {
            program: content.program,
            state: &mut state,
            subscriptions: &mut subscriptions,
            world: &Nobody,
            effects: &mut effects,
        };
        engine.start(quest).unwrap();
    }
    Player { state, subscriptions }
}

impl Player {
    fn record(&mut self, content: &Playable, key: Key, effects: &mut Vec<RawEffect>) {
        let mut engine = Engine {
            program: content.program,
            state: &mut self.state,
            subscriptions: &mut self.subscriptions,
            world: &Nobody,
            effects,
        };
        engine.notify([key], 1, None).unwrap();
    }

    /// Nanoseconds for an event, the best of several rounds.
    fn time(&mut self, content: &Playable, key: Key) -> f64 {
        let mut effects = Vec::with_capacity(64);
        best(|| {
            for _ in 0..EVENTS {
                self.record(content, black_box(key), &mut effects);
                effects.clear();
            }
        })
    }
}

fn best(mut work: impl FnMut()) -> f64 {
    let round = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..9).map(round).fold(f64::MAX, f64::min) * 1e9 / f64::from(EVENTS)
}

/// UC-003 as it is written: each active quest, each objective of its stage, compared by type and target.
struct Naive {
    objectives: Vec<Vec<(String, String, u64)>>,
}

impl Naive {
    fn record(&mut self, kind: &str, target: &str) -> u64 {
        let mut progress = 0;
        for stage in &mut self.objectives {
            for (own_kind, own_target, count) in stage {
                if own_kind == kind && own_target == target {
                    *count += 1;
                    progress += *count;
                }
            }
        }
        progress
    }
}

/// Restores so many saves and keeps the players. Gives the seconds that each thousand of them took.
fn restore(save: &Save, thousands: usize) -> Vec<f64> {
    let mut players = Vec::with_capacity(thousands * 1_000);
    let a_thousand = |_| {
        let start = Instant::now();
        players.extend((0..1_000).map(|_| {
            // Each on a server of its own: an identity is live once on each.
            let restored = journal::server().restore(black_box(save), "kim", 0, &Limits::default());
            restored.unwrap().0
        }));
        start.elapsed().as_secs_f64()
    };
    let times = (0..thousands).map(a_thousand).collect();
    black_box(players);
    times
}

/// The best that each thousand took, all together: windows of one length, so that a machine with other work to do disturbs
/// ten thousand no more than one.
fn best_of(rounds: usize, save: &Save, thousands: usize) -> f64 {
    let rounds: Vec<Vec<f64>> = (0..rounds).map(|_| restore(save, thousands)).collect();
    let best = |at: usize| rounds.iter().map(|round| round[at]).fold(f64::MAX, f64::min);
    (0..thousands).map(best).sum()
}

fn main() {
    // For tools that count instructions: nothing but so many thousand saves restored.
    if let Some(thousands) = std::env::args().nth(1).and_then(|count| count.parse().ok()) {
        restore(&saved(), thousands);
        return;
    }
    let content = content();
    let key = |event: &str, target: &str| content.key(event, target).unwrap();
    let wanted = key("kill", "enemy-0");
    let of_others = key("kill", "enemy-1");
    let of_nobody = Key { row: u32::MAX, ..wanted };
    let (mut one, mut many) = (player(&content, 1), player(&content, 200));

    println!("| {QUESTS} quests, release | 1 active | 200 active | ratio |\n|---|---|---|---|");
    for (name, key) in
        [("no quest waits for it", of_nobody), ("only quests that are not active wait", of_others)]
    {
        let (a, b) = (one.time(&content, key), many.time(&content, key));
        println!("| event: {name} | {a:.1} ns | {b:.1} ns | {:.2} |", b / a);
    }
    let (a, b) = (one.time(&content, wanted), many.time(&content, wanted));
    println!("| event that counts | {a:.1} ns | {b:.1} ns | {:.2} |", b / a);
    let mut naive = Naive {
        objectives: (0..200)
            .map(|quest| {
                let enemy = quest * (ENEMIES / 200);
                ["Kill", "Collect", "Talk"]
                    .into_iter()
                    .zip(["enemy", "item", "npc"])
                    .map(|(kind, noun)| (kind.to_owned(), format!("{noun}-{enemy}"), 0))
                    .collect()
            })
            .collect(),
    };
    let loops = best(|| {
        for _ in 0..EVENTS {
            black_box(naive.record(black_box("Kill"), black_box("enemy-0")));
        }
    });
    println!(
        "| the loop of UC-003, at 200 active | | {loops:.1} ns | {:.1} times the event that counts |",
        loops / b
    );

    let mut effects = Vec::with_capacity(64);
    let allocations = measure(|| {
        for key in [of_nobody, of_others, wanted].repeat(10_000) {
            many.record(&content, key, &mut effects);
            effects.clear();
        }
    });
    // One is the list of keys itself.
    println!("| allocations in 30,000 such events | | {} | |", allocations.count_total - 1);

    println!(
        "\n| a player in memory, in bytes beside the {} of `State` itself | quests | while attached, more |\n|---|---|---|",
        size_of::<State>()
    );
    for active in [0, 1, 5, 20, 200] {
        let player = player(&content, active);
        println!("| {active} active | {} | {} |", player.state.bytes(), player.subscriptions.bytes());
    }
    let mut players = Vec::with_capacity(100_000);
    let memory = measure(|| players.extend((0..100_000).map(|_| player(&content, 5).state)));
    println!(
        "| 100,000 players with 5 active each, all together | {} MB | |",
        memory.bytes_current / 1_000_000
    );
    drop(players);

    let save = saved();
    let (few, all) = (best_of(40, &save, 1), best_of(40, &save, 10));
    println!(
        "\n| saves restored, with {} quests each | 1,000 | 10,000 | ratio |\n|---|---|---|---|",
        save.quests.len()
    );
    println!("| | {:.1} ms | {:.1} ms | {:.1} |", few * 1e3, all * 1e3, all / few);
}

/// A save with everything that can be begun at once.
fn saved() -> Save {
    use journal::quests::{Quest, journal::Effects};
    let mut server = journal::server();
    let world = server.world("world");
    let mut player = server.player("kim").unwrap();
    let facts = journal::world::KnownFacts::default();
    let mut effects = Effects::new();
    let mut attachment = server.session(&mut player).attach(&world);
    let tick = server.tick();
    for quest in Quest::all() {
        let _ = attachment.tick(&tick, &facts).unwrap().start(quest.id(), &mut effects);
    }
    effects.clear();
    player.save()
}
