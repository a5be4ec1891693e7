//! The errands of a harbour.
#![no_std]
#![forbid(unsafe_code)]

quest_types::include_quests!();
