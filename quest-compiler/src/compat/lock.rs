//! The text of a lock: one line for each id, its children below it and indented by two more spaces.

use crate::diagnostics::{Diagnostic, code};
use crate::narrow::narrow_u32;
use crate::text::{FileId, Span};
use std::borrow::Cow;

/// Changes when older versions of questc cannot read the lock any more.
pub(super) const FORMAT: &str = "1";

/// What saved games can hold of the last release.
#[derive(Debug, Default)]
pub struct Lock<'t> {
    /// What saved games call the game.
    pub(super) game: Option<(Cow<'t, str>, Span)>,
    /// Content files that have a version.
    pub(super) files: Vec<LockFile<'t>>,
    /// The paths of the kinds that occur.
    pub(super) kinds: Vec<String>,
    /// The ids, each after its parent.
    pub(super) entries: Vec<LockEntry<'t>>,
    /// Ids that were released before the last release.
    pub(super) former: Vec<FormerId<'t>>,
}

/// A content file with a version.
#[derive(Debug)]
pub(super) struct LockFile<'t> {
    /// As seen from the manifest, with `/`.
    pub(super) name: Cow<'t, str>,
    pub(super) version: Cow<'t, str>,
    pub(super) span: Span,
}

/// An id.
#[derive(Debug)]
pub(super) struct LockEntry<'t> {
    /// The position of the one to which it belongs.
    pub(super) parent: Option<u32>,
    /// The position after its last descendant.
    pub(super) end: u32,
    /// By position among the kinds.
    pub(super) kind: usize,
    pub(super) id: Cow<'t, str>,
    pub(super) span: Span,
    pub(super) objective_key: Option<ObjectiveKey<'t>>,
    /// The position of its file, if that has a version.
    pub(super) file: Option<u32>,
}

/// What is counted for an id.
#[derive(Debug)]
pub(super) struct ObjectiveKey<'t> {
    pub(super) count: u32,
    /// What is to be done to what, as words.
    pub(super) what: Vec<Cow<'t, str>>,
    pub(super) span: Span,
}

/// An id that is no more.
#[derive(Debug)]
pub(super) struct FormerId<'t> {
    pub(super) kind: Cow<'t, str>,
    /// Its path when it was there last.
    pub(super) path: Cow<'t, str>,
    /// The path under which it went on.
    pub(super) now: Option<Cow<'t, str>>,
    pub(super) span: Span,
}

impl Lock<'_> {
    /// Whether the last release had an id.
    pub fn has(&self, kind: &str, path: &str) -> bool {
        let Some(kind) = self.kinds.iter().position(|known| known == kind) else { return false };
        let (scope, id) = path.rsplit_once(':').map_or((None, path), |(scope, id)| (Some(scope), id));
        let same = |entry: &&LockEntry<'_>| entry.kind == kind && entry.id == id;
        self.entries.iter().filter(same).any(|entry| match (scope, entry.parent) {
            (Some(scope), Some(parent)) => self.path(parent) == scope,
            (scope, parent) => scope.is_none() && parent.is_none(),
        })
    }

    /// The path of an entry.
    fn path(&self, at: u32) -> String {
        let Some(entry) = self.entries.get(at as usize) else { return String::new() };
        match entry.parent {
            Some(parent) => format!("{}:{}", self.path(parent), entry.id),
            None => entry.id.clone().into_owned(),
        }
    }
}

/// A word of a line and its span.
type Word<'t> = (Cow<'t, str>, Span);

/// Reads a lock.
///
/// # Errors
///
/// The first line that cannot be read.
pub fn read(file: FileId, text: &str) -> Result<Lock<'_>, Box<Diagnostic>> {
    let mut reader = LockReader { lock: Lock::default(), open: Vec::new(), in_file: None, words: Vec::new() };
    let mut known = false;
    let mut next = 0;
    let mut words = Vec::new();
    for whole in text.split_inclusive('\n') {
        let at = next;
        next += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']);
        let inner = line.trim_start_matches([' ', '\u{feff}']);
        if inner.is_empty() || inner.starts_with('#') {
            continue;
        }
        let indent = line.len() - inner.len();
        let span = Span::new(file, at + indent, at + line.len());
        words.clear();
        let read = split(file, inner, at + indent, &mut words).is_some();
        match words.as_slice() {
            [(word, _), (format, place)] if word == "@lock" && !known => {
                if format != FORMAT {
                    return Err(newer(*place));
                }
                known = true;
            }
            words if read && known && reader.line(indent, words).is_some() => {}
            _ => return Err(unreadable(span, inner)),
        }
    }
    if !known {
        return Err(unreadable(Span::new(file, 0, 0), ""));
    }
    reader.close(0);
    Ok(reader.lock)
}

fn newer(place: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(&code::LOCK, "this lock was written by a newer questc")
            .label(place, format!("this one reads locks of the format {FORMAT}"))
            .help("use the questc with which it was written, or a newer one"),
    )
}

