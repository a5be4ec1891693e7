//! Whole tables: where their sections lie, how ids are found in them, and how a loader knows what they should
//! hold.
//!
//! In comes the content of `quests.tables`; out come slices of rows. Reading only looks at the header, so
//! that it can happen while a game is compiled.

mod keys;
mod layout;
mod renames;

pub use keys::{Keys, ScopedKeys};
pub use layout::{Column, Layout, Section};
pub use renames::Renames;

pub use crate::row::LongRanges;

use crate::format::{
    FORMAT, SECTION_ENTRY, TABLES_CONTENT_AT, TABLES_FORMAT_AT, TABLES_HEADER, TABLES_LAYOUT_AT,
    TABLES_MAGIC, TABLES_SECTIONS_AT, TARGET, TEXT, VALUE,
};
use crate::record::cast;
use crate::{Record, Row};

/// The elements of lists of texts.
pub type Texts = &'static [Row<TEXT>];
/// The elements of lists of ids.
pub type IdRows = &'static [Row<4>];
/// The elements of lists of values.
pub type Values = &'static [Row<VALUE>];
/// The elements of lists of targets.
pub type Targets = &'static [Row<TARGET>];
/// The elements of lists of variants.
pub type Variants = &'static [Row<1>];

/// Tables without sections: every section reads as empty. What a game has before it loads a pack.
pub const EMPTY: &[u8] = &[0; TABLES_HEADER];

/// Tables that are of this format and are the ones that generated code was written with:
/// `Tables::read(checked(include_bytes!(…), LAYOUT.fingerprint, CONTENT), include_str!(…))`.
///
/// # Panics
///
/// If they are not. In a `static` this is an error of the compiler.
#[must_use]
pub const fn checked(data: &'static [u8], layout: u64, content: u64) -> &'static [u8] {
    assert!(
        data.len() >= TABLES_HEADER
            && u32_at(data, 0) == u32::from_le_bytes(TABLES_MAGIC)
            && u32_at(data, TABLES_FORMAT_AT) == FORMAT,
        "the quest tables are not of this format: build again with quest-build and quest-types of one version"
    );
    assert!(
        u64_at(data, TABLES_LAYOUT_AT) == layout && u64_at(data, TABLES_CONTENT_AT) == content,
        "the quest tables are not the ones that this code was generated with: build again"
    );
    data
}

/// The content fingerprint.
pub(crate) const fn content(data: &[u8]) -> u64 {
    u64_at(data, TABLES_CONTENT_AT)
}

/// The rows of a section; none when `data` is [`EMPTY`].
///
/// # Panics
///
/// If the tables do not have the section or end before its last row: they are not the tables that the
/// generated code was written for. In a `static` this is an error of the compiler.
#[must_use]
pub const fn records<T: Record>(data: &'static [u8], number: usize) -> &'static [T] {
    let (bytes, rows) = section(data, number, size_of::<T>());
    cast(bytes, rows)
}

/// The bytes of a section with rows of `size` bytes, and their number.
pub(crate) const fn section(data: &'static [u8], number: usize, size: usize) -> (&'static [u8], usize) {
    assert!(data.len() >= TABLES_HEADER, "the quest tables are too short");
    let sections = u32_at(data, TABLES_SECTIONS_AT) as usize;
    if sections == 0 {
        return (&[], 0);
    }
    assert!(number < sections, "the quest tables have fewer sections than the generated code");
    let entry = TABLES_HEADER + number * SECTION_ENTRY;
    assert!(entry + SECTION_ENTRY <= data.len(), "the quest tables are too short");
    let (first, rows) = (u32_at(data, entry) as usize, u32_at(data, entry + 4) as usize);
    assert!(
        first <= data.len() && (size == 0 || rows <= (data.len() - first) / size),
        "the quest tables end before their last row"
    );
    (data.split_at(first).1.split_at(rows * size).0, rows)
}

const fn u32_at(data: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]])
}

const fn u64_at(data: &[u8], at: usize) -> u64 {
    u32_at(data, at) as u64 | (u32_at(data, at + 4) as u64) << 32
}
