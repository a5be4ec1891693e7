//! XLIFF: 1.2 is written, which all tools read; 1.2 and 2.x are read.

use super::{FileError, Read, ReadUnit};
use crate::unit::{Catalog, Unit};
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write as _;

/// Who says what the text before was.
const PREVIOUS: &str = "previous-source";

pub(super) fn write(catalog: &Catalog) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n");
    let _ = writeln!(
        out,
        "  <file original=\"quests\" source-language=\"{}\" target-language=\"{}\" datatype=\"plaintext\">",
        catalog.source_language, catalog.language
    );
    out.push_str("    <body>\n");
    for unit in &catalog.units {
        write_unit(unit, "", &mut out);
    }
    for unit in &catalog.obsolete {
        write_unit(unit, " translate=\"no\"", &mut out);
    }
    out.push_str("    </body>\n  </file>\n</xliff>\n");
    out
}

fn write_unit(unit: &Unit, translate: &str, out: &mut String) {
    let key = attribute(&unit.key);
    let approved = if unit.target.is_empty() || unit.fuzzy { "" } else { " approved=\"yes\"" };
    let _ = writeln!(
        out,
        "      <trans-unit id=\"{key}\" resname=\"{key}\" xml:space=\"preserve\"{approved}{translate}>"
    );
    let _ = writeln!(out, "        <source>{}</source>", content(&unit.source));
    let state = if unit.fuzzy { "needs-review-translation" } else { "translated" };
    if !unit.target.is_empty() {
        let _ = writeln!(out, "        <target state=\"{state}\">{}</target>", content(&unit.target));
    }
    if let Some(previous) = &unit.previous {
        let _ = writeln!(out, "        <note from=\"{PREVIOUS}\">{}</note>", content(previous));
    }
    if !unit.context.is_empty() {
        let _ =
            writeln!(out, "        <note from=\"developer\">{}</note>", content(&unit.context.join("\n")));
    }
    if let Some(comment) = &unit.comment {
        let _ = writeln!(out, "        <note from=\"translator\">{}</note>", content(comment));
    }
    out.push_str("      </trans-unit>\n");
}

/// XML cannot say most control characters, and reads a carriage return as a line feed.
fn content(text: &str) -> String {
    let allowed = |letter: &char| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r');
    let text: String = text.chars().filter(allowed).collect();
    escape(text.as_str()).replace('\r', "&#13;")
}