fn unreadable(span: Span, line: &str) -> Box<Diagnostic> {
    let conflict = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|sign| line.starts_with(sign));
    let diagnostic = Diagnostic::new(&code::LOCK, "this lock cannot be read");
    Box::new(if line.is_empty() {
        diagnostic.label(span, "it does not begin with `@lock`").help(RESTORE)
    } else if conflict {
        diagnostic
            .label(span, "a merge was not settled")
            .help("keep the lines of both sides: each says what one release had")
    } else {
        diagnostic.label(span, "is no line of a lock").help(RESTORE)
    })
}

const RESTORE: &str = "restore the file as it was at the last release; `questc lock` writes it, and nobody has to change it by hand";

struct LockReader<'t> {
    lock: Lock<'t>,
    /// The entries to which the next line can belong, the outermost first.
    open: Vec<u32>,
    in_file: Option<u32>,
    /// Of each kind of the lock the kind to which it belongs, and the word by which lines call it.
    words: Vec<(Option<usize>, String)>,
}

impl<'t> LockReader<'t> {
    /// Ends the entries at this depth and deeper.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(at) = self.open.pop()
        {
            let end = narrow_u32(self.lock.entries.len());
            self.lock.entries[at as usize].end = end;
        }
    }

    /// Reads a line; `None` if it is none of a lock.
    fn line(&mut self, indent: usize, words: &[Word<'t>]) -> Option<()> {
        let [(first, _), rest @ ..] = words else { return None };
        match first.strip_prefix('@') {
            Some(directive) if indent == 0 => self.directive(directive, rest),
            None if first.starts_with(char::is_alphanumeric) => self.entry(indent, first, rest),
            _ => None,
        }
    }

    fn directive(&mut self, name: &str, words: &[Word<'t>]) -> Option<()> {
        match (name, words) {
            ("game", [(game, span)]) => self.lock.game = Some((game.clone(), *span)),
            ("file", [(name, _), (version, span)]) => {
                self.close(0);
                self.in_file = Some(narrow_u32(self.lock.files.len()));
                let (name, version) = (name.clone(), version.clone());
                self.lock.files.push(LockFile { name, version, span: *span });
            }
            ("gone", [(kind, _), (path, span)]) => {
                let (kind, path) = (kind.clone(), path.clone());
                self.lock.former.push(FormerId { kind, path, now: None, span: *span });
            }
            ("renamed", [(kind, _), (path, span), (now, _)]) => {
                let (kind, path, now) = (kind.clone(), path.clone(), Some(now.clone()));
                self.lock.former.push(FormerId { kind, path, now, span: *span });
            }
            _ => return None,
        }
        Some(())
    }

    /// An id of a kind, by its word, and perhaps what an objective asks for.
    fn entry(&mut self, indent: usize, kind: &str, words: &[Word<'t>]) -> Option<()> {
        let [(id, span), objective_key @ ..] = words else { return None };
        let objective_key = match objective_key {
            [] => None,
            [(count, first), what @ ..] => Some(ObjectiveKey {
                count: count.parse().ok()?,
                what: what.iter().map(|(word, _)| word.clone()).collect(),
                span: Span { end: words.last()?.1.end, ..*first },
            }),
        };
        // An entry without indentation is in no file that has a version.
        if indent == 0 {
            self.in_file = None;
        }
        let depth = (indent / 2).checked_sub(usize::from(self.in_file.is_some()))?;
        if !indent.is_multiple_of(2) || depth > self.open.len() {
            return None;
        }
        self.close(depth);
        let parent = self.open.last().copied();
        let parent_kind = parent.map(|parent| self.lock.entries[parent as usize].kind);
        let kind = self.kind(parent_kind, kind);
        self.open.push(narrow_u32(self.lock.entries.len()));
        let (id, file) = (id.clone(), self.in_file);
        self.lock.entries.push(LockEntry { parent, end: 0, kind, id, span: *span, objective_key, file });
        Some(())
    }

    /// The position of a kind by the kind to which it belongs, and its own word.
    fn kind(&mut self, parent: Option<usize>, word: &str) -> usize {
        let is = |known: &(Option<usize>, String)| known.0 == parent && known.1 == word;
        if let Some(known) = self.words.iter().position(is) {
            return known;
        }
        let kinds = &mut self.lock.kinds;
        kinds.push(match parent {
            Some(parent) => format!("{}.{word}", kinds[parent]),
            None => word.to_owned(),
        });
        self.words.push((parent, word.to_owned()));
        kinds.len() - 1
    }
}

/// Splits a line into its words. `None` if one of them has no end.
fn split<'t>(file: FileId, line: &'t str, start: usize, words: &mut Vec<Word<'t>>) -> Option<()> {
    let mut at = 0;
    while at < line.len() {
        let rest = line.get(at..)?;
        let length = if rest.starts_with('"') {
            let (word, length) = unquoted(rest)?;
            words.push((Cow::Owned(word), Span::new(file, start + at, start + at + length)));
            length
        } else {
            let length = rest
                .find(' ')
                .filter(|length| *length > 0)
                .or((!rest.starts_with(' ')).then_some(rest.len()))?;
            words.push((Cow::Borrowed(&rest[..length]), Span::new(file, start + at, start + at + length)));
            length
        };
        at += length;
        if at < line.len() {
            // Exactly one space separates two words.
            at += line.get(at..)?.strip_prefix(' ').filter(|rest| !rest.is_empty()).map(|_| 1)?;
        }
    }
    Some(())
}

/// The text of a word in quotes, and how long it is with them.
fn unquoted(text: &str) -> Option<(String, usize)> {
    let mut word = String::new();
    let mut signs = text.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        word.push(match sign {
            '"' => return Some((word, at + 1)),
            '\\' => match signs.next()?.1 {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let (digit, _) = signs.next()?;
                    signs.nth(2)?;
                    char::from_u32(u32::from_str_radix(text.get(digit..digit + 4)?, 16).ok()?)?
                }
                other => other,
            },
            sign => sign,
        });
    }
    None
}

