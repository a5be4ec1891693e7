//! The journal: plays compiled quests.
//!
//! A schema that says how its quests are played (`x-journal`) gets a module `quests::journal` in the generated code, with
//! the types of this module made for its content, a `QuestEvent` for everything that quests wait for, an `Effect` for
//! everything that follows, and a `Question` for everything that the world is asked.
//!
//! ```text
//! use quests::journal::{Effect, Effects, QuestEvent, Question, server};
//!
//! let mut server = server();
//! let world = server.world("overworld");
//! let mut player = server.player("kim")?;
//! let mut attachment = server.session(&mut player).attach(&world);
//!
//! let mut effects = Effects::new();
//! let tick = server.tick();
//! attachment.tick(&tick, &game)?.start(quest!("iron-path"), &mut effects)?;
//! attachment.tick(&tick, &game)?.notify(QuestEvent::Talk(npc!("npc-kjartan")), &mut effects);
//! for effect in effects.drain() {
//!     match effect {
//!         Effect::Reward(reward) => game.give(reward),
//!         Effect::StageEntered(stage) => game.show(stage.name()),
//!         _ => {}
//!     }
//! }
//! ```
//!
//! `docs/journal.md` says what each call does in which state, what the types guarantee, and how saves survive new content.
//!
//! No call looks at a name, and no event allocates: `quest-build` compiles quests to a program of numbers.

#[doc(hidden)]
pub mod program;

#[cfg(feature = "journal")]
mod authority;
#[cfg(feature = "journal")]
mod effect;
#[cfg(feature = "journal")]
mod effect_id;
#[cfg(feature = "journal")]
#[doc(hidden)]
pub mod engine;
#[cfg(feature = "journal")]
mod error;
#[cfg(feature = "journal")]
mod fact;
#[cfg(feature = "journal")]
mod lifecycle;
#[cfg(feature = "journal")]
mod log;
mod macros;
#[cfg(feature = "journal")]
mod never;
#[cfg(feature = "journal")]
mod rules;
#[cfg(feature = "journal")]
mod save;
#[cfg(feature = "journal")]
mod state;

#[cfg(feature = "journal")]
pub use self::{
    authority::{
        Attachment, IdentityInUse, Lend, Player, PlayerView, QuestServer, Quests, Session, Tick, WorldContext,
    },
    effect_id::EffectId,
    error::{ActualValue, QuestError, Unmet},
    fact::Fact,
    lifecycle::Lifecycle,
    log::{LogLevel, LogLine},
    never::Never,
    rules::{Effects, EffectsDrain, EffectsIter, Facts, Occurrence, Rules},
    save::{
        Limits, Lost, Report, RestoreError, RewardChanged, SAVE_FORMAT, Save, SaveBytesError, SaveHead,
        SavedProgress, SavedQuest, SavedReward, SavedRun, SavedState, apply_delta, delta,
    },
};

#[cfg(feature = "journal")]
#[doc(hidden)]
pub use self::{
    effect::{RawCause, RawEffect},
    fact::{RawFacts, RawQuestion},
    program::{Key, Program},
    save::{SavedIds, SavedKind, restore_state, save_state, write_state},
    state::State,
};
