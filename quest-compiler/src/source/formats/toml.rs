//! TOML: tables become objects, arrays become lists, in the order of the file.
//!
//! The parser gives values without their digits and keys in alphabetical order, so both are taken from the file again. JSON has no dates,
//! so they are refused with the text to write instead. This module knows the values and errors of the parser; it must not know the
//! manifest, which is TOML as well but has its own rules.

use super::super::tape::{Document, Place};
use super::Refusals;
use super::number::{Number, based, decimal, sign};
use super::shadow;
use super::writer::{DocumentWriter, place, too_deep};
use crate::diagnostics::{Diagnostic, code};
use crate::narrow::narrow_u32;
use crate::text::{FileId, Span};
use toml_span::value::{Key, Table, ValueInner};
use toml_span::{ErrorKind, Value};

/// Reads a TOML file; reports errors in `diagnostics`.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Document {
    if super::is_bare(text) {
        return super::empty(file, text, true, diagnostics);
    }
    let start = super::bom_len(text);
    let body = text.get(start..).unwrap_or_default();
    // The parser holds numbers of 63 bits.
    let is_number =
        |error: &toml_span::Error| matches!(error.kind, ErrorKind::InvalidNumber | ErrorKind::OutOfRange(_));
    let parsed = toml_span::parse(body);
    let shadow = parsed.as_ref().err().filter(|error| is_number(error)).and_then(|_| shadow::of_toml(body));
    let parsed = shadow.as_deref().map_or(parsed, toml_span::parse);
    let root = match parsed {
        Ok(root) => root,
        Err(error) => {
            diagnostics.push(Errors { file, text, start }.diagnostic(&error));
            return super::nothing(file);
        }
    };
    let mut reader = TomlReader {
        file,
        text,
        start,
        writer: DocumentWriter::new(file, None),
        refusals: Refusals::new(diagnostics),
    };
    let read = reader.root(&root);
    reader.refusals.finish(file, read.map(|()| reader.writer))
}

/// What a value is, seen from around it.
#[derive(Clone, Copy)]
enum At {
    /// The value of the property with this name.
    Property(Place),
    /// A table with a heading of its own in a list of such.
    Heading,
    /// An element of `[ ]`.
    Element,
}

struct TomlReader<'t, 'f> {
    file: FileId,
    text: &'t str,
    /// Where the part of the text starts that the parser read.
    start: usize,
    writer: DocumentWriter,
    refusals: Refusals<'f>,
}

impl TomlReader<'_, '_> {
    fn root(&mut self, root: &Value<'_>) -> Result<(), Box<Diagnostic>> {
        let Some(table) = root.as_table() else {
            return Err(Box::new(Diagnostic::internal("a TOML document is no table", None)));
        };
        // A label on the whole file says nothing; its first line does.
        let first = self.text.len() - self.from(self.start).trim_start().len();
        let line = self.from(first).lines().next().unwrap_or_default().trim_end();
        let mark = place(first, first + line.len()).mark;
        self.writer
            .open(true, Place { start: narrow_u32(self.start), end: narrow_u32(self.text.len()), mark })?;
        self.properties(table)?;
        self.writer.close(self.text.len());
        Ok(())
    }

    fn from(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn properties(&mut self, table: &Table<'_>) -> Result<(), Box<Diagnostic>> {
        let mut pairs: Vec<(&Key<'_>, &Value<'_>)> = table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span.start);
        for (key, value) in pairs {
            let name = self.with_quotes(key.span);
            self.writer.key(&key.name, name);
            self.value(value, At::Property(name))?;
        }
        Ok(())
    }

