//! Compiles the quests of the game, and those of its expansion.

fn main() -> Result<(), quest_build::Error> {
    quest_build::Config::new().compile("quest.toml")?;
    quest_build::Config::new().name("winter").compile("winter/quest.toml")?;
    Ok(())
}
