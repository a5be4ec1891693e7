//! A world that a session is attached to cannot be closed.

fn main() {
    let server = rune_rust::server();
    let world = server.world("ironhold");
    let attachment = server.session(server.player("kim")).attach(&world);
    drop(world);
    let _ = attachment.detach();
}
