//! Writes all quests as an archive of rkyv.

use std::env;
use std::fs;
use std::path::Path;

include!("src/archive.rs");

fn main() {
    println!("cargo::rerun-if-env-changed=PEERS_CONTENT");
    let game = model::read(Path::new(&env::var("PEERS_CONTENT").unwrap_or_default()));
    let rows = game.quests.iter().zip(0..).map(|(quest, row)| (quest.id.clone(), row)).collect();
    let bytes = rkyv::to_bytes::<rkyv::rancor::Error>(&Archive { game, rows }).expect("it can be written");
    let out = env::var("OUT_DIR").expect("the folder for what is generated");
    fs::write(Path::new(&out).join("quests.rkyv"), bytes).expect("quests.rkyv");
}
