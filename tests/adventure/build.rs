//! The one line that compiles the expedition.

fn main() -> std::process::ExitCode {
    quest_build::compile("quest.toml")
}
