//! Texts that a parser understands, in place of ones that it would refuse although the format allows them.
//!
//! A shadow has the length of its text, so that every place in it is a place in the text. Numbers are read from the text, at their places:
//! what the shadow has there only needs to be a number.

/// What a text is made of, as far as it matters which of it is code.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Syntax {
    #[cfg(feature = "toml")]
    Toml,
    #[cfg(feature = "ron")]
    Ron,
}

/// The bytes that take the place of a line continuation. No text of a file contains one.
#[cfg(feature = "ron")]
pub(super) const CONTINUATION: char = '\u{1a}';

/// A RON text with other numbers in place of `5.` and `.5`, and without line breaks behind `\` in texts; `None` if it has neither.
#[cfg(feature = "ron")]
pub(super) fn of_ron(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut shadow = bytes.to_vec();
    for part in parts(text, Syntax::Ron) {
        match part {
            Part::Code(start, end) => dots(bytes, start, end, &mut shadow),
            Part::Escaped(start, end) => continuations(bytes, start, end, &mut shadow),
        }
    }
    (shadow != bytes).then(|| String::from_utf8(shadow).ok()).flatten()
}

/// A TOML text with small numbers in place of those that need more than 63 bits.
#[cfg(feature = "toml")]
pub(super) fn of_toml(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut shadow = bytes.to_vec();
    for part in parts(text, Syntax::Toml) {
        let Part::Code(start, end) = part else { continue };
        let mut at = start;
        while at < end {
            let ends =
                |byte: &u8| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'-'));
            let length = bytes[at..end].iter().position(ends).unwrap_or(end - at);
            if length > 0 {
                shrink(&text[at..at + length], &mut shadow[at..at + length]);
            }
            at += length.max(1);
        }
    }
    (shadow != bytes).then(|| String::from_utf8(shadow).ok()).flatten()
}

/// Writes a small number of the same length over a whole number: `1_1_1` in place of `98765`.
#[cfg(feature = "toml")]
fn shrink(word: &str, shadow: &mut [u8]) {
    let digits = word.trim_start_matches(['+', '-']);
    let (prefix, base) = match digits.get(..2) {
        Some("0x") => (2, 16),
        Some("0o") => (2, 8),
        Some("0b") => (2, 2),
        _ => (0, 10),
    };
    let own = &digits[prefix..];
    let plain = own.replace('_', "");
    let is_proper = own.split('_').all(|part| !part.is_empty()) && !(prefix == 0 && own.starts_with('0'));
    let is_large = plain.chars().all(|c| c.is_digit(base))
        && u128::from_str_radix(&plain, base).is_ok_and(|value| value > i64::MAX as u128);
    if !is_proper || !is_large {
        return;
    }
    let first = shadow.len() - own.len();
    let last = own.len() - 1;
    for (at, byte) in shadow[first..].iter_mut().enumerate() {
        *byte = if at % 2 == 1 && at < last { b'_' } else { b'1' };
    }
}

/// Writes digits over the dots of numbers without a digit on one side.
#[cfg(feature = "ron")]
fn dots(bytes: &[u8], start: usize, end: usize, shadow: &mut [u8]) {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 128;
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    for at in (start..end).filter(|at| bytes[*at] == b'.') {
        let before = &bytes[start..at];
        let word = before.iter().rev().take_while(|byte| is_word(**byte)).count();
        let word = &before[before.len() - word..];
        let after = bytes[..end].get(at + 1);
        let is_alone = before.last() != Some(&b'.') && after != Some(&b'.');
        let ends_number = is_digit(word.first())
            && word.iter().all(|byte| byte.is_ascii_digit() || *byte == b'_')
            && !after.is_some_and(|byte| is_word(*byte));
        let begins_number = word.is_empty() && is_digit(after);
        if is_alone && (ends_number || begins_number) {
            // With a sign in front of it, `.5` is as long as the number that takes its place.
            shadow[at] = if ends_number { b'0' } else { b'1' };
        }
    }
}

/// Writes [`CONTINUATION`] over a line break behind `\`, and what is before the next word.
#[cfg(feature = "ron")]
fn continuations(bytes: &[u8], start: usize, end: usize, shadow: &mut [u8]) {
    let mut at = start;
    while at + 1 < end {
        if bytes[at] != b'\\' {
            at += 1;
        } else if matches!(bytes[at + 1], b'\n' | b'\r') {
            let blank = bytes[at + 1..end].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            shadow[at..=at + blank].fill(CONTINUATION as u8);
            at += blank + 1;
        } else {
            at += 2;
        }
    }
}

