//! A folder of files that are made together: what an earlier run wrote and this one does not is taken away.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// The list of what is in the folder. Nothing that does not stand in it is ever taken away.
const LIST: &str = "questc-files.txt";

/// Writes files, none of which is touched if it is as it should be. Gives the number of files that changed, came or went.
///
/// # Errors
///
/// Says which file can not be written. The files before it are written then.
pub fn write_folder(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<usize, String> {
    let failed = |path: &Path, error: &io::Error| format!("`{}` can not be written: {error}", path.display());
    let old = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let mut changed = 0;
    let mut made = BTreeSet::new();
    for (name, content) in files {
        let path = folder.join(name);
        if fs::metadata(&path).is_ok_and(|old| old.len() == content.len() as u64)
            && fs::read(&path).is_ok_and(|old| old == *content)
        {
            continue;
        }
        if let Some(parent) = path.parent().filter(|parent| made.insert(parent.to_path_buf())) {
            fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        }
        fs::write(&path, content).map_err(|error| failed(&path, &error))?;
        changed += 1;
    }
    let new: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in old.lines().filter(|name| !new.contains(name) && is_ours(name)) {
        match fs::remove_file(folder.join(name)) {
            Ok(()) => changed += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("`{name}` can not be removed: {error}")),
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
