//! Tables from a pack at run time (Quest Schema UC-001).
//!
//! In comes a pack as bytes; out comes one set of tables for the rest of the program's life, or an error that
//! says why not. A pack is verified down to the last cell before anything reads it, so that the accessors of
//! loaded content cannot fail. Games call `quests::load`, which generated code defines.

mod error;
mod language;
mod program;
mod verify;

pub use error::LoadError;
#[doc(hidden)]
pub use verify::verify_tables;

use alloc::boxed::Box;

use once_cell::race::OnceBox;

use crate::format::{
    FORMAT, LANGUAGE_HEADER, PACK_CHECKSUM_AT, PACK_CONTENT_AT, PACK_FORMAT_AT, PACK_HEADER, PACK_IDS_AT,
    PACK_LAYOUT_AT, PACK_MAGIC, PACK_TABLES_AT, PACK_TEXTS_AT, TABLES_CONTENT_AT, pack_checksum,
};
use crate::live::{Current, Set};
use crate::table::Layout;

/// A pack in memory: a `Vec<u8>`, a `Box<[u8]>` and a `&[u8]` can all become one.
pub type Bytes = Box<[u8]>;

/// What a game has loaded: the tables, and then the languages. A list that only grows.
#[doc(hidden)]
#[derive(Debug)]
pub struct Loaded<T>(OnceBox<Node<T>>);

/// An element of the list.
#[derive(Debug)]
struct Node<T> {
    set: Set<T>,
    next: OnceBox<Self>,
}

impl<T> Loaded<T> {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self(OnceBox::new())
    }

    /// All that was loaded, the tables first.
    pub fn sets(&'static self) -> impl Iterator<Item = &'static Set<T>> + Clone {
        core::iter::successors(self.0.get(), |node| node.next.get()).map(|node| &node.set)
    }

    /// Adds a set at the end.
    fn push(&'static self, set: Set<T>) -> &'static Set<T> {
        let mut node = Box::new(Node { set, next: OnceBox::new() });
        let mut end = &self.0;
        loop {
            match end.set(node) {
                Ok(()) => break,
                // Somebody else was faster, perhaps several times.
                Err(back) => node = back,
            }
            match end.get() {
                Some(other) => end = &other.next,
                None => continue,
            }
        }
        end.get().map_or_else(|| crate::broken(), |node| &node.set)
    }
}

impl<T> Default for Loaded<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// The two parts of a pack that was verified.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Pack<'a> {
    /// What `quests.tables` holds.
    pub tables: &'a [u8],
    /// What `quests.text` holds.
    pub text: &'a str,
}

/// Verifies a pack and takes it apart.
#[doc(hidden)]
pub fn open<'a>(pack: &'a [u8], layout: &Layout) -> Result<Pack<'a>, LoadError> {
    let Some((header, body)) = pack.split_at_checked(PACK_HEADER) else {
        let start = pack.len().min(PACK_MAGIC.len());
        let is_start = pack.get(..start) == PACK_MAGIC.get(..start);
        return Err(if is_start { LoadError::TooShort { found: pack.len() } } else { LoadError::NotAPack });
    };
    if !header.starts_with(&PACK_MAGIC) {
        return Err(LoadError::NotAPack);
    }
    let word = |at: usize| {
        header.get(at..).and_then(|bytes| bytes.first_chunk()).map_or(0, |b| u64::from_le_bytes(*b))
    };
    let format = word(PACK_FORMAT_AT) as u32;
    if format != FORMAT {
        return Err(LoadError::Format { found: format, supported: FORMAT });
    }
    if word(PACK_LAYOUT_AT) != layout.fingerprint {
        return Err(LoadError::OtherLayout);
    }
    if word(PACK_IDS_AT) != layout.ids {
        return Err(LoadError::OtherIds);
    }
    let (tables, texts) = (word(PACK_TABLES_AT), word(PACK_TEXTS_AT));
    let expected = tables.saturating_add(texts).saturating_add(PACK_HEADER as u64);
    let split = usize::try_from(tables).ok().and_then(|tables| body.split_at_checked(tables));
    let Some((tables, texts)) = split.filter(|_| expected == pack.len() as u64) else {
        return Err(LoadError::Length { expected, found: pack.len() as u64 });
    };
    let summed = header.get(..PACK_CHECKSUM_AT).unwrap_or_default();
    if word(PACK_CHECKSUM_AT) != pack_checksum(summed, body) {
        return Err(LoadError::Damaged);
    }
    let text = core::str::from_utf8(texts).map_err(|_| LoadError::Text)?;
    if tables.get(TABLES_CONTENT_AT..TABLES_CONTENT_AT + 8)
        != header.get(PACK_CONTENT_AT..PACK_CONTENT_AT + 8)
    {
        return Err(LoadError::Header { what: "its tables are of other content than it says" });
    }
    verify_tables(tables, text, layout)?;
    Ok(Pack { tables, text })
}

