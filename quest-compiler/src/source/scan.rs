//! Where the tokens of JSON end. Both readers use it: [`json`](super::json) for files without mistakes, and
//! [`recover`](super::recover) for the others.

use super::tape::NodeKind;

/// The deepest nesting of arrays and objects. Deeper files are refused, so that later stages may recurse.
pub(super) const MAX_DEPTH: usize = 128;

/// The first byte from `at` on that is no white space.
#[inline]
pub(super) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    // Between most values there is one space, or a line end and an indentation of which eight bytes at a time are skipped.
    match bytes.get(at) {
        Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
        _ => return at,
    }
    while let Some(chunk) = bytes.get(at..at + 8).and_then(|chunk| <[u8; 8]>::try_from(chunk).ok()) {
        let others = u64::from_le_bytes(chunk) ^ u64::from_le_bytes([b' '; 8]);
        at += others.trailing_zeros() as usize / 8;
        if others != 0 {
            break;
        }
    }
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

/// The end of a number that starts at `at`, and whether it is an integer or a float; `None` if it is no JSON number.
pub(super) fn number_end(bytes: &[u8], at: usize) -> Option<(usize, NodeKind)> {
    let start = at + usize::from(bytes.get(at) == Some(&b'-'));
    let mut end = digits_end(bytes, start)?;
    if bytes.get(start) == Some(&b'0') && end > start + 1 {
        return None;
    }
    let mut kind = NodeKind::Integer;
    if bytes.get(end) == Some(&b'.') {
        kind = NodeKind::Float;
        end = digits_end(bytes, end + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        kind = NodeKind::Float;
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = digits_end(bytes, end + 1 + sign)?;
    }
    let is_glued = bytes
        .get(end)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'-'));
    (!is_glued).then_some((end, kind))
}

/// The end of the digits that start at `at`; `None` if there is none.
#[inline]
fn digits_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while let Some(b'0'..=b'9') = bytes.get(end) {
        end += 1;
    }
    (end > at).then_some(end)
}

/// The first byte from `at` on that a string body cannot simply contain: a quote, a backslash or a control character.
#[inline]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    // Eight bytes at a time: texts are two thirds of a quest file, and this doubles the speed of the whole reader.
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    while let Some(chunk) = bytes.get(at..at + 8).and_then(|chunk| <[u8; 8]>::try_from(chunk).ok()) {
        let word = u64::from_le_bytes(chunk);
        let zero = |x: u64| x.wrapping_sub(ONES) & !x;
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let hits = (zero(word ^ (ONES * u64::from(b'"'))) | zero(word ^ (ONES * u64::from(b'\\'))) | control)
            & HIGHS;
        if hits != 0 {
            // Borrows can only make wrong hits after the first right one.
            return at + hits.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if *byte == b'"' || *byte == b'\\' || *byte < 0x20 {
            break;
        }
        at += 1;
    }
    at
}

/// The end of the escape that starts with the backslash at `at`, surrogate pairs included; `None` if it is none.
pub(super) fn escape_end(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at + 1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
        b'u' => {
            let unit = |at: usize| {
                let hex = bytes.get(at..at + 4)?;
                let hex = hex.iter().all(u8::is_ascii_hexdigit).then_some(hex)?;
                u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
            };
            match unit(at + 2)? {
                0xD800..=0xDBFF => {
                    let low = (bytes.get(at + 6..at + 8)? == b"\\u").then(|| unit(at + 8)).flatten()?;
                    (0xDC00..=0xDFFF).contains(&low).then_some(at + 12)
                }
                0xDC00..=0xDFFF => None,
                _ => Some(at + 6),
            }
        }
        _ => None,
    }
}
