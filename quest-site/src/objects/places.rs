//! Where objects are.

use super::Objects;
use quest_compiler::check::Row;
use quest_compiler::text::{FileId, identity};
use std::path::{Path, PathBuf};

/// A place in a content file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, by any path that leads to it.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

impl Objects<'_, '_> {
    /// The content file of a place.
    pub(crate) fn file_of(&self, place: &Place) -> Option<FileId> {
        let wanted = identity(&place.file);
        let documents = self.inspection.resolved.content.documents.iter().map(|document| document.file);
        documents.into_iter().find(|file| identity(Path::new(self.inspection.files.name(*file))) == wanted)
    }

    /// The file of an object, and its first and last line, from 1.
    pub(crate) fn lines(&self, row: Row) -> (FileId, usize, usize) {
        let span = self.inspection.resolved.content.object(row).span();
        let line = |byte: u32| self.inspection.files.line(span.file, byte) + 1;
        (span.file, line(span.start), line(span.end.saturating_sub(1).max(span.start)))
    }

    /// How many lines an object has behind its first one, if a line of a file is in it.
    pub(crate) fn lines_around(&self, row: Row, file: FileId, line: usize) -> Option<usize> {
        let (own, first, last) = self.lines(row);
        (own == file && (first..=last).contains(&line)).then(|| last - first)
    }
}
