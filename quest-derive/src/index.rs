//! `quests.index`: every id with its row, as `docs/format.md` describes it.
//!
//! A file is read once per process, and again when it changed, because editors keep the process of the macros alive.
//! A lookup is a binary search in the bytes of the file. Nothing in here trusts the file: a damaged one is an
//! [`Unreadable`], never a panic.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The format these macros read; `quest-build` writes the same number.
pub(crate) const FORMAT: u32 = 2;

const MAGIC: &[u8; 8] = b"QSTINDEX";
const HEADER: usize = 32;
const KIND: usize = 36;
const ENTRY: usize = 12;
const NONE: u32 = u32::MAX;
const FLAG_INCOMPLETE: u32 = 1;

/// The ids of one content crate.
#[derive(Debug)]
pub(crate) struct Index {
    /// Changes with any byte of the tables.
    pub(crate) fingerprint: u64,
    /// The content had errors, so ids may be missing.
    pub(crate) incomplete: bool,
    kinds: Vec<Kind>,
    /// [`ENTRY`] bytes per entry.
    entries: Vec<u8>,
    text: String,
}

/// A kind of id, such as `quest.stage`.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The name of the macro that checks such an id, such as `stage`; may be empty.
    pub(crate) macro_name: String,
    /// Such as `quest.stage`.
    pub(crate) path: String,
    /// The Rust type of such an id, such as `StageId`.
    pub(crate) type_name: String,
    /// The kind this one is scoped by: its place in [`Index::kinds`].
    parent: Option<usize>,
    first: usize,
    count: usize,
}

/// An id and its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    /// The id with the ids it is scoped by: `iron-path:find-descent`.
    pub(crate) path: &'a str,
    /// Its row in the table of keys of its kind.
    pub(crate) row: u32,
}

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
    Format(u32),
    Damaged(&'static str),
}

