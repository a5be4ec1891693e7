//! A player: quests, a world that knows what it is told, and the journal's state machine.

use super::Content;
use super::world::World;
use quest_types::journal::engine::{Engine, Subscriptions};
use quest_types::journal::{
    Lifecycle, Limits, LogLine, Lost, QuestError, RawEffect, RestoreError, Save, State, restore_state,
    save_state,
};
use std::rc::Rc;

/// The world in which a script begins.
const FIRST_WORLD: &str = "first";

/// A player's journal as it was saved, and what was known then.
#[derive(Debug)]
pub(super) struct Saved {
    save: Save,
    content: Rc<Content>,
    facts: World,
}

/// A player of a script.
#[derive(Debug)]
pub(super) struct Player {
    pub(super) content: Rc<Content>,
    /// By which saves know the player.
    name: String,
    state: State,
    subscriptions: Subscriptions,
    pub(super) facts: World,
    world: String,
    version: u64,
    /// Everything that has happened.
    pub(super) log: Vec<String>,
    /// The rewards that were paid, as the content says them.
    pub(super) paid: Vec<&'static str>,
    /// What the last save that was restored has lost.
    pub(super) lost: Vec<Lost>,
    /// The quest that was spoken of last.
    pub(super) quest: Option<u32>,
}

impl Player {
    pub(super) fn new(content: Rc<Content>, name: &str) -> Self {
        let mut state = State::default();
        state.enter_world(content.program, FIRST_WORLD);
        Self {
            content,
            name: name.to_owned(),
            state,
            subscriptions: Subscriptions::default(),
            facts: World::default(),
            world: FIRST_WORLD.to_owned(),
            version: 0,
            log: Vec::new(),
            paid: Vec::new(),
            lost: Vec::new(),
            quest: None,
        }
    }

    fn subscribe(&mut self) {
        self.subscriptions = Subscriptions::of(self.content.program, &self.state);
    }

    /// Lets a quest count as turned in.
    pub(super) fn give(&mut self, quest: u32) {
        self.state.assume_turned_in(quest);
        self.subscribe();
    }

    /// Goes to a world.
    pub(super) fn enter(&mut self, world: &str) {
        self.state.enter_world(self.content.program, world);
        self.world = world.to_owned();
        self.subscribe();
    }

    pub(super) fn save(&mut self) -> Saved {
        self.version += 1;
        let content = &*self.content;
        let save = save_state(content.program, content, &self.state, &self.name, self.version);
        Saved { save, content: Rc::clone(&self.content), facts: self.facts.clone() }
    }

    /// Makes the quests and what is known what they were, in the content of now or in other content.
    pub(super) fn restore(
        &mut self,
        saved: &Saved,
        content: Option<Rc<Content>>,
    ) -> Result<(), RestoreError> {
        let content = content.unwrap_or_else(|| Rc::clone(&self.content));
        let wanted = (self.name.as_str(), 0);
        let (state, report) =
            restore_state(content.program, &*content, &saved.save, wanted, &Limits::default())?;
        self.facts = saved.facts.translated(&saved.content, &content);
        let spoken_of = self.quest.map(|quest| self.content.program.quest_names(quest).0);
        self.quest = spoken_of.and_then(|quest| content.words.paths[0].get(quest).copied());
        self.state = state;
        self.content = content;
        self.version = saved.save.version;
        self.lost = report.lost;
        let world = std::mem::take(&mut self.world);
        self.enter(&world);
        Ok(())
    }

    /// The state machine at work on this player's quests.
    fn engine<'e>(&'e mut self, effects: &'e mut Vec<RawEffect>) -> Engine<'e> {
        Engine {
            program: self.content.program,
            state: &mut self.state,
            subscriptions: &mut self.subscriptions,
            world: &self.facts,
            effects,
        }
    }

    /// Makes a call, and keeps what has happened.
    pub(super) fn call(
        &mut self,
        call: impl FnOnce(&mut Engine<'_>) -> Result<(), QuestError>,
    ) -> Result<(), QuestError> {
        let mut effects = Vec::new();
        call(&mut self.engine(&mut effects))?;
        let program = self.content.program;
        let lines = effects.iter().filter_map(|effect| LogLine::of(*effect, program));
        self.log.extend(lines.map(|line| line.to_string()));
        self.paid.extend(effects.iter().filter_map(|effect| match effect {
            RawEffect::Reward { reward, .. } => Some(program.reward_label(*reward)),
            _ => None,
        }));
        Ok(())
    }

    /// Asks the state machine, which changes nothing.
    pub(super) fn ask<T>(&mut self, ask: impl FnOnce(&Engine<'_>) -> T) -> T {
        ask(&self.engine(&mut Vec::new()))
    }

    pub(super) fn lifecycle(&self, quest: u32) -> Lifecycle {
        self.state.lifecycle(self.content.program, &self.facts, quest)
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }
}
