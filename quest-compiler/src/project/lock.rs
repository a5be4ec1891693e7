//! The lock of the last release: a file next to the manifest, with the same name and the extension `lock`.

use super::path::display;
use super::read::{Reason, add_text, read_bytes};
use crate::diagnostics::{Diagnostic, code};
use crate::text::{FileId, Files};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the lock of a manifest is: `quest.lock` beside `quest.toml`.
pub fn lock_path(manifest: &Path) -> PathBuf {
    manifest.with_extension("lock")
}

/// Reads the lock of a manifest. `None` if there is none, or if it cannot be read.
pub fn lock_text(
    manifest: &Path,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(FileId, Arc<String>)> {
    let path = lock_path(manifest);
    let name = display(&path);
    match read_bytes(&path, files) {
        Ok(bytes) => add_text(name, bytes, files, diagnostics).map(|read| (read.file, read.text)),
        Err(error) if error.reason == Reason::Missing => None,
        Err(error) => {
            let title = format!("the lock `{name}` cannot be read: {}", error.words);
            diagnostics.push(Diagnostic::new(&code::UNREADABLE, title).about(name));
            None
        }
    }
}
