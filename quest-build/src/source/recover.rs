//! The JSON reader for files with mistakes: slower, finds all of them, and makes of the file what can be made of it, so that
//! one missing comma neither hides the next mistake nor makes the quests of the file unknown to the rest of the project.

use super::files::{FileId, Span};
use super::json::{MAX_DEPTH, escape_end, number_end, plain_end};
use super::tape::{Kind, Tape};
use crate::diagnose::{Diagnostic, code};

/// Reports every mistake of `text` from `start` on; returns what could be read.
pub(super) fn recover(file: FileId, text: &str, start: usize, findings: &mut Vec<Diagnostic>) -> Tape {
    let mut reader = Reader {
        file,
        text,
        bytes: text.as_bytes(),
        at: start,
        tape: Tape::default(),
        open: Vec::new(),
        findings,
        ragged: !balanced(text.as_bytes(), start),
        forgiven: false,
        comments: false,
        deep: false,
    };
    reader.document();
    reader.tape
}

/// Whether every bracket outside of strings has its partner.
fn balanced(bytes: &[u8], start: usize) -> bool {
    let mut open = Vec::new();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += 1;
                loop {
                    at = plain_end(bytes, at);
                    match bytes.get(at) {
                        Some(b'\\') => at += 2,
                        Some(b'"') | Some(b'\n') | None => break,
                        Some(_) => at += 1,
                    }
                }
            }
            b'{' | b'[' => open.push(byte),
            b'}' if open.pop() != Some(b'{') => return false,
            b']' if open.pop() != Some(b'[') => return false,
            _ => {}
        }
        at += 1;
    }
    open.is_empty()
}

struct Open {
    entry: usize,
    object: bool,
    start: usize,
    /// Columns of white space before the first character of the line that has the bracket.
    indent: usize,
}

struct Reader<'a, 'f> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    tape: Tape,
    open: Vec<Open>,
    findings: &'f mut Vec<Diagnostic>,
    /// Brackets do not match somewhere, so indentation is asked where.
    ragged: bool,
    /// The mistake just reported explains a comma that is not there.
    forgiven: bool,
    comments: bool,
    deep: bool,
}

/// What may come next.
enum State {
    Value,
    /// A name, or the end of the object.
    Name,
    Colon,
    /// A comma or the end.
    After,
    End,
}

