//! A folder of files that are made together: what an earlier run wrote and this one does not is taken away.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io, thread};

/// The list of what is in the folder. Nothing that does not stand in it is ever taken away.
const LIST: &str = "questc-files.txt";
/// As many threads write.
const THREADS: usize = 4;

/// Writes files, none of which is touched if it is as it should be. Gives the number of files that changed, came or went.
///
/// # Errors
///
/// Says which file cannot be written. Others may be written then.
pub fn write_folder(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<usize, String> {
    let failed = |path: &Path, error: &io::Error| format!("`{}` cannot be written: {error}", path.display());
    let old = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let parents: BTreeSet<PathBuf> =
        files.iter().filter_map(|(name, _)| folder.join(name).parent().map(Path::to_path_buf)).collect();
    for parent in &parents {
        fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
    }
    let write = |part: &[(String, Vec<u8>)]| {
        let mut changed = 0;
        for (name, content) in part {
            let path = folder.join(name);
            if fs::metadata(&path).is_ok_and(|old| old.len() == content.len() as u64)
                && fs::read(&path).is_ok_and(|old| old == *content)
            {
                continue;
            }
            fs::write(&path, content).map_err(|error| failed(&path, &error))?;
            changed += 1;
        }
        Ok::<usize, String>(changed)
    };
    // Most of the time goes by in waiting for the disk.
    let size = files.len().div_ceil(THREADS).max(1);
    let written: Vec<Result<usize, String>> = thread::scope(|scope| {
        let parts: Vec<_> = files.chunks(size).map(|part| scope.spawn(move || write(part))).collect();
        let written = parts.into_iter().map(|part| part.join());
        written.map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let mut changed = 0;
    for part in written {
        changed += part?;
    }
    let new: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in old.lines().filter(|name| !new.contains(name) && is_ours(name)) {
        match fs::remove_file(folder.join(name)) {
            Ok(()) => changed += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("`{name}` cannot be removed: {error}")),
        }
    }
    let list: String = new.iter().map(|name| format!("{name}\n")).collect();
    let path = folder.join(LIST);
    if old != list {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        fs::write(&path, list).map_err(|error| failed(&path, &error))?;
    }
    Ok(changed)
}

/// Whether a line of the list can be one that we wrote: a path that stays in the folder.
fn is_ours(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('/')
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
        && !name.contains(['\\', ':'])
}
