//! Running other programs in the root of the repository.

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// The cargo that runs this task, in the root of the repository.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Git in the root of the repository.
pub(crate) fn git() -> Command {
    let mut git = Command::new("git");
    git.current_dir(root());
    git
}

/// Runs a command and prints it.
///
/// # Errors
///
/// If it cannot be started, or its exit code is not 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let text = described(command);
    eprintln!("$ {text}");
    let status = command.status().with_context(|| format!("cannot run `{text}`"))?;
    ensure!(status.success(), "`{text}` failed: {status}");
    Ok(())
}

/// Runs a command and returns what it prints.
///
/// # Errors
///
/// If it cannot be started, its exit code is not 0, or its output is not UTF-8.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let text = described(command);
    let output = command.output().with_context(|| format!("cannot run `{text}`"))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`{text}` failed: {}\n{errors}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn described(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(program.to_string_lossy()).chain(arguments).collect::<Vec<_>>().join(" ")
}
