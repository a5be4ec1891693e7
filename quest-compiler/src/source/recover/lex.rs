//! The lexer for files with mistakes: strings, numbers, words, quotes, and the gaps between tokens.
//!
//! A text and a position in it come in. The token there goes out, whatever it is, and on request the errors inside of it. This module must
//! not know what may follow what, which brackets are open, or that mistakes can be repaired.

use crate::diagnostics::{Diagnostic, Edit, code, nouns};
use crate::narrow::narrow_u32;
use crate::source::scan::{escape_end, number_end, plain_end};
use crate::source::tape::NodeKind;
use crate::text::{FileId, Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Object,
    List,
}

impl Bracket {
    pub(super) fn opening(self) -> char {
        if self == Self::Object { '{' } else { '[' }
    }

    pub(super) fn closing(self) -> char {
        if self == Self::Object { '}' } else { ']' }
    }

    pub(super) fn word(self) -> &'static str {
        if self == Self::Object { "object" } else { "list" }
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open(Bracket),
    Close(Bracket),
    Comma,
    Colon,
    /// A text, number or constant. `Word` is a text without the quotes that it should have, `Invalid` what cannot be used.
    Scalar(NodeKind),
    /// Letters and digits that are no value.
    Word,
    /// A text whose line ends before its closing quote.
    Unclosed,
    /// Characters that JSON has no use for.
    Stray,
    /// Something that was reported and is left out.
    Skipped,
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Something in it is wrong that does not change what it is.
    pub(super) flawed: bool,
    pub(super) start: u32,
    pub(super) end: u32,
    /// White space before it, if it is the first of its line.
    pub(super) indent: Option<u16>,
}

impl Token {
    /// A token that a repair makes or changes.
    pub(super) fn made(kind: TokenKind, start: usize, end: usize) -> Self {
        Self { kind, flawed: false, start: narrow_u32(start), end: narrow_u32(end), indent: None }
    }

    pub(super) fn start(&self) -> usize {
        self.start as usize
    }

    pub(super) fn end(&self) -> usize {
        self.end as usize
    }

    /// A string, or a word in place of one.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, TokenKind::Scalar(NodeKind::Text | NodeKind::Escaped | NodeKind::Word))
    }
}

/// Texts are not longer than this many bytes, when their ends are looked for.
const FAR: usize = 4096;

const INVISIBLE: [char; 5] = ['\u{a0}', '\u{feff}', '\u{2028}', '\u{200b}', '\u{3000}'];
const CURLY: [char; 8] = ['“', '”', '„', '«', '»', '‘', '’', '`'];

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r' | '\t')
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '+' | '.' | '…')
}

/// The end of the text before `at`, white space left out.
pub(super) fn trimmed(text: &str, at: usize) -> usize {
    text[..at].trim_end_matches(is_space).len()
}

/// Whether only white space precedes `at` on its line.
fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t', '\u{feff}']);
    before.is_empty() || before.ends_with('\n')
}

/// The end of the line that holds `at`, if that is near; what someone wrote is not longer.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let far = text.floor_char_boundary(at.saturating_add(FAR));
    text[at..far].find(['\n', '\r']).map_or(far, |length| at + length)
}