/// A word as a lock has it: in quotes if it would be taken for something else.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    let odd = |sign: char| sign.is_whitespace() || sign.is_control() || sign == '"' || sign == '\u{feff}';
    if text.is_empty() || text.starts_with(['@', '#']) || text.contains(odd) {
        Cow::Owned(crate::diagnostics::json_string(text))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Option<Vec<String>> {
        let mut words = Vec::new();
        split(FileId(0), line, 0, &mut words)?;
        Some(words.into_iter().map(|(word, _)| word.into_owned()).collect())
    }

    #[test]
    fn every_word_comes_back() {
        for text in [
            "iron-path",
            "",
            "a b",
            "\"",
            "@gone",
            "#1",
            "tab\t",
            "line\nline",
            "\\",
            "höhle",
            "\u{1}",
            "\u{2028}",
        ] {
            let line = format!("{} {}", word(text), word(text));
            assert_eq!(words(&line).unwrap(), [text, text], "{line}");
            assert!(!line.contains(['\n', '\t']), "{line}");
        }
    }

    #[test]
    fn what_is_no_line() {
        for line in ["a  b", "a ", "\"a", "\"a\"b", "\"\\u12\""] {
            assert_eq!(words(line), None, "{line}");
        }
    }

    fn lock(text: &str) -> Result<Lock<'_>, String> {
        read(FileId(0), text)
            .map_err(|diagnostic| format!("{}: {}", diagnostic.title, diagnostic.labels[0].text))
    }

    #[test]
    fn a_tree() {
        let text = "# by hand\r\n@lock 1\r\nflag lit\r\n@file a.json 1.0.0\n  quest a\n    stage s\n      objective o 3 Kill wolf\n    branch b\n  quest b\n@gone quest.stage a:t\n@renamed quest c a\n";
        let lock = lock(text).unwrap();
        let entries: Vec<_> = lock
            .entries
            .iter()
            .map(|entry| (lock.kinds[entry.kind].as_str(), &*entry.id, entry.parent, entry.end, entry.file))
            .collect();
        let expected = [
            ("flag", "lit", None, 1, None),
            ("quest", "a", None, 5, Some(0)),
            ("quest.stage", "s", Some(1), 4, Some(0)),
            ("quest.stage.objective", "o", Some(2), 4, Some(0)),
            ("quest.branch", "b", Some(1), 5, Some(0)),
            ("quest", "b", None, 6, Some(0)),
        ];
        assert_eq!(entries, expected);
        let objective_key = lock.entries[3].objective_key.as_ref().unwrap();
        assert_eq!((objective_key.count, objective_key.what.join(" ")), (3, "Kill wolf".to_owned()));
        assert_eq!(lock.former.len(), 2);
    }

    #[test]
    fn what_can_not_be_read() {
        for (text, why) in [
            ("", "this lock cannot be read: it does not begin with `@lock`"),
            ("quest a\n", "this lock cannot be read: is no line of a lock"),
            ("@lock 2\n", "this lock was written by a newer questc: this one reads locks of the format 1"),
            ("@lock 1\n<<<<<<< HEAD\n", "this lock cannot be read: a merge was not settled"),
            ("@lock 1\n  quest a\n", "this lock cannot be read: is no line of a lock"),
            ("@lock 1\nquest a\n   stage s\n", "this lock cannot be read: is no line of a lock"),
            ("@lock 1\nquest a many\n", "this lock cannot be read: is no line of a lock"),
            ("@lock 1\n@what a\n", "this lock cannot be read: is no line of a lock"),
        ] {
            assert_eq!(lock(text).unwrap_err(), why, "{text}");
        }
    }
}
