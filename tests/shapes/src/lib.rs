//! A world in which every shape occurs once.
#![no_std]
#![forbid(unsafe_code)]

quest_types::include_quests!();
