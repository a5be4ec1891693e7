//! The numbers of the file formats (`docs/format.md`), for those who read the files and for those who write
//! them.
//!
//! `quest-build` writes tables, packs and the index with these constants, this crate reads tables and packs
//! with them. All integers in the files are little endian and none is aligned.

pub mod program;

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Version of all formats and of the code generated for them. Generated code asserts it.
pub const FORMAT: u32 = 2;

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

/// Bytes of a text cell: offset (u32) of the text in the pool, where its length stands before it: see [`text`].
pub const TEXT: usize = 4;
/// Bytes of a range cell: first row and number of rows in one number (u32), see [`range_cell`].
pub const RANGE: usize = 4;
/// Bytes of what is too long for its cell: a range, or one too far behind (first row, number of rows, u32 each), or a number.
pub const LONG_RANGE: usize = 8;
/// Bytes of a link cell: row (u32).
pub const LINK: usize = 4;
/// Bytes of a variant cell.
pub const VARIANT: usize = 1;
/// Bytes of a value cell: tag, payload.
pub const VALUE: usize = 9;
/// Bytes of a target cell: tag, payload (u32).
pub const TARGET: usize = 5;
/// Bytes of a row in the keys of a kind: the text of the id.
pub const KEY: usize = TEXT;
/// Bytes of a row in the parents of a scoped kind: the row of the id's parent.
pub const PARENT: usize = LINK;
/// Bytes of a slot in the lookup of a kind: see [`slot`].
pub const SLOT: usize = 4;
/// The sections of a kind: its keys, its lookup, its parents (none in a kind that is not scoped).
pub const KIND_SECTIONS: usize = 3;

/// Tag of a value that is not there.
pub const VALUE_ABSENT: u8 = 0;
/// Tag of a boolean; the payload is 0 or 1 (u64).
pub const VALUE_BOOL: u8 = 1;
/// Tag of an integer; the payload is an i64.
pub const VALUE_INT: u8 = 2;
/// Tag of a number; the payload is an f64.
pub const VALUE_FLOAT: u8 = 3;
/// Tag of a text; the payload is a text cell and four zero bytes.
pub const VALUE_TEXT: u8 = 4;
/// Tag of JSON text; the payload is a text cell and four zero bytes.
pub const VALUE_JSON: u8 = 5;

/// Tag of a target that is not there. The tags from 1 on are the kinds that the reference allows, in order;
/// their payload is a row.
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

/// The half of a hash that does not say where a search starts.
#[must_use]
#[inline]
pub const fn upper_half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// The most ids of a kind, so that a row fits into 24 bits of a slot.
pub const MOST_IDS: usize = (1 << 24) - 2;

/// A slot of a lookup that holds an id: its row + 1 in the lower 24 bits, and above them eight bits of its hash, so that most
/// searches compare one text only. An empty slot is 0.
#[must_use]
#[inline]
pub const fn slot(row: u32, hash: u64) -> u32 {
    (row + 1) & 0x00FF_FFFF | upper_half(hash) & 0xFF00_0000
}

/// The row that a slot holds; none if it is empty.
#[must_use]
#[inline]
pub const fn slot_row(slot: u32) -> Option<u32> {
    (slot & 0x00FF_FFFF).checked_sub(1)
}

/// Whether a slot can hold an id with this hash.
#[must_use]
#[inline]
pub const fn slot_may_be(slot: u32, hash: u64) -> bool {
    (slot ^ upper_half(hash)) & 0xFF00_0000 == 0
}

/// The number of slots in the lookup of a kind with this many ids: a power of two, a quarter of them empty.
#[must_use]
pub const fn slots_for(ids: usize) -> usize {
    (ids + ids / 3 + 1).next_power_of_two()
}

/// What stands above the lower 24 bits of a range cell that leads to a range in the section of long ranges; the lower bits are
/// its row there.
pub const LONG: u32 = 0xFF;

/// A range cell: the first row in its lower 24 bits, the number of rows above them. None if that has no room; then the cell is
/// [`long_range_cell`].
#[must_use]
#[inline]
pub const fn range_cell(first: u32, rows: u32) -> Option<u32> {
    if first < 1 << 24 && rows < LONG { Some(first | rows << 24) } else { None }
}

