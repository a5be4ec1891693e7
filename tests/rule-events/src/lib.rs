//! Levels of a quest runtime in Minecraft.
//!
//! Section numbers are those of the document "Quest Runtime & NPC Rulegraph Contract". With the feature `contract`, the module
//! `contract` has the messages between the plugin in the game server and the backend that runs quests, and `runtime` that backend.
#![cfg_attr(not(feature = "contract"), no_std)]
#![forbid(unsafe_code)]

#[cfg(feature = "contract")]
pub mod contract;
#[cfg(feature = "contract")]
pub mod runtime;

quest_types::include_quests!();
