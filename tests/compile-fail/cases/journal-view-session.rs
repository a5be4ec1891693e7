//! What can be read of a save is no player: a client cannot play with it.

use quest_types::journal::{Limits, Save};
use rune_rust::quests::journal::PlayerView;

fn play(save: &Save) {
    let server = rune_rust::server();
    let (view, _) = PlayerView::of(save, &Limits::default()).unwrap();
    let _ = server.session(view);
}

fn main() {}
