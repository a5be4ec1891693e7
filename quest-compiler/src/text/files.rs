//! The files of one run: names, texts, and the line and column of a byte.

use crate::narrow::narrow_u32;
use std::sync::{Arc, OnceLock};

/// A file of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start: narrow_u32(start), end: narrow_u32(end) }
    }
}

#[derive(Debug)]
struct File {
    /// The name in messages: relative to the manifest, with `/`.
    name: String,
    text: Arc<String>,
    /// Byte offset at which each line starts; computed when the first message needs it.
    lines: OnceLock<Vec<u32>>,
}

/// Every file that was read in this run.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

impl Files {
    /// The longest file that spans can address.
    pub const MAX_BYTES: usize = (u32::MAX >> 4) as usize;

    /// Adds a file. Its text must not be longer than [`Self::MAX_BYTES`], on which all positions in it rely.
    pub fn add(&mut self, name: String, text: Arc<String>) -> FileId {
        assert!(text.len() <= Self::MAX_BYTES, "internal error: `{name}` is too long; please report this");
        let id = FileId(narrow_u32(self.files.len()));
        self.files.push(File { name, text, lines: OnceLock::new() });
        id
    }

    fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    pub fn name(&self, id: FileId) -> &str {
        &self.file(id).name
    }

    pub fn text(&self, id: FileId) -> &str {
        &self.file(id).text
    }

    /// Total size of all texts in bytes.
    pub fn bytes(&self) -> usize {
        self.files.iter().map(|file| file.text.len()).sum()
    }

    fn lines(&self, id: FileId) -> &[u32] {
        let file = self.file(id);
        file.lines.get_or_init(|| {
            let breaks = file.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| narrow_u32(at + 1))).collect()
        })
    }

    /// The line, from 0, that holds the byte.
    pub fn line(&self, id: FileId, byte: u32) -> usize {
        self.lines(id).partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn line_column(&self, id: FileId, byte: u32) -> (usize, usize) {
        let line = self.line(id, byte);
        let start = self.line_start(id, line);
        let before = self.text(id).get(start..byte as usize).unwrap_or_default();
        (line + 1, before.trim_start_matches('\u{feff}').chars().count() + 1)
    }

    /// The byte at which a line, counted from 0, starts; the end of the text for a line after the last.
    pub fn line_start(&self, id: FileId, line: usize) -> usize {
        self.lines(id).get(line).map_or(self.text(id).len(), |start| *start as usize)
    }
}
