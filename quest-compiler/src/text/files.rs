//! The files of one run: names, texts, and the line and column of a byte.

use super::unsaved::Unsaved;
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
    /// How positions in the text become those in the file, if the file is not UTF-8.
    encoding: Encoding,
    /// Byte offset at which each line starts; computed when the first message needs it.
    lines: OnceLock<Vec<u32>>,
    /// How many characters there are before each block of [`BLOCK`] bytes; computed when a message needs a column far from its line's
    /// start.
    characters: OnceLock<Vec<u32>>,
}

/// How the bytes of a file became its text.
#[derive(Clone, Debug, Default)]
pub enum Encoding {
    /// They are the text.
    #[default]
    Utf8,
    /// Invalid sequences were replaced: the position in the text behind each, and how many bytes fewer than the text the file has there.
    Replaced(Vec<(u32, i64)>),
    /// They are UTF-16, with so many bytes before the text.
    Utf16(u32),
}

/// Columns within this many bytes are counted.
const BLOCK: usize = 1024;

/// Every file that was read in this run.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<File>,
    /// What is read in place of files on disk.
    pub unsaved: Unsaved,
}

impl Files {
    /// The longest file that spans can address.
    pub const MAX_BYTES: usize = (u32::MAX >> 4) as usize;

    /// No files yet, and what is read in place of those on disk.
    pub fn with_unsaved(unsaved: Unsaved) -> Self {
        Self { unsaved, ..Self::default() }
    }

    /// Adds a file. Its text must not be longer than [`Self::MAX_BYTES`], on which all positions in it rely.
    pub fn add(&mut self, name: String, text: Arc<String>) -> FileId {
        assert!(text.len() <= Self::MAX_BYTES, "internal error: `{name}` is too long; please report this");
        let id = FileId(narrow_u32(self.files.len()));
        self.files.push(File {
            name,
            text,
            encoding: Encoding::Utf8,
            lines: OnceLock::new(),
            characters: OnceLock::new(),
        });
        id
    }

    /// Says how the text of a file was made from its bytes.
    pub fn set_encoding(&mut self, id: FileId, encoding: Encoding) {
        if let Some(file) = self.files.get_mut(id.0 as usize) {
            file.encoding = encoding;
        }
    }

    /// The position in a file of a position in its text. They differ only if the file is not UTF-8.
    pub fn byte_in_file(&self, id: FileId, byte: u32) -> u32 {
        let file = self.file(id);
        match &file.encoding {
            Encoding::Utf8 => byte,
            Encoding::Replaced(places) => {
                let before = places.partition_point(|(end, _)| *end <= byte);
                let more = before.checked_sub(1).and_then(|at| places.get(at)).map_or(0, |(_, more)| *more);
                u32::try_from(i64::from(byte) - more).unwrap_or(byte)
            }
            Encoding::Utf16(mark) => {
                let before = file.text.get(..byte as usize).unwrap_or(&file.text);
                mark + narrow_u32(2 * before.encode_utf16().count())
            }
        }
    }

    fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// The names of all files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
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
        let marks = before.len() - before.trim_start_matches('\u{feff}').len();
        let characters = if before.len() < BLOCK {
            before.chars().count()
        } else {
            self.characters_before(id, byte as usize) - self.characters_before(id, start)
        };
        (line + 1, characters - marks / '\u{feff}'.len_utf8() + 1)
    }

    /// The number of characters before a byte of a file.
    fn characters_before(&self, id: FileId, byte: usize) -> usize {
        let file = self.file(id);
        let text = file.text.as_bytes();
        // A character begins with a byte that does not continue one.
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let blocks = file.characters.get_or_init(|| {
            let counted = text.chunks(BLOCK).scan(0, |sum, block| {
                let before = *sum;
                *sum += narrow_u32(count(block));
                Some(before)
            });
            counted.collect()
        });
        let block = byte / BLOCK;
        let before = blocks.get(block).map_or_else(|| count(text), |before| *before as usize);
        before + text.get(block * BLOCK..byte).map_or(0, count)
    }

    /// The byte at which a line, counted from 0, starts; the end of the text for a line after the last.
    pub fn line_start(&self, id: FileId, line: usize) -> usize {
        self.lines(id).get(line).map_or(self.text(id).len(), |start| *start as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_the_file() {
        let mut files = Files::default();
        let id = files.add("a.json".to_owned(), Arc::new("a\u{fffd}b\u{fffd}c".to_owned()));
        // One byte each, which is three bytes of the text.
        files.set_encoding(id, Encoding::Replaced(vec![(4, 2), (8, 4)]));
        assert_eq!([0, 1, 4, 5, 8, 9].map(|at| files.byte_in_file(id, at)), [0, 1, 2, 3, 4, 5]);
        let id = files.add("b.json".to_owned(), Arc::new("aé😀b".to_owned()));
        files.set_encoding(id, Encoding::Utf16(2));
        assert_eq!([0, 1, 3, 7, 8].map(|at| files.byte_in_file(id, at)), [2, 4, 6, 10, 12]);
    }

    #[test]
    fn columns_of_long_lines_are_counted_in_characters() {
        let text = format!("\u{feff}é{}\n{}x", "aß灵".repeat(BLOCK), "ß灵".repeat(BLOCK * 2));
        let mut files = Files::default();
        let file = files.add("a.json".to_owned(), Arc::new(text.clone()));
        let last_line = text.rfind('\n').unwrap_or(0) + 1;
        for (byte, _) in text.char_indices().step_by(97) {
            let start = if byte >= last_line { last_line } else { 0 };
            let characters = text[start..byte].trim_start_matches('\u{feff}').chars().count();
            assert_eq!(files.line_column(file, byte as u32).1, characters + 1, "byte {byte}");
        }
        let end = text.len() as u32;
        assert_eq!(files.line_column(file, end), (2, BLOCK * 4 + 2));
    }
}
