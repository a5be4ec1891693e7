//! Texts as formats write them: which bytes of a file are which part of a value, and how another text is written there.
//!
//! This module knows quotes and escapes. It must not know what a value means.

use std::ops::Range;

/// A format with texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    Json,
    Yaml,
    Toml,
    Ron,
    Rust,
}

impl Syntax {
    /// The format that the name of a file tells.
    pub(crate) fn of(name: &str) -> Self {
        use quest_compiler::source::Format;
        match Format::of(name) {
            Format::Json | Format::Jsonc => Self::Json,
            Format::Yaml => Self::Yaml,
            Format::Toml => Self::Toml,
            Format::Ron => Self::Ron,
        }
    }
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Between `"`, with escapes that begin with `\`.
    Escaped,
    /// Between `'`, in YAML with `''` for `'`.
    Single,
    /// Between quotes, without escapes: `r#"…"#`.
    Raw,
    /// Without quotes.
    Plain,
}

/// A character of a value and the bytes that it is written with.
struct Piece {
    written: Range<usize>,
    character: char,
}

/// A replacement in a text: bytes, and what to write there.
pub(crate) type Replacement = (Range<usize>, String);

/// Replaces the part `range` of a value. `written` is the value with its quotes, as the file has it.
///
/// The bytes of the result count from the start of `written`. `None` if the value is written in a way that this does not know.
pub(crate) fn replace(
    syntax: Syntax,
    written: &str,
    value: &str,
    range: Range<usize>,
    new: &str,
) -> Option<Replacement> {
    let (style, body) = style(syntax, written);
    let Some(pieces) = decode(syntax, style, written, body).filter(|pieces| reads(pieces, value)) else {
        return replace_only(written, value, range, new);
    };
    let changed = format!("{}{new}{}", value.get(..range.start)?, value.get(range.end..)?);
    let start = position(&pieces, range.start)?;
    let end = position(&pieces, range.end)?;
    match encode(syntax, style, new, value, &changed) {
        Some(new) => Some((start..end, new)),
        None => Some((0..written.len(), quoted(syntax, &changed))),
    }
}

/// The value of a text. `None` if it is not written as a text.
pub(crate) fn value(syntax: Syntax, written: &str) -> Option<String> {
    let (style, body) = style(syntax, written);
    let pieces = decode(syntax, style, written, body).filter(|_| style != Style::Plain)?;
    Some(pieces.into_iter().map(|piece| piece.character).collect())
}

/// The style of a text, and where its characters are.
fn style(syntax: Syntax, written: &str) -> (Style, Range<usize>) {
    let inner = |open: usize, close: usize| open..written.len().saturating_sub(close).max(open);
    let multiline = |quote: &str| {
        let breaks = written.get(3..).unwrap_or_default();
        let first = if breaks.starts_with("\r\n") { 2 } else { usize::from(breaks.starts_with('\n')) };
        (syntax == Syntax::Toml && written.len() >= 6 && written.starts_with(quote))
            .then(|| inner(3 + first, 3))
    };
    if let Some(body) = multiline("\"\"\"") {
        return (Style::Escaped, body);
    }
    if let Some(body) = multiline("'''") {
        return (Style::Raw, body);
    }
    if written.len() >= 2 && written.starts_with('"') {
        return (Style::Escaped, inner(1, 1));
    }
    if written.len() >= 2 && written.starts_with('\'') && matches!(syntax, Syntax::Yaml | Syntax::Toml) {
        return (if syntax == Syntax::Yaml { Style::Single } else { Style::Raw }, inner(1, 1));
    }
    let hashes = written.strip_prefix('r').map(|rest| rest.len() - rest.trim_start_matches('#').len());
    if let Some(hashes) =
        hashes.filter(|hashes| written.get(hashes + 1..).is_some_and(|rest| rest.starts_with('"')))
    {
        return (Style::Raw, inner(hashes + 2, hashes + 1));
    }
    (Style::Plain, 0..written.len())
}

/// The characters of a text. `None` if an escape is unknown.
fn decode(syntax: Syntax, style: Style, written: &str, body: Range<usize>) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut at = body.start;
    while at < body.end {
        let rest = written.get(at..body.end)?;
        let first = rest.chars().next()?;
        let (length, character) = match (style, first) {
            (Style::Escaped, '\\') => escape(syntax, rest)?,
            (Style::Single, '\'') => (2, Some('\'')),
            _ => (first.len_utf8(), Some(first)),
        };
        pieces.extend(character.map(|character| Piece { written: at..at + length, character }));
        at += length;
    }
    Some(pieces)
}

