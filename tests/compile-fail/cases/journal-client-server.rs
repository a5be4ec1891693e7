//! A crate that is not the one with the content, such as a client, cannot make the server side.

fn main() {
    let _ = rune_rust::quests::journal::server();
}
