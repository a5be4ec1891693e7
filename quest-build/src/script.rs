//! The build script's side: cargo's directives, and findings as compiler messages.

use crate::compile::{Run, run};
use crate::diagnose::{Capped, MOST_FOR_PEOPLE, rest, rustc};
use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Compiles what a manifest names, for `include_quests!` in the crate of this build script.
///
/// Findings appear where cargo shows the errors and warnings of the crate itself. See [`crate::compile`].
pub(crate) fn script(manifest: &Path) -> ExitCode {
    let Some(out) = env::var_os("OUT_DIR").map(PathBuf::from) else {
        println!(
            "cargo::error=OUT_DIR is not set: `quest_build::compile` is called from a build script; use `questc` elsewhere"
        );
        return ExitCode::FAILURE;
    };
    let run = run(manifest, false, &mut |_| {});
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
        format!("{{\"errors\":{},\"warnings\":{}}}\n", run.findings.errors(), run.findings.warnings());
    let capped = Capped::new(&run.findings, Some(MOST_FOR_PEOPLE));
    for finding in &capped.shown {
        let _ = writeln!(messages, "{}", rustc(finding, &run.files));
    }
    if let Some(text) = capped.rest() {
        let _ = writeln!(messages, "{}", rest(&text));
    }
    let nothing = (String::new(), Vec::new(), String::new(), Vec::new());
    let (rust, tables, text, index) = match &run.output {
        Some(output) => {
            (output.rust.clone(), output.tables.clone(), output.text.clone(), output.index.clone())
        }
        None => nothing,
    };
    crate::output::write(
        out,
        &[
            ("quests.rs", rust.as_bytes()),
            ("quests.tables", &tables),
            ("quests.text", text.as_bytes()),
            ("quests.index", &index),
            ("quests.messages", messages.as_bytes()),
        ],
    )?;
    Ok(())
}
