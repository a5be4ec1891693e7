//! Turns our FlatBuffers schema into Rust.

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=quests.fbs");
    let declarations = planus_translation::translate_files(&["quests.fbs"]).ok_or("quests.fbs has errors")?;
    let code = planus_codegen::generate_rust(&declarations, false).map_err(|error| error.to_string())?;
    let out = std::env::var("OUT_DIR").map_err(|error| error.to_string())?;
    std::fs::write(format!("{out}/quests.rs"), code).map_err(|error| error.to_string())
}
