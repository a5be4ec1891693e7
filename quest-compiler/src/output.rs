//! Writing files: all of them or none, and none that has not changed.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Writes files into a directory: first all under other names, then renamed, so that a failure leaves nothing half-written.
/// Files that are as they should be are not touched, so that nothing is rebuilt because of them.
pub fn write(directory: &Path, files: &[(&str, &[u8])]) -> Result<Vec<PathBuf>, String> {
    let failed = |path: &Path, error: io::Error| format!("`{}` cannot be written: {error}", path.display());
    fs::create_dir_all(directory).map_err(|error| failed(directory, error))?;
    let mut changed = Vec::new();
    let mut paths = Vec::new();
    for (name, content) in files {
        let path = directory.join(name);
        paths.push(path.clone());
        let same_length = fs::metadata(&path).is_ok_and(|old| old.len() == content.len() as u64);
        if same_length && fs::read(&path).is_ok_and(|old| old == *content) {
            continue;
        }
        let temporary = directory.join(format!(".{name}.{}.tmp", std::process::id()));
        changed.push((temporary.clone(), path));
        if let Err(error) = fs::write(&temporary, content) {
            for (temporary, _) in &changed {
                let _ = fs::remove_file(temporary);
            }
            return Err(failed(&temporary, error));
        }
    }
    for (temporary, path) in &changed {
        if let Err(error) = fs::rename(temporary, path) {
            for (temporary, _) in &changed {
                let _ = fs::remove_file(temporary);
            }
            return Err(failed(path, error));
        }
    }
    Ok(paths)
}

/// The same for files whose names are made.
pub fn write_files(directory: &Path, files: &[(String, Vec<u8>)]) -> Result<(), String> {
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect();
    write(directory, &files).map(|_| ())
}
