//! Turns the schema into types.

fn main() -> Result<(), String> {
    let out = std::env::var("OUT_DIR").map_err(|error| error.to_string())?;
    quest_build::authoring("../../schemas/quests.schema.json", format!("{out}/authoring.rs"))
}
