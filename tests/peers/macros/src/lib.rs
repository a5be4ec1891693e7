//! A game with two thousand uses of a macro, which a file says that is named when this is compiled.

quest_types::include_quests!();

include!(env!("PEERS_USES"));
