//! A player, a world that knows what it is told, and the journal's state machine.

use super::Vocabulary;
use quest_types::Target;
use quest_types::journal::engine::{Engine, Subscriptions};
use quest_types::journal::{
    Fact, Lifecycle, LogLine, Program, QuestError, RawEffect, RawFacts, RawQuestion, State,
};
use std::collections::HashMap;

/// What a script says is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    Is(bool),
    Number(i64),
    Text(String),
}

/// What is known, by what it is about: something with an id, something of which there is one, something that no content has.
#[derive(Debug, Default)]
struct World {
    of_ids: HashMap<(u8, u32), Known>,
    of_sorts: HashMap<u8, Known>,
    of_others: HashMap<(String, String), Known>,
}

impl RawFacts for World {
    fn fact(&self, question: RawQuestion) -> Fact<'_> {
        let known = match question.target {
            Target::Link { kind, row } => self.of_ids.get(&(kind, row)),
            Target::Unknown(id) | Target::Text(id) => {
                return self
                    .of_others
                    .get(&(question.sort.to_owned(), id.to_owned()))
                    .map_or(Fact::Unknown, fact);
            }
            Target::Absent => self.of_sorts.get(&question.subject),
        };
        // What a script does not speak of is not there.
        known.map_or(Fact::Is(false), fact)
    }
}

fn fact(known: &Known) -> Fact<'_> {
    match known {
        Known::Is(is) => Fact::Is(*is),
        Known::Number(number) => Fact::Number(*number),
        Known::Text(text) => Fact::Text(text),
    }
}

/// One play of the content.
#[derive(Debug)]
pub struct Game {
    pub program: &'static Program,
    pub words: Vocabulary,
    state: State,
    subscriptions: Subscriptions,
    world: World,
    /// Everything that has happened.
    pub log: Vec<String>,
    /// The rewards that were paid.
    pub paid: Vec<u32>,
}

impl Game {
    /// Plays a program from the beginning.
    pub fn new(program: &'static Program, words: Vocabulary) -> Self {
        let mut game = Self {
            program,
            words,
            state: State::default(),
            subscriptions: Subscriptions::default(),
            world: World::default(),
            log: Vec::new(),
            paid: Vec::new(),
        };
        game.restart();
        game
    }

    /// Begins anew.
    pub fn restart(&mut self) {
        self.state = State::default();
        self.state.enter_world(self.program, "script");
        self.subscriptions = Subscriptions::default();
        self.world = World::default();
        self.log.clear();
        self.paid.clear();
    }

    pub fn know(&mut self, kind: u8, row: u32, known: Known) {
        self.world.of_ids.insert((kind, row), known);
    }

    pub fn know_sort(&mut self, subject: u8, known: Known) {
        self.world.of_sorts.insert(subject, known);
    }

    pub fn know_other(&mut self, sort: String, id: String, known: Known) {
        self.world.of_others.insert((sort, id), known);
    }

    /// Whether a quest asks before it can be begun for something that the content does not have.
    pub fn asks_of(&self, sort: &str, id: &str) -> bool {
        let quests = 0..self.program.quest_count();
        let mut conditions = quests.flat_map(|quest| self.program.prerequisites(quest));
        conditions.any(|row| {
            self.program.condition(row).is_some_and(|condition| {
                let named =
                    matches!(condition.target, Target::Unknown(other) | Target::Text(other) if other == id);
                named && condition.sort == sort
            })
        })
    }

    /// Lets a quest count as turned in, before the script begins.
    pub fn give(&mut self, quest: u32) {
        self.state.assume_turned_in(quest);
        self.subscriptions = Subscriptions::of(self.program, &self.state);
    }

    /// Forgets where the player is: places are the first kind.
    pub fn leave(&mut self) {
        self.world.of_ids.retain(|(kind, _), _| *kind != 1);
    }

    /// Makes a call, and keeps what has happened.
    pub fn call(
        &mut self,
        call: impl FnOnce(&mut Engine<'_>) -> Result<(), QuestError>,
    ) -> Result<(), QuestError> {
        let mut effects = Vec::new();
        let mut engine = Engine {
            program: self.program,
            state: &mut self.state,
            subscriptions: &mut self.subscriptions,
            world: &self.world,
            effects: &mut effects,
        };
        call(&mut engine)?;
        self.log.extend(
            effects
                .iter()
                .filter_map(|effect| LogLine::of(*effect, self.program))
                .map(|line| line.to_string()),
        );
        self.paid.extend(effects.iter().filter_map(|effect| match effect {
            RawEffect::Reward { reward } => Some(*reward),
            _ => None,
        }));
        Ok(())
    }

    pub fn lifecycle(&self, quest: u32) -> Lifecycle {
        self.state.lifecycle(self.program, &self.world, quest)
    }

    pub fn state(&self) -> &State {
        &self.state
    }
}
