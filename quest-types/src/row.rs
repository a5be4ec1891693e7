//! One row of a table and the cells in it.
//!
//! A row is an array of bytes; a cell is read at an offset that generated code knows as a constant, so that
//! after inlining a number costs one unaligned load and no check. What a cell refers to (the string pool,
//! another table) is handed in by the caller: a row knows nothing but its bytes.

use crate::format::{self, ABSENT, ABSENT_VARIANT, LONG_RANGE};
use crate::{Id, Ref, Target, Value};

/// A row of `N` bytes. Every getter takes the offset of its cell and panics if the cell does not lie in the
/// row.
#[repr(transparent)]
#[derive(Hash)]
pub struct Row<const N: usize>([u8; N]);

/// What is too long for its cell: ranges and numbers.
pub type LongRanges = &'static [Row<LONG_RANGE>];

/// Reports that tables and generated code contradict each other, which neither `quest-build` nor a verified
/// pack lets happen.
///
/// # Panics
///
/// Always.
#[cold]
#[inline(never)]
#[allow(clippy::panic, reason = "a broken invariant of ours; nothing a user wrote leads here")]
pub const fn broken() -> ! {
    panic!(
        "internal error: the quest tables do not fit the code that reads them; please report this as a bug of \
         quest-build"
    )
}

impl<const N: usize> Row<N> {
    #[inline]
    const fn bytes<const SIZE: usize>(&self, at: usize) -> [u8; SIZE] {
        match self.0.split_at(at).1.first_chunk() {
            Some(bytes) => *bytes,
            None => broken(),
        }
    }
}

macro_rules! numbers {
    ($($name:ident: $bytes:literal,)*) => {
        impl<const N: usize> Row<N> {
            $(
                /// A number cell.
                #[inline]
                #[must_use]
                pub const fn $name(&self, at: usize) -> $name {
                    $name::from_le_bytes(self.bytes::<$bytes>(at))
                }
            )*
        }
    };
}

numbers! { u8: 1, u16: 2, u32: 4, u64: 8, i8: 1, i16: 2, i32: 4, i64: 8, f64: 8, }

impl<const N: usize> Row<N> {
    /// A whole number of eight bytes in a cell of four: the number, or, if its bit says so, the row of the number in the section of what
    /// is too long for its cell.
    #[inline]
    #[must_use]
    pub fn wide_u64(&self, long: LongRanges, at: usize, byte: usize, bit: u8) -> u64 {
        if self.flag(byte, bit) { long_number(long, self.u32(at)) } else { u64::from(self.u32(at)) }
    }

    /// The same for a number with a sign.
    #[inline]
    #[must_use]
    pub fn wide_i64(&self, long: LongRanges, at: usize, byte: usize, bit: u8) -> i64 {
        if self.flag(byte, bit) {
            long_number(long, self.u32(at)).cast_signed()
        } else {
            i64::from(self.i32(at))
        }
    }

    /// Bit `bit` (0 is the lowest) of the byte at `at`.
    #[inline]
    #[must_use]
    pub const fn flag(&self, at: usize, bit: u8) -> bool {
        self.0[at] >> bit & 1 != 0
    }

    /// A variant cell: a position in the schema's `enum`.
    #[inline]
    #[must_use]
    pub const fn variant(&self, at: usize) -> Option<u8> {
        match self.u8(at) {
            ABSENT_VARIANT => None,
            variant => Some(variant),
        }
    }

    /// A link cell: a row of the table that the column refers to.
    #[inline]
    #[must_use]
    pub const fn link(&self, at: usize) -> Option<u32> {
        match self.u32(at) {
            ABSENT => None,
            row => Some(row),
        }
    }

