//! Messages about syntax errors, in the words of someone who writes quests.
//!
//! The repair that was chosen comes in. A diagnostic goes out. This module must not know how the repair was found.

use super::grammar::Open;
use super::lex::{Bracket, Token, TokenKind, is_word, lex, line_end, meant, next_quote, trimmed};
use super::repair::{Mistake, Repair};
use super::{Recovery, State};
use crate::diagnostics::{Diagnostic, code};
use crate::source::tape::NodeKind;
use crate::text::Span;

impl Recovery<'_> {
    fn diagnostic(
        &self,
        title: impl Into<String>,
        start: usize,
        end: usize,
        label: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(&code::SYNTAX, title).label(Span::new(self.file, start, end), label)
    }

    /// The last character before the token at `at`.
    fn character_before(&self, at: usize) -> (usize, usize) {
        let end =
            self.before(at).and_then(|at| self.entries.get(at)).map_or(self.start, |entry| entry.token.end());
        self.last_character(end)
    }

    fn last_character(&self, end: usize) -> (usize, usize) {
        (end - self.text[..end].chars().next_back().map_or(0, char::len_utf8), end)
    }

    pub(super) fn describe(&self, repair: &Repair) -> Diagnostic {
        let state = self.state_before(repair.keep);
        let Some(first) = repair.feed.first() else {
            return Diagnostic::internal("a repair without a token", None);
        };
        let (start, end) = (first.start(), first.end());
        let (before, behind) = self.character_before(repair.keep);
        let what = if state.name() { "name" } else { "text" };
        match repair.mistake {
            Mistake::Missing => self.missing(repair.keep, first),
            Mistake::Unclosed => self.unclosed(repair, state),
            Mistake::NoValue if first.kind == TokenKind::Colon => {
                let label = "`:` and a value should stand behind this name";
                self.diagnostic("a value is missing", before, behind, label)
            }
            Mistake::NoValue => {
                self.diagnostic("a value is missing", before, behind, "a value should stand behind this")
            }
            Mistake::NoName => {
                let end = start + self.text[start..].chars().next().map_or(0, char::len_utf8);
                let label = "a name in double quotes should stand before this";
                self.diagnostic("a property name is missing", start, end, label)
            }
            Mistake::Surplus => self.left_out(start, end),
            Mistake::Wrong => self.wrong(repair, first),
            Mistake::Bare => self.bare(start, end, state),
            Mistake::OpeningQuote => {
                let title = format!("the opening quote of this {what} is missing");
                self.diagnostic(title, start, end, "`\"` should stand at the beginning")
            }
            Mistake::ClosingQuote => {
                let title = format!("the closing quote of this {what} is missing");
                let diagnostic = self.diagnostic(title, start, end, "`\"` should stand at the end");
                let escaped = self.text[start..end].trim_end_matches(',').ends_with("\\\"");
                let help = "`\\\"` is a quote that belongs to the text; a backslash itself is `\\\\`";
                diagnostic.maybe_help(escaped.then(|| help.to_owned()))
            }
            Mistake::SurplusQuote => self.diagnostic("a quote too many", start, end, "remove this"),
            Mistake::InnerQuote => {
                let inner = next_quote(self.text, start + 1).unwrap_or(start);
                self.diagnostic(
                    format!("a quote in the middle of a {what}"),
                    inner,
                    inner + 1,
                    format!("the {what} would end here"),
                )
                .help("write `\\\"` for a quote that belongs to the text")
            }
            Mistake::Lines => {
                let line = line_end(self.text, start);
                self.diagnostic(
                    "a text goes on in the next line",
                    start,
                    line,
                    "`\"` should stand at the end",
                )
                .help("a text ends on the line on which it begins; a new line in it is `\\n`")
            }
            Mistake::FileEnds => self.file_ends(state),
            Mistake::Rest => {
                let end = start + self.text[start..].chars().next().map_or(0, char::len_utf8);
                let label = "the document is complete before this";
                self.diagnostic("text behind the end of the document", start, end, label)
                    .help("remove what follows")
            }
        }
    }
}