impl Reader<'_, '_> {
    fn report(&mut self, start: usize, end: usize, title: &str, label: &str, help: &str) {
        let span = Span::new(self.file, start, end);
        let mut finding = Diagnostic::new(&code::SYNTAX, title).label(span, label);
        if !help.is_empty() {
            finding = finding.help(help);
        }
        self.findings.push(finding);
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Skips white space, and comments after saying that JSON has none.
    fn space(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(b'/') if matches!(self.bytes.get(self.at + 1), Some(b'/' | b'*')) => {
                    let start = self.at;
                    let rest = &self.text[start..];
                    let end = if rest.starts_with("//") {
                        rest.find('\n').map_or(self.bytes.len(), |at| start + at)
                    } else {
                        rest.find("*/").map_or(self.bytes.len(), |at| start + at + 2)
                    };
                    if !self.comments {
                        self.comments = true;
                        let line_end = rest.find('\n').map_or(end, |at| (start + at).min(end));
                        self.report(
                            start,
                            line_end,
                            "JSON has no comments",
                            "not allowed here",
                            "remove the comments of this file",
                        );
                    }
                    self.at = end;
                }
                Some(0xA0..)
                    if self.text[self.at..]
                        .starts_with(['\u{a0}', '\u{feff}', '\u{2028}', '\u{200b}', '\u{3000}']) =>
                {
                    let width = self.text[self.at..].chars().next().map_or(1, char::len_utf8);
                    self.report(
                        self.at,
                        self.at + width,
                        "an invisible character that is not a space",
                        "remove it",
                        "",
                    );
                    self.at += width;
                }
                _ => return,
            }
        }
    }

    fn document(&mut self) {
        let mut state = State::Value;
        loop {
            self.space();
            state = match state {
                State::Value => self.value(),
                State::Name => self.name(),
                State::Colon => self.colon(),
                State::After => self.after(),
                State::End => break,
            };
        }
        self.unclosed();
        self.space();
        if self.at < self.bytes.len() {
            let end = self.character_end();
            self.report(
                self.at,
                end,
                "text behind the end of the document",
                "the document is complete before this",
                "remove what follows",
            );
        }
    }

    fn character_end(&self) -> usize {
        self.at + self.text[self.at..].chars().next().map_or(0, char::len_utf8)
    }

    /// Where the character before `end` starts.
    fn character_before(&self, end: usize) -> usize {
        end - self.text[..end].chars().next_back().map_or(0, char::len_utf8)
    }

    /// The state behind a value.
    fn done(&self) -> State {
        if self.open.is_empty() { State::End } else { State::After }
    }

    fn invalid(&mut self, start: usize, end: usize) -> State {
        self.tape.push(Kind::Invalid, start, end);
        self.done()
    }

    fn value(&mut self) -> State {
        let start = self.at;
        let Some(byte) = self.peek() else {
            if self.open.is_empty() {
                return State::End;
            }
            self.tape.push(Kind::Invalid, start, start);
            return State::End;
        };
        match byte {
            b'"' => {
                // `["a", "b",` and then `"level": 5`: the list was not closed.
                if self.open.last().is_some_and(|open| !open.object)
                    && self.names_something()
                    && self.inside_object()
                {
                    return self.missing_close(start);
                }
                self.string();
                self.done()
            }
            b'{' | b'[' => self.open_bracket(byte == b'{'),
            b'-' | b'0'..=b'9' | b'+' | b'.' => {
                self.number();
                self.done()
            }
            b'}' | b']' => {
                let before = self.trimmed_end(start);
                match self.bytes.get(before.wrapping_sub(1)) {
                    Some(b',') => self.report(
                        before - 1,
                        before,
                        "a comma with nothing behind it",
                        "remove this comma",
                        "",
                    ),
                    _ => self.report(
                        start,
                        start + 1,
                        "a value is missing",
                        "a value should stand before this",
                        "",
                    ),
                }
                if self.open.last().is_some_and(|open| open.object) {
                    self.tape.push(Kind::Invalid, start, start);
                }
                self.done()
            }
            b',' => {
                self.report(
                    start,
                    start + 1,
                    "a value is missing",
                    "a value should stand before this comma",
                    "write the value, or remove the comma",
                );
                self.invalid(start, start)
            }
            b'\'' => {
                self.single_quoted();
                self.done()
            }
            b':' => {
                self.report(start, start + 1, "a `:` too many", "remove this", "");
                self.at += 1;
                State::Value
            }
            _ => self.word(),
        }
    }

    /// The end of the text before `at`, white space left out.
    fn trimmed_end(&self, at: usize) -> usize {
        self.text[..at].trim_end().len()
    }

    fn indent(&self, at: usize) -> usize {
        let line = self.text[..at].rfind('\n').map_or(0, |line| line + 1);
        self.text[line..].chars().take_while(|c| *c == ' ' || *c == '\t').count()
    }

    /// Whether only white space stands before `at` on its line.
    fn first_in_line(&self, at: usize) -> bool {
        self.text[..at].trim_end_matches([' ', '\t']).ends_with('\n')
    }

    fn inside_object(&self) -> bool {
        self.open.iter().rev().nth(1).is_some_and(|open| open.object)
    }

    /// Whether the string at the current place is followed by a colon.
    fn names_something(&self) -> bool {
        let mut at = self.at + 1;
        loop {
            at = plain_end(self.bytes, at);
            match self.bytes.get(at) {
                Some(b'\\') => at += 2,
                Some(b'"') => break,
                _ => return false,
            }
        }
        self.text.get(at + 1..).is_some_and(|rest| rest.trim_start().starts_with(':'))
    }

    fn open_bracket(&mut self, object: bool) -> State {
        let start = self.at;
        if self.open.len() >= MAX_DEPTH {
            if !self.deep {
                self.deep = true;
                self.findings.push(
                    Diagnostic::new(&code::TOO_DEEP, format!("more than {MAX_DEPTH} brackets stand in each other"))
                        .label(Span::new(self.file, start, start + 1), "this one is too deep")
                        .help("quest content is never this deep: was the file generated by a program that repeats itself?"),
                );
            }
            // What is deeper is skipped, brackets in strings included.
            self.at = self.skip_balanced(start);
            self.tape.push(Kind::Invalid, start, self.at);
            return State::After;
        }
        let entry = self.tape.open(if object { Kind::Object } else { Kind::Array }, start);
        self.open.push(Open { entry, object, start, indent: self.indent(start) });
        self.at += 1;
        self.space();
        match (self.peek(), object) {
            (Some(b'}'), true) | (Some(b']'), false) => State::After,
            (_, true) => State::Name,
            (_, false) => State::Value,
        }
    }

    fn skip_balanced(&self, start: usize) -> usize {
        let mut depth = 0usize;
        let mut at = start;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return at + 1;
                    }
                }
                b'"' => {
                    at = plain_end(self.bytes, at + 1);
                    while self.bytes.get(at) == Some(&b'\\') {
                        at = plain_end(self.bytes, at + 2);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        self.bytes.len()
    }

    /// Closes the innermost bracket, which nothing in the file closes; `at` is where that becomes clear.
    fn missing_close(&mut self, at: usize) -> State {
        let Some(open) = self.open.pop() else { return State::End };
        let (what, close) = if open.object { ("object", '}') } else { ("list", ']') };
        let end = self.trimmed_end(at);
        let behind = if self.bytes.get(end.wrapping_sub(1)) == Some(&b',') { end - 1 } else { end };
        let had_comma = behind != end;
        self.findings.push(
            Diagnostic::new(&code::SYNTAX, format!("a `{close}` is missing"))
                .label(
                    Span::new(self.file, self.character_before(behind), behind),
                    format!("`{close}` should stand behind this"),
                )
                .label(
                    Span::new(self.file, open.start, open.start + 1),
                    format!("this {what} is never closed"),
                ),
        );
        self.tape.close(open.entry, behind);
        self.forgiven = true;
        if self.open.is_empty() {
            return State::End;
        }
        // A comma that belongs behind the missing bracket has been read already.
        if had_comma && self.open.last().is_some_and(|open| open.object) { State::Name } else { State::After }
    }

    /// The innermost bracket was not closed, if the line at `at` stands no deeper than the line that opened it.
    fn should_have_closed(&self, at: usize) -> bool {
        self.ragged
            && self.first_in_line(at)
            && self.open.len() > 1
            && self.open.last().is_some_and(|open| {
                self.indent(at) <= open.indent && self.text[open.start..at].contains('\n')
            })
    }

    fn name(&mut self) -> State {
        let start = self.at;
        let Some(byte) = self.peek() else { return State::End };
        match byte {
            b'"' => {
                if self.should_have_closed(start) {
                    return self.missing_close(start);
                }
                self.string();
                State::Colon
            }
            b'}' => {
                let before = self.trimmed_end(start);
                if self.bytes.get(before.wrapping_sub(1)) == Some(&b',') {
                    self.report(
                        before - 1,
                        before,
                        "a comma with nothing behind it",
                        "remove this comma",
                        "",
                    );
                }
                State::After
            }
            b']' => State::After,
            b',' => {
                self.report(start, start + 1, "a comma too many", "remove this comma", "");
                self.at += 1;
                State::Name
            }
            b'\'' => {
                self.single_quoted();
                State::Colon
            }
            b'{' if self.inside_list() => self.missing_close(start),
            b'{' | b'[' | b':' => {
                self.report(
                    start,
                    start + 1,
                    "a property name is missing",
                    "a name in double quotes should stand before this",
                    "",
                );
                self.tape.push(Kind::Invalid, start, start);
                if byte == b':' { State::Colon } else { State::Value }
            }
            _ => {
                let end = self.word_end();
                if end == start {
                    let end = self.character_end();
                    self.report(
                        start,
                        end,
                        "a property name should stand here",
                        "not expected",
                        "names stand in double quotes",
                    );
                    self.at = end;
                    return State::Name;
                }
                let word = &self.text[start..end];
                self.report(start, end, "a property name without quotes", "", &format!("write `\"{word}\"`"));
                self.tape.push(Kind::Word, start, end);
                self.at = end;
                State::Colon
            }
        }
    }

    fn inside_list(&self) -> bool {
        self.open.iter().rev().nth(1).is_some_and(|open| !open.object)
    }

    fn colon(&mut self) -> State {
        let behind = self.trimmed_end(self.at);
        match self.peek() {
            Some(b':') => {
                self.at += 1;
                self.space();
                // `"level": ,` and `"level": }`
                State::Value
            }
            Some(b'=') => {
                self.report(self.at, self.at + 1, "`=` instead of `:`", "write `:`", "");
                self.at += 1;
                State::Value
            }
            Some(b',' | b'}' | b']') | None => {
                self.report(
                    self.character_before(behind),
                    behind,
                    "a value is missing",
                    "`:` and a value should stand behind this name",
                    "",
                );
                self.invalid(behind, behind)
            }
            Some(_) => {
                self.report(
                    self.character_before(behind),
                    behind,
                    "a `:` is missing",
                    "`:` should stand behind this name",
                    "",
                );
                State::Value
            }
        }
    }

    fn after(&mut self) -> State {
        let start = self.at;
        let forgiven = std::mem::take(&mut self.forgiven);
        let (Some(byte), Some(open)) = (self.peek(), self.open.last()) else { return State::End };
        let object = open.object;
        match byte {
            b',' => {
                self.at += 1;
                self.space();
                if object { State::Name } else { State::Value }
            }
            b'}' | b']' if (byte == b'}') == object => {
                if self.should_have_closed(start) && self.indent(start) < open.indent && self.open.len() > 1 {
                    return self.missing_close(start);
                }
                self.at += 1;
                let entry = open.entry;
                self.open.pop();
                self.tape.close(entry, self.at);
                self.done()
            }
            b'}' | b']' => {
                let partner = self.open.iter().any(|open| open.object == (byte == b'}'));
                if partner {
                    return self.missing_close(start);
                }
                self.report(
                    start,
                    start + 1,
                    &format!("a `{}` that closes nothing", byte as char),
                    "remove this",
                    "",
                );
                self.at += 1;
                State::After
            }
            b':' if !object => {
                self.report(
                    start,
                    start + 1,
                    "a `:` in a list",
                    "lists have values without names",
                    "use `{ }` for named values",
                );
                self.at += 1;
                State::Value
            }
            b'"' if !object && self.names_something() && self.inside_object() => self.missing_close(start),
            b'"' if object && self.should_have_closed(start) => self.missing_close(start),
            b'{' if object && self.inside_list() => self.missing_close(start),
            b'"' | b'{' | b'[' | b'\'' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                if !forgiven {
                    let behind = self.trimmed_end(start);
                    self.report(
                        self.character_before(behind),
                        behind,
                        "a comma is missing",
                        "`,` should stand behind this",
                        "",
                    );
                }
                if object { State::Name } else { State::Value }
            }
            _ => {
                let end = self.character_end();
                self.report(
                    start,
                    end,
                    "a character that does not belong here",
                    "`,` or the closing bracket was expected",
                    "",
                );
                self.at = end;
                State::After
            }
        }
    }

    /// Reports what is still open at the end of the file.
    fn unclosed(&mut self) {
        let end = self.trimmed_end(self.bytes.len());
        let Some(innermost) = self.open.last() else { return };
        let close: String = self.open.iter().rev().map(|open| if open.object { '}' } else { ']' }).collect();
        let what = if innermost.object { "object" } else { "list" };
        let title = if close.len() == 1 {
            format!("the file ends before this {what} is closed")
        } else {
            format!("the file ends with {} brackets open", close.len())
        };
        let help = if close.len() > 8 {
            "close them at the end".to_owned()
        } else {
            format!("`{close}` is missing at the end")
        };
        let mut finding = Diagnostic::new(&code::SYNTAX, title)
            .label(Span::new(self.file, self.character_before(end), end), "the file ends here")
            .label(
                Span::new(self.file, innermost.start, innermost.start + 1),
                format!("this {what} is not closed"),
            );
        // A file that is too deep says so; that it also breaks off is no news.
        if !self.deep {
            finding = finding.help(help);
            self.findings.push(finding);
        }
        while let Some(open) = self.open.pop() {
            // A name without value at the very end would leave an object with an odd number of entries.
            self.tape.close(open.entry, end);
        }
        self.at = self.bytes.len();
    }

    fn number(&mut self) {
        let start = self.at;
        if let Some((end, kind)) = number_end(self.bytes, start) {
            self.tape.push(kind, start, end);
            self.at = end;
            return;
        }
        let length = self.text[start..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_')))
            .unwrap_or(self.text.len() - start)
            .max(1);
        let end = start + length;
        let written = &self.text[start..end];
        let digits = written.trim_start_matches('-');
        let help = if written.starts_with('+') {
            "a number has no `+` in front"
        } else if digits.starts_with('.') || written.contains(". ") || written.ends_with('.') {
            "a decimal point has digits on both sides, as in `0.5`"
        } else if digits.len() > 1 && digits.starts_with('0') && digits.chars().all(|c| c.is_ascii_digit()) {
            "a number does not start with `0`"
        } else if written.contains('_') {
            "digits are not grouped"
        } else {
            "write digits only, or put text into double quotes"
        };
        self.report(start, end, &format!("`{written}` is not a number"), "", help);
        self.tape.push(Kind::Invalid, start, end);
        self.at = end;
    }

    fn word_end(&self) -> usize {
        let rest = &self.text[self.at..];
        self.at
            + rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '$')))
                .unwrap_or(rest.len())
    }

    fn word(&mut self) -> State {
        let start = self.at;
        let end = self.word_end();
        if end == start {
            let end = self.character_end();
            let title = format!("a character that does not belong here: `{}`", &self.text[start..end]);
            self.report(start, end, &title, "a value was expected", "");
            self.at = end;
            // The character may be all there was.
            return match self.peek() {
                None => self.invalid(start, end),
                _ => State::Value,
            };
        }
        let word = &self.text[start..end];
        self.at = end;
        let kind = match word {
            "true" => Some(Kind::True),
            "false" => Some(Kind::False),
            "null" => Some(Kind::Null),
            _ => None,
        };
        if let Some(kind) = kind {
            self.tape.push(kind, start, end);
            return self.done();
        }
        let help = match word.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => "write `true`".to_owned(),
            "false" | "no" | "off" => "write `false`".to_owned(),
            "null" | "none" | "nil" | "undefined" => "write `null`".to_owned(),
            "nan" | "infinity" | "inf" => {
                "JSON has no such number; write `null` or leave the property out".to_owned()
            }
            _ => format!("text stands in double quotes: `\"{word}\"`"),
        };
        self.report(start, end, &format!("`{word}` is not a value"), "", &help);
        self.invalid(start, end)
    }

    fn single_quoted(&mut self) {
        let start = self.at;
        let rest = &self.text[start + 1..];
        let line = rest.find('\n').unwrap_or(rest.len());
        let close = rest[..line].find('\'');
        let end = close.map_or(start + 1 + line, |at| start + at + 2);
        self.report(start, end, "text in single quotes", "", "use double quotes: `\"`");
        let plain = close.is_some() && !self.text[start..end].contains('\\');
        self.tape.push(if plain { Kind::Text } else { Kind::Invalid }, start, end);
        self.at = end;
    }

    fn string(&mut self) {
        let start = self.at;
        let mut at = start + 1;
        let mut kind = Kind::Text;
        loop {
            at = plain_end(self.bytes, at);
            match self.bytes.get(at) {
                Some(b'"') => {
                    self.tape.push(kind, start, at + 1);
                    self.at = at + 1;
                    return;
                }
                Some(b'\\') => {
                    kind = Kind::Escaped;
                    at = match escape_end(self.bytes, at) {
                        Some(end) => end,
                        None => self.bad_escape(at),
                    };
                }
                Some(b'\n' | b'\r') | None => {
                    self.unterminated(start, at);
                    return;
                }
                Some(_) => {
                    let what =
                        if self.bytes.get(at) == Some(&b'\t') { "a tab" } else { "a control character" };
                    let title = format!("{what} in a text");
                    let help = if what == "a tab" { "write `\\t`, or a space" } else { "remove it" };
                    self.report(at, at + 1, &title, "not allowed as it is", help);
                    at += 1;
                }
            }
        }
    }

    fn bad_escape(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let next = rest.chars().nth(1);
        let unicode = next == Some('u');
        let length = if unicode {
            2 + rest.bytes().skip(2).take(4).take_while(u8::is_ascii_hexdigit).count()
        } else {
            1 + next.filter(|c| !c.is_control()).map_or(0, char::len_utf8)
        };
        let help = if unicode {
            "`\\u` is followed by four hexadecimal digits; characters beyond those need two of them, or stand as they are"
        } else {
            "after `\\` comes one of `\"`, `\\`, `/`, `b`, `f`, `n`, `r`, `t`, `u`; a backslash itself is `\\\\`"
        };
        let title = format!("`{}` is not an escape", &rest[..length]);
        self.report(at, at + length, &title, "", help);
        at + length
    }

    fn unterminated(&mut self, start: usize, line_end: usize) {
        let written = self.text[start..line_end].trim_end();
        let written = written.strip_suffix(',').unwrap_or(written);
        let end = start + written.len().max(1);
        self.report(
            start,
            end,
            "the closing quote of this text is missing",
            "`\"` should stand at the end",
            "a text ends on the line on which it begins; a new line in it is `\\n`",
        );
        // As a name it is not worth guessing; as a value its end is the end of the line.
        self.tape.push(Kind::Invalid, start, end);
        self.forgiven = true;
        self.at = end;
    }
}