    /// A text cell that is always there.
    #[inline]
    #[must_use]
    pub fn text(&self, pool: &'static str, at: usize) -> &'static str {
        format::text(pool, self.u32(at)).unwrap_or_else(|| broken())
    }

    /// A text cell.
    #[inline]
    #[must_use]
    pub fn text_opt(&self, pool: &'static str, at: usize) -> Option<&'static str> {
        if self.u32(at) == ABSENT { None } else { Some(self.text(pool, at)) }
    }

    /// A range cell: the first row and the number of rows, with the section of the ranges that are too long for their cell.
    #[inline]
    #[must_use]
    pub(crate) fn span(&self, long: LongRanges, at: usize) -> (u32, u32) {
        match format::range_parts(self.u32(at)) {
            Ok(span) => span,
            Err(row) => long_span(long, row),
        }
    }

    /// A range cell: rows of a child table.
    #[inline]
    #[must_use]
    pub fn range<T>(&self, table: &'static [T], long: LongRanges, at: usize) -> &'static [T] {
        let (first, rows) = self.span(long, at);
        let rows = table.get(first as usize..).and_then(|table| table.get(..rows as usize));
        rows.unwrap_or_else(|| broken())
    }

    /// The record that a link cell leads to, where it always leads to one.
    #[inline]
    #[must_use]
    pub fn linked<T>(&self, table: &'static [T], at: usize) -> &'static T {
        table.get(self.u32(at) as usize).unwrap_or_else(|| broken())
    }

    /// The record that a link cell leads to. No table has a row with the number that says that there is none, so this is one comparison, as
    /// with an array; a row that the table does not have reads as none, too.
    #[inline]
    #[must_use]
    pub fn linked_opt<T>(&self, table: &'static [T], at: usize) -> Option<&'static T> {
        table.get(self.u32(at) as usize)
    }

    /// The id that a link cell names, where it always names one.
    #[inline]
    #[must_use]
    pub fn id<I: Id>(&self, at: usize) -> I {
        I::from_row(self.u32(at))
    }

    /// The id that a link cell names.
    #[inline]
    #[must_use]
    pub fn id_opt<I: Id>(&self, at: usize) -> Option<I> {
        self.link(at).map(I::from_row)
    }

    /// A value cell.
    #[inline]
    #[must_use]
    pub fn value(&self, pool: &'static str, at: usize) -> Option<Value> {
        match self.u8(at) {
            format::VALUE_ABSENT => None,
            format::VALUE_BOOL => Some(Value::Bool(self.u8(at + 1) != 0)),
            format::VALUE_INT => Some(Value::Int(self.i64(at + 1))),
            format::VALUE_FLOAT => Some(Value::Float(self.f64(at + 1))),
            format::VALUE_TEXT => Some(Value::Text(self.text(pool, at + 1))),
            format::VALUE_JSON => Some(Value::Json(self.text(pool, at + 1))),
            _ => broken(),
        }
    }

    /// A target cell.
    #[inline]
    #[must_use]
    pub fn target(&self, pool: &'static str, at: usize) -> Target {
        match self.u8(at) {
            format::TARGET_ABSENT => Target::Absent,
            format::TARGET_UNKNOWN => Target::Unknown(self.text(pool, at + 1)),
            format::TARGET_TEXT => Target::Text(self.text(pool, at + 1)),
            kind => Target::Link { kind, row: self.u32(at + 1) },
        }
    }

    /// A target cell whose reference allows one kind.
    #[inline]
    #[must_use]
    pub fn reference<I: Id>(&self, pool: &'static str, at: usize) -> Option<Ref<I>> {
        match self.target(pool, at) {
            Target::Absent => None,
            Target::Link { row, .. } => Some(Ref::Known(I::from_row(row))),
            Target::Unknown(text) | Target::Text(text) => Some(Ref::Unknown(text)),
        }
    }
}

/// A number in the section of what is too long for its cell.
#[cold]
#[inline(never)]
fn long_number(long: LongRanges, row: u32) -> u64 {
    long.get(row as usize).map_or_else(|| broken(), |row| row.u64(0))
}

/// A range in the section of long ranges.
#[cold]
#[inline(never)]
fn long_span(long: LongRanges, row: u32) -> (u32, u32) {
    long.get(row as usize).map_or_else(|| broken(), |row| (row.u32(0), row.u32(4)))
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;

    const BYTES: [u8; 17] = [1, 0x80, 3, 4, 5, 6, 7, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0b100];
    const ROW: Row<17> = Row(BYTES);

    #[test]
    fn numbers_are_little_endian_and_unaligned() {
        const WORD: u32 = ROW.u32(1);
        assert_eq!(WORD, 0x0504_0380);
        assert_eq!((ROW.u8(1), ROW.i8(1)), (0x80, -128));
        assert_eq!((ROW.u16(1), ROW.i16(1)), (0x0380, 0x0380));
        assert_eq!((ROW.i32(8), ROW.u64(0)), (-1, 0xFF07_0605_0403_8001));
        assert_eq!((ROW.i64(7) as u64, ROW.i64(9)), (0x0000_01FF_FFFF_FFFF, 0x0400_0000_01FF_FFFF));
        assert_eq!(Row(1.5_f64.to_le_bytes()).f64(0), 1.5);
    }

    #[test]
    fn flags_and_absence() {
        assert!(ROW.flag(16, 2) && !ROW.flag(16, 1));
        assert_eq!((ROW.variant(0), ROW.variant(7)), (Some(1), None));
        assert_eq!((ROW.link(8), ROW.link(12)), (None, Some(1)));
        assert_eq!(ROW.text_opt("pool", 7), None);
    }

    #[test]
    fn texts_lie_on_character_boundaries() {
        let row = Row([1, 0, 0, 0]);
        assert_eq!(row.text("a\u{2}éb", 0), "é");
        assert!(std::panic::catch_unwind(|| row.text("a\u{1}éb", 0)).is_err());
    }

    #[test]
    fn wide_numbers_take_four_bytes_where_they_can() {
        static LONG: &[Row<8>] = &[Row(u64::MAX.to_le_bytes())];
        let row = |number: i32, long: u8| {
            let [a, b, c, d] = number.to_le_bytes();
            Row([a, b, c, d, long << 3])
        };
        assert_eq!(
            (row(-1, 0).wide_u64(LONG, 0, 4, 3), row(-1, 0).wide_i64(LONG, 0, 4, 3)),
            (0xFFFF_FFFF, -1)
        );
        assert_eq!((row(0, 1).wide_u64(LONG, 0, 4, 3), row(0, 1).wide_i64(LONG, 0, 4, 3)), (u64::MAX, -1));
        assert!(std::panic::catch_unwind(|| row(1, 1).wide_u64(LONG, 0, 4, 3)).is_err());
    }

    #[test]
    fn ranges_are_checked() {
        static LONG: &[Row<8>] = &[Row([1, 0, 0, 0, 2, 0, 0, 0]), Row([2, 0, 0, 0, 2, 0, 0, 0])];
        for row in [[1, 0, 0, 2], [0, 0, 0, 0xFF]] {
            assert_eq!(Row(row).range(&[1, 2, 3], LONG, 0), [2, 3]);
        }
        assert!(Row([3, 0, 0, 0]).range(&[1, 2, 3], LONG, 0).is_empty());
        for row in [[3, 0, 0, 1], [1, 0, 0, 0xFF], [2, 0, 0, 0xFF], [0xFF; 4], [4, 0, 0, 0]] {
            assert!(std::panic::catch_unwind(|| Row(row).range(&[1, 2, 3], LONG, 0)).is_err());
        }
    }
}
