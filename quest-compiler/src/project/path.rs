//! Paths: how the manifest writes them, how messages show them, and which existing ones are similar to a missing one.

use crate::diagnostics::did_you_mean;
pub(super) use crate::text::identity;
use std::fs;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

/// A path of the manifest, to open it.
pub(super) fn join(directory: &Path, relative: &str) -> PathBuf {
    if relative.is_empty() {
        directory.to_owned()
    } else if directory == Path::new(".") {
        PathBuf::from(relative)
    } else {
        directory.join(relative)
    }
}

/// Whether a part of a pattern can match several names.
pub(super) fn is_wild(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// The part before the last `/`.
pub(super) fn parent(path: &str) -> String {
    match path.rsplit_once('/') {
        Some(("", _)) => "/".to_owned(),
        Some((parent, _)) => parent.to_owned(),
        None => String::new(),
    }
}

/// A path with `/`.
pub(super) fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(MAIN_SEPARATOR, "/") }
}

/// A path as messages name it: without `.` and without `..` that take back a name.
pub fn display(path: &Path) -> String {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => match out.components().next_back() {
                Some(Component::Normal(_)) => {
                    out.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => out.push(part),
            },
            _ => out.push(part),
        }
    }
    if out.as_os_str().is_empty() { ".".to_owned() } else { slashes(&out) }
}

/// The outermost directory of a path of the manifest that is not there.
pub(super) fn missing_directory(directory: &Path, relative: &str) -> Option<String> {
    let mut at = String::new();
    for part in relative.split('/') {
        at.push_str(part);
        if !part.is_empty() && !join(directory, &at).is_dir() {
            return Some(at);
        }
        at.push('/');
    }
    None
}

/// Near names in the directory in which something named by the manifest should be.
pub(super) fn near_path(directory: &Path, named: &str) -> Option<String> {
    let parent = parent(named);
    let names = names(&join(directory, &parent));
    // The name alone decides: a long path before it would make everything near.
    let name = named.rsplit('/').next().unwrap_or_default();
    let help = did_you_mean(name, names.iter().map(String::as_str))?;
    Some(if parent.is_empty() { help } else { format!("in `{parent}`, {help}") })
}

/// The names in a directory, sorted, without hidden ones.
pub(super) fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(directory)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}
