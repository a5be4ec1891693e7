//! Reads `quests.index` ([`quest_format::index`]): from a cache, and with messages for those who find it missing or damaged.
//!
//! A file is read once per process, and again when it changed, because editors keep the process of the macros alive.

pub(crate) use quest_format::index::{Entry, Index, Kind};

use quest_format::FORMAT;
use quest_format::index::IndexError;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// Why the index at [`path`](Self::path) cannot be used.
#[derive(Debug)]
pub(crate) struct Unreadable {
    path: PathBuf,
    fault: Fault,
}

/// What is wrong with an index.
#[derive(Debug)]
enum Fault {
    Io(io::Error),
    Index(IndexError),
}

/// The index at `path`, from the cache while the file is the same.
pub(crate) fn read(path: &Path) -> Result<Arc<Index>, Unreadable> {
    // Of a few content crates at most.
    static CACHE: Mutex<Vec<(PathBuf, Stamp, Arc<Index>)>> = Mutex::new(Vec::new());

    let unreadable = |fault| Unreadable { path: path.to_owned(), fault };
    let stamp = Stamp::of(path).map_err(|error| unreadable(Fault::Io(error)))?;
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, _, index)) = cache.iter().find(|(of, at, _)| of == path && *at == stamp) {
        return Ok(Arc::clone(index));
    }
    let bytes = fs::read(path).map_err(|error| unreadable(Fault::Io(error)))?;
    let index = Arc::new(Index::parse(bytes).map_err(|error| unreadable(Fault::Index(error)))?);
    cache.retain(|(of, _, _)| of != path);
    cache.push((path.to_owned(), stamp, Arc::clone(&index)));
    Ok(index)
}

/// Reads all of an index, to be called before an id is reported as unknown.
pub(crate) fn verify(index: &Index, path: &Path) -> Result<(), Unreadable> {
    index.verify().map_err(|error| Unreadable { path: path.to_owned(), fault: Fault::Index(error) })
}

impl Unreadable {
    /// What to tell the user; `remedy` is the command that writes the index again.
    pub(crate) fn message(&self, remedy: &str) -> String {
        let path = self.path.display();
        match &self.fault {
            Fault::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                format!(
                    "the index of the quest content is missing: {path}\nhelp: run `{remedy}`, then build again"
                )
            }
            Fault::Io(error) => format!("cannot read the index of the quest content, {path}: {error}"),
            Fault::Index(IndexError::Format(found)) => format!(
                "the index of the quest content has format {found}, but these macros read format {FORMAT}: {path}\n\
                 help: give `quest-build` and `quest-types` the same version, run `{remedy}`, then build again"
            ),
            Fault::Index(error) => {
                let what = match error {
                    IndexError::Damaged(what) => what,
                    _ => "it cannot be read",
                };
                format!(
                    "the index of the quest content is damaged ({what}): {path}\n\
                     help: run `{remedy}`, then build again"
                )
            }
        }
    }
}

/// What tells one version of a file from the next without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl Stamp {
    fn of(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self { modified: metadata.modified().ok(), length: metadata.len() })
    }
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
