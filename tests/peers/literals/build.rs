//! Writes all quests as one static of Rust, and a map of their ids by phf.

use model::Literal as _;
use std::env;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-env-changed=PEERS_CONTENT");
    println!("cargo::rerun-if-changed=../records.rs");
    let game = model::read(Path::new(&env::var("PEERS_CONTENT").unwrap_or_default()));
    let mut code = String::from("static GAME: Game = ");
    game.literal(&mut code);
    code.push_str(";\nstatic ROWS: phf::Map<&'static str, u32> = ");
    let mut map = phf_codegen::Map::new();
    let rows: Vec<String> = (0..game.quests.len()).map(|row| row.to_string()).collect();
    for (quest, row) in game.quests.iter().zip(&rows) {
        map.entry(quest.id.as_str(), row.as_str());
    }
    code.push_str(&map.build().to_string());
    code.push_str(";\n");
    let out = env::var("OUT_DIR").expect("the folder for what is generated");
    fs::write(Path::new(&out).join("quests.rs"), code).expect("quests.rs");
}
