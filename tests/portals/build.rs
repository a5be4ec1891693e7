//! The one line that compiles the rooms.

fn main() -> std::process::ExitCode {
    quest_build::compile("quest.toml")
}
