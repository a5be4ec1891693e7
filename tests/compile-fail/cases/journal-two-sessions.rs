//! A player has one session at a time.

fn main() {
    let server = rune_rust::server();
    let mut player = server.player("kim");
    let first = server.connect(&mut player);
    let second = server.connect(&mut player);
    first.end();
    second.end();
}
