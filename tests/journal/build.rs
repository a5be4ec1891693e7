//! The one line that compiles the quests.

fn main() -> std::process::ExitCode {
    quest_build::compile("quest.toml")
}
