//! The quests of Rune & Rust and what they name, and the questions a game asks about both.
#![no_std]
#![forbid(unsafe_code)]

quest_types::include_quests!();

use quests::{
    CodexEntryId, Dialogue, DialogueChoice, DialogueNode, Faction, FactionId, Objective, ObjectiveTarget,
    Outcome, Quest, QuestId, RewardTarget, StageId, StageOrObjective, Tier,
};

impl Faction {
    /// What this faction calls a player of that reputation; `None` below its lowest tier.
    #[must_use]
    pub fn tier_at(&self, reputation: i16) -> Option<&'static Tier> {
        self.tiers().iter().rev().find(|tier| tier.from() <= reputation)
    }
}

/// Who says something that has an outcome.
#[derive(Clone, Copy, Debug)]
pub enum Speech {
    /// The npc, on reaching a node.
    Npc(&'static DialogueNode),
    /// The player, by choosing an answer.
    Player(&'static DialogueChoice),
}

/// Something said in a dialogue, and what comes of it.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// The dialogue.
    pub dialogue: &'static Dialogue,
    /// The words.
    pub speech: Speech,
    /// What they change.
    pub outcome: Outcome,
}

impl Said {
    /// The quest that these words start or move on.
    #[must_use]
    pub fn quest(&self) -> Option<QuestId> {
        match self.outcome {
            Outcome::QuestStart(start) => Some(start.quest().id()),
            Outcome::QuestUpdate(update) => Some(stage_of(update.step()).quest()),
            _ => None,
        }
    }
}

/// The stage that is named, or the one whose objective is named.
#[must_use]
pub fn stage_of(step: StageOrObjective) -> StageId {
    match step {
        StageOrObjective::Stage(stage) => stage,
        StageOrObjective::Objective(objective) => objective.stage(),
    }
}

/// Everything that is said with an outcome, in the order of the content.
pub fn said() -> impl Iterator<Item = Said> {
    Dialogue::all().iter().flat_map(|dialogue| {
        dialogue.nodes().iter().flat_map(move |node| {
            let npc = node.outcome().map(|outcome| (Speech::Npc(node), outcome));
            let player = node
                .choices()
                .iter()
                .filter_map(|choice| choice.outcome().map(|outcome| (Speech::Player(choice), outcome)));
            npc.into_iter().chain(player).map(move |(speech, outcome)| Said { dialogue, speech, outcome })
        })
    })
}

/// The words that start a quest.
pub fn starts(quest: QuestId) -> impl Iterator<Item = Said> {
    said()
        .filter(move |said| matches!(said.outcome, Outcome::QuestStart(start) if start.quest().id() == quest))
}

/// The words that bring a quest to this stage, or that settle an objective of it.
pub fn leads_to(stage: StageId) -> impl Iterator<Item = Said> {
    said().filter(
        move |said| matches!(said.outcome, Outcome::QuestUpdate(update) if stage_of(update.step()) == stage),
    )
}

/// The quests that change what a faction thinks of the player, whether they succeed or fail.
pub fn touches(faction: FactionId) -> impl Iterator<Item = &'static Quest> {
    use quests::ConsequenceTarget;
    Quest::all().iter().filter(move |quest| {
        quest.rewards().iter().any(|reward| reward.target() == RewardTarget::Reputation(faction))
            || quest
                .failure_consequences()
                .iter()
                .any(|consequence| consequence.target() == ConsequenceTarget::Reputation(faction))
    })
}

/// The objectives that ask for the discovery of a codex entry.
pub fn discoveries(entry: CodexEntryId) -> impl Iterator<Item = &'static Objective> {
    Objective::all().iter().filter(move |objective| objective.target() == ObjectiveTarget::Discover(entry))
}
