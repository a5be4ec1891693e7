//! Candidates for the repair of texts and their quotes.
//!
//! Input and output are those of [`repair`](super::repair). Unlike other marks, quotes change the tokens after them, so these repairs read
//! a part of the file again. This module must not know brackets and indentation.

use super::lex::{Token, TokenKind, line_end, meant, next_quote, trimmed};
use super::repair::{Candidates, Mistake};
use crate::source::tape::NodeKind;

impl Candidates<'_, '_> {
    /// The quotes of the token at `at` are wrong.
    pub(super) fn quotes(&mut self, at: usize, distance: u32) {
        let token = self.token(at);
        let text = self.reader.text;
        let (start, end) = (token.start(), token.end());
        let string = |start, end| Token::made(TokenKind::Scalar(NodeKind::Word), start, end);
        match token.kind {
            _ if start == end => {}
            TokenKind::Scalar(NodeKind::Text | NodeKind::Escaped | NodeKind::Word) | TokenKind::Unclosed => {
                self.surplus_quote(at, distance);
                if !text[start..].starts_with('"') {
                    return;
                }
                // It should have ended before a mark, or at the end of the line.
                let inner = &text[start + 1..end];
                let mut ends: Vec<usize> = inner
                    .match_indices([',', ':', '}', ']'])
                    .map(|(mark, _)| trimmed(text, start + 1 + mark).max(start + 1))
                    .collect::<Vec<_>>();
                if token.kind == TokenKind::Unclosed {
                    ends.push(end);
                }
                ends.dedup();
                let last = ends.len().saturating_sub(8);
                let some = ends.iter().enumerate().filter(|(index, _)| *index < 3 || *index >= last);
                for (_, &end) in some {
                    self.text(Mistake::ClosingQuote, at, string(start, end), end, 30 + distance);
                }
                if token.kind == TokenKind::Unclosed {
                    self.lines(at);
                } else {
                    self.inner_quotes(at, distance);
                }
            }
            TokenKind::End | TokenKind::Skipped => {}
            _ => {
                if let Some(quote) = next_quote(text, start) {
                    self.text(Mistake::OpeningQuote, at, string(start, quote + 1), quote + 1, 30 + distance);
                }
            }
        }
    }

    fn surplus_quote(&mut self, at: usize, distance: u32) {
        let start = self.token(at).start();
        let width = self.reader.text[start..].chars().next().map_or(0, char::len_utf8);
        let quote = Token::made(TokenKind::Skipped, start, start + width);
        self.text(Mistake::SurplusQuote, at, quote, start + width, 35 + distance);
    }

    /// Quotes inside the text are not escaped.
    fn inner_quotes(&mut self, at: usize, distance: u32) {
        let (text, token) = (self.reader.text, self.token(at));
        let ends = |quote: usize| {
            let rest = text[quote + 1..].trim_start_matches([' ', '\t']);
            rest.is_empty() || rest.starts_with([',', ':', '}', ']', '\n', '\r'])
        };
        if ends(token.end() - 1) {
            return;
        }
        let most = if self.state(at).name() { 1 } else { 8 };
        let quotes = std::iter::successors(Some(token.end() - 1), |quote| next_quote(text, quote + 1));
        for (count, quote) in quotes.enumerate().skip(1).take(most).filter(|(_, quote)| ends(*quote)) {
            let mut string = Token::made(TokenKind::Scalar(NodeKind::Word), token.start(), quote + 1);
            // One quote may as well be a slip, and then the text is not known.
            if count % 2 == 1 {
                string.kind = TokenKind::Scalar(NodeKind::Invalid);
            }
            self.text(Mistake::InnerQuote, at, string, quote + 1, 60 + distance);
        }
    }

    /// A text goes on in the next lines.
    fn lines(&mut self, at: usize) {
        let (text, token) = (self.reader.text, self.token(at));
        let mut from = token.end();
        for _ in 0..20 {
            let Some(next) = text[from..].find('\n').map(|length| from + length + 1) else { return };
            from = next;
            if let Some(quote) = next_quote(text, from) {
                let string = Token::made(TokenKind::Scalar(NodeKind::Invalid), token.start(), quote + 1);
                self.text(Mistake::Lines, at, string, quote + 1, 60);
                return;
            }
        }
    }

    /// A name or a text has no quotes at all.
    pub(super) fn bare(&mut self) {
        let (last, error, text) = (self.last, self.error, self.reader.text);
        if self.reader.state.name()
            && !error.is_text()
            && matches!(error.kind, TokenKind::Word | TokenKind::Scalar(_))
        {
            let name = Token { kind: TokenKind::Scalar(NodeKind::Word), ..error };
            self.text(Mistake::Bare, last, name, error.end(), 30);
        }
        // `gold`, or `500 gold`, of which `500` was already read.
        let before = self.reader.before(last).filter(|at| {
            let token = self.token(*at);
            matches!(token.kind, TokenKind::Scalar(_)) && !token.is_text() && token.start < token.end
        });
        for at in std::iter::once(last).filter(|_| error.kind == TokenKind::Word).chain(before) {
            if !self.state(at).value() {
                continue;
            }
            let start = self.token(at).start();
            let line = &text[start..line_end(text, start)];
            let words = start + line.find([',', '}', ']', '"']).unwrap_or(line.len());
            for end in [error.end(), trimmed(text, words)] {
                if end >= error.end() {
                    let token = Token::made(TokenKind::Scalar(meant(&text[start..end])), start, end);
                    self.text(Mistake::Bare, at, token, end, 40);
                }
            }
        }
    }

    /// A line is prose and no JSON at all.
    pub(super) fn prose(&mut self) {
        let (text, error) = (self.reader.text, self.error);
        if error.indent.is_none() || !matches!(error.kind, TokenKind::Word | TokenKind::Stray) {
            return;
        }
        let end = trimmed(text, line_end(text, error.start()));
        let line = &text[error.start()..end];
        if line.contains(' ') && !line.contains(['"', ':', '=', '{', '}', '[', ']']) {
            let skipped = Token::made(TokenKind::Skipped, error.start(), end);
            self.text(Mistake::Surplus, self.last, skipped, end, 70);
        }
    }
}
