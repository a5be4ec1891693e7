//! Content that is compiled and played, and what it has paid.

use super::game::Game;
use proptest::prelude::*;
use quest_compiler::driver::Playable;
use quest_compiler::play::Content;
use quest_types::journal::engine::{Engine, Subscriptions};
use quest_types::journal::{
    Fact, Limits, RawEffect, RawFacts, RawQuestion, Report, RestoreError, Save, SavedIds as _, SavedKind,
    State, restore_state, save_state,
};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Nothing is known.
struct Nobody;

impl RawFacts for Nobody {
    fn fact(&self, _: RawQuestion) -> Fact<'_> {
        Fact::Unknown
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Call {
    Start(usize),
    Advance(usize, u32),
    TurnIn(usize, bool),
    Claim(usize),
    Fail(usize),
    Pass(u64),
}

pub(crate) fn calls(most: usize) -> impl Strategy<Value = Vec<Call>> {
    let call = prop_oneof![
        3 => any::<usize>().prop_map(Call::Start),
        12 => (any::<usize>(), 1..4_u32).prop_map(|(at, times)| Call::Advance(at, times)),
        3 => any::<(usize, bool)>().prop_map(|(at, room)| Call::TurnIn(at, room)),
        1 => any::<usize>().prop_map(Call::Claim),
        1 => any::<usize>().prop_map(Call::Fail),
        1 => (0..4_u64).prop_map(Call::Pass),
    ];
    prop::collection::vec(call, most / 5..most)
}

pub(crate) struct Played {
    game: Game,
    content: Content,
    state: State,
    subscriptions: Subscriptions,
    /// How often what was paid, by names that last.
    paid: BTreeMap<String, u32>,
}

/// Compiles content in a folder of its own.
fn compile(game: &Game) -> Content {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("quest-updates-{}-{next}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/quests.schema.json");
    let manifest = format!(
        "[[documents]]\nschema = {schema:?}\ncontent = \"quests.json\"\n[journal]\ngame = \"updates\"\n[registries]\nenemy = {{ open = true }}\nitem = {{ open = true }}\ncurrency = {{ open = true }}\n{}",
        game.renames()
    );
    std::fs::write(folder.join("quests.json"), game.json()).unwrap();
    std::fs::write(folder.join("quest.toml"), &manifest).unwrap();
    let playable = Playable::compile(&folder.join("quest.toml"));
    std::fs::remove_dir_all(folder).unwrap();
    playable.unwrap_or_else(|error| panic!("{error}\n{manifest}\n{}", game.json())).into_content()
}

impl Played {
    pub(crate) fn new(game: &Game) -> Self {
        let content = compile(game);
        let mut state = State::default();
        state.enter_world(content.program, "world");
        Self {
            game: game.clone(),
            content,
            state,
            subscriptions: Subscriptions::default(),
            paid: BTreeMap::new(),
        }
    }

    /// Restores a save of this player in other content. What was paid is remembered.
    pub(crate) fn restored(self, game: &Game, save: &Save) -> Result<(Self, Report), RestoreError> {
        let content = compile(game);
        let wanted = ("kim", save.version);
        let (mut state, report) = restore_state(content.program, &content, save, wanted, &Limits::default())?;
        state.enter_world(content.program, "world");
        let subscriptions = Subscriptions::of(content.program, &state);
        Ok((Self { game: game.clone(), content, state, subscriptions, paid: self.paid }, report))
    }

    pub(crate) fn save(&self) -> Save {
        save_state(self.content.program, &self.content, &self.state, "kim", 1)
    }

    pub(crate) fn refresh(&mut self) {
        self.engine(|engine| engine.refresh());
    }

    fn engine(&mut self, call: impl FnOnce(&mut Engine<'_>)) {
        let mut effects = Vec::new();
        call(&mut Engine {
            program: self.content.program,
            state: &mut self.state,
            subscriptions: &mut self.subscriptions,
            world: &Nobody,
            effects: &mut effects,
        });
        effects.iter().for_each(|effect| self.note(effect));
    }

    fn note(&mut self, effect: &RawEffect) {
        let quest = |row| self.game.lasting_quest(&self.content.path(SavedKind::Quest, row));
        let what = match *effect {
            RawEffect::Action { stage, run, .. } => {
                let stage = self.game.lasting_name(&self.content.path(SavedKind::Stage, stage));
                format!("action of {stage} in run {run}")
            }
            RawEffect::Reward { reward, quest: of, run } => {
                let label = self.content.program.reward_label(reward);
                let sort = label.rsplit_once(' ').map_or(label, |(sort, _)| sort);
                format!("{sort} of {} in run {run}", quest(of))
            }
            _ => return,
        };
        *self.paid.entry(what).or_default() += 1;
    }

    /// What was paid more than once.
    pub(crate) fn twice(&self) -> Vec<String> {
        self.paid.iter().filter(|(_, times)| **times > 1).map(|(what, _)| what.clone()).collect()
    }

    /// Makes a call. Many are refused, which is no matter.
    pub(crate) fn make(&mut self, call: &Call) {
        let program = self.content.program;
        let quest = |at: usize| (at % program.quest_count() as usize) as u32;
        let objective = |at: usize| (at % program.objective_count() as usize) as u32;
        self.engine(|engine| {
            let _ = match *call {
                Call::Start(at) => engine.start(quest(at)),
                Call::Advance(at, times) => engine.advance(objective(at), times),
                Call::TurnIn(at, room) => engine.turn_in(quest(at), None, &mut |_| room),
                Call::Claim(at) => engine.claim(quest(at), &mut |_| true),
                Call::Fail(at) => engine.fail(quest(at)),
                Call::Pass(turns) => engine.pass(turns),
            };
        });
    }
}
