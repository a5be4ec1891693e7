//! Places in texts: bytes here, lines and columns in an editor.

use gen_lsp_types::{Position, Range};
use quest_compiler::text::Span;

/// How an editor counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Columns {
    Utf8,
    /// What the protocol asks for if nothing else was agreed on.
    #[default]
    Utf16,
}

/// The lines of a text. As the protocol has it, a line ends with `\n`, `\r\n` or `\r`.
#[derive(Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    columns: Columns,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str, columns: Columns) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let starts = (0..bytes.len()).filter(ends).map(|at| at + 1);
        Self { text, columns, starts: std::iter::once(0).chain(starts).collect() }
    }

    /// The text of a line, without its end, and where it starts.
    fn line(&self, line: usize) -> Option<(usize, &'t str)> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        Some((start, self.text.get(start..end)?.trim_end_matches(['\n', '\r'])))
    }

    fn width(&self, sign: char) -> usize {
        match self.columns {
            Columns::Utf8 => sign.len_utf8(),
            Columns::Utf16 => sign.len_utf16(),
        }
    }

    /// The byte of a position. One behind the end of a line is that end, and one behind the last line the end of the text. One
    /// within a character is the beginning of that.
    pub(crate) fn byte(&self, position: Position) -> usize {
        let Some((start, line)) = self.line(position.line as usize) else { return self.text.len() };
        let mut left = position.character as usize;
        for (at, sign) in line.char_indices() {
            match left.checked_sub(self.width(sign)) {
                Some(rest) if left > 0 => left = rest,
                _ => return start + at,
            }
        }
        start + line.len()
    }

    /// The position of a byte.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let before = self.text.get(self.starts[line]..byte).unwrap_or_default();
        let column: usize = before.chars().map(|sign| self.width(sign)).sum();
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(column) }
    }

    pub(crate) fn range(&self, start: usize, end: usize) -> Range {
        Range { start: self.position(start), end: self.position(end) }
    }

    pub(crate) fn of(&self, span: Span) -> Range {
        self.range(span.start as usize, span.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_agreed() {
        let text = "a\n\"𝄞é\" x\r\nlast";
        let at = |line, character| Position { line, character };
        for (byte, utf16) in [(0, at(0, 0)), (2, at(1, 0)), (7, at(1, 3)), (9, at(1, 4)), (18, at(2, 4))] {
            let lines = Lines::new(text, Columns::Utf16);
            assert_eq!(lines.position(byte), utf16);
            assert_eq!(lines.byte(utf16), byte);
        }
        assert_eq!(Lines::new(text, Columns::Utf8).position(9), at(1, 7));
    }

    #[test]
    fn three_ends_of_lines() {
        let lines = Lines::new("a\rb\r\nc\n\rd", Columns::Utf16);
        let starts = [(0, 0), (2, 1), (5, 2), (7, 3), (8, 4)];
        for (byte, line) in starts {
            assert_eq!(lines.position(byte), Position { line, character: 0 });
            assert_eq!(lines.byte(Position { line, character: 0 }), byte);
        }
        assert_eq!(lines.byte(Position { line: 1, character: 9 }), 3);
    }

    #[test]
    fn what_is_behind_an_end_is_the_end() {
        let lines = Lines::new("ab\n", Columns::Utf16);
        assert_eq!(lines.byte(Position { line: 0, character: 99 }), 2);
        assert_eq!(lines.byte(Position { line: 9, character: 0 }), 3);
    }
}
