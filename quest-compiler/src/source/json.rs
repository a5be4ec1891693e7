//! The JSON reader for files without mistakes, which is nearly all of them: one pass, no recursion, no copies.
//!
//! It stops at the first mistake; [`recover`](super::recover) then reads the file again, slowly, to find all of them.

use super::recover::recover;
use super::scan::{MAX_DEPTH, escape_end, number_end, plain_end, skip_space};
use super::tape::{Document, NodeKind, Tape};
use crate::diagnostics::{Diagnostic, code};
use crate::text::{FileId, Span};
use std::sync::Arc;

/// Reads a JSON file; reports errors in `diagnostics`.
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
        // After a value, or inside an empty array or object.
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

/// A property name with escapes, which is rare.
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

#[inline]
fn number(bytes: &[u8], at: usize, tape: &mut Tape) -> Result<usize, Mistake> {
    let (end, kind) = number_end(bytes, at).ok_or(Mistake)?;
    tape.push(kind, at, end);
    Ok(end)
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
