//! The quests of Rune & Rust, compiled.
#![no_std]
#![forbid(unsafe_code)]

quest_types::include_quests!();

// For the programs of this package.
pub use quest_types::Stages;

/// The server side of the game.
///
/// The content gives it to this crate alone ([`quests::journal`]). This crate is linked into the server only, so it hands
/// it on.
#[must_use]
pub const fn server() -> quests::journal::QuestServer {
    quests::journal::server()
}

#[cfg(test)]
extern crate std;

#[cfg(test)]
mod guide;

/// The Rust of the guide is compiled and run as documentation of this crate.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/macros.md")]
struct Guide;
