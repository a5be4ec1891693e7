//! Sees that files of a project change.
//!
//! What is watched are folders, since editors replace files by others of the same name, and a watched file would be gone then. Of a
//! folder that is gone, the nearest one that is there is watched, so that it is seen when it comes back.

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeMap;
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

/// Several changes that follow each other this fast are one: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(50);

/// At most so long do changes keep a run waiting.
const MAX_WAIT: Duration = Duration::from_secs(1);

/// Watches the folders of a project.
pub(crate) struct Watcher {
    inner: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    watched: BTreeMap<PathBuf, Watched>,
    /// Folders are watched that were not before.
    news: bool,
}

/// A folder that is watched.
#[derive(PartialEq, Eq)]
struct Watched {
    /// Whether all folders below are as well.
    below: bool,
    folder: FolderId,
}

/// What tells a folder from one that has taken its place.
#[derive(PartialEq, Eq)]
struct FolderId {
    created: Option<SystemTime>,
    #[cfg(unix)]
    inode: Option<(u64, u64)>,
}

impl FolderId {
    fn of(path: &Path) -> Self {
        let metadata = path.metadata().ok();
        Self {
            created: metadata.as_ref().and_then(|metadata| metadata.created().ok()),
            #[cfg(unix)]
            inode: metadata.map(|metadata| (metadata.dev(), metadata.ino())),
        }
    }
}

impl Watcher {
    pub(crate) fn new() -> notify::Result<Self> {
        let (sender, events) = channel();
        let inner = notify::recommended_watcher(move |event| drop(sender.send(event)))?;
        Ok(Self { inner, events, watched: BTreeMap::new(), news: false })
    }

    /// Watches these files and folders, and the manifest, in place of what was watched before.
    pub(crate) fn watch(&mut self, watched: &[PathBuf], missing: &[PathBuf], manifest: &Path) {
        let mut wanted: BTreeMap<PathBuf, bool> = BTreeMap::new();
        for path in watched.iter().chain(missing).map(PathBuf::as_path).chain([manifest]) {
            let (folder, below) =
                if path.is_dir() { (path.to_owned(), true) } else { (nearest(path), false) };
            *wanted.entry(folder).or_default() |= below;
        }
        let wanted: BTreeMap<PathBuf, Watched> = wanted
            .into_iter()
            .map(|(path, below)| {
                let folder = FolderId::of(&path);
                (path, Watched { below, folder })
            })
            .collect();
        // A folder that is watched already stays so, since nothing is seen between the end of a watch and the next.
        for (path, was) in std::mem::take(&mut self.watched) {
            if wanted.get(&path) == Some(&was) {
                self.watched.insert(path, was);
            } else {
                let _ = self.inner.unwatch(&path);
            }
        }
        for (path, watched) in wanted {
            if self.watched.contains_key(&path) {
                continue;
            }
            let mode = if watched.below { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            if self.inner.watch(&path, mode).is_ok() {
                self.watched.insert(path, watched);
                self.news = true;
            }
        }
    }

    /// Whether more folders are watched since the last call, so that a change in them may have been missed. True once.
    pub(crate) fn has_news(&mut self) -> bool {
        std::mem::take(&mut self.news)
    }

    /// Waits until files change, and then until they have not changed for a moment. False if nothing can be seen any more.
    pub(crate) fn wait(&self) -> bool {
        loop {
            match self.events.recv() {
                Ok(event) if is_change(&event) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        let first = Instant::now();
        let mut last = first;
        while last.elapsed() < QUIET && first.elapsed() < MAX_WAIT {
            match self.events.recv_timeout(QUIET) {
                Ok(event) if is_change(&event) => last = Instant::now(),
                Ok(_) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }
}

/// The nearest folder above a path that is there.
fn nearest(path: &Path) -> PathBuf {
    let above = path.ancestors().skip(1).find(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    above.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// Whether an event says that a file may read differently. Reading files is an event, too.
fn is_change(event: &notify::Result<Event>) -> bool {
    match event {
        Ok(event) => match event.kind {
            EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
            _ => true,
        },
        // Events were lost: anything may have changed.
        Err(_) => true,
    }
}
