//! The quests, dialogues, maps and upgrades of a game that others made.
//!
//! Its files are not part of this project: without `QUESTC_CONTENT`, this crate is empty.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(oldwood)]
quest_types::include_quests!();