/// A part of a text, from one byte to another.
enum Part {
    /// Neither a text nor a comment.
    Code(usize, usize),
    /// A text with escapes, without its quotes.
    Escaped(usize, usize),
}

fn parts(text: &str, syntax: Syntax) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut code, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        let Some((inside, length, is_escaped)) = special(rest, syntax) else {
            at += 1;
            continue;
        };
        parts.push(Part::Code(code, at));
        if is_escaped {
            parts.push(Part::Escaped(at + inside.0, at + inside.1));
        }
        at = (at + length).min(text.len());
        code = at;
    }
    parts.push(Part::Code(code, text.len()));
    parts
}

/// A text or comment that bytes begin with: where it is inside the quotes, how long it is, and whether it has escapes.
fn special(rest: &[u8], syntax: Syntax) -> Option<((usize, usize), usize, bool)> {
    let first = *rest.first()?;
    match syntax {
        #[cfg(feature = "toml")]
        Syntax::Toml => {
            if first == b'#' {
                return Some(((0, 0), line(rest), false));
            }
            let quote =
                [&b"\"\"\""[..], b"'''", b"\"", b"'"].into_iter().find(|quote| rest.starts_with(quote))?;
            let length = quoted(rest, quote.len(), quote, first == b'"');
            Some(((0, 0), length, false))
        }
        #[cfg(feature = "ron")]
        Syntax::Ron => {
            if rest.starts_with(b"//") {
                return Some(((0, 0), line(rest), false));
            }
            if rest.starts_with(b"/*") {
                return Some(((0, 0), block_comment(rest), false));
            }
            if first == b'r' {
                let signs = rest[1..].iter().take_while(|byte| **byte == b'#').count();
                if rest.get(1 + signs) != Some(&b'"') {
                    return None;
                }
                let end = [&b"\""[..], &b"#".repeat(signs)].concat();
                return Some(((0, 0), quoted(rest, signs + 2, &end, false), false));
            }
            if first == b'\'' {
                // A character, as far as its closing quote is near.
                let length = quoted(&rest[..rest.len().min(16)], 1, b"'", true);
                return Some(((0, 0), length, false));
            }
            (first == b'"').then(|| {
                let length = quoted(rest, 1, b"\"", true);
                ((1, length.saturating_sub(1)), length, true)
            })
        }
    }
}

/// The length up to the end of the line.
fn line(rest: &[u8]) -> usize {
    rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
}

#[cfg(feature = "ron")]
fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < rest.len() {
        let (step, change) = match rest.get(at..at + 2) {
            Some(b"/*") => (2, 1),
            Some(b"*/") => (2, -1),
            _ => (1, 0),
        };
        depth = depth.saturating_add_signed(change);
        at += step;
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a text up to and with the quotes that close it.
fn quoted(rest: &[u8], mut at: usize, end: &[u8], escapes: bool) -> usize {
    while at < rest.len() {
        if rest[at..].starts_with(end) {
            return at + end.len();
        }
        at += if escapes && rest[at] == b'\\' { 2 } else { 1 };
    }
    rest.len()
}

#[cfg(all(test, feature = "ron", feature = "toml"))]
mod tests {
    use super::{of_ron, of_toml};

    #[test]
    fn numbers_without_digits_on_one_side() {
        for (text, shadow) in [
            ("(a: 5.)", Some("(a: 50)")),
            ("(a: .5, b: -.5e3)", Some("(a: 15, b: -15e3)")),
            ("[1_0., 0.5, 2..3]", Some("[1_00, 0.5, 2..3]")),
            ("\"5.\" // .5\n r#\".5\"#, '.', /* 5. /* .5 */ */ a.b", None),
        ] {
            assert_eq!(of_ron(text).as_deref(), shadow, "{text}");
        }
    }

    #[test]
    fn line_continuations() {
        assert_eq!(of_ron("\"a\\\n  b\\\\\n\"").as_deref(), Some("\"a\u{1a}\u{1a}\u{1a}\u{1a}b\\\\\n\""));
        assert_eq!(of_ron("\"a\\"), None);
    }

    #[test]
    fn large_numbers_in_toml() {
        for (text, shadow) in [
            ("a = 18446744073709551615", Some("a = 1_1_1_1_1_1_1_1_1_11")),
            ("a = 0xffff_ffff_ffff_ffff", Some("a = 0x1_1_1_1_1_1_1_1_1_1")),
            ("a = 9223372036854775807", None),
            ("a = 1844674407370955161_", None),
            ("a = \"18446744073709551615\" # 18446744073709551615", None),
            ("a = '''\n18446744073709551615'''", None),
        ] {
            assert_eq!(of_toml(text).as_deref(), shadow, "{text}");
        }
    }
}
