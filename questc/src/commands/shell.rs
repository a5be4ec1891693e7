//! What packagers install beside the program: completions and man pages.

use super::{Outcome, SUCCESS};
use crate::cli::Cli;
use crate::terminal::print;
use clap::CommandFactory;
use clap_complete::Shell;
use std::path::Path;

/// Prints a completion script.
pub(super) fn completions(shell: Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "questc", &mut script);
    print(&String::from_utf8_lossy(&script)).map(|()| SUCCESS)
}

/// Writes a man page for questc and one for each command.
pub(super) fn man_pages(out: &Path) -> Outcome {
    let failed = |error| format!("`{}` cannot be written: {error}", out.display());
    std::fs::create_dir_all(out).map_err(failed)?;
    clap_mangen::generate_to(Cli::command(), out).map_err(failed)?;
    Ok(SUCCESS)
}
