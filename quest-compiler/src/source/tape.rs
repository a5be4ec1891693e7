//! A document as a flat list of entries in document order: no tree, no copies, a span for every key and value.

use super::decimal::{Decimal, Number};
use crate::text::Name;
use crate::text::name::hash;
use crate::text::{FileId, Span};
use std::borrow::Cow;
use std::sync::Arc;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum NodeKind {
    Null,
    False,
    True,
    /// A number without fraction and exponent.
    Integer,
    Float,
    /// A string that is its own text.
    Text,
    /// A string with escapes.
    Escaped,
    /// A text or a name whose quotes are missing or wrong, which only a file with syntax errors has.
    Word,
    Array,
    Object,
    /// The place of a reported syntax error, about which later stages are silent.
    Invalid,
}

impl NodeKind {
    const ALL: [NodeKind; 11] = [
        NodeKind::Null,
        NodeKind::False,
        NodeKind::True,
        NodeKind::Integer,
        NodeKind::Float,
        NodeKind::Text,
        NodeKind::Escaped,
        NodeKind::Word,
        NodeKind::Array,
        NodeKind::Object,
        NodeKind::Invalid,
    ];
}

/// A value or a name. It takes 12 bytes, so that the tape of 80 MB of quests is about the size of the text.
///
/// Positions and indices are narrowed without a check, because `Files::add` limits the length of texts to 28 bits and no text has more
/// values than bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct TapeEntry {
    start: u32,
    end: u32,
    /// Kind in the low four bits. Above them the index of the entry after this one and everything it contains; for the name of a property,
    /// whose value is the next entry, a hash.
    kind_next: u32,
}

impl TapeEntry {
    fn kind(self) -> NodeKind {
        NodeKind::ALL[(self.kind_next & 0xF) as usize]
    }

    /// The text of a string or a word.
    fn name(self, text: &str) -> Option<Cow<'_, str>> {
        let raw = text.get(self.start as usize..self.end as usize)?;
        let body = || raw.get(1..raw.len() - 1).unwrap_or_default();
        match self.kind() {
            NodeKind::Text => Some(Cow::Borrowed(body())),
            NodeKind::Escaped => Some(Cow::Owned(unescape(body()))),
            NodeKind::Word => Some(Cow::Borrowed(raw)),
            _ => None,
        }
    }
}

/// The entries of a document while it is being read.
#[derive(Debug, Default)]
pub struct Tape {
    entries: Vec<TapeEntry>,
    /// Names have their hashes.
    hashed: bool,
}

impl Tape {
    /// For a reader that gives hashes to names.
    pub(super) fn hashed(entries: usize) -> Self {
        Self { entries: Vec::with_capacity(entries), hashed: true }
    }

    /// Adds the name of a property to a tape with hashes. `body` is the text between its quotes, unless it has escapes.
    #[inline]
    pub(super) fn push_name(&mut self, start: usize, end: usize, body: &[u8]) {
        let entry = TapeEntry {
            start: start as u32,
            end: end as u32,
            kind_next: hash(body) << 4 | NodeKind::Text as u32,
        };
        self.entries.push(entry);
    }

    /// Gives its hash to the name that was added last as a text with escapes.
    pub(super) fn hash_last(&mut self, text: &[u8]) {
        let Some(entry) = self.entries.last_mut() else { return };
        let body = text.get(entry.start as usize + 1..entry.end as usize - 1).unwrap_or_default();
        let name = std::str::from_utf8(body).map(unescape).unwrap_or_default();
        entry.kind_next = hash(name.as_bytes()) << 4 | entry.kind_next & 0xF;
    }

    /// Gives their hashes to all names.
    fn hash(&mut self, text: &str) {
        if self.hashed {
            return;
        }
        for at in 0..self.entries.len() {
            let object = self.entries[at];
            if object.kind_next & 0xF != NodeKind::Object as u32 {
                continue;
            }
            let mut name = at + 1;
            while name < (object.kind_next >> 4) as usize {
                let entry = self.entries[name];
                let hash = entry.name(text).map_or(0, |name| hash(name.as_bytes()));
                self.entries[name].kind_next = hash << 4 | entry.kind_next & 0xF;
                name = self.entries.get(name + 1).map_or(usize::MAX, |value| (value.kind_next >> 4) as usize);
            }
        }
        self.hashed = true;
    }

