//! `quests.index`: every id with its row, and the ids that were renamed. The compiler writes it, the macros read it.
//!
//! | at | size | content |
//! |---|---|---|
//! | 0 | 8 | [`MAGIC`] |
//! | 8 | 4 | [`FORMAT`] |
//! | 12 | 4 | flags: [`INCOMPLETE`] |
//! | 16 | 8 | content fingerprint |
//! | 24 | 4 | number of kinds |
//! | 28 | 4 | number of entries, all kinds together |
//! | 32 | 4 | number of renames |
//! | 36 | 36 each | kinds: macro name, kind path, type name (offset and length each), parent kind or [`ABSENT`], first entry, number of entries |
//! | | 12 each | entries: path (offset, length), row; sorted by the bytes of the path within a kind |
//! | | 16 each | renames: kind, former path (offset, length), row |
//! | | | text; offsets count from its first byte |
//!
//! A lookup is a binary search in the bytes of the file. Nothing here trusts the file: a damaged one is an
//! [`IndexError`], never a panic.

mod write;

pub use write::{IndexBytes, KindSource, Rename, write};

use crate::{ABSENT, FORMAT};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// First bytes of the file.
pub const MAGIC: [u8; 8] = *b"QSTINDEX";
/// Bit of the flags: the content had errors, so ids may be missing.
pub const INCOMPLETE: u32 = 1;
/// Bytes before the kinds.
pub const HEADER: usize = 36;
/// Bytes of a kind.
pub const KIND: usize = 36;
/// Bytes of an entry.
pub const ENTRY: usize = 12;
/// Bytes of a rename.
pub const RENAME: usize = 16;

const FORMAT_AT: usize = 8;
const FLAGS_AT: usize = 12;
const CONTENT_AT: usize = 16;
const KINDS_AT: usize = 24;
const ENTRIES_AT: usize = 28;
const RENAMES_AT: usize = 32;

/// The ids of one content crate.
#[derive(Debug)]
pub struct Index {
    /// Changes with any byte of the tables.
    pub fingerprint: u64,
    /// The content had errors, so ids may be missing.
    pub incomplete: bool,
    kinds: Vec<Kind>,
    /// [`ENTRY`] bytes per entry.
    entries: Vec<u8>,
    /// [`RENAME`] bytes per rename.
    renames: Vec<u8>,
    text: String,
}

/// A kind of id, such as `quest.stage`.
#[derive(Debug)]
pub struct Kind {
    /// The name of the macro that checks such an id, such as `stage`; may be empty.
    pub macro_name: String,
    /// Such as `quest.stage`.
    pub path: String,
    /// The Rust type of such an id, such as `StageId`.
    pub type_name: String,
    /// Its position in [`Index::kinds`].
    position: usize,
    /// The position of the kind that scopes this one.
    parent: Option<usize>,
    first: usize,
    count: usize,
}

/// An id and its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The id with the ids it is scoped by: `iron-path:find-descent`.
    pub path: &'a str,
    /// Its row in the table of keys of its kind.
    pub row: u32,
}

/// Why an index cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexError {
    /// It has another format than [`FORMAT`]: this one.
    Format(u32),
    /// It was changed or cut short after it was written: what is wrong with it.
    Damaged(&'static str),
}

/// Marks an index as one of content with errors. `None` if the bytes are not an index of this format.
#[must_use]
pub fn mark_incomplete(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let format = u32_at(&bytes, FORMAT_AT);
    let flags = u32_at(&bytes, FLAGS_AT).filter(|_| bytes.starts_with(&MAGIC) && format == Some(FORMAT))?;
    bytes.get_mut(FLAGS_AT..FLAGS_AT + 4)?.copy_from_slice(&(flags | INCOMPLETE).to_le_bytes());
    Some(bytes)
}

const CUT_SHORT: IndexError = IndexError::Damaged("it ends too early");

struct Header {
    fingerprint: u64,
    incomplete: bool,
    kinds: usize,
    entries: usize,
    renames: usize,
}

