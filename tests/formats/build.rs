//! The one line that compiles the errands.

fn main() -> std::process::ExitCode {
    quest_build::compile("quest.toml")
}
