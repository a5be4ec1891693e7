//! YAML 1.2 with its core schema, one document per file.
//!
//! The events of the parser are written as JSON one after the other. An alias repeats what its anchor wrote. Values that JSON cannot
//! express are refused. This module knows the events of the parser, [`messages`] its errors, and [`place`] its spans.

mod messages;
mod place;
mod scalar;

use super::super::tape::{Document, Place};
use super::Refusals;
use super::writer::{DocumentWriter, Written, too_deep};
use crate::diagnostics::{Diagnostic, code};
use crate::narrow::narrow_u32;
use crate::text::{FileId, Span};
use granit_parser::{Event, Options, Parser, ScalarStyle, Span as Marks, StructureStyle, Tag};
use place::Places;
use scalar::{Scalar, plain};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Values, and bytes of text, that aliases may add to one file: an alias of aliases of aliases is soon more than any memory.
const MOST_REPEATED: usize = 1 << 20;

/// Reads a YAML file; reports errors in `diagnostics`.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Document {
    if super::is_bare(text) {
        return super::empty(file, text, true, diagnostics);
    }
    let start = super::bom_len(text);
    let mut reader = YamlReader {
        file,
        places: Places::new(text, start),
        writer: DocumentWriter::new(file, Some("null")),
        open: Vec::new(),
        skipping: 0,
        anchors: BTreeMap::new(),
        repeated: (0, 0),
        refusals: Refusals::new(diagnostics),
    };
    match reader.document(text, start) {
        Ok(None) => super::empty(file, text, false, diagnostics),
        Ok(Some(())) => reader.refusals.finish(file, Ok(reader.writer)),
        Err(diagnostic) => reader.refusals.finish(file, Err(diagnostic)),
    }
}

/// The value of an anchor.
enum Anchored {
    Scalar(Scalar, String),
    Written(Written),
    /// A value that was refused where the anchor is has been reported, and is not reported again at its aliases.
    Refused,
}

/// A list or an object whose end has not come.
struct Open {
    object: bool,
    /// A name comes next, and not a value.
    name: bool,
    /// The place of the name whose value comes next.
    key: Option<Place>,
    anchor: usize,
}

struct YamlReader<'t, 'f> {
    file: FileId,
    places: Places<'t>,
    writer: DocumentWriter,
    open: Vec<Open>,
    /// The depth within a list or an object that is in the place of a name.
    skipping: usize,
    anchors: BTreeMap<usize, Anchored>,
    /// Values and bytes of text that aliases have added.
    repeated: (usize, usize),
    refusals: Refusals<'f>,
}

type Refusal = Box<Diagnostic>;

impl YamlReader<'_, '_> {
    fn span(&self, place: Place) -> Span {
        Span { file: self.file, start: place.start, end: place.end }
    }

    fn wrong(&self, place: Place, title: impl Into<String>, label: &str) -> Diagnostic {
        Diagnostic::new(&code::SYNTAX, title).label(self.span(place), label)
    }

