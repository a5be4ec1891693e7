//! The one line that compiles the world.

fn main() -> std::process::ExitCode {
    quest_build::compile("quest.toml")
}
