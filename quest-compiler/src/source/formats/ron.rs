//! RON: structs and maps become objects, lists and tuples become lists, a name alone becomes text.
//!
//! A name before brackets is that of a Rust type, which content does not need: `Quest(id: "a")` is `(id: "a")`, and `Meters(5)` is 5.
//! `docs/manifest.md` has the whole table. This module knows the tree and the errors of the parser; it does not know the types of a game.

use super::super::tape::{Document, Place};
use super::Refusals;
use super::number::{Number, based, decimal, sign};
use super::shadow;
use super::writer::{DocumentWriter, place, too_deep};
use crate::diagnostics::{Diagnostic, code};
use crate::text::{FileId, Span};
use ron2::ast::{Expr, MapExpr, StructBody, StructExpr, StructField, TupleElement, parse_document_lossy};
use ron2::error::ErrorKind;
use std::borrow::Cow;

/// Reads a RON file; reports errors in `diagnostics`.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Document {
    if super::is_bare(text) {
        return super::empty(file, text, true, diagnostics);
    }
    let start = super::bom_len(text);
    let body = text.get(start..).unwrap_or_default();
    // The parser knows no `5.`, no `.5` and no line continuations.
    let shadow = shadow::of_ron(body);
    let (document, errors) = parse_document_lossy(shadow.as_deref().unwrap_or(body));
    let mut reader = RonReader {
        file,
        text,
        start,
        writer: DocumentWriter::new(file, Some("None")),
        refusals: Refusals::new(diagnostics),
    };
    // Errors after the first mostly follow from it.
    let read = match (errors.first(), &document.value) {
        (Some(error), _) => Err(Box::new(reader.syntax(error))),
        (None, Some(value)) => reader.value(value),
        (None, None) => return super::empty(file, text, false, diagnostics),
    };
    reader.refusals.finish(file, read.map(|()| reader.writer))
}

struct RonReader<'t, 'f> {
    file: FileId,
    text: &'t str,
    /// Where the part of the text starts that the parser read.
    start: usize,
    writer: DocumentWriter,
    refusals: Refusals<'f>,
}

type Refusal = Box<Diagnostic>;

impl RonReader<'_, '_> {
    fn place(&self, span: &ron2::Span) -> Place {
        let start = self.text.floor_char_boundary(self.start + span.start_offset);
        let end =
            self.text.ceil_char_boundary((self.start + span.end_offset).min(self.text.len())).max(start);
        place(start, end)
    }

    /// A place, cut to its first line.
    fn line(&self, span: &ron2::Span) -> Place {
        let all = self.place(span);
        let text = self.text.get(all.start as usize..all.end as usize).unwrap_or_default();
        let length = text.find(['\r', '\n']).unwrap_or(text.len());
        place(all.start as usize, all.start as usize + text[..length].trim_end().len())
    }

    /// The place of all of a value that begins with `opening`.
    fn opened(&self, span: &ron2::Span, opening: &ron2::Span) -> Place {
        Place { mark: self.place(opening).mark, ..self.place(span) }
    }

    fn wrong(&self, place: Place, title: impl Into<String>, label: impl Into<String>) -> Diagnostic {
        let span = Span { file: self.file, start: place.start, end: place.end };
        Diagnostic::new(&code::SYNTAX, title).label(span, label)
    }

    fn value(&mut self, value: &Expr<'_>) -> Result<(), Refusal> {
        match value {
            Expr::Option(option) => match &option.value {
                Some(value) => self.value(&value.expr),
                None => {
                    self.writer.null(self.line(&option.span));
                    Ok(())
                }
            },
            Expr::Seq(list) => {
                self.writer.open(false, self.opened(&list.span, &list.open_bracket))?;
                for item in &list.items {
                    self.value(&item.expr)?;
                }
                self.writer.close(0);
                Ok(())
            }
            Expr::Tuple(tuple) => self.tuple(self.opened(&tuple.span, &tuple.open_paren), &tuple.elements),
            Expr::AnonStruct(fields) => {
                self.fields(self.opened(&fields.span, &fields.open_paren), &fields.fields)
            }
            Expr::Struct(named) => self.named_struct(named),
            Expr::Map(map) => self.map(map),
            _ => {
                self.scalar(value);
                Ok(())
            }
        }
    }

