//! The one line that compiles the quests and all around them.

fn main() -> std::process::ExitCode {
    quest_build::compile("quest.toml")
}
