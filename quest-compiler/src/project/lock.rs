//! The lock of the last release, if there is one: a file beside the manifest, called like it.

use super::path::display;
use super::text::{Reason, add_text, read_bytes};
use crate::diagnostics::{Diagnostic, code};
use crate::source::{FileId, Files};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the lock of a manifest is: `quest.lock` beside `quest.toml`.
pub fn lock_path(manifest: &Path) -> PathBuf {
    manifest.with_extension("lock")
}

/// Reads the lock of a manifest. `None` if there is none, or if it can not be read.
pub fn lock_text(
    manifest: &Path,
    files: &mut Files,
    findings: &mut Vec<Diagnostic>,
) -> Option<(FileId, Arc<String>)> {
    let path = lock_path(manifest);
    let name = display(&path);
    match read_bytes(&path) {
        Ok(bytes) => add_text(name, bytes, files, findings).map(|(file, text, _)| (file, text)),
        Err(error) if error.reason == Reason::Missing => None,
        Err(error) => {
            let title = format!("the lock `{name}` can not be read: {}", error.words);
            findings.push(Diagnostic::new(&code::UNREADABLE, title).about(name));
            None
        }
    }
}