impl Header {
    fn read(bytes: &[u8]) -> Result<Self, IndexError> {
        if bytes.first_chunk() != Some(&MAGIC) {
            return Err(IndexError::Damaged("it does not begin as an index does"));
        }
        let number = |at| u32_at(bytes, at).ok_or(CUT_SHORT);
        let format = number(FORMAT_AT)?;
        if format != FORMAT {
            return Err(IndexError::Format(format));
        }
        Ok(Self {
            fingerprint: u64::from(number(CONTENT_AT)?) | u64::from(number(CONTENT_AT + 4)?) << 32,
            incomplete: number(FLAGS_AT)? & INCOMPLETE != 0,
            kinds: number(KINDS_AT)? as usize,
            entries: number(ENTRIES_AT)? as usize,
            renames: number(RENAMES_AT)? as usize,
        })
    }

    /// Where the entries, the renames and the text begin in a file of this length.
    fn parts(&self, length: usize) -> Option<[usize; 3]> {
        let entries_at = end_of(HEADER, self.kinds, KIND)?;
        let renames_at = end_of(entries_at, self.entries, ENTRY)?;
        let text_at = end_of(renames_at, self.renames, RENAME).filter(|at| *at <= length)?;
        Some([entries_at, renames_at, text_at])
    }
}

impl Index {
    /// Reads the header and the kinds. [`verify`](Self::verify) reads the rest.
    ///
    /// # Errors
    ///
    /// The bytes are not an index of this format, or are cut short.
    pub fn parse(mut bytes: Vec<u8>) -> Result<Self, IndexError> {
        let header = Header::read(&bytes)?;
        let [entries_at, renames_at, text_at] = header.parts(bytes.len()).ok_or(CUT_SHORT)?;
        // Cut from the end, so that every part keeps its allocation's tail only.
        let text = String::from_utf8(bytes.split_off(text_at))
            .map_err(|_| IndexError::Damaged("its text is not UTF-8"))?;
        let renames = bytes.split_off(renames_at);
        let entries = bytes.split_off(entries_at);
        let kind = |kind: usize| {
            let bytes = bytes.get(HEADER + kind * KIND..).unwrap_or_default();
            Kind::parse(bytes, &text, kind, header.kinds, header.entries)
        };
        let kinds: Option<Vec<Kind>> = (0..header.kinds).map(kind).collect();
        let kinds = kinds.ok_or(IndexError::Damaged("a kind refers to what is not there"))?;

        let Header { fingerprint, incomplete, .. } = header;
        let index = Self { fingerprint, incomplete, kinds, entries, renames, text };
        if index.kinds.iter().any(|kind| index.ancestors(kind).count() > index.kinds.len()) {
            return Err(IndexError::Damaged("a kind is scoped by itself"));
        }
        Ok(index)
    }

    /// Reads every entry and every rename, which [`parse`](Self::parse) leaves out because a lookup needs only a few of
    /// them. To be called before an id is reported as unknown.
    ///
    /// # Errors
    ///
    /// An entry or a rename refers to something that is not there, or entries are not sorted.
    pub fn verify(&self) -> Result<(), IndexError> {
        for kind in &self.kinds {
            let mut before = None;
            for at in kind.first..kind.first + kind.count {
                let entry =
                    self.entry(at).ok_or(IndexError::Damaged("an id refers to text that is not there"))?;
                if before.is_some_and(|before| before >= entry.path) {
                    return Err(IndexError::Damaged("its ids are not sorted"));
                }
                before = Some(entry.path);
            }
        }
        let mut renames = (0..self.renames.len() / RENAME).map(|at| self.rename(at));
        if renames.all(|rename| rename.is_some_and(|(kind, _)| kind < self.kinds.len())) {
            Ok(())
        } else {
            Err(IndexError::Damaged("a rename refers to what is not there"))
        }
    }

