//! Compiles the generated content.

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed=PEERS_CONTENT");
    quest_build::compile(env::var("PEERS_CONTENT").unwrap_or_default() + "/quest.toml")
}
