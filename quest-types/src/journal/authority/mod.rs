//! Who may do what to the quests of a player (Quest Runtime Model §3 to §6).
//!
//! ```text
//! QuestServer ── player() ──► Player                 owns its quests, can be read
//!   │                      │ lent or given
//!   ├──── session() ─────► Session                   a player who is here
//!   │                      │ attach()
//!   ├──── world() ───────► Attachment (WorldContext) a session in a world
//!   │                      │ tick()
//!   └──── tick() ────────► Quests (Tick, Facts)      the only value with methods that change quests
//! ```
//!
//! Each arrow needs what stands before it, and no value can be made in another way. So progress without a session,
//! outside of a world or between ticks does not compile, and neither does code that has no [`QuestServer`].

mod player;
mod quests;
mod server;
mod session;

pub use player::{Player, PlayerView};
pub use quests::Quests;
pub use server::{IdentityInUse, QuestServer, Tick, WorldContext};
pub use session::{Attachment, Lend, Session};
