//! gettext PO.

use super::{FileError, Read, ReadUnit};
use crate::plural_rules::plural_rule;
use crate::unit::{Catalog, Unit};
use rspolib::{FileOptions, POEntry, pofile};
use std::fmt::Write as _;

/// Lines are never broken, so that a changed word is a changed line.
const WIDTH: usize = 1 << 30;

/// The headers that say what the file is. All others are those of translators.
fn own_headers(catalog: &Catalog) -> Vec<(String, String)> {
    let mut headers = vec![
        ("MIME-Version".to_owned(), "1.0".to_owned()),
        ("Content-Type".to_owned(), "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding".to_owned(), "8bit".to_owned()),
        ("Language".to_owned(), catalog.language.replace('-', "_")),
        ("X-Source-Language".to_owned(), catalog.source_language.clone()),
        ("X-Generator".to_owned(), "questc".to_owned()),
    ];
    if let Some(rule) = plural_rule(&catalog.language) {
        headers.push(("Plural-Forms".to_owned(), rule.header()));
    }
    headers
}

pub(super) fn write(catalog: &Catalog, before: Option<&Read>) -> String {
    let own = own_headers(catalog);
    let kept = before.map_or(&[][..], |before| before.headers.as_slice());
    let is_own = |name: &str| own.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
    let kept = kept.iter().filter(|(name, _)| !is_own(name));
    let mut out = String::new();
    for line in before.and_then(|before| before.preamble.as_deref()).unwrap_or_default().lines() {
        let _ = writeln!(out, "{}", format!("# {line}").trim_end());
    }
    out.push_str("msgid \"\"\nmsgstr \"\"\n");
    for (name, value) in own.iter().chain(kept) {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = writeln!(out, "\"{name}: {value}\\n\"");
    }
    for unit in &catalog.units {
        out.push('\n');
        out.push_str(&entry(unit, false).to_string_with_wrapwidth(WIDTH));
    }
    for unit in &catalog.obsolete {
        out.push('\n');
        out.push_str(&entry(unit, true).to_string_with_wrapwidth(WIDTH));
    }
    out
}

fn entry(unit: &Unit, obsolete: bool) -> POEntry {
    let mut entry = POEntry::new(0);
    entry.msgctxt = Some(unit.key.clone());
    // The text of an obsolete entry can be unknown, and an entry without one would be the header.
    entry.msgid = if unit.source.is_empty() { unit.key.clone() } else { unit.source.clone() };
    entry.msgstr = Some(unit.target.clone());
    entry.tcomment = unit.comment.clone();
    entry.obsolete = obsolete;
    if obsolete {
        return entry;
    }
    entry.comment = (!unit.context.is_empty()).then(|| unit.context.join("\n"));
    if !unit.key.contains(char::is_whitespace) {
        // The library joins the two with a colon.
        let (file, rest) = unit.key.split_once(':').unwrap_or((&unit.key, ""));
        entry.occurrences = vec![(file.to_owned(), rest.to_owned())];
    }
    if unit.fuzzy && !unit.target.is_empty() {
        entry.flags = vec!["fuzzy".to_owned()];
        entry.previous_msgid = unit.previous.clone();
        entry.previous_msgctxt = unit.previous.as_ref().map(|_| unit.key.clone());
    }
    entry
}

pub(super) fn read(text: &str) -> Result<Read, FileError> {
    // The library reads a file if the text is the path of one, which no path with a line break at its end is.
    let content = format!("{}\n", text.replace("\r\n", "\n"));
    let options = FileOptions { path_or_content: content, wrapwidth: WIDTH, byte_content: None };
    let file = pofile(options).map_err(|error| {
        let message = error.to_string();
        let line = message
            .split("line ")
            .nth(1)
            .and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
        FileError::new(format!("this is not PO: {message}"), line.unwrap_or(0))
    })?;
    let mut read =
        Read { preamble: file.header.clone().filter(|header| !header.is_empty()), ..Read::default() };
    read.headers = file.metadata.clone().into_iter().collect();
    read.headers.sort();
    read.language = header(&read, "Language").filter(|tag| !tag.is_empty()).map(|tag| tag.replace('_', "-"));
    read.units = file.entries.iter().map(unit).collect();
    if let Some(charset) =
        header(&read, "Content-Type").and_then(|value| Some(value.split_once("charset=")?.1.to_owned()))
        && !charset.eq_ignore_ascii_case("utf-8")
        && !text.is_ascii()
    {
        read.warnings.push(format!("its header says `charset={charset}`, and it is read as UTF-8"));
    }
    plural_header(&mut read);
    Ok(read)
}

fn header(read: &Read, name: &str) -> Option<String> {
    let found = read.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim().to_owned())
}

/// Compares the number of plural forms with that of the language.
fn plural_header(read: &mut Read) {
    let count = header(read, "Plural-Forms").and_then(|rule| {
        let number = rule.split_once("nplurals=")?.1;
        number.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u8>().ok()
    });
    let rule = read.language.as_deref().and_then(plural_rule);
    if let (Some(count), Some(rule)) = (count, rule)
        && count != rule.forms
    {
        let language = read.language.as_deref().unwrap_or_default();
        read.warnings.push(format!(
            "its header says that `{language}` has {count} plural forms, and it has {}: `Plural-Forms: {}`",
            rule.forms,
            rule.header()
        ));
    }
}

fn unit(entry: &POEntry) -> ReadUnit {
    let key = entry.msgctxt.clone().filter(|key| !key.is_empty()).or_else(|| reference(entry));
    let plural = entry.msgid_plural.is_some();
    ReadUnit {
        key,
        source: Some(entry.msgid.clone()),
        previous: entry.previous_msgid.clone(),
        target: if plural { entry.msgstr_plural.concat() } else { entry.msgstr.clone().unwrap_or_default() },
        fuzzy: entry.fuzzy(),
        comment: entry.tcomment.clone().filter(|comment| !comment.is_empty()),
        obsolete: entry.obsolete,
        unusable: plural.then_some("it has plural forms, and its text has none"),
        line: entry.linenum,
    }
}

/// The only reference of an entry, which is the key where a tool has dropped the context.
fn reference(entry: &POEntry) -> Option<String> {
    let [(file, rest)] = entry.occurrences.as_slice() else { return None };
    Some(if rest.is_empty() { file.clone() } else { format!("{file}:{rest}") })
}
