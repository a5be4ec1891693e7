//! Compiles the quests twice: into the program, and for packs.

fn main() -> Result<(), quest_build::Error> {
    quest_build::Config::new().compile("quest.toml")?;
    quest_build::Config::new().name("loaded").compile("loaded/quest.toml")?;
    Ok(())
}