/// Text between tokens.
enum Gap<'a> {
    Space(&'a str),
    Comment(&'a str),
    /// The marks that a version control system leaves, and of two versions the second.
    Conflict(&'a str),
    Invisible(char),
}

impl<'a> Gap<'a> {
    fn at(text: &'a str, at: usize) -> Option<Self> {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        if is_space(first) {
            return Some(Self::Space(&rest[..rest.len() - rest.trim_start_matches(is_space).len()]));
        }
        let line = || &rest[..rest.find('\n').unwrap_or(rest.len())];
        if rest.starts_with("//") || rest.starts_with("# ") || (first == '#' && begins_line(text, at)) {
            return Some(Self::Comment(line()));
        }
        if rest.starts_with("/*") {
            return Some(Self::Comment(&rest[..rest.find("*/").map_or(rest.len(), |end| end + 2)]));
        }
        if rest.starts_with("<<<<<<<") && begins_line(text, at) {
            return Some(Self::Conflict(line()));
        }
        if (rest.starts_with("=======") || rest.starts_with("|||||||")) && begins_line(text, at) {
            let near = &rest[..rest.floor_char_boundary(16 * FAR)];
            let end = near.find("\n>>>>>>>")? + 1;
            let last = rest[end..].find('\n').unwrap_or(rest.len() - end);
            return Some(Self::Conflict(&rest[..end + last]));
        }
        INVISIBLE.contains(&first).then_some(Self::Invisible(first))
    }

    fn len(&self) -> usize {
        match self {
            Self::Space(text) | Self::Comment(text) | Self::Conflict(text) => text.len(),
            Self::Invisible(c) => c.len_utf8(),
        }
    }
}

/// The first token from `at` on.
pub(super) fn lex(text: &str, at: usize) -> Token {
    let mut start = at;
    let mut indent = None;
    while let Some(gap) = Gap::at(text, start) {
        start += gap.len();
        if let Gap::Space(space) = gap
            && let Some(line) = space.rfind('\n')
        {
            indent = Some((space.len() - line - 1).min(usize::from(u16::MAX)) as u16);
        }
    }
    let mut token = Token { indent, ..Token::made(TokenKind::End, start, start) };
    let Some(first) = text[start..].chars().next() else { return token };
    let mut end = start + first.len_utf8();
    token.kind = match first {
        '{' => TokenKind::Open(Bracket::Object),
        '[' => TokenKind::Open(Bracket::List),
        '}' => TokenKind::Close(Bracket::Object),
        ']' => TokenKind::Close(Bracket::List),
        ',' => TokenKind::Comma,
        ':' => TokenKind::Colon,
        '"' => {
            let string = string(text, start);
            (end, token.flawed) = (string.end, string.flawed);
            string.kind
        }
        quote if quote == '\'' || CURLY.contains(&quote) => match other_quotes(text, start) {
            Some(close) => {
                (end, token.flawed) = (close, true);
                TokenKind::Scalar(NodeKind::Word)
            }
            None => TokenKind::Stray,
        },
        first if is_word(first) => {
            end = start + text[start..].find(|c| !is_word(c)).unwrap_or(text.len() - start);
            scalar(&text[start..end]).map_or(TokenKind::Word, TokenKind::Scalar)
        }
        _ => {
            let more = |at: usize, c: char| {
                let known = matches!(c, '{' | '}' | '[' | ']' | ',' | ':' | '"' | '\'') || CURLY.contains(&c);
                !known && !is_word(c) && Gap::at(text, at).is_none()
            };
            while let Some(c) = text[end..].chars().next().filter(|c| more(end, *c)) {
                end += c.len_utf8();
            }
            TokenKind::Stray
        }
    };
    token.end = narrow_u32(end);
    token
}

struct Lexed {
    kind: TokenKind,
    end: usize,
    flawed: bool,
}

/// A text in double quotes.
fn string(text: &str, start: usize) -> Lexed {
    let bytes = text.as_bytes();
    let (mut at, mut kind, mut flawed) = (start + 1, NodeKind::Text, false);
    loop {
        at = plain_end(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Lexed { kind: TokenKind::Scalar(kind), end: at + 1, flawed },
            Some(b'\\') => {
                kind = NodeKind::Escaped;
                at = escape_end(bytes, at).unwrap_or_else(|| {
                    flawed = true;
                    at + bad_escape(&text[at..])
                });
            }
            Some(b'\n' | b'\r') | None => {
                let end = trimmed(text, at).max(start + 1);
                return Lexed { kind: TokenKind::Unclosed, end, flawed };
            }
            Some(_) => {
                flawed = true;
                at += 1;
            }
        }
    }
}

/// The length of something that starts with a backslash and is no escape.
fn bad_escape(rest: &str) -> usize {
    match rest.chars().nth(1) {
        Some('u') => 2 + rest.bytes().skip(2).take(4).take_while(u8::is_ascii_hexdigit).count(),
        next => 1 + next.filter(|c| !c.is_control()).map_or(0, char::len_utf8),
    }
}

/// The end of a text in single or curly quotes, which has to be on the same line.
fn other_quotes(text: &str, start: usize) -> Option<usize> {
    let open = text[start..].chars().next()?;
    let from = start + open.len_utf8();
    let line = &text[from..line_end(text, from)];
    let close = line.find(|c| match open {
        '\'' | '`' => c == open,
        '‘' | '’' => matches!(c, '‘' | '’'),
        _ => CURLY[..5].contains(&c) || c == '"',
    })?;
    Some(from + close + line[close..].chars().next().map_or(0, char::len_utf8))
}

/// The next unescaped quote from `at` on, on the same line.
pub(super) fn next_quote(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let bytes = &bytes[..bytes.len().min(at.saturating_add(FAR))];
    loop {
        at = plain_end(bytes, at);
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\n' | b'\r' => return None,
            b'\\' => at = escape_end(bytes, at).unwrap_or(at + 1),
            _ => at += 1,
        }
    }
}

