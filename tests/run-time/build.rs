//! Compiles types and ids; the tables come from a pack.

fn main() -> std::process::ExitCode {
    quest_build::compile("quest.toml")
}
