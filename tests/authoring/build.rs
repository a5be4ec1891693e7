//! Turns the schema into types.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::var("OUT_DIR")?;
    quest_build::authoring("../../schemas/quests.schema.json", format!("{out}/authoring.rs"))?;
    Ok(())
}