/// What a text without its quotes is, and where: without those quotes that it has.
pub(super) fn body(text: &str, token: &Token) -> (NodeKind, usize, usize) {
    let quote = |c: char| c == '"' || c == '\'' || CURLY.contains(&c);
    let whole = &text[token.start()..token.end()];
    let inner = whole.strip_prefix(quote).unwrap_or(whole);
    let start = token.end() - inner.len();
    let inner = inner.strip_suffix(quote).unwrap_or(inner);
    // Of `5"` nobody knows whether it is a text or a number.
    let half = whole.starts_with(quote) != whole.ends_with(quote) && scalar(inner).is_some();
    if half || inner.contains(|c: char| c == '\\' || c.is_control()) {
        return (NodeKind::Invalid, token.start(), token.end());
    }
    (NodeKind::Word, start, start + inner.len())
}

/// The kind of a number or constant.
fn scalar(word: &str) -> Option<NodeKind> {
    match word {
        "true" => Some(NodeKind::True),
        "false" => Some(NodeKind::False),
        "null" => Some(NodeKind::Null),
        _ => number_end(word.as_bytes(), 0).filter(|(end, _)| *end == word.len()).map(|(_, kind)| kind),
    }
}

/// What someone means who writes a value without quotes.
pub(super) fn meant(word: &str) -> NodeKind {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => NodeKind::True,
        "false" | "no" | "off" => NodeKind::False,
        "null" | "none" | "nil" | "undefined" => NodeKind::Null,
        "nan" | "infinity" | "inf" => NodeKind::Invalid,
        _ if word.starts_with(|c: char| c.is_alphabetic() || c == '_') => NodeKind::Word,
        _ => NodeKind::Invalid,
    }
}

/// Collects errors inside of tokens and between them.
pub(super) struct Flaws<'a, 'f> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) diagnostics: &'f mut Vec<Diagnostic>,
    /// The first comment speaks for all.
    pub(super) comments: bool,
    /// Behind the first version of a merge conflict that was reported.
    pub(super) conflict: bool,
    /// Invisible characters, each with the position of its diagnostic and how often it was found.
    pub(super) invisible: Vec<(char, usize, u64)>,
}

impl Flaws<'_, '_> {
    fn report(&mut self, start: usize, end: usize, title: impl Into<String>, label: &str, help: &str) {
        let span = Span::new(self.file, start, end);
        let diagnostic = Diagnostic::new(&code::SYNTAX, title).label(span, label);
        self.diagnostics.push(diagnostic.maybe_help((!help.is_empty()).then(|| help.to_owned())));
    }

    /// Reports errors between two tokens.
    pub(super) fn gap(&mut self, mut start: usize, end: usize) {
        while let Some(gap) = Gap::at(self.text, start).filter(|_| start < end) {
            let next = start + gap.len();
            match gap {
                Gap::Comment(comment) if !self.comments => {
                    self.comments = true;
                    let line = start + comment.find('\n').unwrap_or(comment.len());
                    let help = "remove the comments of this file";
                    self.report(start, line, "JSON has no comments", "not allowed here", help);
                }
                Gap::Conflict(conflict) if conflict.starts_with('<') || !self.conflict => {
                    self.conflict = conflict.starts_with('<');
                    let line = start + conflict.find(['\r', '\n']).unwrap_or(conflict.len());
                    let help = "keep one of the two versions, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`";
                    self.report(
                        start,
                        line,
                        "a merge conflict",
                        "two versions of the file differ here",
                        help,
                    );
                }
                Gap::Conflict(_) => self.conflict = false,
                Gap::Invisible(c) => self.invisible(c, start, next),
                _ => {}
            }
            start = next;
        }
    }

