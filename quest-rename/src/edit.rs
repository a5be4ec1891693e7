//! Changes of files: what to write where, and which files get another name.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    /// The first byte to replace.
    pub start: usize,
    /// The byte behind the last one to replace.
    pub end: usize,
    /// What to write instead.
    pub text: String,
}

/// All changes of one file.
#[derive(Clone, Debug)]
pub struct FileChange {
    /// Its path, as it was read.
    pub path: PathBuf,
    /// Its text before.
    pub before: Arc<String>,
    /// Sorted, and without overlaps.
    pub edits: Vec<TextEdit>,
    /// The path that it gets, if that changes.
    pub moved_to: Option<PathBuf>,
}

impl FileChange {
    /// Its text with the edits.
    #[must_use]
    pub fn after(&self) -> String {
        let mut after = String::with_capacity(self.before.len());
        let mut done = 0;
        for TextEdit { start, end, text } in &self.edits {
            after.push_str(self.before.get(done..*start).unwrap_or_default());
            after.push_str(text);
            done = *end;
        }
        after.push_str(self.before.get(done..).unwrap_or_default());
        after
    }

    /// The path that the file has in the end.
    #[must_use]
    pub fn new_path(&self) -> &Path {
        self.moved_to.as_deref().unwrap_or(&self.path)
    }
}

/// Changes while they are collected.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    files: BTreeMap<PathBuf, FileChange>,
}

impl Changes {
    fn file(&mut self, path: &Path, text: &str) -> &mut FileChange {
        self.files.entry(path.to_owned()).or_insert_with(|| FileChange {
            path: path.to_owned(),
            before: Arc::new(text.to_owned()),
            edits: Vec::new(),
            moved_to: None,
        })
    }

    /// Adds a change of the file with this path and text. The same change can be added several times.
    pub(crate) fn edit(&mut self, path: &Path, text: &str, range: Range<usize>, new: String) {
        self.file(path, text).edits.push(TextEdit { start: range.start, end: range.end, text: new });
    }

    /// Gives a file another path.
    pub(crate) fn rename(&mut self, path: &Path, text: &str, to: PathBuf) {
        self.file(path, text).moved_to = Some(to);
    }

    /// The changes of all files, by path. An error is the path of a file of which two changes overlap.
    pub(crate) fn finish(self) -> Result<Vec<FileChange>, PathBuf> {
        let mut files: Vec<FileChange> = self.files.into_values().collect();
        for file in &mut files {
            file.edits.sort();
            file.edits.dedup();
            let overlap = |pair: &[TextEdit]| matches!(pair, [one, other] if other.start < one.end);
            if file.edits.windows(2).any(overlap) {
                return Err(file.path.clone());
            }
        }
        Ok(files)
    }
}