    /// Adds a scalar, or an invalid value.
    #[inline]
    pub fn push(&mut self, kind: NodeKind, start: usize, end: usize) {
        let next = self.entries.len() as u32 + 1;
        self.entries.push(TapeEntry {
            start: start as u32,
            end: end as u32,
            kind_next: next << 4 | kind as u32,
        });
    }

    /// Adds an array or object whose end is not known yet; returns what `close` needs.
    #[inline]
    pub fn open(&mut self, kind: NodeKind, start: usize) -> usize {
        self.push(kind, start, start + 1);
        self.entries.len() - 1
    }

    #[inline]
    pub fn close(&mut self, open: usize, end: usize) {
        let next = self.entries.len() as u32;
        if let Some(entry) = self.entries.get_mut(open) {
            entry.end = end as u32;
            entry.kind_next = next << 4 | entry.kind_next & 0xF;
        }
    }

    /// Repeats entries whose text is repeated `by` bytes later.
    #[cfg(feature = "yaml")]
    pub fn repeat(&mut self, entries: std::ops::Range<usize>, by: usize) {
        let (first, by, shift) = (self.entries.len(), by as u32, (self.entries.len() - entries.start) as u32);
        self.entries.extend_from_within(entries);
        for entry in self.entries.get_mut(first..).unwrap_or_default() {
            entry.start += by;
            entry.end += by;
            entry.kind_next += shift << 4;
        }
    }
}

/// The span of an entry in its file, for documents whose text is not that of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub start: u32,
    pub end: u32,
    /// Of an array or object, what a label underlines: a bracket, a heading, the dash of a list.
    pub mark: (u32, u32),
}

/// A file that was read: its text and a flat list of its values.
#[derive(Debug)]
pub struct Document {
    pub file: FileId,
    /// JSON: the file itself, or what the file would be as JSON.
    pub text: Arc<String>,
    tape: Vec<TapeEntry>,
    /// Of every entry its place in the file; `None` if that is its place in `text`.
    places: Option<Vec<Place>>,
    /// The file has syntax errors, so the values are what could be recovered.
    pub broken: bool,
    /// How the file's format writes `null`; `None` if it cannot.
    null: Option<&'static str>,
}

impl Document {
    pub fn new(file: FileId, text: Arc<String>, mut tape: Tape, broken: bool) -> Self {
        tape.hash(&text);
        Self { file, text, tape: tape.entries, places: None, broken, null: Some("null") }
    }

    /// A document whose file is not JSON: `text` says the same as JSON, `places` where each entry of `tape` stands in the file.
    #[cfg(feature = "translated")]
    pub(super) fn translated(
        file: FileId,
        text: String,
        mut tape: Tape,
        places: Vec<Place>,
        broken: bool,
        null: Option<&'static str>,
    ) -> Self {
        tape.hash(&text);
        Self { file, text: Arc::new(text), tape: tape.entries, places: Some(places), broken, null }
    }

    /// A file that cannot be read.
    pub fn unreadable(file: FileId) -> Self {
        Self::new(file, Arc::default(), Tape::default(), true)
    }

    /// The outermost value; `None` in an empty file.
    pub fn root(&self) -> Option<Node<'_>> {
        (!self.tape.is_empty()).then_some(Node { doc: self, at: 0 })
    }

    /// A node by its position on the tape, as [`Node::at`] gave it.
    pub fn node(&self, at: u32) -> Node<'_> {
        Node { doc: self, at }
    }
}

/// A value, or a property name, in a document.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    doc: &'a Document,
    at: u32,
}