    /// Reports an invisible character, each of them once.
    fn invisible(&mut self, c: char, start: usize, end: usize) {
        let span = Span::new(self.file, start, end);
        let space = if matches!(c, '\u{a0}' | '\u{3000}') { " " } else { "" };
        if let Some((_, at, count)) = self.invisible.iter_mut().find(|(known, ..)| *known == c) {
            *count += 1;
            if let Some(known) = self.diagnostics.get_mut(*at) {
                known.edits.push(Edit { span, text: space.to_owned() });
                known.notes = vec![format!("it is {} more in this file", nouns::count(*count, "time"))];
            }
            return;
        }
        self.invisible.push((c, self.diagnostics.len(), 0));
        let (title, help) = match c {
            '\u{a0}' => ("a no-break space, U+00A0, in place of a space".to_owned(), "write a space"),
            '\u{3000}' => ("a wide space, U+3000, in place of a space".to_owned(), "write a space"),
            _ => (format!("an invisible character that is not a space: U+{:04X}", u32::from(c)), "remove it"),
        };
        let diagnostic = Diagnostic::new(&code::SYNTAX, title).label(span, "it looks like nothing");
        self.diagnostics.push(diagnostic.help(help).edit(span, space));
    }

    /// Reports errors inside of a token.
    pub(super) fn token(&mut self, token: &Token) {
        let (start, end) = (token.start(), token.end());
        if !token.flawed || !token.is_text() {
            return;
        }
        match self.text[start..].chars().next() {
            Some('\'') => self.report(start, end, "text in single quotes", "", "use double quotes: `\"`"),
            Some('`') => self.report(start, end, "text in backquotes", "", "use double quotes: `\"`"),
            Some(quote) if CURLY.contains(&quote) => {
                self.report(start, end, "text in curly quotes", "", "use straight double quotes: `\"`");
                self.straighten(start, end);
            }
            _ => self.string(start, end),
        }
    }

    /// Adds how to write a text in curly quotes, if there is nothing in it that straight quotes would change.
    fn straighten(&mut self, start: usize, end: usize) {
        let text = &self.text[start..end];
        let (Some(open), Some(close)) = (text.chars().next(), text.chars().next_back()) else { return };
        let (from, to) = (start + open.len_utf8(), end - close.len_utf8());
        let inner = self.text.get(from..to).unwrap_or("\"");
        if inner.contains(['"', '\\']) || inner.contains(char::is_control) {
            return;
        }
        let spans = [Span::new(self.file, start, from), Span::new(self.file, to, end)];
        if let Some(last) = self.diagnostics.last_mut() {
            last.edits.extend(spans.map(|span| Edit { span, text: "\"".to_owned() }));
        }
    }

    fn string(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        loop {
            at = plain_end(bytes, at);
            if at >= end {
                return;
            }
            match bytes.get(at) {
                Some(b'\\') => at = escape_end(bytes, at).unwrap_or_else(|| self.escape(at)),
                Some(b'"') | None => return,
                Some(byte) => {
                    let tab = *byte == b'\t';
                    let title = if tab { "a tab in a text" } else { "a control character in a text" };
                    let help = if tab { "write `\\t`, or a space" } else { "remove it" };
                    self.report(at, at + 1, title, "not allowed as it is", help);
                    at += 1;
                }
            }
        }
    }

    fn escape(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let length = bad_escape(rest);
        let help = if rest.starts_with("\\u") {
            "`\\u` is followed by four hexadecimal digits; characters beyond those need two of them, or stand as they are"
        } else {
            "after `\\` comes one of `\"`, `\\`, `/`, `b`, `f`, `n`, `r`, `t`, `u`; a backslash itself is `\\\\`"
        };
        self.report(at, at + length, format!("`{}` is not an escape", &rest[..length]), "", help);
        at + length
    }
}
