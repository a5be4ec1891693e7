//! There is no way to write down a server.

use rune_rust::quests::journal::Server;

fn main() {
    let _ = Server { rules: std::marker::PhantomData };
}
