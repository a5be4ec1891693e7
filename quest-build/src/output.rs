//! The files in `OUT_DIR`: what `include_quests!` includes, and the diagnostics that it shows.

use crate::error::Error;
use quest_compiler::diagnostics::{Capped, MOST_FOR_PEOPLE, hidden_count, rustc};
use quest_compiler::driver::{Report, write_files};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const INDEX: &str = "quests.index";

pub(crate) fn write(report: &Report, out: &Path) -> Result<(), Error> {
    let messages = messages(report);
    let messages = ("quests.messages", messages.as_bytes());
    match (&report.lowered, last_index(out)) {
        (Some(lowered), _) => write_files(out, lowered.files().into_iter().chain([messages]))?,
        (None, Some(index)) => write_files(out, [(INDEX, index.as_slice()), messages])?,
        (None, None) => {
            let empty = ["quests.rs", "quests.tables", "quests.text", INDEX].map(|name| (name, &b""[..]));
            write_files(out, empty.into_iter().chain([messages]))?
        }
    };
    Ok(report.write_editor_schemas()?)
}

/// A line that counts, and a line for each diagnostic that is shown, in the JSON form of rustc.
fn messages(report: &Report) -> String {
    let mut messages = format!("{{\"errors\":{},\"warnings\":{}}}\n", report.errors(), report.warnings());
    let capped = Capped::new(&report.diagnostics, Some(MOST_FOR_PEOPLE));
    for diagnostic in &capped.shown {
        let _ = writeln!(messages, "{}", rustc(diagnostic, &report.files));
    }
    if let Some(text) = capped.rest() {
        let _ = writeln!(messages, "{}", hidden_count(&text));
    }
    messages
}

/// The index of the last build that had types, marked as one of content with errors; `None` if there was no such build.
///
/// If a manifest or a schema has errors, there are no types. With those of the last build, game code has no errors that only
/// follow from these.
fn last_index(out: &Path) -> Option<Vec<u8>> {
    quest_format::index::mark_incomplete(fs::read(out.join(INDEX)).ok()?)
}