    /// A place with the quotes around it, cut to its first line.
    fn with_quotes(&self, span: toml_span::Span) -> Place {
        let (mut start, mut end) = (self.start + span.start, self.start + span.end);
        // The parser's place of an empty text is the quote that opens it.
        if matches!(self.text.get(start..end), Some("\"" | "'")) {
            start += 1;
        }
        for quote in ["\"\"\"", "'''", "\"", "'"] {
            let before = self.text.get(..start).unwrap_or_default();
            // Behind the three quotes that open a text of several lines, a line break is not part of it.
            let before = if quote.len() == 3 { before.trim_end_matches(['\r', '\n']) } else { before };
            if before.ends_with(quote) && self.from(end).starts_with(quote) {
                (start, end) = (before.len() - quote.len(), end + quote.len());
                break;
            }
        }
        let text = self.text.get(start..end).unwrap_or_default();
        place(start, start + text.find(['\r', '\n']).unwrap_or(text.len()))
    }

    /// What to underline of a table or an array: its heading or its bracket, or else its name.
    fn container(&self, span: toml_span::Span, at: At) -> Place {
        let (start, end) = (self.start + span.start, self.start + span.end);
        let rest = self.from(start);
        let is_heading = match at {
            At::Element => false,
            At::Heading => true,
            At::Property(key) => {
                // A name goes on with a dot if the table has no place of its own: `a.b = 1`.
                let behind = self.from(key.end as usize).trim_start_matches([' ', '\t']);
                if key.end as usize <= start && behind.starts_with('.') {
                    return key;
                }
                key.start as usize > start
            }
        };
        let length =
            if is_heading { heading_length(rest) } else { rest.chars().next().map_or(0, char::len_utf8) };
        Place { start: narrow_u32(start), end: narrow_u32(end), mark: place(start, start + length).mark }
    }

    fn value(&mut self, value: &Value<'_>, at: At) -> Result<(), Box<Diagnostic>> {
        let span = value.span;
        let scalar = place(self.start + span.start, self.start + span.end);
        match value.as_ref() {
            ValueInner::String(text) => {
                let place = self.with_quotes(span);
                self.writer.text(text, place);
            }
            ValueInner::Boolean(value) => self.writer.boolean(*value, scalar),
            ValueInner::Integer(_) | ValueInner::Float(_) => self.number(scalar),
            ValueInner::Array(elements) => {
                // An array of tables has the heading of its first.
                let tables = elements.first().is_some_and(|first| first.span.start == span.start);
                self.writer.open(false, self.container(span, at))?;
                for element in elements {
                    self.value(element, if tables { At::Heading } else { At::Element })?;
                }
                self.writer.close(self.start + span.end);
            }
            ValueInner::Table(table) => {
                self.writer.open(true, self.container(span, at))?;
                self.properties(table)?;
                self.writer.close(self.start + span.end);
            }
        }
        Ok(())
    }

    fn number(&mut self, place: Place) {
        let text = self.text.get(place.start as usize..place.end as usize).unwrap_or_default();
        if let Some(number) = number(text) {
            self.writer.number(&number, place);
            return;
        }
        self.refusals.report(
            Diagnostic::new(&code::SYNTAX, "a number that is not finite")
                .label(
                    Span { file: self.file, start: place.start, end: place.end },
                    "content cannot have this value",
                )
                .help("write it in quotes if it is a text"),
        );
        self.writer.invalid(place);
    }
}

/// A number that the parser took; `None` for `inf` and `nan`.
fn number(text: &str) -> Option<Number> {
    let text = text.replace('_', "");
    let (negative, digits) = sign(&text);
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return based(negative, digits, base);
        }
    }
    decimal(&text)
}

/// The length of `[a.b]` or `[[a.b]]`, with brackets in quotes left alone.
fn heading_length(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (_, '\r' | '\n') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, ']') if !text[at + 1..].starts_with(']') => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// What is wrong with a file that is not TOML, in plain words.
struct Errors<'t> {
    file: FileId,
    text: &'t str,
    start: usize,
}