    fn scalar(&mut self, value: &Expr<'_>) {
        let place = self.line(value.span());
        match value {
            Expr::Unit(_) => self.writer.null(place),
            Expr::Bool(boolean) => self.writer.boolean(boolean.value, place),
            Expr::Char(character) => self.writer.text(character.value.encode_utf8(&mut [0; 4]), place),
            Expr::Byte(byte) => {
                if let Some(number) = decimal(&byte.value.to_string()) {
                    self.writer.number(&number, place);
                }
            }
            Expr::String(text) => self.writer.text(&without_continuations(&text.value), place),
            Expr::Number(number) => self.number(&self.as_written(&number.span, &number.raw), place),
            Expr::Bytes(_) => {
                let diagnostic = self.wrong(place, "bytes are no value that content can have", "not a text");
                self.refusals.report(diagnostic.help("write it without the `b`, as a text"));
                self.writer.invalid(place);
            }
            // The parser reports each `Expr::Error`, and then nothing is read.
            _ => self.writer.invalid(place),
        }
    }

    /// A struct with a name: its fields, the one value that it wraps, or only its name, which is a variant of an enum.
    fn named_struct(&mut self, named: &StructExpr<'_>) -> Result<(), Refusal> {
        let place = || self.opened(&named.span, &named.name.span);
        match &named.body {
            None => {
                self.writer.text(identifier(&named.name.name), self.line(&named.span));
                Ok(())
            }
            Some(StructBody::Fields(body)) => self.fields(place(), &body.fields),
            Some(StructBody::Tuple(body)) => match body.elements.as_slice() {
                // A struct whose fields all have their defaults.
                [] => self.fields(place(), &[]),
                [wrapped] => self.value(&wrapped.expr),
                several => self.tuple(place(), several),
            },
        }
    }

    fn map(&mut self, map: &MapExpr<'_>) -> Result<(), Refusal> {
        self.writer.open(true, self.opened(&map.span, &map.open_brace))?;
        for entry in &map.entries {
            let place = self.line(entry.key.span());
            match name(&entry.key) {
                Some(name) => self.writer.key(&name, place),
                None => {
                    let diagnostic = self.wrong(place, "this cannot be a name", "a name should stand here");
                    self.refusals.report(diagnostic.help("a name is text: `\"name\": value`"));
                    self.writer.invalid_key(place);
                }
            }
            self.value(&entry.value)?;
        }
        self.writer.close(0);
        Ok(())
    }

