//! Tables from a pack at run time (Quest Schema UC-001).
//!
//! In comes a pack as bytes; out comes one set of tables for the rest of the program's life, or an error that
//! says why not. A pack is verified down to the last cell before anything reads it, so that the accessors of
//! loaded content cannot fail. Games call `quests::load`, which generated code defines.

mod error;
mod program;
mod verify;

pub use error::LoadError;
#[doc(hidden)]
pub use verify::verify_tables;

use alloc::boxed::Box;

use once_cell::race::OnceBox;

use crate::format::{
    FORMAT, PACK_CHECKSUM_AT, PACK_CONTENT_AT, PACK_FORMAT_AT, PACK_HEADER, PACK_IDS_AT, PACK_LAYOUT_AT,
    PACK_MAGIC, PACK_TABLES_AT, PACK_TEXTS_AT, TABLES_CONTENT_AT, pack_checksum,
};
use crate::table::Layout;

/// A pack in memory: a `Vec<u8>`, a `Box<[u8]>` and a `&[u8]` can all become one.
pub type Bytes = Box<[u8]>;

/// Where a game keeps the tables it loaded. They are set once.
#[doc(hidden)]
#[derive(Debug)]
pub struct Slot<T>(OnceBox<T>);

impl<T> Slot<T> {
    /// A slot without tables.
    #[must_use]
    pub const fn new() -> Self {
        Self(OnceBox::new())
    }

    /// The tables, if they were set.
    #[inline]
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.0.get()
    }
}

impl<T> Default for Slot<T> {
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

/// Verifies a pack, keeps it for good, and puts the tables that `read` makes of it into the slot.
#[doc(hidden)]
pub fn install<T>(
    slot: &Slot<T>,
    layout: &Layout,
    pack: Bytes,
    read: fn(&'static [u8], &'static str) -> T,
) -> Result<(), LoadError> {
    if slot.get().is_some() {
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
    slot.0.set(Box::new(read(tables, text))).map_err(|_| LoadError::AlreadyLoaded)?;
    #[cfg(feature = "log")]
    log::debug!("Quest configuration validated successfully");
    Ok(())
}

/// Reads a file and installs it.
#[cfg(feature = "std")]
#[doc(hidden)]
pub fn install_file<T>(
    slot: &Slot<T>,
    layout: &Layout,
    path: &std::path::Path,
    read: fn(&'static [u8], &'static str) -> T,
) -> Result<(), LoadError> {
    if slot.get().is_some() {
        return Err(LoadError::AlreadyLoaded);
    }
    let pack = std::fs::read(path).map_err(|error| {
        let error = LoadError::Io { path: path.into(), error };
        log_failure(&error);
        error
    })?;
    install(slot, layout, pack.into(), read)?;
    #[cfg(feature = "log")]
    log::info!("Quest schema loaded from {}", path.display());
    Ok(())
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