/// The length of an escape, and what it means; nothing if that is a line break that is not part of the text.
fn escape(syntax: Syntax, rest: &str) -> Option<(usize, Option<char>)> {
    let kind = rest.chars().nth(1)?;
    let hex = |from: usize, digits: usize| u32::from_str_radix(rest.get(from..from + digits)?, 16).ok();
    let fixed = |digits: usize| Some((2 + digits, Some(char::from_u32(hex(2, digits)?)?)));
    match kind {
        'u' if rest.get(2..).is_some_and(|rest| rest.starts_with('{')) => {
            let end = rest.find('}')?;
            Some((end + 1, Some(char::from_u32(hex(3, end - 3)?)?)))
        }
        'u' => {
            let first = hex(2, 4)?;
            let second = || (rest.get(6..8) == Some("\\u")).then(|| hex(8, 4)).flatten();
            match first {
                0xD800..=0xDBFF => {
                    let low = second().filter(|low| (0xDC00..=0xDFFF).contains(low))?;
                    let code = 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00);
                    Some((12, Some(char::from_u32(code)?)))
                }
                _ => fixed(4),
            }
        }
        'U' => fixed(8),
        'x' => fixed(2),
        '\n' | '\r' => {
            let breaks = rest.get(1..)?;
            Some((1 + breaks.len() - breaks.trim_start().len(), None))
        }
        _ => Some((1 + kind.len_utf8(), Some(simple_escape(syntax, kind)?))),
    }
}

fn simple_escape(syntax: Syntax, kind: char) -> Option<char> {
    Some(match kind {
        '"' | '\\' | '/' | '\'' | ' ' => kind,
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'a' => '\u{7}',
        'v' => '\u{b}',
        'e' => '\u{1b}',
        'N' if syntax == Syntax::Yaml => '\u{85}',
        '_' if syntax == Syntax::Yaml => '\u{a0}',
        'L' if syntax == Syntax::Yaml => '\u{2028}',
        'P' if syntax == Syntax::Yaml => '\u{2029}',
        _ => return None,
    })
}

/// Whether characters are those of a value.
fn reads(pieces: &[Piece], value: &str) -> bool {
    value.chars().eq(pieces.iter().map(|piece| piece.character))
}

/// Where a byte of the value is written.
fn position(pieces: &[Piece], byte: usize) -> Option<usize> {
    let mut before = 0;
    for piece in pieces {
        if before == byte {
            return Some(piece.written.start);
        }
        before += piece.character.len_utf8();
    }
    (before == byte).then(|| pieces.last().map_or(0, |piece| piece.written.end))
}

/// A new part of a text in its style; `None` if the whole text, which was `value` and is now `changed`, needs another style.
fn encode(syntax: Syntax, style: Style, new: &str, value: &str, changed: &str) -> Option<String> {
    match style {
        Style::Escaped => Some(escaped(syntax, new)),
        Style::Single => new.chars().all(|sign| !sign.is_control()).then(|| new.replace('\'', "''")),
        Style::Raw => {
            new.chars().all(|sign| !sign.is_control() && !matches!(sign, '\'' | '"')).then(|| new.to_owned())
        }
        Style::Plain => is_plain(syntax, value, changed).then(|| new.to_owned()),
    }
}

/// A text in quotes.
pub(crate) fn quoted(syntax: Syntax, text: &str) -> String {
    format!("\"{}\"", escaped(syntax, text))
}

fn escaped(syntax: Syntax, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            sign if sign.is_control() => out.push_str(&match syntax {
                Syntax::Ron | Syntax::Rust => format!("\\u{{{:x}}}", u32::from(sign)),
                _ => format!("\\u{:04x}", u32::from(sign)),
            }),
            sign => out.push(sign),
        }
    }
    out
}

/// Whether a text needs no quotes. `value` is one in the same place that needs none.
fn is_plain(syntax: Syntax, value: &str, text: &str) -> bool {
    match syntax {
        Syntax::Json => false,
        Syntax::Toml => is_bare_key(text),
        Syntax::Ron | Syntax::Rust => {
            let mut signs = text.chars();
            signs.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
                && signs.all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
        }
        Syntax::Yaml => is_plain_yaml(value, text),
    }
}

