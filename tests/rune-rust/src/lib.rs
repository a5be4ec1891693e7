//! The quests of Rune & Rust, compiled.
#![no_std]
#![forbid(unsafe_code)]

pub use quest_types::Stages;

quest_types::include_quests!();
