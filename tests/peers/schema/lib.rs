//! What planus makes of our FlatBuffers schema.

#![allow(clippy::all, rust_2018_idioms, missing_docs, reason = "generated")]

include!(concat!(env!("OUT_DIR"), "/quests.rs"));

pub use self::quests::*;
