//! Playing content by scripts, without generated code (`docs/play.md`).
//!
//! The tables of a run and scripts come in. The log of a play goes out, or the line that is wrong. `vocabulary` names the ids and events
//! of the content, `content` adds the program to it, `player` and `game` play, `why` says why a quest cannot be begun, and `script` reads
//! lines. This stage knows tables and texts; it must not know content files.

#[cfg(feature = "play")]
mod content;
#[cfg(feature = "play")]
mod game;
#[cfg(feature = "play")]
mod player;
#[cfg(feature = "play")]
mod script;
#[cfg(test)]
mod tests;
mod vocabulary;
#[cfg(feature = "play")]
mod why;
#[cfg(feature = "play")]
mod world;

#[cfg(feature = "play")]
pub use content::Content;
#[cfg(feature = "play")]
pub use game::Load;
#[cfg(feature = "play")]
pub use script::{Line, Played, play};
pub use vocabulary::{Vocabulary, Words};
