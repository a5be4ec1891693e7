//! `questc`: checks a game's quest content and compiles it, without a build script.

mod changes;
mod cli;
mod commands;
mod progress;
mod summary;
mod terminal;
mod watcher;

use clap::Parser;
use cli::Cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(commands::perform(&Cli::parse()))
}
