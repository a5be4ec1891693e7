//! A small game around the quests: what its world knows, and a player who is at home in it.

#![allow(dead_code, unreachable_pub, reason = "every test uses a part")]

use quest_types::journal::{Attachment, Fact, Facts, Lifecycle, QuestError, WorldContext};
use rune_rust::quests::journal::{
    Effect, Effects, Game, Occurrence, Player, QuestEvent, QuestServer, Question,
};
use rune_rust::quests::{
    AbilityId, ConsequenceTarget, FactionId, FlagId, ItemId, LocationId, ObjectiveId, QuestId, Reward,
    RewardTarget, StageActionTarget, StageId,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the world knows of the player.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Realm {
    pub level: i64,
    pub experience: i64,
    pub items: BTreeMap<ItemId, i64>,
    pub gold: BTreeMap<&'static str, i64>,
    pub reputation: BTreeMap<FactionId, i64>,
    pub abilities: BTreeSet<AbilityId>,
    pub flags: BTreeMap<FlagId, String>,
    pub place: Option<LocationId>,
    /// Quests that this content does not have, and the player has done.
    pub done_elsewhere: BTreeSet<&'static str>,
    pub messages: Vec<&'static str>,
}

impl Facts<Game> for Realm {
    fn fact(&self, question: Question) -> Fact<'_> {
        match question {
            Question::Level => self.level.into(),
            Question::Item(item) => self.items.get(&item).copied().unwrap_or(0).into(),
            Question::Faction(faction) => self.reputation.get(&faction).copied().unwrap_or(0).into(),
            Question::Ability(ability) => self.abilities.contains(&ability).into(),
            Question::Flag(flag) => {
                self.flags.get(&flag).map_or(Fact::Is(false), |flag| flag.as_str().into())
            }
            Question::Location(place) => (self.place == Some(place)).into(),
            Question::Unknown { sort: "QuestComplete", id } => self.done_elsewhere.contains(id).into(),
            Question::Class(_) | Question::Race(_) | Question::DialogueChoice(_) => false.into(),
            Question::Unknown { .. } => Fact::Unknown,
        }
    }
}

impl Realm {
    /// Does what effects say.
    pub fn apply(&mut self, effects: &mut Effects) {
        for effect in effects.drain() {
            match effect {
                Effect::Reward(reward) => self.reward(reward),
                Effect::Action(action) => match action.target() {
                    StageActionTarget::UpdateWorldState(flag) => {
                        self.flags.insert(flag, action.data().unwrap_or("true").to_owned());
                    }
                    StageActionTarget::Notification => self.messages.extend(action.data()),
                    other => panic!("nothing in these quests does {other:?}"),
                },
                Effect::Consequence(consequence) => match consequence.target() {
                    ConsequenceTarget::Reputation(faction) => {
                        *self.reputation.entry(faction).or_default() += consequence.amount().unwrap_or(0);
                    }
                    ConsequenceTarget::Flag(flag) => {
                        self.flags.insert(flag, "true".to_owned());
                    }
                    other => panic!("nothing in these quests costs {other:?}"),
                },
                _ => {}
            }
        }
    }

    fn reward(&mut self, reward: &'static Reward) {
        let amount = reward.amount().unwrap_or(1);
        match reward.target() {
            RewardTarget::Experience => self.experience += amount,
            RewardTarget::Gold(currency) => *self.gold.entry(currency.as_str()).or_default() += amount,
            RewardTarget::Item(item) => *self.items.entry(item).or_default() += amount,
            RewardTarget::Reputation(faction) => *self.reputation.entry(faction).or_default() += amount,
            other => panic!("nothing in these quests pays {other:?}"),
        }
    }
}

/// One player, in a world, on a server of their own.
pub struct Table<'w> {
    pub server: QuestServer,
    pub realm: Realm,
    pub attachment: Attachment<'w, Game, Player>,
    /// Every line of the log so far.
    pub log: Vec<String>,
}

/// A hero who has come far enough to take any of the quests.
pub fn veteran() -> Realm {
    Realm { level: 20, done_elsewhere: ["intro-arrival"].into(), ..Realm::default() }
}

