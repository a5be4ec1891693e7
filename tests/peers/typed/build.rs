//! Turns the Quest Schema into types, as a tool of a studio would.

fn main() -> Result<(), String> {
    let out = std::env::var("OUT_DIR").map_err(|error| error.to_string())?;
    println!("cargo::rerun-if-changed=../../../schemas/quests.schema.json");
    quest_build::authoring("../../../schemas/quests.schema.json", format!("{out}/types.rs"))
}
