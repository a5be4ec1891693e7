//! Spans in a YAML file: from those of the parser to what a label should underline.
//!
//! This module knows the characters that begin and end things in YAML, but not what they mean.

use super::super::super::tape::Place;
use super::super::writer::place;
use granit_parser::Marker;

pub(super) struct Places<'t> {
    text: &'t str,
    /// Where the part of the text starts that the parser reads.
    start: usize,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        Self { text, start }
    }

    /// The byte of a mark. The parser knows it for every mark in a text that it has as a whole.
    pub(super) fn byte(&self, mark: Marker) -> usize {
        let byte = mark.byte_offset().map_or(self.text.len(), |byte| self.start + byte);
        self.text.floor_char_boundary(byte)
    }

    pub(super) fn bytes(&self, span: granit_parser::Span) -> (usize, usize) {
        let start = self.byte(span.start);
        (start, self.byte(span.end).max(start))
    }

    fn from(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The text before a byte, without the spaces directly before it.
    fn before(&self, at: usize) -> &'t str {
        self.text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t'])
    }

    /// What to underline of something: itself, cut to its first line.
    pub(super) fn line(&self, (start, end): (usize, usize)) -> Place {
        let text = self.text.get(start..end).unwrap_or_default();
        let line = text.find(['\r', '\n']).unwrap_or(text.len());
        place(start, start + text[..line].trim_end().len())
    }

    /// The span to underline for a missing value: the colon or dash that it should follow, or else `key`.
    pub(super) fn absent(&self, at: usize, key: Option<Place>) -> Place {
        let before = self.before(at);
        let mark = if key.is_some() { ':' } else { '-' };
        if self.from(at).starts_with(':') {
            place(at, at + 1)
        } else if before.ends_with(mark) {
            place(before.len() - 1, before.len())
        } else {
            key.unwrap_or_else(|| place(at, at))
        }
    }

    /// What to underline of a list or an object that starts at `at`: its bracket; without one, the dash or the name before it.
    pub(super) fn opening(&self, at: usize, flow: bool, key: Option<Place>) -> (u32, u32) {
        if !flow {
            if let Some(key) = key {
                return key.mark;
            }
            let before = self.before(at);
            if before.ends_with('-') {
                return place(before.len() - 1, before.len()).mark;
            }
        }
        let (start, end) = self.character(at);
        place(start, end).mark
    }

    /// The character at a byte.
    pub(super) fn character(&self, at: usize) -> (usize, usize) {
        (
            at,
            at + self.from(at).chars().next().filter(|c| !matches!(c, '\r' | '\n')).map_or(0, char::len_utf8),
        )
    }

    /// The tab in the white space before a byte; the character there if there is none.
    pub(super) fn tab(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or_default();
        let white = before.trim_end_matches([' ', '\t']).len();
        match before[white..].find('\t') {
            Some(tab) => (white + tab, white + tab + 1),
            None => self.character(at),
        }
    }

    /// The rest of a line from a byte on.
    pub(super) fn rest_of_line(&self, at: usize) -> (usize, usize) {
        let place = self.line((at, self.text.len()));
        (at, place.end as usize)
    }

    /// The first quote between two bytes that can open a text.
    pub(super) fn quote(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let mut before = ' ';
        let mut comment = false;
        for (at, c) in self.text.get(from..to)?.char_indices() {
            let apart = before.is_whitespace() || matches!(before, '[' | '{' | ',');
            match c {
                '\n' => comment = false,
                '#' if apart => comment = true,
                '"' | '\'' if apart && !comment => return Some((from + at, from + at + 1)),
                _ => {}
            }
            before = c;
        }
        None
    }

    /// Where the first line below a byte starts that names a value or is an element of a list.
    pub(super) fn next_name(&self, at: usize) -> Option<(usize, usize)> {
        let mut start = at;
        for line in self.from(at).split_inclusive('\n') {
            let text = line.trim();
            let first = start + (line.len() - line.trim_start().len());
            if start > at && (text.starts_with("- ") || text.contains(": ") || text.ends_with(':')) {
                return Some(self.character(first));
            }
            start += line.len();
        }
        None
    }

    pub(super) fn text(&self, place: Place) -> &'t str {
        self.text.get(place.start as usize..place.end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_that_open_a_text() {
        let quote = |text: &str| Places::new(text, 0).quote(0, text.len());
        assert_eq!(quote(": \"é"), Some((2, 3)));
        assert_eq!(quote(": # \"é\"\n  - it's 'x"), Some((18, 19)));
        assert_eq!(quote("é: ['"), Some((5, 6)));
        assert_eq!(quote("it's"), None);
    }

    #[test]
    fn the_line_that_follows_an_open_quote() {
        let next = |text: &str| Places::new(text, 0).next_name(text.find('"').unwrap());
        assert_eq!(next("a: \"one\n\n  ö: 2\n"), Some((11, 13)));
        assert_eq!(next("a: \"one: 1\n  and more\r\n- b\n"), Some((23, 24)));
        assert_eq!(next("a: \"one: 1\n  and more"), None);
    }

    #[test]
    fn what_is_not_there() {
        fn absent(text: &str, at: usize, key: Option<Place>) -> (u32, &str) {
            let places = Places::new(text, 0);
            let found = places.absent(at, key);
            (found.start, places.text(found))
        }
        let key = Some(place(0, 2));
        assert_eq!(absent("é:\n", 3, key), (2, ":"));
        assert_eq!(absent("é:\n", 2, key), (2, ":"));
        assert_eq!(absent("é, b", 2, key), (0, "é"));
        assert_eq!(absent("- \n", 2, None), (0, "-"));
        assert_eq!(absent("é", 2, None), (2, ""));
    }
}
