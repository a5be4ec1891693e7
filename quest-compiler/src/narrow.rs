//! Integer conversions that cannot lose bits silently.
//!
//! Positions are `usize` where Rust indexes, and narrower in tapes, cells and files. The stages before limit what content can ask
//! for (a file has at most [`Files::MAX_BYTES`](crate::text::Files::MAX_BYTES) bytes), or report their own error, so a value that does
//! not fit is a mistake in this crate: the functions here stop with an internal error instead of writing a wrong row.

/// A position or a count as 32 bits.
#[inline]
pub(crate) fn narrow_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or_else(|_| does_not_fit(value, 32))
}

/// The number of a section, as 16 bits.
#[inline]
pub(crate) fn narrow_u16(value: usize) -> u16 {
    u16::try_from(value).unwrap_or_else(|_| does_not_fit(value, 16))
}

/// The number of a variant or of an id kind, as 8 bits.
#[inline]
pub(crate) fn narrow_u8(value: usize) -> u8 {
    u8::try_from(value).unwrap_or_else(|_| does_not_fit(value, 8))
}

#[cold]
#[allow(clippy::panic, reason = "an internal error: going on would write wrong data")]
fn does_not_fit(value: usize, bits: u32) -> ! {
    panic!(
        "internal error: {value} does not fit in {bits} bits; please report this with the content that causes it"
    )
}

#[cfg(test)]
mod tests {
    use super::{narrow_u8, narrow_u16, narrow_u32};

    #[test]
    fn what_fits_is_kept() {
        assert_eq!(narrow_u8(255), u8::MAX);
        assert_eq!(narrow_u16(65_535), u16::MAX);
        assert_eq!(narrow_u32(4_294_967_295), u32::MAX);
    }

    #[test]
    #[should_panic(expected = "internal error: 256 does not fit in 8 bits")]
    fn what_does_not_fit_is_an_internal_error() {
        narrow_u8(256);
    }
}
