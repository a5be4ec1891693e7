//! The rooms, quests and dialogues of a game that others made.
//!
//! Its files are not part of this project: without `QUESTC_CONTENT`, this crate is empty.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(lore2mud)]
quest_types::include_quests!();
