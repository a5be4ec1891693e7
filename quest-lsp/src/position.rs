//! Places in texts: bytes here, lines and columns in an editor.

use gen_lsp_types::{Position, Range};
use line_index::{LineCol, LineIndex, TextSize, WideEncoding, WideLineCol};
use quest_compiler::text::Span;

/// How an editor counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Columns {
    Utf8,
    /// What the protocol asks for if nothing else was agreed on.
    #[default]
    Utf16,
}

/// The lines of a text.
#[derive(Debug)]
pub(crate) struct Lines {
    index: LineIndex,
    columns: Columns,
    /// Where the text of each line ends, without its line break.
    ends: Vec<usize>,
    length: usize,
}

impl Lines {
    pub(crate) fn new(text: &str, columns: Columns) -> Self {
        let mut start = 0;
        let ends = text.split('\n').map(|line| {
            let end = start + line.strip_suffix('\r').unwrap_or(line).len();
            start += line.len() + 1;
            end
        });
        Self { index: LineIndex::new(text), columns, ends: ends.collect(), length: text.len() }
    }

    /// The byte of a position. One behind the end of a line is that end, and one behind the last line the end of the text.
    pub(crate) fn byte(&self, position: Position) -> usize {
        let Some(end) = self.ends.get(position.line as usize) else { return self.length };
        let wide = WideLineCol { line: position.line, col: position.character };
        let within = match self.columns {
            Columns::Utf8 => Some(LineCol { line: wide.line, col: wide.col }),
            Columns::Utf16 => self.index.to_utf8(WideEncoding::Utf16, wide),
        };
        let byte = within.and_then(|within| self.index.offset(within));
        byte.map_or(*end, |byte| usize::from(byte).min(*end))
    }

    /// The position of a byte.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let byte = TextSize::try_from(byte.min(self.length)).unwrap_or_default();
        let Some(at) = self.index.try_line_col(byte) else { return Position::default() };
        match self.columns {
            Columns::Utf8 => Position { line: at.line, character: at.col },
            Columns::Utf16 => match self.index.to_wide(WideEncoding::Utf16, at) {
                Some(wide) => Position { line: wide.line, character: wide.col },
                None => Position { line: at.line, character: at.col },
            },
        }
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
    fn what_is_behind_an_end_is_the_end() {
        let lines = Lines::new("ab\n", Columns::Utf16);
        assert_eq!(lines.byte(Position { line: 0, character: 99 }), 2);
        assert_eq!(lines.byte(Position { line: 9, character: 0 }), 3);
    }
}