/// Plays with a new player in a world.
pub fn play<T>(realm: Realm, play: impl FnOnce(&mut Table<'_>) -> T) -> T {
    let mut server = rune_rust::server();
    let world: WorldContext<Game> = server.world("ironhold");
    let player = server.player("kim").unwrap();
    let attachment = server.session(player).attach(&world);
    play(&mut Table { server, realm, attachment, log: Vec::new() })
}

type Quests<'t> = quest_types::journal::Quests<'t, Game, Realm>;

impl Table<'_> {
    /// One tick in which one call is made. Gives what has happened.
    pub fn tick(
        &mut self,
        call: impl FnOnce(&mut Quests<'_>, &mut Effects) -> Result<(), QuestError>,
    ) -> Result<Vec<String>, QuestError> {
        let mut effects = Effects::new();
        let tick = self.server.tick();
        let result = call(&mut self.attachment.tick(&tick, &self.realm)?, &mut effects);
        let happened = effects.iter().map(|effect| told(&effect)).collect();
        self.log.extend(effects.log().map(|line| line.to_string()));
        if result.is_err() {
            assert!(effects.is_empty(), "{effects:?}");
        }
        self.realm.apply(&mut effects);
        result.map(|()| happened)
    }

    pub fn start(&mut self, quest: QuestId) -> Result<Vec<String>, QuestError> {
        self.tick(|quests, effects| quests.start(quest, effects))
    }

    pub fn event(&mut self, event: impl Into<Occurrence>) -> Vec<String> {
        let event = event.into();
        self.tick(|quests, effects| quests.notify(event, effects)).unwrap()
    }

    pub fn events<const N: usize>(&mut self, events: [QuestEvent; N]) {
        for event in events {
            self.event(event);
        }
    }

    pub fn turns(&mut self, turns: u64) -> Vec<String> {
        self.tick(|quests, effects| quests.pass_turns(turns, effects)).unwrap()
    }

    pub fn turn_in(&mut self, quest: QuestId) -> Result<Vec<String>, QuestError> {
        self.tick(|quests, effects| quests.turn_in(quest, None, |_| true, effects))
    }

    pub fn player(&self) -> &Player {
        self.attachment.player()
    }

    pub fn lifecycle(&self, quest: QuestId) -> Lifecycle {
        self.player().lifecycle(quest, &self.realm)
    }

    pub fn stage(&self, quest: QuestId) -> Option<StageId> {
        self.player().stage(quest)
    }

    pub fn progress(&self, objective: ObjectiveId) -> (u32, u32) {
        self.player().progress(objective)
    }
}

/// An effect in a few words.
fn told(effect: &Effect) -> String {
    match effect {
        Effect::Discovered(quest) => format!("discovered {quest}"),
        Effect::Started(quest) => format!("started {quest}"),
        Effect::StageEntered(stage) => format!("entered {}", stage.as_str()),
        Effect::Revealed(objective) => format!("revealed {}", objective.as_str()),
        Effect::Progress { objective, current, required } => {
            format!("progress {} {current}/{required}", objective.as_str())
        }
        Effect::ObjectiveComplete { objective, via: None } => format!("done {}", objective.as_str()),
        Effect::ObjectiveComplete { objective, via: Some(via) } => {
            format!("done {} via {}", objective.as_str(), via.as_str())
        }
        Effect::StageComplete(stage) => format!("over {}", stage.as_str()),
        Effect::Action(action) => format!("action {}", action.r#type()),
        Effect::Branch { branch, to } => format!("branch {} to {}", branch.as_str(), to.as_str()),
        Effect::Complete(quest) => format!("complete {quest}"),
        Effect::Failed { quest, because } => {
            format!("failed {quest}: {}", because.map_or("the game", |because| because.r#type().as_str()))
        }
        Effect::Consequence(consequence) => format!("costs {}", consequence.r#type()),
        Effect::Locked(quest) => format!("locked {quest}"),
        Effect::Reward(reward) => format!("reward {} {}", reward.r#type(), reward.amount().unwrap_or(0)),
        Effect::Held(reward) => format!("held {} {}", reward.r#type(), reward.amount().unwrap_or(0)),
        Effect::TurnedIn(quest) => format!("turned in {quest}"),
        Effect::Reset(quest) => format!("reset {quest}"),
        other => panic!("{other:?} is told in no words"),
    }
}
