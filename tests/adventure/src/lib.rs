//! An expedition beyond the frontier gate: its content, and what a game does with the words that players type.
//!
//! Content only says what is there. Nothing here changes the state of a game, and nothing allocates: a name is
//! [resolved](resolve()) to an id, a wrong one gets [suggestions](suggest()), and what a player sees is written
//! with `Display`. Whatever is listed comes in the order of the content, so that a transcript is the same each time.
#![no_std]
#![forbid(unsafe_code)]

mod distance;
mod order;
mod resolve;
mod suggest;
mod thing;
mod view;

pub use order::{UnknownTask, order};
pub use resolve::{Resolved, Unresolved, Way, resolve, resolve_known};
pub use suggest::{Near, suggest, suggest_known};
pub use thing::{Section, Thing};
pub use view::{Look, SeedLine, lead, objective, outcome};

quest_types::include_quests!();

/// The most bytes that an id can have (Near-Phase Gates). The schema holds content to it.
pub const ID_BYTES: usize = 64;

/// The most bytes that a title can have (Near-Phase Gates), and so the longest name that can mean anything.
pub const TITLE_BYTES: usize = 80;
