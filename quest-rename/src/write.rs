//! Writes the changes of a renaming: all of them or none.

use crate::edit::FileChange;
use quest_compiler::driver::{DriverError, NewFile, write_all};

/// Writes all changes, or none.
///
/// # Errors
///
/// A file cannot be read or written, or is not as it was when the change was planned. Nothing is changed then.
pub fn write(files: &[FileChange]) -> Result<(), DriverError> {
    let texts: Vec<String> = files.iter().map(FileChange::after).collect();
    let changes: Vec<NewFile<'_>> = files
        .iter()
        .zip(&texts)
        .map(|(file, after)| NewFile {
            path: &file.path,
            before: &file.before,
            after,
            moved_to: file.moved_to.as_deref(),
        })
        .collect();
    write_all(&changes)
}