impl Errors<'_> {
    /// A place, cut to its first line. The parser counts bytes; a place is whole characters.
    fn span(&self, span: toml_span::Span) -> Span {
        let start = self.text.floor_char_boundary(self.start + span.start);
        let end = self.text.ceil_char_boundary((self.start + span.end).min(self.text.len())).max(start);
        let length = self.text.get(start..end).and_then(|text| text.find(['\r', '\n']));
        Span::new(self.file, start, length.map_or(end, |length| start + length))
    }

    /// The first word at a place: the parser's places of what it did not expect go on for too long.
    fn start_of(&self, span: toml_span::Span) -> Span {
        let all = self.span(span);
        let text = self.text.get(all.start as usize..all.end as usize).unwrap_or_default();
        let word = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(text.len());
        let length = if word == 0 { text.chars().next().map_or(0, char::len_utf8) } else { word };
        Span { end: all.start + narrow_u32(length), ..all }
    }

    /// The word at a place: the parser's places of numbers are a part of them.
    fn word(&self, span: toml_span::Span) -> (Span, &str) {
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | ',' | '[' | ']' | '{' | '}' | '#');
        let at = self.text.floor_char_boundary(self.start + span.start);
        let (before, behind) = self.text.split_at(at);
        let start = before.rfind(ends).map_or(0, |at| self.text.ceil_char_boundary(at + 1));
        let end = behind.find(ends).map_or(self.text.len(), |length| at + length);
        (Span::new(self.file, start, end), self.text.get(start..end).unwrap_or_default())
    }

    fn diagnostic(&self, error: &toml_span::Error) -> Diagnostic {
        let found = |code, title: String, label: &str| {
            Diagnostic::new(code, title).label(self.span(error.span), label)
        };
        let wrong = |title: &str, label: &str| found(&code::SYNTAX, title.to_owned(), label);
        let show =
            |c: char| if c.is_control() { format!("U+{:04X}", u32::from(c)) } else { format!("`{c}`") };
        let escapes = "a backslash itself is `\\\\` in double quotes, and only `\\` in single quotes";
        match &error.kind {
            ErrorKind::InvalidNumber | ErrorKind::OutOfRange(_) => self.number(error.span),
            ErrorKind::ExceededDepthLimit => too_deep(self.span(error.span)),
            ErrorKind::DuplicateKey { key, first } => {
                found(&code::DUPLICATE_PROPERTY, format!("property `{key}` is there twice"), "the second one")
                    .label(self.span(*first), "the first one")
                    .help("keep one of them; several objects of one name are a list: `[[name]]`")
            }
            ErrorKind::DuplicateTable { name, first } => found(
                &code::DUPLICATE_PROPERTY,
                format!("property `{name}` is there twice"),
                "the second one",
            )
            .label(self.span(*first), "the first one")
            .help("keep one of them; several objects of one name are a list: `[[name]]`"),
            ErrorKind::RedefineAsArray => {
                wrong("an object and a list have one name", "this is a list of objects")
                    .help("write `[[name]]` with two brackets in all places")
            }
            ErrorKind::DottedKeyInvalidType { first } => {
                Diagnostic::new(&code::SYNTAX, "a name with a dot goes into something that is no object")
                    .label(self.start_of(error.span), "this needs an object")
                    .label(self.span(*first), "this is none")
                    .help("write the name in quotes if the dot is part of it")
            }
            ErrorKind::UnexpectedEof => {
                wrong("the file ends too early", "a value should follow").help("complete the last line")
            }
            ErrorKind::UnterminatedString => {
                wrong("a text without an end", "starts here").help("close it with the quote that opens it")
            }
            ErrorKind::InvalidCharInString('\n' | '\r') => {
                wrong("a text without an end", "the line ends here")
                    .help("close it on the line on which it starts, or write it in `\"\"\"`")
            }
            ErrorKind::InvalidCharInString(c) => {
                found(&code::SYNTAX, format!("{} cannot stand in a text", show(*c)), "inside this text")
                    .help("write control characters as `\\u0000`")
            }
            ErrorKind::InvalidEscape(c) => found(
                &code::SYNTAX,
                format!("`\\` cannot stand before {}", show(*c)),
                "this escape means nothing",
            )
            .help(escapes),
            ErrorKind::InvalidHexEscape(c) => {
                found(&code::SYNTAX, format!("{} is not a hexadecimal digit", show(*c)), "in this escape")
                    .help(escapes)
            }
            ErrorKind::InvalidEscapeValue(value) => {
                found(&code::SYNTAX, format!("there is no character U+{value:04X}"), "this escape names it")
            }
            ErrorKind::Unexpected(c) => found(
                &code::SYNTAX,
                format!("{} does not belong here", show(*c)),
                "TOML expects something else",
            )
            .help("texts stand in quotes, and so do names with other characters than `A-Z a-z 0-9 _ -`"),
            ErrorKind::Wanted { expected, found: what } => {
                let (expected, what) = (token(expected), token(what));
                Diagnostic::new(&code::SYNTAX, format!("expected {expected}, found {what}"))
                    .label(self.start_of(error.span), format!("{expected} should stand here"))
                    .help(
                        "each `name = value` stands on a line of its own; objects are `[name]` or `[[name]]`",
                    )
            }
            ErrorKind::MultilineStringKey => wrong("a name cannot have several lines", "this is the name")
                .help("write it in single quotes or none"),
            ErrorKind::UnquotedString => wrong("a text without quotes", "this is not a value")
                .help("put it in quotes; `true` and `false` are lower-case"),
            // These come from toml-span's deserialisers, which are not used here.
            ErrorKind::Custom(_)
            | ErrorKind::UnexpectedKeys { .. }
            | ErrorKind::MissingField(_)
            | ErrorKind::Deprecated { .. }
            | ErrorKind::UnexpectedValue { .. } => wrong("this is not TOML", "at this place"),
        }
    }

    /// What starts with a digit and is no number that the parser knows: it knows no dates.
    fn number(&self, at: toml_span::Span) -> Diagnostic {
        let (span, word) = self.word(at);
        let diagnostic = |title: &str, label: &str| Diagnostic::new(&code::SYNTAX, title).label(span, label);
        let digits = word.replace('_', "");
        // The parser holds 64 bits.
        let large = digits.len() > 16 || digits.contains(['e', 'E']);
        if is_date(word) {
            // A space may separate the day and the time.
            let behind = self.text.get(span.end as usize..).unwrap_or_default();
            let time = behind.strip_prefix(' ').filter(|time| shape(time).starts_with("00:00"));
            let time = time.map_or("", |time| {
                &behind[..=time.find([' ', ',', ']', '}', '\r', '\n']).unwrap_or(time.len())]
            });
            let span = Span { end: span.end + narrow_u32(time.len()), ..span };
            return Diagnostic::new(&code::SYNTAX, "a date is no value that content can have")
                .label(span, "needs quotes")
                .help(format!("write it in quotes, as a text: `\"{word}{time}\"`"));
        }
        if large && number(&digits).is_some() {
            return Diagnostic::new(&code::NUMBER_RANGE, "a number that no game can count")
                .label(span, "does not fit into 64 bits")
                .help("write a smaller number, or put it in quotes if it is a text");
        }
        diagnostic("this is not a number", "neither a number nor a text in quotes").help(
            "put it in quotes if it is a text; a number starts with no needless `0`, and digits stand on both sides of `.` and `_`",
        )
    }
}

/// Whether a word looks like `2024-01-31`, `07:32:00` or both.
fn is_date(word: &str) -> bool {
    let shape = shape(word);
    shape.starts_with("0000-00-00") || shape.starts_with("00:00")
}

/// The first characters of a text with `0` for every digit.
fn shape(text: &str) -> String {
    text.chars().take(10).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// A token of TOML in plain words.
fn token(name: &str) -> &str {
    match name {
        "a table key" | "an identifier" => "a name",
        "an equals" => "`=`",
        "a comma" => "`,`",
        "a period" => "`.`",
        "a colon" => "`:`",
        "a plus" => "`+`",
        "a left bracket" => "`[`",
        "a right bracket" => "`]`",
        "a left brace" => "`{`",
        "a right brace" => "`}`",
        "a newline" | "newline" => "the end of the line",
        "a string" => "a text",
        "eof" => "the end of the file",
        "whitespace" => "a space",
        other => other,
    }
}
