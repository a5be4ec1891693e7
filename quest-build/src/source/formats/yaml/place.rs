//! Places in a YAML file: from the characters that the parser counts to bytes, and from its spans to what a label should underline.
//!
//! This knows the characters that begin and end things in YAML. It does not know what they mean.

use super::super::super::tape::Place;
use super::super::writer::place;
use saphyr_parser::ScalarStyle;

/// Every so many characters a byte is kept.
const STEP: usize = 64;

pub(super) struct Places<'t> {
    text: &'t str,
    /// Where the part of the text starts that the parser reads.
    start: usize,
    /// The byte of every `STEP`th character; nothing if every character is a byte.
    steps: Vec<usize>,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        let body = text.get(start..).unwrap_or_default();
        let steps = match body.is_ascii() {
            true => Vec::new(),
            false => body.char_indices().step_by(STEP).map(|(at, _)| at).collect(),
        };
        Self { text, start, steps }
    }

    /// The byte of a character; the end of the text for one behind it.
    pub(super) fn byte(&self, index: usize) -> usize {
        let body = self.text.get(self.start..).unwrap_or_default();
        if self.steps.is_empty() {
            return self.start + index.min(body.len());
        }
        let Some(step) = self.steps.get(index / STEP) else { return self.text.len() };
        let rest = body.get(*step..).unwrap_or_default();
        let ahead = rest.char_indices().nth(index % STEP).map_or(rest.len(), |(at, _)| at);
        self.start + step + ahead
    }

    pub(super) fn bytes(&self, span: saphyr_parser::Span) -> (usize, usize) {
        let start = self.byte(span.start.index());
        (start, self.byte(span.end.index()).max(start))
    }

    fn from(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Where a node itself starts, behind the tag and the anchor at `at`; and where these stand.
    pub(super) fn behind_properties(&self, at: usize) -> Properties {
        let mut found = Properties { content: at, tag: None, end: at };
        loop {
            let rest = self.from(found.content);
            let Some(first) = rest.chars().next().filter(|first| matches!(first, '&' | '!')) else { return found };
            // A tag in `< >` can hold anything, and in brackets both end before a comma.
            let length = match rest.strip_prefix("!<").and_then(|verbatim| verbatim.find('>')) {
                Some(end) => end + 3,
                None => rest.find([' ', '\t', '\r', '\n', ',', '[', ']', '{', '}']).unwrap_or(rest.len()),
            };
            found.end = found.content + length;
            if first == '!' {
                found.tag = Some(place(found.content, found.end));
            }
            found.content = self.skip_space(found.end);
        }
    }

    /// The next byte that is neither white space nor part of a comment.
    fn skip_space(&self, mut at: usize) -> usize {
        loop {
            let rest = self.from(at);
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            at += blank;
            if blank == 0 || !self.from(at).starts_with('#') {
                return at;
            }
            at += self.from(at).find('\n').unwrap_or(self.from(at).len());
        }
    }

    /// What to underline of a scalar: itself, cut to its first line. The parser counts what follows a quoted scalar as part of it.
    pub(super) fn scalar(&self, start: usize, end: usize, style: ScalarStyle) -> Place {
        let text = self.text.get(start..end).unwrap_or_default();
        let length = match style {
            ScalarStyle::DoubleQuoted => quoted(text, b'"'),
            ScalarStyle::SingleQuoted => quoted(text, b'\''),
            ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => text.len(),
        };
        let text = text.get(..length).unwrap_or(text);
        let line = text.find(['\r', '\n']).unwrap_or(text.len());
        place(start, start + text[..line].trim_end().len())
    }

    /// What to underline for a value that is not there: the colon or dash behind which it should be, or else `key`.
    pub(super) fn absent(&self, at: usize, key: Option<Place>) -> Place {
        let before = self.before(at);
        match (self.from(at).as_bytes().first(), key) {
            (Some(b':' | b'-'), _) => place(at, at + 1),
            (_, Some(key)) => key,
            (_, None) if before.ends_with('-') => place(before.len() - 1, before.len()),
            (_, None) => place(at, at),
        }
    }

    /// What stands before a byte on its line and above.
    fn before(&self, at: usize) -> &'t str {
        self.text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t'])
    }

    /// The last line with something on it before a byte that is the first on its line; the character at that byte otherwise.
    pub(super) fn line_above(&self, at: usize) -> (usize, usize) {
        let before = self.before(at);
        if !before.ends_with(['\r', '\n']) && at < self.text.len() {
            return self.character(at);
        }
        let before = before.trim_end();
        let line = before.rfind('\n').map_or(self.start, |line| line + 1);
        let start = before.len() - before.get(line..).unwrap_or_default().trim_start().len();
        (start, before.len())
    }

    /// What to underline of a list or an object that starts at `at`: its bracket; without one, the dash or the name before it.
    pub(super) fn opening(&self, at: usize, key: Option<Place>) -> (u32, u32) {
        let first = self.from(at).chars().next();
        if !matches!(first, Some('[' | '{')) {
            if let Some(key) = key {
                return key.mark;
            }
            let before = self.before(at);
            if before.ends_with('-') {
                return place(before.len() - 1, before.len()).mark;
            }
        }
        place(at, at + first.map_or(0, char::len_utf8)).mark
    }

    pub(super) fn text(&self, place: Place) -> &'t str {
        self.text.get(place.start as usize..place.end as usize).unwrap_or_default()
    }

    /// The character at a byte, as a place.
    pub(super) fn character(&self, at: usize) -> (usize, usize) {
        (at, at + self.from(at).chars().next().filter(|c| !matches!(c, '\r' | '\n')).map_or(0, char::len_utf8))
    }
}