    fn tuple(&mut self, place: Place, elements: &[TupleElement<'_>]) -> Result<(), Refusal> {
        self.writer.open(false, place)?;
        for element in elements {
            self.value(&element.expr)?;
        }
        self.writer.close(0);
        Ok(())
    }

    fn fields(&mut self, place: Place, fields: &[StructField<'_>]) -> Result<(), Refusal> {
        self.writer.open(true, place)?;
        for field in fields {
            self.writer.key(identifier(&field.name.name), self.line(&field.name.span));
            self.value(&field.value)?;
        }
        self.writer.close(0);
        Ok(())
    }

    fn number(&mut self, raw: &str, place: Place) {
        if let Some(number) = number(raw) {
            self.writer.number(&number, place);
            return;
        }
        let bare = without_suffix(raw).replace('_', "");
        let (title, label) = match sign(&bare).1 {
            "inf" | "NaN" => ("a number that is not finite", "content cannot have this value"),
            digits if digits.starts_with('0') && digits.len() > 3 => {
                ("a number that no game can count", "does not fit into 128 bits")
            }
            _ => ("this is not a number", "digits are missing"),
        };
        let diagnostic = self.wrong(place, title, label).help("write it in quotes if it is a text");
        self.refusals.report(diagnostic);
        self.writer.invalid(place);
    }

    /// The digits of a number in the file.
    fn as_written(&self, span: &ron2::Span, raw: &str) -> String {
        let start = self.start + span.start_offset;
        self.text.get(start..start + raw.len()).unwrap_or(raw).to_owned()
    }

    fn syntax(&self, error: &ron2::Error) -> Diagnostic {
        let at = self.line(error.span());
        let character = |place: Place| {
            let text = self.text.get(place.start as usize..).unwrap_or_default();
            text.chars().next().filter(|c| !c.is_control())
        };
        // If something is missing, the span is the token in its place, or the end of the file.
        let before = |place: Place| {
            let end = self.text.get(..place.start as usize).unwrap_or_default().trim_end().len();
            let rest = self.text.get(place.start as usize..).unwrap_or_default();
            let line = self.text.get(..end).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
            let below = self.text.get(end..place.start as usize).is_some_and(|gap| gap.contains('\n'));
            if rest.trim().is_empty() || (below && !line.contains("//")) {
                let start = self.text.floor_char_boundary(end.saturating_sub(1));
                (super::writer::place(start, end), "behind")
            } else {
                (place, "before")
            }
        };
        let missing = |what: &str| {
            let (place, side) = before(at);
            self.wrong(place, format!("a {what} is missing"), format!("a {what} should stand {side} this"))
        };
        match error.kind() {
            ErrorKind::Eof => {
                let (place, _) = before(at);
                self.wrong(place, "the file ends too early", "a value should follow this")
            }
            ErrorKind::ExceededRecursionLimit => too_deep(Span { file: self.file, start: at.start, end: at.end }),
            ErrorKind::UnclosedBlockComment | ErrorKind::UnclosedLineComment => {
                self.wrong(self.first(at, 2), "a comment without an end", "starts here").help("close it with `*/`")
            }
            ErrorKind::ExpectedStringEnd => self
                .wrong(self.first(at, 1), "a text without an end", "starts here")
                .help("close it with the quote that opens it"),
            ErrorKind::InvalidEscape(_) => self
                .wrong(at, "an escape that means nothing", "in this text")
                .help("a backslash itself is `\\\\`; in `r\"…\"` there are no escapes"),
            ErrorKind::TrailingCharacters if self.text_at(at).starts_with("/*") => {
                self.wrong(self.first(at, 2), "a comment without an end", "starts here").help("close it with `*/`")
            }
            ErrorKind::TrailingCharacters if character(at) == Some('{') => self
                .wrong(at, "fields in braces", "the value is complete before this")
                .help("fields stand in round brackets: `Name(field: value)`"),
            ErrorKind::TrailingCharacters => self
                .wrong(at, "text behind the end of the document", "the document is complete before this")
                .help("remove what follows"),
            ErrorKind::Expected { expected, context } => match expected.as_ref() {
                "comma" => match character(at) {
                    Some(c @ (')' | ']' | '}')) => self
                        .wrong(at, format!("`{c}` does not close the bracket that is open"), "another bracket should stand here")
                        .help("every bracket is closed by its own kind"),
                    Some(':') => self
                        .wrong(at, "a `:` that does not belong here", "no name stands before this")
                        .help("names stand without quotes in `( )`, and with quotes in `{ }`"),
                    _ if *context == Some("tuple") => missing("`,` or `:`"),
                    _ => missing("`,`"),
                },
                "value" => missing("value"),
                "`:` after map key" if *context == Some("struct field") => self
                    .wrong(at, "a `:` is missing", "`:` should stand behind this name")
                    .help("write `name: value`"),
                "`:` after map key" => missing("`:`").help("write `\"name\": value`"),
                "identifier" => self
                    .wrong(at, "a name is missing", "a name should stand here")
                    .help("fields are written `name: value`; a name with other characters needs `{ \"name\": value }`"),
                "`Some` or `None`" => self
                    .wrong(at, "`Some` without a value", "a value should follow this")
                    .help("write `Some(value)` or the value alone"),
                "attribute" => self
                    .wrong(at, "a `#` that does not belong here", "starts no value")
                    .help("remove it, or put the text in quotes"),
                "string" => self.wrong(at, "a text is missing", "a text in quotes should stand here"),
                closing => match closing.split('`').nth(1).filter(|_| closing.starts_with("closing")) {
                    Some(bracket) => {
                        let (place, side) = before(at);
                        let label = format!("should stand {side} this");
                        match character(at).filter(|_| side == "before") {
                            Some(c @ (')' | ']' | '}')) => self
                                .wrong(at, format!("`{c}` does not close the bracket that is open"), format!("a `{bracket}` {label}"))
                                .help("every bracket is closed by its own kind"),
                            Some(c) => self
                                .wrong(place, format!("a `,` or `{bracket}` is missing before `{c}`"), label)
                                .help("a text with other characters than letters, digits and `_` needs quotes"),
                            None => self.wrong(place, format!("a `{bracket}` is missing"), label),
                        }
                    }
                    None => self.wrong(at, "this is not RON", "at this place"),
                },
            },
            // Lexical errors come as this, whatever is wrong.
            ErrorKind::UnexpectedChar('"' | 'r') if self.text_at(at).ends_with(['"', '#']) || self.text_at(at).starts_with(['"', 'r']) => self
                .wrong(self.first(at, 1), "a text without an end", "starts here")
                .help("close it with the quote that opens it, behind it as many `#` as stand before"),
            ErrorKind::UnexpectedChar('\'') => self
                .wrong(at, "a text in single quotes", "only one character can stand in single quotes")
                .help("use double quotes: `\"`"),
            ErrorKind::UnexpectedChar(')' | ']' | '}' | ',') => missing("value"),
            ErrorKind::UnexpectedChar('.') => {
                self.wrong(at, "a `.` that does not belong here", "no value starts like this").help("a number has one dot: `0.5` or `.5`")
            }
            ErrorKind::UnexpectedChar(_) if self.behind_prefix(at) => self
                .wrong(at, "this is not a number", "no digit of this base")
                .help("`0x` has hexadecimal digits behind it, `0o` octal ones, `0b` binary ones"),
            ErrorKind::UnexpectedChar(_) | ErrorKind::InvalidIntegerDigit { .. } => {
                let what = character(at).map_or_else(|| "a character".to_owned(), |c| format!("`{c}`"));
                self.wrong(at, format!("{what} does not belong here"), "no value starts like this")
                    .help("put texts in double quotes")
            }
            _ => self.wrong(at, "this is not RON", "at this place"),
        }
    }

    /// Whether the prefix of a base, such as `0x`, precedes a position.
    fn behind_prefix(&self, at: Place) -> bool {
        let before = self.text.get(..at.start as usize).unwrap_or_default().as_bytes();
        matches!(before, [.., b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B'])
    }

    fn text_at(&self, place: Place) -> &str {
        self.text.get(place.start as usize..place.end as usize).unwrap_or_default()
    }

    /// The first bytes of a place.
    fn first(&self, at: Place, bytes: usize) -> Place {
        let (start, end) = (at.start as usize, at.end as usize);
        place(start, self.text.ceil_char_boundary((start + bytes).min(end)).max(start))
    }
}

/// A text without what stands for line breaks behind `\`.
fn without_continuations(text: &str) -> Cow<'_, str> {
    if text.contains(shadow::CONTINUATION) {
        Cow::Owned(text.replace(shadow::CONTINUATION, ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// An identifier without the mark of a raw one.
fn identifier(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// What the key of a map is as text; `None` for one that is no scalar.
fn name<'e>(key: &'e Expr<'_>) -> Option<Cow<'e, str>> {
    match key {
        Expr::String(text) => Some(Cow::Borrowed(&text.value)),
        Expr::Char(character) => Some(Cow::Owned(character.value.to_string())),
        Expr::Bool(boolean) => Some(Cow::Borrowed(if boolean.value { "true" } else { "false" })),
        Expr::Number(number) => Some(Cow::Borrowed(&number.raw)),
        Expr::Byte(byte) => Some(Cow::Owned(byte.value.to_string())),
        Expr::Option(option) => name(&option.value.as_ref()?.expr),
        Expr::Struct(named) => match &named.body {
            None => Some(Cow::Borrowed(identifier(&named.name.name))),
            // `Id("a")`
            Some(StructBody::Tuple(body)) => match body.elements.as_slice() {
                [wrapped] => name(&wrapped.expr),
                _ => None,
            },
            Some(StructBody::Fields(_)) => None,
        },
        _ => None,
    }
}

/// A number without the name of its type, such as `u8`.
fn without_suffix(raw: &str) -> &str {
    const TYPES: [&str; 14] = [
        "i128", "u128", "isize", "usize", "i16", "i32", "i64", "u16", "u32", "u64", "f32", "f64", "i8", "u8",
    ];
    let hexadecimal = sign(raw).1.starts_with(['0']) && raw.contains(['x', 'X']);
    // In hexadecimal digits, `f32` is a number.
    let types = TYPES.iter().filter(|name| !(hexadecimal && name.starts_with('f')));
    let bare = types.into_iter().find_map(|name| raw.strip_suffix(name)).unwrap_or(raw);
    bare.trim_end_matches('_')
}

/// A number that the parser took; `None` if it is endless or too large.
fn number(raw: &str) -> Option<Number> {
    let text = without_suffix(raw).replace('_', "");
    let (negative, digits) = sign(&text);
    for (prefix, base) in [("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return based(negative, digits, base);
        }
    }
    decimal(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (raw, digits) in [
            ("1u8", "1"),
            ("1_000", "1000"),
            ("1_u8", "1"),
            ("0xFFu8", "255"),
            ("0xf32", "3890"),
            ("-0b101", "-5"),
            ("0o17", "15"),
            ("1.50f32", "1.50"),
            ("+5", "5"),
            ("1.", "1.0"),
            ("1e5", "1e5"),
            ("12345678901234567890123i128", "12345678901234567890123"),
        ] {
            assert_eq!(number(raw).map(|number| number.digits).as_deref(), Some(digits), "{raw}");
        }
        for raw in ["inf", "-inf", "NaN", "inff32", "-NaN"] {
            assert_eq!(number(raw), None, "{raw}");
        }
        assert_eq!(number(&format!("0x{}", "f".repeat(33))), None);
    }
}