    /// All kinds, in the order of the file.
    #[must_use]
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kind that the macro `name` checks.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.macro_name == name && !name.is_empty())
    }

    /// The kind that scopes `kind`.
    #[must_use]
    pub fn parent(&self, kind: &Kind) -> Option<&Kind> {
        self.kinds.get(kind.parent?)
    }

    /// The kinds that scope `kind`, the nearest first.
    pub fn ancestors<'a>(&'a self, kind: &'a Kind) -> impl Iterator<Item = &'a Kind> {
        // One more than there can be, so that a circle shows.
        core::iter::successors(self.parent(kind), |kind| self.parent(kind)).take(self.kinds.len() + 1)
    }

    /// The row of the id `path`.
    #[must_use]
    pub fn row(&self, kind: &Kind, path: &str) -> Option<u32> {
        let at = self.first_from(kind, path);
        let entry = self.entry(at).filter(|entry| at < kind.first + kind.count && entry.path == path);
        entry.map(|entry| entry.row)
    }

    /// The path that the id of a row has. Reads all ids of the kind.
    #[must_use]
    pub fn path(&self, kind: &Kind, row: u32) -> Option<&str> {
        self.entries(kind).find(|entry| entry.row == row).map(|entry| entry.path)
    }

    /// The id that once had the path `former`.
    #[must_use]
    pub fn renamed(&self, kind: &Kind, former: &str) -> Option<Entry<'_>> {
        let renames = (0..self.renames.len() / RENAME).filter_map(|at| self.rename(at));
        let mut rows = renames
            .filter(|(of, entry)| *of == kind.position && entry.path == former)
            .map(|(_, entry)| entry.row);
        let row = rows.next()?;
        Some(Entry { path: self.path(kind, row)?, row })
    }

    /// All ids of a kind, sorted by their bytes.
    pub fn entries(&self, kind: &Kind) -> impl Iterator<Item = Entry<'_>> {
        self.entries_between(kind.first, kind.first + kind.count)
    }

    /// The ids of a kind within one scope, without the scope.
    pub fn entries_in(&self, kind: &Kind, scope: &str) -> impl Iterator<Item = Entry<'_>> {
        let prefix = format!("{scope}:");
        let first = self.first_from(kind, &prefix);
        self.entries_between(first, kind.first + kind.count)
            .map_while(move |entry| Some(Entry { path: entry.path.strip_prefix(prefix.as_str())?, ..entry }))
    }

    fn entries_between(&self, first: usize, end: usize) -> impl Iterator<Item = Entry<'_>> {
        (first..end).map_while(|at| self.entry(at))
    }

    /// The position of the first entry of `kind` that is not less than `path`.
    fn first_from(&self, kind: &Kind, path: &str) -> usize {
        let (mut low, mut high) = (kind.first, kind.first + kind.count);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.entry(middle) {
                Some(entry) if entry.path < path => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }

    fn entry(&self, at: usize) -> Option<Entry<'_>> {
        let at = at.checked_mul(ENTRY)?;
        Some(Entry { path: text_at(&self.entries, at, &self.text)?, row: u32_at(&self.entries, at + 8)? })
    }

    /// A rename: the position of its kind, the former path and the row.
    fn rename(&self, at: usize) -> Option<(usize, Entry<'_>)> {
        let at = at.checked_mul(RENAME)?;
        let path = text_at(&self.renames, at + 4, &self.text)?;
        Some((u32_at(&self.renames, at)? as usize, Entry { path, row: u32_at(&self.renames, at + 12)? }))
    }
}

impl Kind {
    /// What a message calls such an id: the last part of its path.
    #[must_use]
    pub fn noun(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    fn parse(bytes: &[u8], text: &str, position: usize, kinds: usize, entries: usize) -> Option<Self> {
        let parent = match u32_at(bytes, 24)? {
            ABSENT => None,
            parent => Some(parent as usize).filter(|parent| *parent < kinds).map(Some)?,
        };
        let (first, count) = (u32_at(bytes, 28)? as usize, u32_at(bytes, 32)? as usize);
        first.checked_add(count).filter(|end| *end <= entries)?;
        Some(Self {
            macro_name: text_at(bytes, 0, text)?.to_owned(),
            path: text_at(bytes, 8, text)?.to_owned(),
            type_name: text_at(bytes, 16, text)?.to_owned(),
            position,
            parent,
            first,
            count,
        })
    }
}

/// Where a list of `count` items of `size` bytes ends that begins at `start`.
fn end_of(start: usize, count: usize, size: usize) -> Option<usize> {
    count.checked_mul(size)?.checked_add(start)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// The text that the (offset, length) at `at` refers to.
fn text_at<'a>(bytes: &[u8], at: usize, text: &'a str) -> Option<&'a str> {
    let (offset, length) = (u32_at(bytes, at)? as usize, u32_at(bytes, at + 4)? as usize);
    text.get(offset..offset.checked_add(length)?)
}

#[cfg(test)]
mod tests;
