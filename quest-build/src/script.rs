//! The build script's side: cargo's directives, and diagnostics as compiler messages.

use quest_compiler::compile::{Options, Run, run};
use quest_compiler::diagnostics::{Capped, MOST_FOR_PEOPLE, rest, rustc};
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Compiles what a manifest names, for `include_quests!` in the crate of this build script.
///
/// Diagnostics appear where cargo shows the errors and warnings of the crate itself. See [`crate::compile`].
pub(crate) fn script(manifest: &Path) -> ExitCode {
    let Some(out) = env::var_os("OUT_DIR").map(PathBuf::from) else {
        println!(
            "cargo::error=OUT_DIR is not set: `quest_build::compile` is called from a build script; use `questc` elsewhere"
        );
        return ExitCode::FAILURE;
    };
    // Cargo says how many jobs there are to be at a time.
    let threads = env::var("NUM_JOBS").ok().and_then(|jobs| jobs.parse().ok());
    let run = run(manifest, &Options { threads, ..Options::default() }, &mut |_| {});
    // An error as a directive fails the build even if no macro of ours is there to show the messages.
    if let Err(error) = save(&run, &out) {
        println!("cargo::error={error}");
    }
    for path in &run.watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    for variable in &run.variables {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    ExitCode::SUCCESS
}

fn save(run: &Run, out: &Path) -> Result<(), String> {
    let mut messages =
        format!("{{\"errors\":{},\"warnings\":{}}}\n", run.diagnostics.errors(), run.diagnostics.warnings());
    let capped = Capped::new(&run.diagnostics, Some(MOST_FOR_PEOPLE));
    for diagnostic in &capped.shown {
        let _ = writeln!(messages, "{}", rustc(diagnostic, &run.files));
    }
    if let Some(text) = capped.rest() {
        let _ = writeln!(messages, "{}", rest(&text));
    }
    let messages = ("quests.messages", messages.as_bytes());
    let written = match (&run.output, last_index(out)) {
        (Some(output), _) => quest_compiler::output::write(
            out,
            &[
                ("quests.rs", output.rust.as_bytes()),
                ("quests.tables", &output.tables),
                ("quests.text", output.text.as_bytes()),
                ("quests.index", &output.index),
                messages,
            ],
        ),
        (None, Some(index)) => quest_compiler::output::write(out, &[("quests.index", &index), messages]),
        (None, None) => quest_compiler::output::write(
            out,
            &[
                ("quests.rs", b""),
                ("quests.tables", b""),
                ("quests.text", b""),
                ("quests.index", b""),
                messages,
            ],
        ),
    };
    written.map(|_| ())?;
    match &run.editor {
        Some((folder, files)) => quest_compiler::output::write_files(folder, files),
        None => Ok(()),
    }
}

/// The index of the last build that had types, marked as one of content with errors; `None` if there was no such build.
///
/// If a manifest or a schema has errors, there are no types. With those of the last build, game code has no errors that only
/// follow from these.
fn last_index(out: &Path) -> Option<Vec<u8>> {
    quest_format::index::mark_incomplete(fs::read(out.join("quests.index")).ok()?)
}
