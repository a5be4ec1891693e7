//! Cells of a row: how many bytes each takes, and how numbers, texts and ranges are packed into them.

/// The value of a variant cell that is absent.
pub const ABSENT_VARIANT: u8 = 255;

/// Bytes of a text cell: offset (u32) in the string pool, see [`text`].
pub const TEXT: usize = 4;
/// Bytes of a range cell: first row and number of rows in one number (u32), see [`range_cell`].
pub const RANGE: usize = 4;
/// Bytes of a row in the overflow section, which holds what does not fit its cell: a range (first row, number of rows,
/// u32 each) or a number of eight bytes.
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
/// In a rename, the number of the kind (u16), in the order of the schema.
pub const RENAME_KIND: usize = 0;
/// The path that the id had, a text cell.
pub const RENAME_OLD: usize = 2;
/// The row that the id has (u32).
pub const RENAME_ROW: usize = RENAME_OLD + TEXT;
/// Bytes of a rename: an id that saved games may know by a former path.
pub const RENAME: usize = RENAME_ROW + LINK;
/// The sections of a kind: its keys, its lookup, its parents (none in a kind that is not scoped).
pub const KIND_SECTIONS: usize = 3;

/// Tag of an absent value.
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

/// Tag of an absent target. The tags from 1 on are the kinds that the reference allows, in order; their payload is a row.
pub const TARGET_ABSENT: u8 = 0;
/// Tag of a text that names nothing known; the payload is a text cell.
pub const TARGET_UNKNOWN: u8 = 254;
/// Tag of free text; the payload is a text cell.
pub const TARGET_TEXT: u8 = 255;

/// The upper eight bits of a range cell that leads to the overflow section; the lower 24 bits are its row there.
pub const LONG: u32 = 0xFF;

/// Packs a range: the first row in the lower 24 bits, the number of rows above them. `None` if the range does not fit;
/// then the cell is a [`long_range_cell`].
#[must_use]
#[inline]
pub const fn range_cell(first: u32, rows: u32) -> Option<u32> {
    if first < 1 << 24 && rows < LONG { Some(first | rows << 24) } else { None }
}

/// Unpacks a range cell into the first row and the number of rows.
///
/// # Errors
///
/// The row of the overflow section that holds the range.
#[inline]
pub const fn range_parts(cell: u32) -> Result<(u32, u32), u32> {
    let (first, rows) = (cell & 0x00FF_FFFF, cell >> 24);
    if rows < LONG { Ok((first, rows)) } else { Err(first) }
}

/// A range cell that leads to a row of the overflow section. `None` if the row does not fit into 24 bits.
#[must_use]
#[inline]
pub const fn long_range_cell(row: u32) -> Option<u32> {
    if row < 1 << 24 { Some(row | LONG << 24) } else { None }
}

/// The text at an offset of the pool; `None` if the pool has no text there.
///
/// A text follows its length in bytes, which is encoded in groups of six bits, the lowest first. Bit 6 of a byte says
/// that another byte of the length follows; bit 7 is clear, so that the pool is valid UTF-8.
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
            0x40..0x80 => return moved(pool, length),
            _ => return None,
        }
    }
}

/// The bytes that a text with its length takes at least where it can be moved: in the pool of another language, a text that does not fit
/// its place is elsewhere.
pub const TEXT_SLOT: usize = 5;

/// Encodes the offset of a text that is elsewhere: five bytes of six bits each, all with bit 6, which no length has. `None` if the pool is
/// too large (2³⁰ bytes or more).
#[must_use]
pub const fn moved_text(at: u32) -> Option<[u8; TEXT_SLOT]> {
    if at >> 30 != 0 {
        return None;
    }
    let (mut bytes, mut byte) = ([0x40; TEXT_SLOT], 0);
    while byte < TEXT_SLOT {
        bytes[byte] |= (at >> (6 * byte) & 0x3F) as u8;
        byte += 1;
    }
    Some(bytes)
}

/// The text at an offset that a place in the pool leads to. It is never elsewhere again.
#[cold]
#[inline(never)]
fn moved(pool: &str, at: usize) -> Option<&str> {
    let (mut at, mut length) = (at, 0_usize);
    for shift in [0, 6, 12, 18, 24] {
        let byte = *pool.as_bytes().get(at)?;
        at += 1;
        length |= usize::from(byte & 0x3F) << shift;
        match byte {
            0..0x40 => return pool.get(at..at.checked_add(length)?),
            0x40..0x80 => {}
            _ => return None,
        }
    }
    None
}

/// Encodes the length of a text as [`text`] reads it: an array, and how many of its bytes count. `None` if the text is
/// too long for a pool (2³⁰ bytes or more).
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_a_limit() {
        assert_eq!(range_cell(5, 254), Some(254 << 24 | 5));
        assert_eq!((range_cell(5, 255), range_cell(1 << 24, 0)), (None, None));
        assert_eq!((long_range_cell(7), long_range_cell(1 << 24)), (Some(0xFF00_0007), None));
    }

    #[test]
    fn texts_can_be_elsewhere_once() {
        extern crate std;
        use std::string::String;

        for (at, text) in [(5, "far"), (70, ""), (4096, "far away")] {
            let bytes = moved_text(at).unwrap_or_default();
            let mut pool: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            pool.push_str(&"\0".repeat(at as usize - bytes.len()));
            pool.push(char::from(text.len() as u8));
            pool.push_str(text);
            assert_eq!(super::text(&pool, 0), Some(text));
        }
        // It leads to itself, or beyond the end.
        for at in [0, 1, 5, 6] {
            let bytes = moved_text(at).unwrap_or_default();
            let pool: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            assert_eq!(super::text(&pool, 0), None);
        }
        assert_eq!(moved_text(1 << 30), None);
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
