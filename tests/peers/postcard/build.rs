//! Writes all quests with postcard.

use std::env;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-env-changed=PEERS_CONTENT");
    let game = model::read(Path::new(&env::var("PEERS_CONTENT").unwrap_or_default()));
    let bytes = postcard::to_allocvec(&game).expect("all of it can be written");
    let out = env::var("OUT_DIR").expect("the folder for what is generated");
    fs::write(Path::new(&out).join("quests.postcard"), bytes).expect("quests.postcard");
}
