//! One player in a world, and one call a tick.

use crate::quests::QuestId;
use crate::quests::journal::{Effect, Effects, Game, Occurrence, Player};
use crate::world::KnownFacts;
use quest_types::journal::{Attachment, Lifecycle, QuestError, QuestServer, Quests, WorldContext};
use std::sync::LazyLock;

/// The world in which tests play, for as long as they like.
pub static HOME: LazyLock<WorldContext<Game>> = LazyLock::new(|| crate::server().world("world"));

/// Another one.
pub static AWAY: LazyLock<WorldContext<Game>> = LazyLock::new(|| crate::server().world("elsewhere"));

/// One player, in a world, on a server of their own.
#[derive(Debug)]
pub struct Table<'w> {
    /// The server.
    pub server: QuestServer<Game>,
    /// What the world knows.
    pub facts: KnownFacts,
    /// The player.
    pub attachment: Attachment<'w, Game, Player>,
}

/// Plays with a new player.
pub fn play<T>(play: impl FnOnce(&mut Table<'_>) -> T) -> T {
    let mut server = crate::server();
    let player = new_player(&mut server, "kim");
    play_as(server, player, KnownFacts::default(), play)
}

/// A new player, whose identity must be free.
///
/// # Panics
///
/// If a player of this identity is live on the server.
pub fn new_player(server: &mut QuestServer<Game>, owner: &str) -> Player {
    server.player(owner).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Plays with a player of a server.
pub fn play_as<T>(
    server: QuestServer<Game>,
    player: Player,
    facts: KnownFacts,
    play: impl FnOnce(&mut Table<'_>) -> T,
) -> T {
    let world: WorldContext<Game> = server.world("world");
    let attachment = server.session(player).attach(&world);
    play(&mut Table { server, facts, attachment })
}

impl<'w> Table<'w> {
    /// One tick with one call. Gives what has happened, in words.
    ///
    /// # Errors
    ///
    /// What the call refuses.
    pub fn tick(
        &mut self,
        call: impl FnOnce(&mut Quests<'_, Game, KnownFacts>, &mut Effects) -> Result<(), QuestError>,
    ) -> Result<Vec<String>, QuestError> {
        let mut effects = Effects::new();
        let tick = self.server.tick();
        let result = call(&mut self.attachment.tick(&tick, &self.facts)?, &mut effects);
        assert!(result.is_ok() || effects.is_empty(), "refused, and yet {effects:?}");
        result.map(|()| effects.iter().map(|effect| told(&effect)).collect())
    }

    /// An event.
    pub fn event(&mut self, event: impl Into<Occurrence>) -> Vec<String> {
        let happened = self.tick(|quests, effects| quests.notify(event, effects));
        happened.unwrap_or_else(|refused| vec![format!("refused: {refused}")])
    }

    /// Turns pass.
    pub fn turns(&mut self, turns: u64) -> Vec<String> {
        let happened = self.tick(|quests, effects| quests.pass_turns(turns, effects));
        happened.unwrap_or_else(|refused| vec![format!("refused: {refused}")])
    }

    /// The player leaves.
    pub fn leave(&mut self) -> Player {
        let nobody = new_player(&mut self.server, "nobody");
        let nobody = self.server.session(nobody).attach(&HOME);
        std::mem::replace(&mut self.attachment, nobody).detach().end()
    }

    /// The player goes to another world.
    pub fn travel(&mut self, world: &'w WorldContext<Game>) {
        let player = self.leave();
        self.attachment = self.server.session(player).attach(world);
    }

    /// The player.
    #[must_use]
    pub fn player(&self) -> &Player {
        self.attachment.player()
    }

    /// Where a quest stands.
    #[must_use]
    pub fn lifecycle(&self, quest: QuestId) -> Lifecycle {
        self.player().lifecycle(quest, &self.facts)
    }
}

/// An effect in words.
#[must_use]
pub fn told(effect: &Effect) -> String {
    match effect {
        Effect::Discovered(quest) => format!("discovered {quest}"),
        Effect::Started(quest) => format!("started {quest}"),
        Effect::StageEntered(stage) => format!("entered {stage}"),
        Effect::Revealed(objective) => format!("revealed {objective}"),
        Effect::Progress { objective, current, required } => {
            format!("progress {objective} {current}/{required}")
        }
        Effect::ObjectiveComplete { objective, via: None } => format!("done {objective}"),
        Effect::ObjectiveComplete { objective, via: Some(via) } => format!("done {objective} via {via}"),
        Effect::StageComplete(stage) => format!("over {stage}"),
        Effect::Action(action) => format!("action {}", action.r#type()),
        Effect::Branch { branch, to } => format!("branch {branch} to {to}"),
        Effect::Complete(quest) => format!("complete {quest}"),
        Effect::Failed { quest, because } => {
            format!("failed {quest}: {}", because.map_or("the game", |because| because.description()))
        }
        Effect::Consequence(consequence) => format!("costs {}", consequence.r#type()),
        Effect::Locked(quest) => format!("locked {quest}"),
        Effect::Reward(reward) => format!("reward {}", reward.r#type()),
        Effect::Held(reward) => format!("held {}", reward.r#type()),
        Effect::TurnedIn(quest) => format!("turned in {quest}"),
        Effect::Reset(quest) => format!("reset {quest}"),
    }
}