impl<'a> Node<'a> {
    /// How the format writes `null`; `None` if it cannot.
    pub fn null_word(self) -> Option<&'static str> {
        self.doc.null
    }

    /// What a message says about how to write that there is no value.
    pub fn none_help(self) -> String {
        match self.null_word() {
            Some(null) => format!("write `{null}`, without quotes, for none"),
            None => "leave the property out for none".to_owned(),
        }
    }

    #[inline]
    fn entry(self) -> TapeEntry {
        self.doc.tape[self.at as usize]
    }

    /// Position on the tape.
    pub fn at(self) -> u32 {
        self.at
    }

    #[inline]
    pub fn kind(self) -> NodeKind {
        NodeKind::ALL[(self.entry().kind_next & 0xF) as usize]
    }

    #[inline]
    fn next(self) -> u32 {
        self.entry().kind_next >> 4
    }

    /// Its place in the file.
    #[inline]
    pub fn span(self) -> Span {
        if let Some(place) = self.place() {
            return Span { file: self.doc.file, start: place.start, end: place.end };
        }
        let entry = self.entry();
        Span { file: self.doc.file, start: entry.start, end: entry.end }
    }

    /// Its place if the file is not JSON.
    #[inline]
    fn place(self) -> Option<Place> {
        self.doc.places.as_ref()?.get(self.at as usize).copied()
    }

    /// The bracket that opens an array or object: a label on all of it would fill the screen.
    pub fn opening(self) -> Span {
        let span = self.span();
        if let Some(Place { mark: (start, end), .. }) = self.place() {
            return Span { start, end, ..span };
        }
        // If the bracket is missing, this is the character after its place.
        let first = self.raw().chars().next().map_or(0, |first| first.len_utf8() as u32);
        Span { end: span.start + first, ..span }
    }

    /// What a label should underline: a scalar itself, of an array or object its opening bracket.
    pub fn label(self) -> Span {
        if matches!(self.kind(), NodeKind::Array | NodeKind::Object) { self.opening() } else { self.span() }
    }

    /// Its text as JSON, quotes included: in a JSON file, the text of the file.
    pub fn raw(self) -> &'a str {
        let entry = self.entry();
        &self.doc.text[entry.start as usize..entry.end as usize]
    }

    #[inline]
    pub fn is_text(self) -> bool {
        matches!(self.kind(), NodeKind::Text | NodeKind::Escaped | NodeKind::Word)
    }

    /// The text of a string that needs no decoding.
    #[inline]
    pub fn plain(self) -> Option<&'a str> {
        let entry = self.entry();
        let text = &self.doc.text;
        match self.kind() {
            NodeKind::Text => Some(&text[entry.start as usize + 1..entry.end as usize - 1]),
            NodeKind::Word => Some(&text[entry.start as usize..entry.end as usize]),
            _ => None,
        }
    }

    /// The text of a string or property name; `None` for other values.
    pub fn text(self) -> Option<Cow<'a, str>> {
        match self.kind() {
            NodeKind::Escaped => {
                let raw = self.raw();
                Some(Cow::Owned(unescape(raw.get(1..raw.len() - 1).unwrap_or_default())))
            }
            _ => self.plain().map(Cow::Borrowed),
        }
    }

    /// Whether this is a string or property name of this text. Properties are looked up by it, so it looks at lengths first.
    #[inline]
    pub fn reads(self, text: &str) -> bool {
        let entry = self.entry();
        let quotes = match self.kind() {
            NodeKind::Text => 1,
            NodeKind::Word => 0,
            NodeKind::Escaped => return self.text().as_deref() == Some(text),
            _ => return false,
        };
        let (start, end) = (entry.start as usize + quotes, entry.end as usize - quotes);
        end - start == text.len() && self.doc.text.as_bytes().get(start..end) == Some(text.as_bytes())
    }

    /// The value behind a property name.
    pub fn behind_name(self) -> Node<'a> {
        Node { at: self.at + 1, ..self }
    }

    pub fn is_null(self) -> bool {
        self.kind() == NodeKind::Null
    }

    pub fn boolean(self) -> Option<bool> {
        match self.kind() {
            NodeKind::True => Some(true),
            NodeKind::False => Some(false),
            _ => None,
        }
    }

    /// The first byte of its text.
    #[inline]
    pub fn first_byte(self) -> u8 {
        self.doc.text.as_bytes().get(self.entry().start as usize).copied().unwrap_or(0)
    }

    /// The value of any number; infinite when it is beyond the range of `f64`.
    pub fn number(self) -> Option<f64> {
        matches!(self.kind(), NodeKind::Integer | NodeKind::Float).then(|| self.raw().parse().ok()).flatten()
    }

    /// The value of any number, as exact as its digits.
    pub fn exact(self) -> Option<Number> {
        matches!(self.kind(), NodeKind::Integer | NodeKind::Float)
            .then(|| Number::parse(self.raw()))
            .flatten()
    }

    /// The value of a number that is whole (`3`, `3.0`, `3e2`) and fits.
    pub fn integer(self) -> Option<i128> {
        match self.kind() {
            NodeKind::Integer => self.raw().parse().ok(),
            NodeKind::Float => Decimal::parse(self.raw())?.integer(),
            _ => None,
        }
    }

    /// The elements of an array; nothing for other values.
    pub fn elements(self) -> Siblings<'a> {
        let end = if self.kind() == NodeKind::Array { self.next() } else { 0 };
        Siblings { doc: self.doc, at: self.at + 1, end }
    }

    /// This node as the only one of a list.
    pub fn alone(self) -> Siblings<'a> {
        Siblings { doc: self.doc, at: self.at, end: self.at + 1 }
    }

    /// Names and values of an object; nothing for other values.
    pub fn properties(self) -> Properties<'a> {
        let end = if self.kind() == NodeKind::Object { self.next() } else { 0 };
        Properties { siblings: Siblings { doc: self.doc, at: self.at + 1, end } }
    }

    /// The value of a property; the first, if there are several of that name.
    pub fn get(self, name: &str) -> Option<Node<'a>> {
        self.property(name).map(|(_, value)| value)
    }

    /// The same for a name that is looked for often.
    #[inline]
    pub fn get_named(self, name: &Name) -> Option<Node<'a>> {
        self.find(name, name.hash()).map(|(_, value)| value)
    }

    /// Name and value of a property.
    pub fn property(self, name: &str) -> Option<(Node<'a>, Node<'a>)> {
        self.find(name, hash(name.as_bytes()))
    }

    #[inline]
    fn find(self, name: &str, hash: u32) -> Option<(Node<'a>, Node<'a>)> {
        self.properties().find(|(key, _)| key.entry().kind_next >> 4 == hash && key.reads(name))
    }

    /// The hash of the name of a property: names that differ can have one hash.
    pub fn name_hash(self) -> u32 {
        self.entry().kind_next >> 4
    }

    /// Whether its file has syntax errors.
    pub fn broken(self) -> bool {
        self.doc.broken
    }

    /// How many entries this value has on the tape.
    pub fn size(self) -> u32 {
        self.next().saturating_sub(self.at)
    }

    /// Whether this is the name of a property and reads like another.
    #[inline]
    pub fn is_named(self, name: &Name) -> bool {
        self.entry().kind_next >> 4 == name.hash() && self.reads(name)
    }
}