impl Recovery<'_> {
    fn missing(&self, keep: usize, mark: &Token) -> Diagnostic {
        let (before, behind) = self.character_before(keep);
        match mark.kind {
            TokenKind::Comma => {
                self.diagnostic("a comma is missing", before, behind, "`,` should stand behind this")
            }
            TokenKind::Colon => {
                self.diagnostic("a `:` is missing", before, behind, "`:` should stand behind this name")
            }
            TokenKind::Open(bracket) => {
                let mark_text = bracket.opening();
                let title = format!("a `{mark_text}` is missing");
                if self.text[before..behind] == *":" {
                    let label = format!("`{mark_text}` should stand behind this");
                    return self.diagnostic(title, before, behind, label);
                }
                let next = lex(self.text, mark.start());
                let label = format!("`{mark_text}` should stand before this");
                self.diagnostic(title, next.start(), next.end(), label)
            }
            _ => Diagnostic::internal("something is missing that is no mark", None),
        }
    }

    fn unclosed(&self, repair: &Repair, state: State) -> Diagnostic {
        let (before, behind) = self.character_before(repair.keep);
        let closing = |token: &Token| match token.kind {
            TokenKind::Close(bracket) => Some(bracket.closing()),
            _ => None,
        };
        let marks: String = repair.feed.iter().filter_map(closing).collect();
        let title = match marks.len() {
            1 => format!("a `{marks}` is missing"),
            many => format!("{many} closing brackets are missing"),
        };
        let comma = if repair.feed.iter().any(|token| token.kind == TokenKind::Comma) { "," } else { "" };
        let label = format!("`{marks}{comma}` should stand behind this");
        let diagnostic = self.diagnostic(title, before, behind, label);
        self.with_open(diagnostic, state, "is never closed")
    }

    /// Shows the innermost bracket that is open.
    fn with_open(&self, diagnostic: Diagnostic, state: State, is: &str) -> Diagnostic {
        let written = |open: &&Open| self.text[open.start..].starts_with(open.bracket.opening());
        match self.brackets.innermost(state).filter(written) {
            Some(open) => diagnostic.label(
                Span::new(self.file, open.start, open.start + 1),
                format!("this {} {is}", open.bracket.word()),
            ),
            None => diagnostic,
        }
    }

    pub(super) fn left_out(&self, start: usize, end: usize) -> Diagnostic {
        let written = &self.text[start..end];
        if let Some(diagnostic) = self.habit(written, start, end) {
            return diagnostic;
        }
        let title = match written {
            "," if matches!(lex(self.text, end).kind, TokenKind::Close(_) | TokenKind::End) => {
                TRAILING_COMMA.to_owned()
            }
            "," => "a comma too many".to_owned(),
            ":" | "{" | "}" | "[" | "]" => format!("a `{written}` too many"),
            _ if written.len() > 20 || written.contains(|c| is_word(c) || c == '"') => {
                "text that does not belong here".to_owned()
            }
            _ if written.chars().count() == 1 => {
                format!("a character that does not belong here: `{written}`")
            }
            _ => format!("characters that do not belong here: `{written}`"),
        };
        let label = if written == "," { "remove this comma" } else { "remove this" };
        let trailing = title == TRAILING_COMMA && matches!(lex(self.text, end).kind, TokenKind::Close(_));
        let diagnostic = self.diagnostic(title, start, end, label);
        if trailing { diagnostic.edit(Span::new(self.file, start, end), "") } else { diagnostic }
    }

    /// What people write who know other languages.
    fn habit(&self, written: &str, start: usize, end: usize) -> Option<Diagnostic> {
        if written.starts_with("...") || written.starts_with('…') {
            let diagnostic = self.diagnostic(LEFT_OUT, start, end, format!("`{written}` stands for nothing"));
            return Some(diagnostic.help("write what belongs here, or remove it"));
        }
        let marks = ["<!--", "-- ", ";;", "; ", "%", "REM ", "'"];
        let mark = marks.iter().find(|mark| written.starts_with(**mark))?;
        (written.len() > mark.len()).then(|| {
            let diagnostic = self.diagnostic("JSON has no comments", start, end, "not allowed here");
            diagnostic.help("remove the comment")
        })
    }

    fn wrong(&self, repair: &Repair, meant: &Token) -> Diagnostic {
        let state = self.state_before(repair.keep);
        let (start, end) = (meant.start(), meant.end());
        let written = &self.text[start..end];
        let list = self.brackets.innermost(state).is_some_and(|open| open.bracket == Bracket::List);
        if written == ":" && list && meant.kind == TokenKind::Comma {
            let diagnostic =
                self.diagnostic("a `:` in a list", start, end, "lists have values without names");
            return diagnostic.help("use `{ }` for named values");
        }
        let mark = match meant.kind {
            TokenKind::Comma => ',',
            TokenKind::Colon => ':',
            TokenKind::Open(bracket) => bracket.opening(),
            TokenKind::Close(bracket) => bracket.closing(),
            _ => return Diagnostic::internal("a mark that is none", None),
        };
        let diagnostic = self.diagnostic(
            format!("`{written}` instead of `{mark}`"),
            start,
            end,
            format!("write `{mark}`"),
        );
        let closes = matches!(meant.kind, TokenKind::Close(_));
        if closes { self.with_open(diagnostic, state, "is still open") } else { diagnostic }
    }

    /// A name, or a value, without quotes.
    fn bare(&self, start: usize, end: usize, state: State) -> Diagnostic {
        let written = &self.text[start..end];
        if written.starts_with("...") || written.starts_with('…') {
            let diagnostic = self.diagnostic(LEFT_OUT, start, end, format!("`{written}` stands for nothing"));
            return diagnostic.help("write what belongs here, or remove it");
        }
        if state.name() {
            let diagnostic = self.diagnostic("a property name without quotes", start, end, "");
            return diagnostic.help(format!("write `\"{written}\"`"));
        }
        if written.len() > 60 {
            let diagnostic = self.diagnostic("text without quotes", start, end, "");
            return diagnostic.help("text stands in double quotes: `\"`");
        }
        let digits = written.trim_start_matches(['-', '+']);
        if digits.starts_with(|c: char| c == '.' || c.is_ascii_digit()) && !written.contains(' ') {
            let diagnostic = self.diagnostic(format!("`{written}` is not a number"), start, end, "");
            return diagnostic.help(number_help(written, digits));
        }
        let help = match meant(written) {
            NodeKind::True => "write `true`".to_owned(),
            NodeKind::False => "write `false`".to_owned(),
            NodeKind::Null => "write `null`".to_owned(),
            NodeKind::Invalid if written.chars().all(char::is_alphabetic) => {
                "JSON has no such number; write `null` or leave the property out".to_owned()
            }
            _ => format!("text stands in double quotes: `\"{written}\"`"),
        };
        self.diagnostic(format!("`{written}` is not a value"), start, end, "").help(help)
    }

    fn file_ends(&self, state: State) -> Diagnostic {
        let whole = trimmed(self.text, self.text.len());
        let (start, end) = self.last_character(whole);
        let close: String = self.brackets.open(state).map(|open| open.bracket.closing()).collect();
        let inside = lex(self.text, self.at).kind == TokenKind::Unclosed;
        let title = match (close.len(), self.brackets.innermost(state)) {
            _ if inside => "the file ends in the middle of a text".to_owned(),
            (1, Some(open)) => format!("the file ends before this {} is closed", open.bracket.word()),
            (many, _) => format!("the file ends with {many} brackets open"),
        };
        let help = match close.len() {
            _ if inside => "the rest of the file is missing: was all of it saved or copied?".to_owned(),
            1..=8 => format!("`{close}` is missing at the end"),
            _ => "close them at the end".to_owned(),
        };
        let diagnostic = self.diagnostic(title, start, end, "the file ends here");
        self.with_open(diagnostic, state, "is not closed").help(help)
    }
}

const TRAILING_COMMA: &str = "a comma with nothing behind it";
const LEFT_OUT: &str = "something was left out here";

fn number_help(written: &str, digits: &str) -> &'static str {
    if written.starts_with('+') {
        "a number has no `+` in front"
    } else if digits.starts_with('.') || written.ends_with('.') {
        "a decimal point has digits on both sides, as in `0.5`"
    } else if digits.len() > 1 && digits.starts_with('0') && digits.chars().all(|c| c.is_ascii_digit()) {
        "a number does not start with `0`"
    } else if written.contains('_') {
        "digits are not grouped"
    } else {
        "write digits only, or put text into double quotes"
    }
}