/// What a range cell says: the first row and the number of rows, or the row in the section of what is too long.
///
/// # Errors
///
/// The range stands in that section, in this row.
#[inline]
pub const fn range_parts(cell: u32) -> Result<(u32, u32), u32> {
    let (first, rows) = (cell & 0x00FF_FFFF, cell >> 24);
    if rows < LONG { Ok((first, rows)) } else { Err(first) }
}

/// A range cell that leads to a row in the section of long ranges. None if it is too far behind.
#[must_use]
#[inline]
pub const fn long_range_cell(row: u32) -> Option<u32> {
    if row < 1 << 24 { Some(row | LONG << 24) } else { None }
}

/// The text at an offset of the pool. Its length in bytes stands before it: six bits in each byte, the lowest first; bit 6 says
/// that another byte follows, and bit 7 is clear, so that the pool is UTF-8. None if there is no such text.
#[must_use]
#[inline]
pub fn text(pool: &str, at: u32) -> Option<&str> {
    let (mut at, mut length, mut shift) = (at as usize, 0_usize, 0);
    loop {
        let byte = *pool.as_bytes().get(at)?;
        at += 1;
        length |= usize::from(byte & 0x3F) << shift;
        match byte {
            0..0x40 => return pool.get(at..at.checked_add(length)?),
            0x40..0x80 if shift < 24 => shift += 6,
            _ => return None,
        }
    }
}

/// What stands before a text of this many bytes, from the first of the bytes on; none if the text is too long for a pool.
#[must_use]
pub const fn text_length(length: usize) -> Option<([u8; 5], usize)> {
    let (mut bytes, mut count, mut rest) = ([0; 5], 0, length);
    while count < bytes.len() {
        bytes[count] = (rest & 0x3F) as u8;
        rest >>= 6;
        if rest == 0 {
            return Some((bytes, count + 1));
        }
        bytes[count] |= 0x40;
        count += 1;
    }
    None
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
    fn a_quarter_of_the_slots_is_empty() {
        for ids in 0..1000 {
            let slots = slots_for(ids);
            assert!(
                slots.is_power_of_two() && slots - ids >= slots / 4 && slots > ids,
                "{ids}, {slots} slots"
            );
        }
    }

    #[test]
    fn slots_hold_rows_and_eight_bits() {
        for row in [0, 1, 77, MOST_IDS as u32 - 1] {
            let hash = 0xAB12_3456_0000_0000;
            assert_eq!(slot_row(slot(row, hash)), Some(row));
            assert!(slot_may_be(slot(row, hash), hash) && !slot_may_be(slot(row, hash), hash ^ 1 << 60));
        }
        assert_eq!(slot_row(0), None);
    }

    #[test]
    fn ranges_have_a_limit() {
        assert_eq!(range_cell(5, 254), Some(254 << 24 | 5));
        assert_eq!((range_cell(5, 255), range_cell(1 << 24, 0)), (None, None));
        assert_eq!((long_range_cell(7), long_range_cell(1 << 24)), (Some(0xFF00_0007), None));
    }

    #[test]
    fn texts_know_their_length() {
        extern crate std;
        use std::string::String;

        for length in [0, 1, 63, 64, 65, 4095, 4096, 300_000] {
            let text: String = "x".repeat(length);
            let (bytes, count) = text_length(length).unwrap_or_default();
            let mut pool = String::from("é");
            pool.extend(bytes[..count].iter().map(|byte| char::from(*byte)));
            pool.push_str(&text);
            assert_eq!(super::text(&pool, 2), Some(&text[..]), "{length}");
            assert_eq!(super::text(&pool[..pool.len() - 1], 2), None, "{length}");
        }
        assert_eq!(text_length(1 << 30), None);
        for (pool, at) in [("é", 0), ("é", 1), ("\u{2}é", 5), ("\u{1}é", 0), ("\u{7f}", 0), ("@@@@@@@@", 0)]
        {
            assert_eq!(super::text(pool, at), None, "{pool:?} {at}");
        }
    }
}
