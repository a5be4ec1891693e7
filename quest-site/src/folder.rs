//! A folder whose files are written together: what an earlier run wrote and this run does not is removed.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io, panic, thread};

/// A file to be written: its path in the folder, with `/` between names, and its content.
pub type File = (String, Vec<u8>);

/// The list of files that an earlier run wrote. No other file is ever removed.
const LIST: &str = "questc-files.txt";
/// Writing mostly waits for the disk, so more threads than cores help.
const THREADS: usize = 4;

/// Why a folder cannot be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// A file or folder cannot be written.
    Write {
        /// Its path.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A file of an earlier run cannot be removed.
    Remove {
        /// Its path in the folder.
        name: String,
        /// The error of the operating system.
        source: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write { path, source } => write!(f, "`{}` cannot be written: {source}", path.display()),
            Self::Remove { name, source } => write!(f, "`{name}` cannot be removed: {source}"),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Write { source, .. } | Self::Remove { source, .. } => Some(source),
        }
    }
}

impl WriteError {
    fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_path_buf(), source }
    }
}

/// Writes files and removes those of an earlier run, leaving unchanged files untouched. Returns the number of files that were written or
/// removed.
///
/// # Errors
///
/// The first file that cannot be written or removed; others may have been written by then.
pub fn write_folder(folder: &Path, files: &[File]) -> Result<usize, WriteError> {
    let earlier = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let parents: BTreeSet<PathBuf> =
        files.iter().filter_map(|(name, _)| folder.join(name).parent().map(Path::to_path_buf)).collect();
    for parent in &parents {
        fs::create_dir_all(parent).map_err(|error| WriteError::write(parent, error))?;
    }
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let changed = write_files(folder, files)? + remove_old(folder, &earlier, &names)?;
    let list: String = names.iter().map(|name| format!("{name}\n")).collect();
    if earlier != list {
        fs::create_dir_all(folder).map_err(|error| WriteError::write(folder, error))?;
        let path = folder.join(LIST);
        fs::write(&path, list).map_err(|error| WriteError::write(&path, error))?;
    }
    Ok(changed)
}

/// Writes the files that differ from those on disk. Returns their number.
fn write_files(folder: &Path, files: &[File]) -> Result<usize, WriteError> {
    let write = |part: &[File]| {
        let mut changed = 0;
        for (name, content) in part {
            let path = folder.join(name);
            if !is_up_to_date(&path, content) {
                fs::write(&path, content).map_err(|error| WriteError::write(&path, error))?;
                changed += 1;
            }
        }
        Ok(changed)
    };
    let size = files.len().div_ceil(THREADS).max(1);
    thread::scope(|scope| {
        let threads: Vec<_> = files.chunks(size).map(|part| scope.spawn(move || write(part))).collect();
        let results = threads.into_iter().map(|thread| thread.join());
        results.map(|result| result.unwrap_or_else(|payload| panic::resume_unwind(payload))).sum()
    })
}

fn is_up_to_date(path: &Path, content: &[u8]) -> bool {
    fs::metadata(path).is_ok_and(|old| old.len() == content.len() as u64)
        && fs::read(path).is_ok_and(|old| old == content)
}

/// Removes the files of an earlier run that this one does not write. Returns their number.
fn remove_old(folder: &Path, earlier: &str, names: &BTreeSet<&str>) -> Result<usize, WriteError> {
    let mut removed = 0;
    for name in earlier.lines().filter(|name| !names.contains(name) && is_ours(name)) {
        match fs::remove_file(folder.join(name)) {
            Ok(()) => removed += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(WriteError::Remove { name: name.to_owned(), source }),
        }
    }
    Ok(removed)
}

/// Whether a line of the list can be one that an earlier run wrote: a path that stays in the folder.
fn is_ours(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('/')
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
        && !name.contains(['\\', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_in_the_folder_are_ours() {
        assert!(is_ours("index.html") && is_ours("ids/quest/~2e.html"));
        for name in ["", "/etc/x", "../x", "a/../../x", "a//b", "./a", "c:\\x", "c:x"] {
            assert!(!is_ours(name), "{name}");
        }
    }
}
