//! A player has one session at a time.

fn main() {
    let mut server = rune_rust::server();
    let mut player = server.player("kim").unwrap();
    let first = server.session(&mut player);
    let second = server.session(&mut player);
    first.end();
    second.end();
}
