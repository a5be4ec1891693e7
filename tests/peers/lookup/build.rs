//! Compiles the generated content, and makes a map of phf for the same ids.

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed=PEERS_CONTENT");
    let content = env::var("PEERS_CONTENT").unwrap_or_default();
    let game = model::read(Path::new(&content));
    let mut map = phf_codegen::Map::new();
    let rows: Vec<String> = (0..game.quests.len()).map(|row| row.to_string()).collect();
    for (quest, row) in game.quests.iter().zip(&rows) {
        map.entry(quest.id.as_str(), row.as_str());
    }
    let code = format!(
        "static PHF: phf::Map<&'static str, u32> = {};\nconst QUESTS: usize = {};\n",
        map.build(),
        rows.len()
    );
    let out = env::var("OUT_DIR").expect("the folder for what is generated");
    fs::write(Path::new(&out).join("phf.rs"), code).expect("phf.rs");
    quest_build::compile(content + "/quest.toml")
}