/// Whether a key of TOML needs no quotes.
pub(crate) fn is_bare_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn is_plain_yaml(value: &str, text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let begins =
        |first: char| first.is_alphanumeric() || matches!(first, '_' | '/') || value.starts_with(first);
    // A number or a date has no other letters than these.
    let letter = |sign: char| matches!(sign.to_ascii_lowercase(), 'a'..='f' | 'x' | 'o');
    let is_number = text.starts_with(|sign: char| sign.is_ascii_digit())
        && text.chars().all(|sign| !sign.is_alphabetic() || letter(sign));
    let harmless = |sign: char| sign.is_alphanumeric() || value.contains(sign) || "_-.:/+@$%~".contains(sign);
    text.starts_with(begins)
        && !is_number
        && text.chars().all(harmless)
        && !text.ends_with(':')
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Replaces a part of a value that is written once, as it is.
fn replace_only(written: &str, value: &str, range: Range<usize>, new: &str) -> Option<Replacement> {
    let harmless = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.' | ':' | '/');
    let mut found = written.match_indices(value);
    let (at, _) = found.next().filter(|_| found.next().is_none() && !value.is_empty())?;
    new.chars().all(harmless).then(|| (at + range.start..at + range.end, new.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn replaced(syntax: Syntax, written: &str, value: &str, old: &str, new: &str) -> String {
        let at = value.find(old).unwrap();
        let (range, text) = replace(syntax, written, value, at..at + old.len(), new).unwrap();
        let mut written = written.to_owned();
        written.replace_range(range, &text);
        written
    }

    #[test]
    fn quotes_and_escapes_stay_as_they_are() {
        for (syntax, written, value, expected) in [
            (Syntax::Json, r#""old:x""#, "old:x", r#""new:x""#),
            (Syntax::Json, r#""\u006fld:\u0078""#, "old:x", r#""new:\u0078""#),
            (Syntax::Json, r#""a\ud83d\ude00old""#, "a😀old", r#""a\ud83d\ude00new""#),
            (Syntax::Yaml, "old", "old", "new"),
            (Syntax::Yaml, "go:old!", "go:old!", "go:new!"),
            (Syntax::Yaml, "'it''s old'", "it's old", "'it''s new'"),
            (Syntax::Yaml, "\"\\x6fld\"", "old", "\"new\""),
            (Syntax::Toml, "'old'", "old", "'new'"),
            (Syntax::Toml, "\"\"\"\nold\"\"\"", "old", "\"\"\"\nnew\"\"\""),
            (Syntax::Toml, "old", "old", "new"),
            (Syntax::Ron, "r#\"old\"#", "old", "r#\"new\"#"),
            (Syntax::Ron, r#""\u{6f}ld""#, "old", r#""new""#),
            (Syntax::Ron, "old", "old", "new"),
            (Syntax::Rust, r#""q:old""#, "q:old", r#""q:new""#),
        ] {
            assert_eq!(replaced(syntax, written, value, "old", "new"), expected, "{written}");
        }
    }

    #[test]
    fn what_needs_quotes_gets_them() {
        for (syntax, written, new, expected) in [
            (Syntax::Yaml, "old", "true", "\"true\""),
            (Syntax::Yaml, "old", "12", "\"12\""),
            (Syntax::Yaml, "old", "2nd-try", "2nd-try"),
            (Syntax::Yaml, "old", "a: b", "\"a: b\""),
            (Syntax::Toml, "old", "a.b", "\"a.b\""),
            (Syntax::Toml, "'old'", "it's", "\"it's\""),
            (Syntax::Ron, "old", "a-b", "\"a-b\""),
            (Syntax::Json, "\"old\"", "a\"b\\", "\"a\\\"b\\\\\""),
            (Syntax::Ron, "r\"old\"", "a\"b", "\"a\\\"b\""),
        ] {
            assert_eq!(replaced(syntax, written, "old", "old", new), expected, "{written}");
        }
    }

    #[test]
    fn blocks_of_lines_are_changed_where_the_text_occurs_once() {
        assert_eq!(replaced(Syntax::Yaml, "|-\n  old", "old", "old", "new"), "|-\n  new");
        assert_eq!(replace(Syntax::Yaml, "|-\n  old old", "old", 0..3, "new"), None);
    }
}
