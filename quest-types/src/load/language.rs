//! The pack of a language: its tag, and all texts at the offsets that the tables have.

use super::LoadError;
use super::verify::verify_tables;
use crate::format::{
    ABSENT, FORMAT, KEY, LANGUAGE_CHECKSUM_AT, LANGUAGE_HEADER, LANGUAGE_MAGIC, LANGUAGE_TAG_AT,
    LANGUAGE_TEXTS_AT, PACK_CONTENT_AT, PACK_FORMAT_AT, PACK_LAYOUT_AT, pack_checksum, text,
};
use crate::table::{Column, Layout, content, section as section_of};

/// The longest tag in bytes.
const LONGEST_TAG: usize = 32;

/// Verifies the pack of a language for some tables, down to the last text cell, and gives its tag and its texts.
pub(super) fn open<'a>(
    pack: &'a [u8],
    layout: &Layout,
    data: &'static [u8],
    base: &str,
) -> Result<(&'a str, &'a str), LoadError> {
    if !pack.starts_with(&LANGUAGE_MAGIC) {
        return Err(LoadError::NotALanguagePack);
    }
    let Some((header, body)) = pack.split_at_checked(LANGUAGE_HEADER) else {
        return Err(LoadError::TooShort { found: pack.len() });
    };
    let word = |at: usize| {
        header.get(at..).and_then(|bytes| bytes.first_chunk()).map_or(0, |b| u64::from_le_bytes(*b))
    };
    let half = |at: usize| {
        header.get(at..).and_then(|bytes| bytes.first_chunk()).map_or(0, |b| u32::from_le_bytes(*b))
    };
    let format = half(PACK_FORMAT_AT);
    if format != FORMAT {
        return Err(LoadError::Format { found: format, supported: FORMAT });
    }
    let tag = half(LANGUAGE_TAG_AT) as usize;
    let expected = word(LANGUAGE_TEXTS_AT).saturating_add((LANGUAGE_HEADER + tag) as u64);
    let split = body.split_at_checked(tag).filter(|_| expected == pack.len() as u64);
    let Some((tag, texts)) = split else {
        return Err(LoadError::Length { expected, found: pack.len() as u64 });
    };
    let summed = header.get(..LANGUAGE_CHECKSUM_AT).unwrap_or_default();
    if word(LANGUAGE_CHECKSUM_AT) != pack_checksum(summed, body) {
        return Err(LoadError::Damaged);
    }
    if word(PACK_LAYOUT_AT) != layout.fingerprint || word(PACK_CONTENT_AT) != content(data) {
        return Err(LoadError::OtherContent);
    }
    let tag = core::str::from_utf8(tag).map_err(|_| LoadError::Text)?;
    if tag.is_empty() || tag.len() > LONGEST_TAG {
        return Err(LoadError::Header { what: "its language has no name, or a very long one" });
    }
    let texts = core::str::from_utf8(texts).map_err(|_| LoadError::Text)?;
    verify_tables(data, texts, layout)?;
    verify_ids(data, base, texts, layout)?;
    Ok((tag, texts))
}

/// Checks that ids are the same in both pools: saves and scripts hold them, in every language.
fn verify_ids(data: &'static [u8], base: &str, texts: &str, layout: &Layout) -> Result<(), LoadError> {
    let columns = layout.sections.iter().flat_map(|section| section.columns);
    for column in columns {
        let Column::Slots { keys } = column else { continue };
        let section = usize::from(*keys);
        let (bytes, _) = section_of(data, section, KEY);
        for (row, cell) in bytes.chunks_exact(KEY).enumerate() {
            let at = cell.first_chunk().map_or(ABSENT, |bytes| u32::from_le_bytes(*bytes));
            if text(base, at) != text(texts, at) {
                return Err(LoadError::Corrupt { section, row, what: "an id is another one" });
            }
        }
    }
    Ok(())
}