#[derive(Clone)]
pub struct Siblings<'a> {
    doc: &'a Document,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Siblings<'a> {
    type Item = Node<'a>;

    #[inline]
    fn next(&mut self) -> Option<Node<'a>> {
        if self.at >= self.end {
            return None;
        }
        let node = Node { doc: self.doc, at: self.at };
        self.at = node.next();
        Some(node)
    }
}

/// Names and values of an object, in the order of the file.
#[derive(Clone)]
pub struct Properties<'a> {
    siblings: Siblings<'a>,
}

impl<'a> Iterator for Properties<'a> {
    type Item = (Node<'a>, Node<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let siblings = &mut self.siblings;
        if siblings.at + 1 >= siblings.end {
            return None;
        }
        let key = Node { doc: siblings.doc, at: siblings.at };
        let value = Node { doc: siblings.doc, at: siblings.at + 1 };
        siblings.at = value.next();
        Some((key, value))
    }
}

/// Decodes a string body whose escapes the reader has checked; what it reported becomes U+FFFD.
fn unescape(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let code = rest.as_bytes().get(at + 1).copied().unwrap_or(b'\\');
        rest = rest.get(at + 2..).unwrap_or_default();
        match code {
            b'b' => out.push('\u{8}'),
            b'f' => out.push('\u{c}'),
            b'n' => out.push('\n'),
            b'r' => out.push('\r'),
            b't' => out.push('\t'),
            b'"' | b'\\' | b'/' => out.push(code as char),
            b'u' => {
                let unit = |text: &str| text.get(..4).and_then(|hex| u16::from_str_radix(hex, 16).ok());
                let first = unit(rest);
                rest = rest.get(4..).unwrap_or_default();
                let second = rest.strip_prefix("\\u").and_then(unit);
                let decoded =
                    |units: &[u16]| char::decode_utf16(units.iter().copied()).next().and_then(Result::ok);
                match (first, second) {
                    (Some(high @ 0xD800..=0xDBFF), Some(low)) => {
                        out.push(decoded(&[high, low]).unwrap_or('\u{fffd}'));
                        rest = rest.get(6..).unwrap_or_default();
                    }
                    (Some(one), _) => out.push(decoded(&[one]).unwrap_or('\u{fffd}')),
                    (None, _) => out.push('\u{fffd}'),
                }
            }
            _ => out.push('\u{fffd}'),
        }
    }
    out.push_str(rest);
    out
}
