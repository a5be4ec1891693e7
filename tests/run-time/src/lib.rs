//! The quests of Rune & Rust, loaded when the game starts.
#![forbid(unsafe_code)]

quest_types::include_quests!();