/// White space in an attribute is a space, unless it is written as a character reference.
fn attribute(text: &str) -> String {
    content(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// What is being read.
#[derive(Default)]
struct State {
    read: Read,
    unit: Option<ReadUnit>,
    /// The element whose text is collected.
    within: Option<Within>,
    text: String,
    approved: Option<bool>,
    version2: bool,
    segments: usize,
    /// How many elements with proposals of tools are open.
    proposals: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Source,
    Target,
    Translator,
    Previous,
    Other,
}

pub(super) fn read(text: &str) -> Result<Read, FileError> {
    let mut reader = Reader::from_str(text);
    let mut state = State::default();
    let mut depth = 0_usize;
    let mut is_xliff = false;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or_default();
        let line = || text.get(..at).map_or(0, |before| before.matches('\n').count() + 1);
        let event = reader
            .read_event()
            .map_err(|error| FileError::new(format!("this is not XML: {error}"), line()))?;
        match event {
            Event::Start(element) => {
                is_xliff |= depth == 0 && element.local_name().as_ref() == "xliff";
                depth += 1;
                state.start(&element, line());
            }
            Event::Empty(element) => {
                state.start(&element, line());
                state.end(element.local_name().as_ref());
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                state.end(element.local_name().as_ref());
            }
            Event::Text(part) if state.within.is_some() => {
                let part: &str = &part;
                state.text.push_str(&part.replace("\r\n", "\n").replace('\r', "\n"));
            }
            Event::CData(part) if state.within.is_some() => {
                state.text.push_str(&part);
            }
            Event::GeneralRef(reference) if state.within.is_some() => {
                let name: &str = &reference;
                let letter = match reference.resolve_char_ref() {
                    Ok(Some(letter)) => Some(letter.to_string()),
                    Ok(None) => quick_xml::escape::resolve_xml_entity(name).map(str::to_owned),
                    Err(_) => None,
                };
                let letter =
                    letter.ok_or_else(|| FileError::new(format!("unknown entity `&{name};`"), line()))?;
                state.text.push_str(&letter);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !is_xliff || depth > 0 {
        let message =
            if is_xliff { "this file is cut short" } else { "this is not XLIFF: there is no `<xliff>`" };
        return Err(FileError::new(message, 1));
    }
    Ok(state.read)
}

/// Proposals of tools have sources and targets of their own.
fn is_proposal(element: &str) -> bool {
    matches!(element, "alt-trans" | "matches")
}

impl State {
    fn start(&mut self, element: &BytesStart<'_>, line: usize) {
        let attribute = |name: &str| {
            let found = element.try_get_attribute(name).ok().flatten()?;
            let text = found.value.into_owned();
            Some(
                quick_xml::escape::unescape(&text)
                    .map_or_else(|_| text.clone(), std::borrow::Cow::into_owned),
            )
        };
        if is_proposal(element.local_name().as_ref()) {
            self.proposals += 1;
        }
        if self.proposals > 0 {
            return;
        }
        match element.local_name().as_ref() {
            "xliff" => {
                self.version2 = attribute("version").is_some_and(|version| version.starts_with('2'));
                self.read.language = attribute("trgLang");
            }
            "file" => {
                self.read.language = attribute("target-language").or_else(|| self.read.language.take());
            }
            "trans-unit" | "unit" => {
                self.approved = attribute("approved").map(|approved| approved == "yes");
                self.segments = 0;
                // Tools renumber `id`, and keep `resname`; in 2.x ids cannot have all characters, and `name` can.
                let name = if self.version2 { attribute("name") } else { attribute("resname") };
                let obsolete = attribute("translate").is_some_and(|translate| translate == "no");
                let key = name.or_else(|| attribute("id"));
                self.unit = Some(ReadUnit { key, obsolete, line, ..ReadUnit::default() });
            }
            "segment" => {
                self.segments += 1;
                if let Some(unit) = &mut self.unit
                    && attribute("state").is_some_and(|state| state == "initial")
                {
                    unit.fuzzy = true;
                }
            }
            "source" => self.collect(Within::Source),
            "target" => {
                self.collect(Within::Target);
                let state = attribute("state").unwrap_or_default();
                if let Some(unit) = &mut self.unit {
                    unit.fuzzy |= state.starts_with("needs-") || state == "new";
                }
            }
            "note" => {
                self.collect(match attribute("from").or_else(|| attribute("category")).as_deref() {
                    Some("translator") => Within::Translator,
                    Some(PREVIOUS) => Within::Previous,
                    _ => Within::Other,
                });
            }
            _ => {
                if self.within == Some(Within::Target)
                    && let Some(unit) = &mut self.unit
                {
                    unit.unusable = Some("it has elements inside, and its text has none");
                }
            }
        }
    }

    fn collect(&mut self, within: Within) {
        self.within = Some(within);
        self.text.clear();
    }

    fn end(&mut self, element: &str) {
        if self.proposals > 0 {
            self.proposals -= usize::from(is_proposal(element));
            return;
        }
        match element {
            "source" | "target" | "note" => self.finish_text(),
            "trans-unit" | "unit" => {
                let Some(mut unit) = self.unit.take() else { return };
                unit.fuzzy |= self.approved == Some(false);
                unit.fuzzy &= !unit.target.is_empty();
                self.read.units.push(unit);
            }
            _ => {}
        }
    }

    fn finish_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        let (Some(within), Some(unit)) = (self.within.take(), &mut self.unit) else { return };
        match within {
            // Offices split a text into segments, and all of them together are the text.
            Within::Source if self.segments > 1 => unit.source.get_or_insert_default().push_str(&text),
            Within::Target if self.segments > 1 => unit.target.push_str(&text),
            Within::Source => unit.source = Some(text),
            Within::Target => unit.target = text,
            Within::Translator => unit.comment = Some(text).filter(|text| !text.is_empty()),
            Within::Previous => unit.previous = Some(text),
            Within::Other => {}
        }
    }
}
