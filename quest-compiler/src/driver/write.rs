//! Writing files: all of them or none, and none that would not change.

use super::error::DriverError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes files into a directory, and gives their paths. All are written under other names first and then renamed, so that a failure
/// leaves nothing half-written. A file that would not change is not touched, so that nothing is rebuilt because of it.
///
/// # Errors
///
/// A file cannot be written; those that are there stay as they are.
pub fn write_files<'f>(
    directory: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<Vec<PathBuf>, DriverError> {
    fs::create_dir_all(directory).map_err(|error| DriverError::Write(directory.to_owned(), error))?;
    let mut staged = Staged::default();
    let mut paths = Vec::new();
    for (name, content) in files {
        let path = directory.join(name);
        if !is_equal(&path, content) {
            staged.add(&path, content)?;
        }
        paths.push(path);
    }
    staged.commit()?;
    Ok(paths)
}

/// Writes one file, in the same way.
///
/// # Errors
///
/// The path does not name a file, or the file cannot be written; what is there stays as it is.
pub fn write_file(path: &Path, content: &[u8]) -> Result<(), DriverError> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| DriverError::NotAFileName(path.to_owned()))?;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    write_files(directory.unwrap_or(Path::new(".")), [(name, content)]).map(|_| ())
}

/// Files that are written under other names and not renamed yet. What is left of them when this is dropped is removed.
#[derive(Debug, Default)]
pub(super) struct Staged {
    /// The temporary name and the path of each.
    files: Vec<(PathBuf, PathBuf)>,
}

impl Staged {
    /// Writes the new content of a file beside it. A link is followed, and the permissions stay as they are.
    pub(super) fn add(&mut self, path: &Path, content: &[u8]) -> Result<(), DriverError> {
        let failed = |error| DriverError::Write(path.to_owned(), error);
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let name = target.file_name().ok_or_else(|| DriverError::NotAFileName(path.to_owned()))?;
        let mut temporary = std::ffi::OsString::from(".");
        temporary.push(name);
        temporary.push(format!(".{}-{}.tmp", std::process::id(), self.files.len()));
        let temporary = target.with_file_name(temporary);
        let permissions = fs::metadata(&target).ok().map(|old| old.permissions());
        self.files.push((temporary.clone(), target));
        let file = create(&temporary, content).map_err(failed)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions).map_err(failed)?;
        }
        Ok(())
    }

    /// Renames all files.
    pub(super) fn commit(mut self) -> Result<(), DriverError> {
        for (temporary, target) in &self.files {
            fs::rename(temporary, target).map_err(|error| DriverError::Write(target.clone(), error))?;
        }
        self.files.clear();
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (temporary, _) in &self.files {
            let _ = fs::remove_file(temporary);
        }
    }
}

fn create(path: &Path, content: &[u8]) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(content)?;
    Ok(file)
}

fn is_equal(path: &Path, content: &[u8]) -> bool {
    let same_length = fs::metadata(path).is_ok_and(|old| old.len() == content.len() as u64);
    same_length && fs::read(path).is_ok_and(|old| old == content)
}
