//! Playing content by a script, without generated code (`docs/play.md`).
//!
//! Comes in: the tables of a run, and scripts. Goes out: what happened, or the line that is wrong. `words` knows what the ids and
//! events of the content are called, `game` plays, `script` reads lines. This stage knows tables and texts; it does not know files
//! of content.

mod game;
mod script;
mod vocabulary;

pub use game::{Game, program};
pub use script::{Line, Played, play};
pub use vocabulary::Vocabulary;
