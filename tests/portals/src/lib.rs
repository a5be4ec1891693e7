//! Quests of Portals rooms: three states, written as two entries.
//!
//! Section names are those of the document "Portals Quest System". With the feature `authoring`, the module `authoring` writes entries.
#![cfg_attr(not(feature = "authoring"), no_std)]
#![forbid(unsafe_code)]

extern crate alloc;

#[cfg(feature = "authoring")]
pub mod authoring;
pub mod play;
mod quest;
mod requirements;
mod state;

pub use quest::{Persistence, PortalQuest, Scope};
pub use requirements::Requires;
pub use state::{State, Transition};

quest_types::include_quests!();
