//! The quests of Rune & Rust in several languages: `quests` is compiled into the program, `loaded` comes from packs.
#![forbid(unsafe_code)]

quest_types::include_quests!();
quest_types::include_quests!(loaded);
