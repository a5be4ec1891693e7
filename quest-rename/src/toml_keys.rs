//! The keys of a TOML file. A table can be named in several headings and keys, so one property can be written in several places.

use std::collections::HashMap;
use std::ops::Range;
use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, parse_document};

/// A step to a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Name(String),
    Element(usize),
}

type Path = Vec<Step>;

/// The keys of a file.
#[derive(Debug)]
pub(crate) struct Keys {
    /// Every part of every key, in the order of the file: the path to what it names, and where it is written.
    written: Vec<(Path, Range<usize>)>,
    /// The places of each path, by position in `written`.
    by_path: HashMap<Path, Vec<usize>>,
}

impl Keys {
    pub(crate) fn of(text: &str) -> Self {
        let written = keys(text);
        let mut by_path: HashMap<Path, Vec<usize>> = HashMap::new();
        for (at, (path, _)) in written.iter().enumerate() {
            by_path.entry(path.clone()).or_default().push(at);
        }
        Self { written, by_path }
    }

    /// Every place in which the key that is written at `range` is written, if one is.
    pub(crate) fn same(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        // Keys are written one behind the other.
        let at = self.written.partition_point(|(_, written)| written.end <= range.start);
        let found = self.written.get(at).filter(|(_, written)| written.start < range.end);
        let places = found.and_then(|(path, _)| self.by_path.get(path));
        places.into_iter().flatten().map(|at| self.written[*at].1.clone()).collect()
    }
}

/// Every part of every key: the path to what it names, and where it is written.
fn keys(text: &str) -> Vec<(Path, Range<usize>)> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::new();
    // What cannot be parsed was reported when the file was read.
    let mut errors = ();
    parse_document(&tokens, &mut events, &mut errors);
    let mut reader = Reader { source, ..Reader::new(source) };
    events.iter().for_each(|event| reader.event(event));
    reader.keys
}

struct Reader<'t> {
    source: Source<'t>,
    keys: Vec<(Path, Range<usize>)>,
    /// The table of the last heading.
    table: Path,
    /// What is open in the value of a key: tables and lists, by their paths.
    open: Vec<Path>,
    /// The names of a heading or key so far.
    names: Vec<(String, Range<usize>)>,
    /// The number of tables in each list of headings.
    lists: HashMap<Path, usize>,
    /// Where the next value goes.
    value: Path,
}

impl<'t> Reader<'t> {
    fn new(source: Source<'t>) -> Self {
        Self {
            source,
            keys: Vec::new(),
            table: Vec::new(),
            open: Vec::new(),
            names: Vec::new(),
            lists: HashMap::new(),
            value: Vec::new(),
        }
    }

    fn event(&mut self, event: &Event) {
        match event.kind() {
            EventKind::SimpleKey => {
                let mut name = std::borrow::Cow::Borrowed("");
                if let Some(raw) = self.source.get(event) {
                    raw.decode_key(&mut name, &mut ());
                }
                let span = event.span();
                self.names.push((name.into_owned(), span.start()..span.end()));
            }
            EventKind::StdTableClose => self.table = self.heading(false),
            EventKind::ArrayTableClose => self.table = self.heading(true),
            EventKind::KeyValSep => {
                let around = self.open.last().unwrap_or(&self.table).clone();
                self.value = self.named(around, false);
            }
            EventKind::InlineTableOpen => self.open.push(self.value.clone()),
            EventKind::ArrayOpen => {
                self.value.push(Step::Element(0));
                self.open.push(self.value.clone());
            }
            EventKind::InlineTableClose | EventKind::ArrayClose => {
                self.open.pop();
            }
            EventKind::ValueSep => {
                if let Some(Step::Element(at)) = self.open.last_mut().and_then(|list| list.last_mut()) {
                    *at += 1;
                }
                self.value = self.open.last().cloned().unwrap_or_default();
            }
            _ => {}
        }
    }

    /// The path of a heading.
    fn heading(&mut self, list: bool) -> Path {
        self.open.clear();
        self.named(Vec::new(), list)
    }

    /// Takes the names so far, and gives the path to what they name from `around`.
    fn named(&mut self, around: Path, list: bool) -> Path {
        let mut path = around;
        let names = std::mem::take(&mut self.names);
        let last = names.len();
        for ((name, written), at) in names.into_iter().zip(1..) {
            path.push(Step::Name(name));
            self.keys.push((path.clone(), written));
            if list && at == last {
                let count = self.lists.entry(path.clone()).or_default();
                *count += 1;
                path.push(Step::Element(*count - 1));
            } else if let Some(count) = self.lists.get(&path) {
                path.push(Step::Element(count - 1));
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn places(text: &str, key: &str) -> Vec<usize> {
        let at = text.find(key).unwrap();
        Keys::of(text).same(&(at..at + key.len())).into_iter().map(|range| range.start).collect()
    }

    #[test]
    fn a_table_is_named_by_every_heading_below_it() {
        let text = "[q.one]\na = 1\n[q.one.s]\n[q.\"one\".t]\n[q.two.one]\n[[q.one.l]]\n";
        assert_eq!(places(text, "one").len(), 4);
    }

    #[test]
    fn dotted_keys_and_inline_tables() {
        let text = "m = { one.a = 1, one.b = [{ one = 2 }] }\none.c = 1\n[one]\n";
        assert_eq!(places(text, "one"), [6, 17]);
    }

    #[test]
    fn tables_in_lists_are_different_tables() {
        let text = "[[q]]\n[q.m.one]\n[q.m.one.x]\n[[q]]\n[q.m.one]\n";
        assert_eq!(places(text, "one").len(), 2);
    }
}
