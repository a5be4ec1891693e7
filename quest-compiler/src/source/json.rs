//! The JSON reader for files without mistakes, which is nearly all of them: one pass, no recursion, no copies.
//!
//! It stops at the first mistake; [`recover`](super::recover) then reads the file again, slowly, to find all of them.

use super::recover::recover;
use super::tape::{Document, NodeKind, Tape};
use crate::diagnostics::{Diagnostic, code};
use crate::text::FileId;
use crate::text::Span;
use std::sync::Arc;

/// Arrays and objects may stand in each other this deep; deeper files are refused, so that later stages may recurse.
pub(super) const MAX_DEPTH: usize = 128;

/// Reads a JSON file; what is wrong with it goes into `diagnostics`.
pub fn parse(file: FileId, text: Arc<String>, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    if text.bytes().skip(start).all(|byte| byte.is_ascii_whitespace()) {
        let what = if text.len() == start { "the file is empty" } else { "the file holds only white space" };
        let span = Span::new(file, 0, 0);
        diagnostics.push(
            Diagnostic::new(&code::EMPTY_FILE, what)
                .label(span, "a JSON document should start here")
                .help("write the document, or remove the file"),
        );
        return Document::new(file, text, Tape::default(), true);
    }
    match read(text.as_bytes(), start) {
        Ok(tape) => Document::new(file, text, tape, false),
        Err(Mistake) => {
            let before = diagnostics.len();
            let tape = recover(file, &text, start, diagnostics);
            if diagnostics.len() == before {
                let span = Span::new(file, start, start);
                diagnostics.push(Diagnostic::internal(
                    "the JSON reader refused a file without saying why",
                    Some(span),
                ));
            }
            Document::new(file, text, tape, true)
        }
    }
}

/// The file has at least one mistake.
struct Mistake;

fn read(bytes: &[u8], start: usize) -> Result<Tape, Mistake> {
    // Quest files have one value in about fourteen bytes; a tape that has to grow is copied.
    let mut tape = Tape::hashed(bytes.len() / 14 + 8);
    let mut open: Vec<(usize, bool)> = Vec::with_capacity(16);
    let mut at = skip_space(bytes, start);
    'value: loop {
        // A value starts at `at`.
        match bytes.get(at) {
            Some(b'"') => at = string(bytes, at, &mut tape)?,
            Some(b'{') => {
                if open.len() == MAX_DEPTH {
                    return Err(Mistake);
                }
                open.push((tape.open(NodeKind::Object, at), true));
                at = skip_space(bytes, at + 1);
                if bytes.get(at) != Some(&b'}') {
                    at = key(bytes, at, &mut tape)?;
                    continue 'value;
                }
            }
            Some(b'[') => {
                if open.len() == MAX_DEPTH {
                    return Err(Mistake);
                }
                open.push((tape.open(NodeKind::Array, at), false));
                at = skip_space(bytes, at + 1);
                if bytes.get(at) != Some(&b']') {
                    continue 'value;
                }
            }
            Some(b'-' | b'0'..=b'9') => at = number(bytes, at, &mut tape)?,
            Some(b't') => at = word(bytes, at, b"true", NodeKind::True, &mut tape)?,
            Some(b'f') => at = word(bytes, at, b"false", NodeKind::False, &mut tape)?,
            Some(b'n') => at = word(bytes, at, b"null", NodeKind::Null, &mut tape)?,
            _ => return Err(Mistake),
        }
        // Behind a value, or at the end of an empty array or object.
        loop {
            at = skip_space(bytes, at);
            let Some(&(entry, object)) = open.last() else {
                return if at == bytes.len() { Ok(tape) } else { Err(Mistake) };
            };
            match (bytes.get(at), object) {
                (Some(b','), true) => {
                    at = key(bytes, skip_space(bytes, at + 1), &mut tape)?;
                    continue 'value;
                }
                (Some(b','), false) => {
                    at = skip_space(bytes, at + 1);
                    continue 'value;
                }
                (Some(b'}'), true) | (Some(b']'), false) => {
                    at += 1;
                    tape.close(entry, at);
                    open.pop();
                }
                _ => return Err(Mistake),
            }
        }
    }
}

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

/// A property name and its colon; returns where the value starts.
#[inline]
fn key(bytes: &[u8], at: usize, tape: &mut Tape) -> Result<usize, Mistake> {
    if bytes.get(at) != Some(&b'"') {
        return Err(Mistake);
    }
    let end = plain_end(bytes, at + 1);
    let end = match bytes.get(at + 1..end) {
        Some(body) if bytes.get(end) == Some(&b'"') => {
            tape.push_name(at, end + 1, body);
            end + 1
        }
        // Escapes, or a mistake.
        _ => escaped_name(bytes, at, tape)?,
    };
    let at = skip_space(bytes, end);
    if bytes.get(at) != Some(&b':') {
        return Err(Mistake);
    }
    Ok(skip_space(bytes, at + 1))
}

/// A property name with escapes, of which hardly a file has one.
#[cold]
fn escaped_name(bytes: &[u8], at: usize, tape: &mut Tape) -> Result<usize, Mistake> {
    let end = string(bytes, at, tape)?;
    tape.hash_last(bytes);
    Ok(end)
}

fn word(bytes: &[u8], at: usize, word: &[u8], kind: NodeKind, tape: &mut Tape) -> Result<usize, Mistake> {
    let end = at + word.len();
    if bytes.get(at..end) != Some(word) || bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Mistake);
    }
    tape.push(kind, at, end);
    Ok(end)
}

/// The end of a number that starts at `at`, and whether it is written as a whole number; `None` if it is no JSON number.
pub(super) fn number_end(bytes: &[u8], mut at: usize) -> Option<(usize, NodeKind)> {
    let digits = |mut at: usize| {
        while let Some(b'0'..=b'9') = bytes.get(at) {
            at += 1;
        }
        at
    };
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    let whole = digits(at);
    if whole == at || (bytes.get(at) == Some(&b'0') && whole > at + 1) {
        return None;
    }
    let mut kind = NodeKind::Integer;
    let mut end = whole;
    if bytes.get(end) == Some(&b'.') {
        kind = NodeKind::Float;
        let fraction = digits(end + 1);
        if fraction == end + 1 {
            return None;
        }
        end = fraction;
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        kind = NodeKind::Float;
        let sign = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(sign);
        if exponent == sign {
            return None;
        }
        end = exponent;
    }
    let glued = matches!(bytes.get(end), Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'+' | b'-'));
    (!glued).then_some((end, kind))
}

#[inline]
fn number(bytes: &[u8], at: usize, tape: &mut Tape) -> Result<usize, Mistake> {
    let (end, kind) = number_end(bytes, at).ok_or(Mistake)?;
    tape.push(kind, at, end);
    Ok(end)
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
            // Borrows can only make wrong hits behind the first right one.
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

#[inline]
fn string(bytes: &[u8], start: usize, tape: &mut Tape) -> Result<usize, Mistake> {
    let mut at = start + 1;
    let mut kind = NodeKind::Text;
    loop {
        at = plain_end(bytes, at);
        match bytes.get(at) {
            Some(b'"') => break,
            Some(b'\\') => {
                kind = NodeKind::Escaped;
                at = escape_end(bytes, at).ok_or(Mistake)?;
            }
            _ => return Err(Mistake),
        }
    }
    tape.push(kind, start, at + 1);
    Ok(at + 1)
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
