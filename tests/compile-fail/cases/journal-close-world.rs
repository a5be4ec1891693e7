//! A world that a session is attached to cannot be closed.

fn main() {
    let mut server = rune_rust::server();
    let world = server.world("ironhold");
    let player = server.player("kim").unwrap();
    let attachment = server.session(player).attach(&world);
    drop(world);
    let _ = attachment.detach();
}