impl Index {
    /// The index at `path`, from the cache while the file is the same.
    pub(crate) fn read(path: &Path) -> Result<Arc<Self>, Unreadable> {
        // Of a few content crates at most.
        static CACHE: Mutex<Vec<(PathBuf, Stamp, Arc<Index>)>> = Mutex::new(Vec::new());

        let unreadable = |fault| Unreadable { path: path.to_owned(), fault };
        let stamp = Stamp::of(path).map_err(|error| unreadable(Fault::Io(error)))?;
        let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, index)) = cache.iter().find(|(of, at, _)| of == path && *at == stamp) {
            return Ok(Arc::clone(index));
        }
        let bytes = fs::read(path).map_err(|error| unreadable(Fault::Io(error)))?;
        let index = Arc::new(Self::parse(bytes).map_err(unreadable)?);
        cache.retain(|(of, _, _)| of != path);
        cache.push((path.to_owned(), stamp, Arc::clone(&index)));
        Ok(index)
    }

    fn parse(mut bytes: Vec<u8>) -> Result<Self, Fault> {
        if bytes.first_chunk() != Some(MAGIC) {
            return Err(Fault::Damaged("it does not begin as an index does"));
        }
        let header = |at| u32_at(&bytes, at).ok_or(Fault::Damaged("it ends too early"));
        let format = header(8)?;
        if format != FORMAT {
            return Err(Fault::Format(format));
        }
        let incomplete = header(12)? & FLAG_INCOMPLETE != 0;
        let fingerprint = u64::from(header(16)?) | u64::from(header(20)?) << 32;
        let (kind_count, entry_count) = (header(24)? as usize, header(28)? as usize);

        let entries_at = kind_count.checked_mul(KIND).and_then(|size| size.checked_add(HEADER));
        let text_at =
            entry_count.checked_mul(ENTRY).zip(entries_at).and_then(|(size, at)| at.checked_add(size));
        let (Some(entries_at), Some(text_at)) = (entries_at, text_at.filter(|at| *at <= bytes.len())) else {
            return Err(Fault::Damaged("it ends too early"));
        };
        let text = String::from_utf8(bytes.split_off(text_at));
        let text = text.map_err(|_| Fault::Damaged("its text is not UTF-8"))?;
        let entries = bytes.split_off(entries_at);
        let kinds = (0..kind_count).map(|kind| {
            Kind::parse(bytes.get(HEADER + kind * KIND..).unwrap_or_default(), &text, kind_count, entry_count)
        });
        let kinds: Option<Vec<Kind>> = kinds.collect();
        let kinds = kinds.ok_or(Fault::Damaged("a kind refers to what is not there"))?;

        let index = Self { fingerprint, incomplete, kinds, entries, text };
        if index.kinds.iter().any(|kind| index.ancestors(kind).count() > kind_count) {
            return Err(Fault::Damaged("a kind is scoped by itself"));
        }
        Ok(index)
    }

    /// Reads every entry, which [`parse`](Self::parse) leaves out because a lookup needs only a few of them. To be
    /// called before an id is said to be unknown.
    pub(crate) fn verify(&self, path: &Path) -> Result<(), Unreadable> {
        let damaged = |what| Err(Unreadable { path: path.to_owned(), fault: Fault::Damaged(what) });
        for kind in &self.kinds {
            let mut before = None;
            for at in kind.first..kind.first + kind.count {
                let Some(entry) = self.entry(at) else {
                    return damaged("an id refers to text that is not there");
                };
                if before.is_some_and(|before| before >= entry.path) {
                    return damaged("its ids are not sorted");
                }
                before = Some(entry.path);
            }
        }
        Ok(())
    }

    /// All kinds, in the order of the file.
    pub(crate) fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kind that the macro `name` checks.
    pub(crate) fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.macro_name == name && !name.is_empty())
    }

    /// The kind that scopes `kind`.
    pub(crate) fn parent(&self, kind: &Kind) -> Option<&Kind> {
        self.kinds.get(kind.parent?)
    }

    /// The kinds that scope `kind`, the nearest first.
    pub(crate) fn ancestors<'a>(&'a self, kind: &'a Kind) -> impl Iterator<Item = &'a Kind> {
        // One more than there can be, so that a circle shows.
        std::iter::successors(self.parent(kind), |kind| self.parent(kind)).take(self.kinds.len() + 1)
    }

    /// The row of the id `path`.
    pub(crate) fn row(&self, kind: &Kind, path: &str) -> Option<u32> {
        let at = self.first_from(kind, path);
        let entry = self.entry(at).filter(|entry| at < kind.first + kind.count && entry.path == path);
        entry.map(|entry| entry.row)
    }

    /// All ids of a kind, sorted by their bytes.
    pub(crate) fn entries(&self, kind: &Kind) -> impl Iterator<Item = Entry<'_>> {
        self.entries_between(kind.first, kind.first + kind.count)
    }

    /// The ids of a kind within one scope, without the scope.
    pub(crate) fn entries_in(&self, kind: &Kind, scope: &str) -> impl Iterator<Item = Entry<'_>> {
        let prefix = format!("{scope}:");
        let first = self.first_from(kind, &prefix);
        self.entries_between(first, kind.first + kind.count)
            .map_while(move |entry| Some(Entry { path: entry.path.strip_prefix(prefix.as_str())?, ..entry }))
    }

    fn entries_between(&self, first: usize, end: usize) -> impl Iterator<Item = Entry<'_>> {
        (first..end).map_while(|at| self.entry(at))
    }

    /// The place of the first entry of `kind` that is not below `path`.
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
}

impl Kind {
    /// What a message calls such an id: the last part of its path.
    pub(crate) fn noun(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    fn parse(bytes: &[u8], text: &str, kind_count: usize, entry_count: usize) -> Option<Self> {
        let parent = match u32_at(bytes, 24)? {
            NONE => None,
            parent => Some(parent as usize).filter(|parent| *parent < kind_count).map(Some)?,
        };
        let (first, count) = (u32_at(bytes, 28)? as usize, u32_at(bytes, 32)? as usize);
        first.checked_add(count).filter(|end| *end <= entry_count)?;
        Some(Self {
            macro_name: text_at(bytes, 0, text)?.to_owned(),
            path: text_at(bytes, 8, text)?.to_owned(),
            type_name: text_at(bytes, 16, text)?.to_owned(),
            parent,
            first,
            count,
        })
    }
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
            Fault::Damaged(what) => format!(
                "the index of the quest content is damaged ({what}): {path}\nhelp: run `{remedy}`, then build again"
            ),
            Fault::Format(found) => format!(
                "the index of the quest content has format {found}, but these macros read format {FORMAT}: {path}\n\
                 help: give `quest-build` and `quest-types` the same version, run `{remedy}`, then build again"
            ),
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

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// The text that the (offset, length) at `at` refers to.
fn text_at<'a>(bytes: &[u8], at: usize, text: &'a str) -> Option<&'a str> {
    let (offset, length) = (u32_at(bytes, at)? as usize, u32_at(bytes, at + 4)? as usize);
    text.get(offset..offset.checked_add(length)?)
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
