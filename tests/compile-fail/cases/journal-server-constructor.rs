//! What generated code makes a server of can be named by nobody else.

use quest_types::journal::Server;
use rune_rust::quests::journal::{Authority, Game};

fn main() {
    let _ = Server::<Game>::__of_this_crate(Authority(()));
}
