//! The section for values that do not fit into their cell of four bytes.

use quest_format as format;
use std::ops::Range;

/// Ranges that are too long or start too far into their section, and integers of more than 32 bits.
#[derive(Debug, Default)]
pub(super) struct LongCells {
    bytes: Vec<u8>,
    /// Whether a row was needed that a cell cannot address.
    overflowed: bool,
}

impl LongCells {
    /// Adds an integer, as the low 64 bits of its two's complement, and returns its row.
    pub(super) fn integer(&mut self, value: u64) -> u32 {
        let row = self.bytes.len() / format::LONG_RANGE;
        self.bytes.extend(value.to_le_bytes());
        u32::try_from(row).unwrap_or_else(|_| {
            self.overflowed = true;
            0
        })
    }

    /// The cell of a range of rows. Only a range that the cell cannot hold takes a row here.
    pub(super) fn range(&mut self, rows: Range<u32>) -> [u8; format::RANGE] {
        let count = rows.end.saturating_sub(rows.start);
        // All empty ranges have the same cell.
        let first = if count == 0 { 0 } else { rows.start };
        let cell = format::range_cell(first, count).unwrap_or_else(|| {
            let row = self.integer(u64::from(first) | u64::from(count) << 32);
            let cell = format::long_range_cell(row);
            self.overflowed |= cell.is_none();
            cell.unwrap_or(0)
        });
        cell.to_le_bytes()
    }

    /// The bytes of the section; `None` if it has more rows than cells can address.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        (!self.overflowed).then_some(self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::LongCells;
    use quest_format as format;

    #[test]
    fn a_short_range_stays_in_its_cell() {
        let mut long = LongCells::default();
        let cell = long.range(7..10);
        assert_eq!(Some(u32::from_le_bytes(cell)), format::range_cell(7, 3));
        assert_eq!(long.finish(), Some(Vec::new()));
    }

    #[test]
    fn a_long_range_takes_a_row() {
        let mut long = LongCells::default();
        long.integer(1);
        let cell = long.range(9..(1 << 30) + 9);
        assert_eq!(Some(u32::from_le_bytes(cell)), format::long_range_cell(1));
        let bytes = long.finish().expect("two rows are addressable");
        assert_eq!(bytes[8..], [&9u32.to_le_bytes()[..], &(1u32 << 30).to_le_bytes()[..]].concat());
    }

    #[test]
    fn empty_ranges_are_equal() {
        let mut long = LongCells::default();
        assert_eq!(long.range(5..5), long.range(u32::MAX..u32::MAX));
    }
}