/// The tag and the anchor before a node.
pub(super) struct Properties {
    /// Where the node itself starts.
    pub(super) content: usize,
    pub(super) tag: Option<Place>,
    /// Where the last of them ends.
    pub(super) end: usize,
}

/// The length of a text in quotes.
fn quoted(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 2,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 2,
            byte if *byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_bytes() {
        for text in ["", "abc", "é", "aé日😀b", &"é".repeat(200), &"ab日".repeat(100)] {
            let with_mark = format!("\u{feff}{text}");
            let places = Places::new(&with_mark, 3);
            let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at + 3).chain([text.len() + 3]).collect();
            for (index, byte) in bytes.iter().enumerate() {
                assert_eq!(places.byte(index), *byte, "{index} of {text}");
            }
            assert_eq!(places.byte(bytes.len() + 100), text.len() + 3);
        }
    }

    #[test]
    fn properties() {
        let behind = |text: &str| {
            let places = Places::new(text, 0);
            let found = places.behind_properties(0);
            (text[found.content..].to_owned(), found.tag.map(|tag| places.text(tag).to_owned()))
        };
        assert_eq!(behind("&a value"), ("value".to_owned(), None));
        assert_eq!(behind("&a !!str # note\n  value"), ("value".to_owned(), Some("!!str".to_owned())));
        assert_eq!(behind("!<tag:a b> &ä [x]"), ("[x]".to_owned(), Some("!<tag:a b>".to_owned())));
        assert_eq!(behind("!x"), (String::new(), Some("!x".to_owned())));
        assert_eq!(behind("&a, b"), (", b".to_owned(), None));
        assert_eq!(behind("value"), ("value".to_owned(), None));
    }

    #[test]
    fn scalars_end_where_they_are_closed() {
        let scalar = |text: &str, style| {
            let places = Places::new(text, 0);
            places.text(places.scalar(0, text.len(), style)).to_owned()
        };
        use ScalarStyle::{DoubleQuoted, Literal, Plain, SingleQuoted};
        assert_eq!(scalar("\"1.0\"   # é", DoubleQuoted), "\"1.0\"");
        assert_eq!(scalar("\"a\\\"b\" # é", DoubleQuoted), "\"a\\\"b\"");
        assert_eq!(scalar("'it''s' # é", SingleQuoted), "'it''s'");
        assert_eq!(scalar("\"one\n two\"", DoubleQuoted), "\"one");
        assert_eq!(scalar("one  \r\n  two", Plain), "one");
        assert_eq!(scalar("\"Hi\", she said", Literal), "\"Hi\", she said");
        assert_eq!(scalar("\"\\", DoubleQuoted), "\"\\");
    }
}