/// Verifies a pack, keeps it for good, and makes the tables that `read` makes of it the current ones.
#[doc(hidden)]
pub fn install<T: Sync>(
    loaded: &'static Loaded<T>,
    current: &Current<Set<T>>,
    layout: &Layout,
    pack: Bytes,
    read: fn(&'static [u8], &'static str) -> T,
    language: &'static str,
) -> Result<(), LoadError> {
    if loaded.0.get().is_some() {
        return Err(LoadError::AlreadyLoaded);
    }
    let lengths = match open(&pack, layout) {
        Ok(pack) => (pack.tables.len(), pack.text.len()),
        Err(error) => {
            log_failure(&error);
            return Err(error);
        }
    };
    let pack: &'static [u8] = Box::leak(pack);
    // Taken apart again, because only now it lives long enough. The bytes are those that `open` has just
    // passed.
    let split = pack.get(PACK_HEADER..).and_then(|body| body.split_at_checked(lengths.0));
    let (tables, text) = split.ok_or(LoadError::Damaged)?;
    let text = core::str::from_utf8(text).map_err(|_| LoadError::Text)?;
    let node = Node { set: Set::new(read(tables, text), tables, text, language), next: OnceBox::new() };
    loaded.0.set(Box::new(node)).map_err(|_| LoadError::AlreadyLoaded)?;
    if let Some(node) = loaded.0.get() {
        current.set(&node.set);
    }
    #[cfg(feature = "log")]
    log::debug!("Quest configuration validated successfully");
    Ok(())
}

/// Verifies the pack of a language for the tables that are current, and keeps it for good. Gives its tag.
#[doc(hidden)]
pub fn install_language<T: Sync>(
    loaded: &'static Loaded<T>,
    current: &Current<Set<T>>,
    layout: &Layout,
    pack: Bytes,
    read: fn(&'static [u8], &'static str) -> T,
) -> Result<&'static str, LoadError> {
    let now = current.get();
    let data = now.data();
    if loaded.0.get().is_none() {
        return Err(LoadError::NothingLoaded);
    }
    let tag = language::open(&pack, layout, data, now.text()).inspect_err(log_failure)?.0.len();
    let pack: &'static [u8] = Box::leak(pack);
    // Taken apart again, as above.
    let split = pack.get(LANGUAGE_HEADER..).and_then(|body| body.split_at_checked(tag));
    let (tag, text) = split.ok_or(LoadError::Damaged)?;
    let tag = core::str::from_utf8(tag).map_err(|_| LoadError::Text)?;
    let text = core::str::from_utf8(text).map_err(|_| LoadError::Text)?;
    Ok(loaded.push(Set::new(read(data, text), data, text, tag)).language())
}

/// Reads the file of a pack.
#[cfg(feature = "std")]
#[doc(hidden)]
pub fn read_pack(path: &std::path::Path) -> Result<Bytes, LoadError> {
    std::fs::read(path).map(Into::into).map_err(|error| {
        let error = LoadError::Io { path: path.into(), error };
        log_failure(&error);
        error
    })
}

/// Logs which file was loaded.
#[cfg(feature = "std")]
#[doc(hidden)]
#[cfg_attr(not(feature = "log"), allow(unused_variables, reason = "there is no log to write to"))]
pub fn log_file(path: &std::path::Path) {
    #[cfg(feature = "log")]
    log::info!("Quest schema loaded from {}", path.display());
}

/// Logs how many there are of what was loaded.
#[doc(hidden)]
#[cfg_attr(not(feature = "log"), allow(unused_variables, reason = "there is no log to write to"))]
pub fn log_count(noun: &str, count: usize) {
    #[cfg(feature = "log")]
    log::info!("Loaded {count} {noun} from configuration");
}

#[cfg_attr(not(feature = "log"), allow(unused_variables, reason = "there is no log to write to"))]
fn log_failure(error: &LoadError) {
    #[cfg(feature = "log")]
    log::error!("Quest validation failed: {error}");
}
