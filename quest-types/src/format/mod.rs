//! The numbers of the file formats (`docs/format.md`), for those who read the files and for those who write
//! them.
//!
//! `quest-build` writes tables, packs and the index with these constants, this crate reads tables and packs
//! with them. All integers in the files are little endian and none is aligned.

pub mod program;

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Version of all formats and of the code generated for them. Generated code asserts it.
pub const FORMAT: u32 = 1;

/// First bytes of `quests.tables`.
pub const TABLES_MAGIC: [u8; 4] = *b"QSTB";
/// Where the tables hold [`FORMAT`] (u32).
pub const TABLES_FORMAT_AT: usize = 4;
/// Where the tables hold the layout fingerprint (u64).
pub const TABLES_LAYOUT_AT: usize = 8;
/// Where the tables hold the content fingerprint (u64).
pub const TABLES_CONTENT_AT: usize = 16;
/// Where the tables hold the number of sections (u32).
pub const TABLES_SECTIONS_AT: usize = 24;
/// Bytes before the list of sections.
pub const TABLES_HEADER: usize = 32;
/// Bytes of an entry in the list of sections: offset of the first row, number of rows (u32 each).
pub const SECTION_ENTRY: usize = 8;

/// First bytes of `quests.pack`.
pub const PACK_MAGIC: [u8; 8] = *b"QSTPACK\0";
/// Where a pack holds [`FORMAT`] (u32).
pub const PACK_FORMAT_AT: usize = 8;
/// Where a pack holds the layout fingerprint (u64).
pub const PACK_LAYOUT_AT: usize = 16;
/// Where a pack holds the content fingerprint (u64).
pub const PACK_CONTENT_AT: usize = 24;
/// Where a pack holds the ids fingerprint (u64).
pub const PACK_IDS_AT: usize = 32;
/// Where a pack holds the length of its tables in bytes (u64).
pub const PACK_TABLES_AT: usize = 40;
/// Where a pack holds the length of its texts in bytes (u64).
pub const PACK_TEXTS_AT: usize = 48;
/// Where a pack holds its checksum (u64): see [`pack_checksum`].
pub const PACK_CHECKSUM_AT: usize = 56;
/// Bytes before the tables of a pack.
pub const PACK_HEADER: usize = 64;

/// First bytes of `quests.index`.
pub const INDEX_MAGIC: [u8; 8] = *b"QSTINDEX";
/// Bytes before the kinds of an index.
pub const INDEX_HEADER: usize = 32;
/// Bytes of a kind in an index.
pub const INDEX_KIND: usize = 36;
/// Bytes of an entry in an index.
pub const INDEX_ENTRY: usize = 12;
/// Bit of an index's flags: the content had errors, ids may be missing.
pub const INDEX_HAS_ERRORS: u32 = 1;

/// A link to nothing, the offset of a text that is not there, a kind without a parent.
pub const ABSENT: u32 = u32::MAX;
/// A variant that is not there.
pub const ABSENT_VARIANT: u8 = 255;

/// Bytes of a text cell: offset, length (u32 each).
pub const TEXT: usize = 8;
/// Bytes of a range cell: first row, number of rows (u32 each).
pub const RANGE: usize = 8;
/// Bytes of a link cell: row (u32).
pub const LINK: usize = 4;
/// Bytes of a variant cell.
pub const VARIANT: usize = 1;
/// Bytes of a value cell: tag, payload.
pub const VALUE: usize = 9;
/// Bytes of a target cell: tag, payload.
pub const TARGET: usize = 9;
/// Bytes of a row in the keys of a kind: the text of the id.
pub const KEY: usize = TEXT;
/// Bytes of a row in the keys of a scoped kind: the text of the id, the row of its parent.
pub const SCOPED_KEY: usize = TEXT + LINK;
/// Bytes of a slot in the lookup of a kind: id row + 1 or 0, upper half of the hash (u32 each).
pub const SLOT: usize = 8;

/// Tag of a value that is not there.
pub const VALUE_ABSENT: u8 = 0;
/// Tag of a boolean; the payload is 0 or 1 (u64).
pub const VALUE_BOOL: u8 = 1;
/// Tag of an integer; the payload is an i64.
pub const VALUE_INT: u8 = 2;
/// Tag of a number; the payload is an f64.
pub const VALUE_FLOAT: u8 = 3;
/// Tag of a text; the payload is a text cell.
pub const VALUE_TEXT: u8 = 4;
/// Tag of JSON text; the payload is a text cell.
pub const VALUE_JSON: u8 = 5;

/// Tag of a target that is not there. The tags from 1 on are the kinds that the reference allows, in order;
/// their payload is a row (u32) and four zero bytes.
pub const TARGET_ABSENT: u8 = 0;
/// Tag of a text that names nothing known; the payload is a text cell.
pub const TARGET_UNKNOWN: u8 = 254;
/// Tag of free text; the payload is a text cell.
pub const TARGET_TEXT: u8 = 255;

/// The hash of all formats: `xxh3_64` with a seed.
#[must_use]
pub fn hash(bytes: &[u8], seed: u64) -> u64 {
    xxh3_64_with_seed(bytes, seed)
}

/// The hash by which a lookup finds an id: seeded with 0, or with the parent's row + 1 in a scoped kind.
#[must_use]
#[inline]
pub fn hash_id(id: &str, parent: Option<u32>) -> u64 {
    hash(id.as_bytes(), parent.map_or(0, |row| u64::from(row) + 1))
}

/// The half of a hash that a slot keeps, so that most searches compare one text only.
#[must_use]
#[inline]
pub const fn upper_half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// The number of slots in the lookup of a kind with this many ids: a power of two, at least twice as many.
#[must_use]
pub const fn slots_for(ids: usize) -> usize {
    if ids == 0 { 1 } else { (ids * 2).next_power_of_two() }
}

/// The checksum of a pack whose first [`PACK_CHECKSUM_AT`] bytes are `header` and whose bytes from
/// [`PACK_HEADER`] on are `body`.
#[must_use]
pub fn pack_checksum(header: &[u8], body: &[u8]) -> u64 {
    hash(body, hash(header, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_is_xxh3() {
        // The values of the reference implementation, so that a change of crate cannot change files.
        assert_eq!(hash(b"", 0), 0x2d06_8005_38d3_94c2);
        assert_eq!(hash(b"abc", 0), 0x78af_5f94_892f_3950);
        assert_ne!(hash_id("a", None), hash_id("a", Some(0)));
    }

    #[test]
    fn at_least_half_of_the_slots_are_empty() {
        for ids in 0..1000 {
            let slots = slots_for(ids);
            assert!(slots.is_power_of_two() && slots >= ids * 2 && slots > ids, "{ids} ids, {slots} slots");
        }
    }
}
