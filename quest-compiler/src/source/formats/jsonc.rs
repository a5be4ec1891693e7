//! JSON with comments and trailing commas: both are replaced with spaces, and the rest is read as JSON.
//!
//! The replacement has as many bytes as the original, so positions stay those of the file. This module does not check the rest, which is
//! the task of the JSON reader.

use super::super::json;
use super::super::tape::Document;
use crate::diagnostics::{Diagnostic, code};
use crate::text::{FileId, Span};
use std::sync::Arc;

pub(super) fn read(file: FileId, text: Arc<String>, diagnostics: &mut Vec<Diagnostic>) -> Document {
    match blank(&text) {
        Ok(None) => json::parse(file, text, diagnostics),
        Ok(Some(blanked)) if super::is_bare(&blanked) => super::empty(file, &text, false, diagnostics),
        Ok(Some(blanked)) => json::parse(file, Arc::new(blanked), diagnostics),
        Err(start) => {
            diagnostics.push(
                Diagnostic::new(&code::SYNTAX, "a comment without an end")
                    .label(Span::new(file, start, start + 2), "starts here")
                    .help("close it with `*/`"),
            );
            super::nothing(file)
        }
    }
}

/// The text without comments and trailing commas; `None` if there are none, `Err` with the place of a comment that never ends.
fn blank(text: &str) -> Result<Option<String>, usize> {
    let bytes = text.as_bytes();
    // What is made blank, in order.
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    // A comma after a value, as long as only white space and comments have followed it.
    let mut comma = None;
    let mut after_value = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => continue,
            b'/' if bytes.get(at) == Some(&b'/') => {
                at = text[at..].find('\n').map_or(bytes.len(), |end| at + end);
                ranges.push((start, at));
                continue;
            }
            b'/' if bytes.get(at) == Some(&b'*') => {
                at = text[at + 1..].find("*/").map_or(Err(start), |end| Ok(at + 1 + end + 2))?;
                ranges.push((start, at));
                continue;
            }
            b'"' | b'\'' => at = string_end(bytes, at, byte),
            b'}' | b']' => {
                if let Some(comma) = comma {
                    // Comments may be between the comma and the bracket.
                    let place = ranges.partition_point(|(start, _)| *start < comma);
                    ranges.insert(place, (comma, comma + 1));
                }
            }
            _ => {}
        }
        comma = (byte == b',' && after_value).then_some(start);
        after_value = !matches!(byte, b',' | b':' | b'[' | b'{');
    }
    if ranges.is_empty() {
        return Ok(None);
    }
    let mut blanked = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, end) in ranges {
        blanked.push_str(&text[copied..start]);
        let blank = |byte: u8| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
        blanked.extend(text[start..end].bytes().map(blank));
        copied = end;
    }
    blanked.push_str(&text[copied..]);
    Ok(Some(blanked))
}

/// The end of a string whose body starts at `start`. One that is not closed ends with its line, so that it hides no other mistake;
/// single quotes are wrong, yet a `//` between two of them is no comment.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start;
    loop {
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'\n') | None => return if quote == b'"' { at.min(bytes.len()) } else { start },
            Some(byte) if *byte == quote => return at + 1,
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_as_long_as_what_they_stand_for() {
        for (text, expected) in [
            ("{}", None),
            ("[1, 2]", None),
            ("[1, 2,]", Some("[1, 2 ]")),
            ("[1 /* é */, // ö\n 2,]", Some("[1         ,      \n 2 ]")),
            ("{\"a\": 1, /* , */ }", Some("{\"a\": 1          }")),
            ("[1,\r\n/* a\r\nb */]", Some("[1 \r\n    \r\n    ]")),
            ("[\"//\", \"/*\", '//', \"\\\"//\"]", None),
            ("[,]", None),
            ("[1,,]", None),
            ("{\"a\":,}", None),
            ("[[1,],]", Some("[[1 ] ]")),
            ("1,", None),
            ("\"a // b\n// c", Some("\"a // b\n    ")),
            ("it's // a\n's", Some("it's     \n's")),
        ] {
            let found = blank(text).unwrap();
            assert_eq!(found.as_deref(), expected, "{text}");
            assert!(found.is_none_or(|found| found.len() == text.len()));
        }
        assert_eq!(blank("[1] /* é"), Err(4));
        assert_eq!(blank("[1] /*/"), Err(4));
        assert_eq!(blank("[1] /"), Ok(None));
    }
}
