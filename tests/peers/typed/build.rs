//! Turns the Quest Schema into types, as a tool of a studio would.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=../../../schemas/quests.schema.json");
    quest_build::authoring("../../../schemas/quests.schema.json", format!("{out}/types.rs"))?;
    Ok(())
}
