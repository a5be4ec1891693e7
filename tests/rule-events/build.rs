//! The one line that compiles the levels.

fn main() -> std::process::ExitCode {
    quest_build::compile("quest.toml")
}
