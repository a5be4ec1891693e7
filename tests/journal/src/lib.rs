//! Quests with every rule of the journal in them, and what their tests share.
#![forbid(unsafe_code)]

quest_types::include_quests!();

pub mod table;
pub mod world;

/// The server side, for the tests of this crate.
#[must_use]
pub const fn server() -> quests::journal::QuestServer {
    quests::journal::server()
}
