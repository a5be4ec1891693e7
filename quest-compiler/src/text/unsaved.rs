//! Files as a run is to read them, where that is not as they are on disk.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Texts and names of files that are not on disk: the buffers of an editor, or a change that is tried before it is written.
///
/// A file is known by its path without links, so that all names of a file mean the same one.
#[derive(Clone, Debug, Default)]
pub struct Unsaved {
    texts: BTreeMap<OsString, Arc<String>>,
    /// Files that have another name, by the new one. The text is still read under the old one.
    moved: BTreeMap<OsString, Moved>,
}

/// A file that has another name than on disk.
#[derive(Clone, Debug)]
struct Moved {
    from: PathBuf,
    /// The identity of `from`, which is asked for every file of a run.
    identity: OsString,
    to: PathBuf,
}

impl Unsaved {
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.moved.is_empty()
    }

    /// Gives a file a text. It takes the place of that on disk, or of a file that is not there.
    pub fn insert(&mut self, path: &Path, text: Arc<String>) {
        self.texts.insert(identity(path), text);
    }

    /// Forgets the text of a file, so that it is read from disk again.
    pub fn remove(&mut self, path: &Path) {
        self.texts.remove(&identity(path));
    }

    /// Gives a file on disk another name. A text for it belongs to the new name.
    pub fn rename(&mut self, from: &Path, to: &Path) {
        let moved = Moved { from: from.to_owned(), identity: identity(from), to: to.to_owned() };
        self.moved.insert(identity(to), moved);
    }

    /// The text of a file, if it is not that on disk.
    pub fn text(&self, path: &Path) -> Option<&Arc<String>> {
        if self.texts.is_empty() { None } else { self.texts.get(&identity(path)) }
    }

    /// The path of a file on disk; `None` if it has another name now.
    pub fn on_disk<'p>(&'p self, path: &'p Path) -> Option<&'p Path> {
        if self.moved.is_empty() {
            return Some(path);
        }
        let own = identity(path);
        match self.moved.get(&own) {
            Some(moved) => Some(&moved.from),
            None => (!self.is_moved(&own)).then_some(path),
        }
    }

    /// The names that files have instead of those on disk.
    pub fn new_names(&self) -> impl Iterator<Item = &Path> {
        self.moved.values().map(|moved| moved.to.as_path())
    }

    /// Whether the file with this path has another name now.
    pub fn is_moved(&self, own: &OsString) -> bool {
        self.moved.values().any(|moved| moved.identity == *own)
    }
}

/// The path of a file without links; of a link that leads nowhere, its own. As text, since paths take long to compare.
pub fn identity(path: &Path) -> OsString {
    if let Ok(target) = fs::canonicalize(path) {
        return target.into_os_string();
    }
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    match (fs::canonicalize(parent), path.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name).into_os_string(),
        _ => path.as_os_str().to_owned(),
    }
}