    /// Reads the file to its end; `None` if it holds no document, `Err` if nothing can be made of it.
    fn document(&mut self, text: &str, start: usize) -> Result<Option<()>, Refusal> {
        let body = text.get(start..).unwrap_or_default();
        messages::directives(self.file, text, start)?;
        let mut first = None;
        let mut read = start;
        // Another crate of the build can turn the feature on that gives comments as events.
        let mut options = Options::default();
        options.set_emit_comments(false);
        for event in Parser::new_from_str_with_options(body, options) {
            let (event, marks) = event
                .map_err(|error| Box::new(messages::diagnostic(self.file, &error, &self.places, read)))?;
            read = read.max(self.places.byte(marks.end));
            match event {
                Event::DocumentStart(..) if first.is_some() => {
                    let place = self.places.line(self.places.bytes(marks));
                    let diagnostic = self.wrong(place, "a second document in one file", "starts here");
                    self.refusals.report(diagnostic.help("make two files of it, or one list"));
                    // The first is complete.
                    return Ok(first);
                }
                Event::DocumentStart(..) => first = Some(()),
                Event::Scalar(text, style, anchor, tag) => {
                    self.scalar(&text, style, anchor, tag.as_deref(), marks)
                }
                Event::SequenceStart(style, anchor, tag) => {
                    self.start(false, style, anchor, tag.as_deref(), marks)?
                }
                Event::MappingStart(style, anchor, tag) => {
                    self.start(true, style, anchor, tag.as_deref(), marks)?
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(self.places.byte(marks.end)),
                Event::Alias(anchor) => self.alias(anchor, self.places.line(self.places.bytes(marks)))?,
                // The rest is asked for with options.
                _ => {}
            }
        }
        Ok(first)
    }

    /// Whether a name comes next.
    fn at_name(&self) -> bool {
        self.open.last().is_some_and(|open| open.object && open.name)
    }

    /// The place of the name whose value comes next.
    fn key(&self) -> Option<Place> {
        self.open.last().and_then(|open| open.key)
    }

    fn named(&mut self, key: Place) {
        if let Some(open) = self.open.last_mut() {
            open.name = false;
            open.key = Some(key);
        }
    }

    /// A value is complete.
    fn valued(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.name = open.object;
            open.key = None;
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, anchor: usize, tag: Option<&Tag>, marks: Marks) {
        if self.skipping > 0 {
            self.remember(anchor, Anchored::Refused);
            return;
        }
        let is_plain = style == ScalarStyle::Plain;
        let (start, end) = self.places.bytes(marks);
        let absent = is_plain && start == end;
        // The parser has a text of its own for a value that is not there.
        let text = if absent { "" } else { text };
        let tag_place = self.tag_place(marks);
        let place = match (absent, tag_place) {
            (true, Some(tag)) => tag,
            (true, None) => self.places.absent(start, self.key()),
            (false, _) => self.places.line((start, end)),
        };
        let meaning = match tag {
            None if is_plain => plain(text),
            None => Scalar::Text,
            Some(tag) => match self.tagged(tag, text, is_plain, tag_place.unwrap_or(place)) {
                Some(meaning) => meaning,
                None => {
                    self.remember(anchor, Anchored::Refused);
                    return self.refused(place);
                }
            },
        };
        if self.at_name() {
            if absent {
                let diagnostic = self.wrong(place, "a name is missing", "a name should stand before this");
                self.refusals.report(diagnostic.help("write `name: value`"));
                self.refused(place);
            } else if is_plain && text == "<<" && tag.is_none() {
                let diagnostic = self
                    .wrong(place, "`<<` has no meaning in YAML 1.2", "older versions merge properties here")
                    .help("write the properties out; an alias (`*name`) can stand for a whole value");
                self.refusals.report(diagnostic);
                self.refused(place);
            } else {
                self.writer.key(text, place);
                self.named(place);
            }
            self.remember(anchor, Anchored::Scalar(meaning, text.to_owned()));
        } else {
            self.value(&meaning, text, place);
            self.remember(anchor, Anchored::Scalar(meaning, text.to_owned()));
        }
    }

    /// Writes a scalar that is a value.
    fn value(&mut self, meaning: &Scalar, text: &str, place: Place) {
        match meaning {
            Scalar::Null => self.writer.null(place),
            Scalar::Boolean(value) => self.writer.boolean(*value, place),
            Scalar::Number(number) => self.writer.number(number, place),
            Scalar::Text => self.writer.text(text, place),
            Scalar::Large | Scalar::Endless => {
                let (title, label) = match meaning {
                    Scalar::Large => ("a number that no game can count", "does not fit into 128 bits"),
                    _ => ("a number that is not finite", "content cannot have this value"),
                };
                let diagnostic = self.wrong(place, title, label).help("write it in quotes if it is a text");
                self.refusals.report(diagnostic);
                self.writer.invalid(place);
            }
        }
        self.valued();
    }

    /// Writes a placeholder for a name or a value that was reported.
    fn refused(&mut self, place: Place) {
        if self.at_name() {
            self.writer.invalid_key(place);
            self.named(place);
        } else {
            self.writer.invalid(place);
            self.valued();
        }
    }

    fn remember(&mut self, anchor: usize, what: Anchored) {
        if anchor > 0 {
            self.anchors.insert(anchor, what);
        }
    }

    fn tag_place(&self, marks: Marks) -> Option<Place> {
        marks.tag_span().map(|tag| self.places.line(self.places.bytes(tag)))
    }

    /// What a scalar with a tag means; `None` if that was reported.
    fn tagged(&mut self, tag: &Tag, text: &str, is_plain: bool, place: Place) -> Option<Scalar> {
        let wanted = match core(tag).as_deref() {
            Some("" | "str") => return Some(Scalar::Text),
            Some(wanted @ ("null" | "bool" | "int" | "float")) => wanted.to_owned(),
            _ => {
                self.unknown_tag(place);
                // The tag is wrong, not the value.
                return Some(if is_plain { plain(text) } else { Scalar::Text });
            }
        };
        let meaning = plain(text);
        let fits = match (&meaning, wanted.as_str()) {
            (Scalar::Null, "null") | (Scalar::Boolean(_), "bool") => true,
            (Scalar::Number(number), "int") => number.kind == super::super::tape::NodeKind::Integer,
            (Scalar::Number(_) | Scalar::Endless, "float") | (Scalar::Large, "int") => true,
            _ => false,
        };
        if fits {
            return Some(meaning);
        }
        let what = match wanted.as_str() {
            "null" => "null",
            "bool" => "`true` or `false`",
            "int" => "a whole number",
            _ => "a number",
        };
        let diagnostic = self.wrong(place, format!("`{text}` is not {what}"), "but this tag says so");
        self.refusals.report(diagnostic.help("remove the tag, or change the value"));
        None
    }

    fn unknown_tag(&mut self, place: Place) {
        let tag = self.places.text(place);
        let diagnostic = self
            .wrong(
                place,
                format!("content cannot have the tag `{tag}`"),
                "says what a program should make of the value",
            )
            .help("remove the tag: the schema says what a value is");
        self.refusals.report(diagnostic);
    }

    fn start(
        &mut self,
        object: bool,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        marks: Marks,
    ) -> Result<(), Refusal> {
        if self.skipping > 0 {
            self.skipping += 1;
            self.open.push(Open { object, name: object, key: None, anchor });
            return Ok(());
        }
        let start = self.places.byte(marks.start);
        if self.at_name() {
            let (start, end) = self.places.character(start);
            let place = super::writer::place(start, end);
            let what = if object { "an object" } else { "a list" };
            let diagnostic =
                self.wrong(place, format!("{what} cannot be a name"), "a name should stand here");
            self.refusals.report(diagnostic.help("a name is text: `name: value`"));
            self.refused(place);
            self.skipping = 1;
            self.open.push(Open { object, name: object, key: None, anchor });
            return Ok(());
        }
        if let (Some(tag), Some(place)) = (tag, self.tag_place(marks)) {
            let fits = match core(tag).as_deref() {
                Some("") => true,
                Some("map") => object,
                Some("seq") => !object,
                _ => false,
            };
            match core(tag).as_deref() {
                _ if fits => {}
                Some("map" | "seq" | "str" | "int" | "float" | "bool" | "null") => {
                    let what = if object { "an object" } else { "a list" };
                    let diagnostic =
                        self.wrong(place, format!("this is {what}"), "but this tag says something else");
                    self.refusals.report(diagnostic.help("remove the tag, or change the value"));
                }
                _ => self.unknown_tag(place),
            }
        }
        let mark = self.places.opening(start, style == StructureStyle::Flow, self.key());
        let place = Place { start: narrow_u32(start), end: narrow_u32(start), mark };
        self.writer.open(object, place)?;
        self.open.push(Open { object, name: object, key: None, anchor });
        Ok(())
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        if self.skipping > 0 {
            self.skipping -= 1;
            self.remember(open.anchor, Anchored::Refused);
            return;
        }
        if let Some(written) = self.writer.close(end) {
            self.remember(open.anchor, Anchored::Written(written));
        }
        self.valued();
    }

    fn alias(&mut self, anchor: usize, place: Place) -> Result<(), Refusal> {
        if self.skipping > 0 {
            return Ok(());
        }
        let name = self.places.text(place);
        match self.anchors.get(&anchor) {
            Some(Anchored::Refused) => self.refused(place),
            Some(Anchored::Scalar(meaning, text)) => {
                let (meaning, text) = (meaning.clone(), text.clone());
                self.count(1, text.len(), place)?;
                if self.at_name() {
                    self.writer.key(&text, place);
                    self.named(place);
                } else {
                    self.value(&meaning, &text, place);
                }
            }
            Some(Anchored::Written(_)) if self.at_name() => {
                let diagnostic =
                    self.wrong(place, format!("`{name}` cannot be a name"), "stands for a list or an object");
                self.refusals.report(diagnostic.help("a name is text: `name: value`"));
                self.refused(place);
            }
            Some(Anchored::Written(written)) => {
                let written = written.clone();
                self.count(written.entries.len(), written.text.len(), place)?;
                self.writer.repeat(&written, place)?;
                self.valued();
            }
            // The parser has seen the anchor, so its value is not complete yet.
            None => {
                let diagnostic = self.wrong(
                    place,
                    format!("`{name}` would contain itself"),
                    "stands inside of what it repeats",
                );
                self.refusals.report(diagnostic.help("remove it, or repeat something else"));
                self.refused(place);
            }
        }
        Ok(())
    }

    /// Counts what an alias adds.
    fn count(&mut self, values: usize, bytes: usize, place: Place) -> Result<(), Refusal> {
        let (all, text) = &mut self.repeated;
        *all += values;
        *text += bytes;
        if *all <= MOST_REPEATED && *text <= 16 * MOST_REPEATED {
            return Ok(());
        }
        let diagnostic = self
            .wrong(place, "the aliases of this file repeat too much", "with this one it is too much")
            .note("aliases of values with aliases in them grow very fast")
            .help(format!(
                "aliases can add {MOST_REPEATED} values and {} MB of text to a file",
                16 * MOST_REPEATED / 1_000_000
            ));
        Err(Box::new(diagnostic))
    }
}

/// The name of a tag that YAML itself defines, `""` for `!`, which says that a scalar is text; `None` for others.
fn core(tag: &Tag) -> Option<Cow<'_, str>> {
    let whole = format!("{}{}", tag.handle(), tag.suffix());
    if whole == "!" {
        return Some(Cow::Borrowed(""));
    }
    whole.strip_prefix("tag:yaml.org,2002:").map(|name| Cow::Owned(name.to_owned()))
}
