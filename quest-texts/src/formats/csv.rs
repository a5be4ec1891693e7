//! Comma-separated values as Godot imports them: keys, the source language, and the language. Columns that begin with `_` are for people.

use super::{FileError, Read, ReadUnit};
use crate::unit::Catalog;
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

const FUZZY: &str = "fuzzy";

pub(super) fn write(catalog: &Catalog) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
    let header = ["keys", &catalog.source_language, &catalog.language, "_context", "_comment", "_state"];
    // Writing into memory does not fail, and all rows have six columns.
    let _ = writer.write_record(header);
    for unit in catalog.units.iter().chain(&catalog.obsolete) {
        let state = if unit.fuzzy { FUZZY } else { "" };
        // Godot would show what is fuzzy, so its translation is in a column that Godot does not read.
        let (shown, fuzzy) = if unit.fuzzy { ("", unit.target.as_str()) } else { (unit.target.as_str(), "") };
        let state = if fuzzy.is_empty() { state.to_owned() } else { format!("{state}: {}", escape(fuzzy)) };
        let comment = unit.comment.as_deref().unwrap_or_default();
        let context = unit.context.join("\n");
        let (source, shown) = (escape(&unit.source), escape(shown));
        let _ = writer.write_record([&unit.key, &source, &shown, &context, comment, &state]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Godot reads escapes of C in texts.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escaped =
            (letter == '\\').then(|| letters.peek().copied()).flatten().and_then(|next| match next {
                'n' => Some('\n'),
                't' => Some('\t'),
                'r' => Some('\r'),
                '\\' | '"' | '\'' => Some(next),
                _ => None,
            });
        match escaped {
            Some(escaped) => {
                out.push(escaped);
                letters.next();
            }
            None => out.push(letter),
        }
    }
    out
}

pub(super) fn read(text: &str, language: &str) -> Result<Read, FileError> {
    let first = text.lines().next().unwrap_or_default();
    // Spreadsheets write what their language uses.
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|delimiter| (first.bytes().filter(|byte| byte == delimiter).count(), *delimiter == b','))
        .unwrap_or(b',');
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let failed = |error: &csv::Error| {
        let line = error.position().map_or(0, |position| position.line() as usize);
        FileError::new(format!("this is not CSV: {error}"), line)
    };
    let headers = reader.headers().map_err(|error| failed(&error))?.clone();
    let column = |name: &str| headers.iter().position(|header| header.trim().eq_ignore_ascii_case(name));
    let same = |header: &str| header.trim().replace('_', "-").eq_ignore_ascii_case(language);
    let Some(target) = headers.iter().position(same) else {
        let found: Vec<&str> = headers.iter().collect();
        let message = format!("it has no column `{language}`; its columns are {}", found.join(", "));
        return Err(FileError::new(message, 1));
    };
    let source = headers.iter().enumerate().find(|(at, header)| {
        *at > 0 && *at != target && !header.is_empty() && !header.starts_with(['_', '?'])
    });
    let source = source.map(|(at, _)| at);
    let (comment, state) = (column("_comment"), column("_state"));
    let mut read = Read { language: Some(language.to_owned()), ..Read::default() };
    for record in reader.records() {
        let record: StringRecord = record.map_err(|error| failed(&error))?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        if record.iter().all(str::is_empty) {
            continue;
        }
        let fuzzy = cell(state).strip_prefix(FUZZY);
        let shown = unescape(cell(Some(target)));
        let (text, is_fuzzy) = match fuzzy {
            Some(rest) if shown.is_empty() => (unescape(rest.trim_start_matches(": ")), true),
            _ => (shown, false),
        };
        read.units.push(ReadUnit {
            key: Some(cell(Some(0)).to_owned()).filter(|key| !key.is_empty()),
            source: source.map(|source| unescape(cell(Some(source)))).filter(|source| !source.is_empty()),
            target: text,
            fuzzy: is_fuzzy,
            comment: Some(cell(comment).to_owned()).filter(|comment| !comment.is_empty()),
            line: record.position().map_or(0, |position| position.line() as usize),
            ..ReadUnit::default()
        });
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::{escape, unescape};

    #[test]
    fn escapes_of_godot() {
        for text in ["a\\b", "C:\\new", "two\nlines", "\\", "\"quoted\""] {
            assert_eq!(unescape(&escape(text)), text);
        }
        assert_eq!(unescape("a\\nb\\q"), "a\nb\\q");
    }
}
