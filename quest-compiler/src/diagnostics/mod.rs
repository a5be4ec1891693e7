//! Diagnostics: what they are, how they are sorted, and how they are shown.
//!
//! Comes in: diagnostics from every stage. Goes out: text for people, JSON and SARIF for tools, compiler messages for cargo. This folder
//! knows places and words; it does not know schemas, content or Rust.

mod cap;
pub mod code;
mod edit;
mod escape;
mod fix;
mod human;
mod json;
pub mod nouns;
mod rustc;
mod sarif;
mod short;
mod suggest;

pub use cap::{Capped, MOST_FOR_PEOPLE};
pub use code::Code;
pub use edit::Edit;
pub use escape::json_string;
pub use fix::Fix;
pub use human::human_within;
pub use human::{Style, human};
pub use json::json;
pub use rustc::{rest, rustc};
pub use sarif::{Description, sarif};
pub use short::short;
pub use suggest::{certain, did_you_mean, did_you_mean_one_of, few, list, near};

use crate::text::{FileId, Files, Span};
use bit_set::BitSet;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the build goes on.
    Warn,
    /// Reported; nothing is built.
    Deny,
}

impl Level {
    /// The level that a manifest or schema calls by this word.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "allow" => Some(Self::Allow),
            "warn" => Some(Self::Warn),
            "deny" => Some(Self::Deny),
            _ => None,
        }
    }

    pub fn word(self) -> &'static str {
        if self == Self::Deny { "error" } else { "warning" }
    }

    /// The next level up.
    pub fn raised(self) -> Self {
        if self == Self::Allow { Self::Warn } else { Self::Deny }
    }
}

/// A place in a file and what is to be said about it.
#[derive(Clone, Debug)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// Something found, with everything a reader needs to mend it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub code: &'static Code,
    /// The lint name that the schema gave the place, by which a manifest can set the level.
    pub lint: Option<String>,
    pub level: Level,
    pub title: String,
    /// The first label is the place of the diagnostic.
    pub labels: Vec<Label>,
    pub notes: Vec<String>,
    pub help: Vec<String>,
    /// What certainly was meant.
    pub fix: Option<Fix>,
    /// The file, for diagnostics about a file as a whole.
    pub about: Option<String>,
    /// Id paths of the objects in which the diagnostic stands, innermost first. An id with a prefix is there twice, first without.
    pub entries: Vec<String>,
}

impl Diagnostic {
    pub fn new(code: &'static Code, title: impl Into<String>) -> Self {
        Self {
            code,
            lint: None,
            level: code.level,
            title: title.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            fix: None,
            about: None,
            entries: Vec::new(),
        }
    }

    /// A broken invariant of ours: never the user's fault, so it says so.
    pub fn internal(what: &str, span: Option<Span>) -> Self {
        let mut diagnostic = Self::new(&code::INTERNAL, format!("internal error: {what}"))
            .help("this is a mistake in questc, not in your content: please report it with the file that triggers it");
        if let Some(span) = span {
            diagnostic = diagnostic.label(span, "while looking at this");
        }
        diagnostic
    }

    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help.extend(text);
        self
    }

    /// Says which of some near names was probably meant, and remembers it as the fix if that is certain. `span` is where the text is
    /// `written`, with its quotes.
    pub fn did_you_mean(mut self, span: Span, written: &str, near: &[&str]) -> Self {
        self.help.extend(did_you_mean_one_of(near));
        self.fix = certain(written, near).map(|instead| Fix {
            span,
            written: written.to_owned(),
            instead: instead.to_owned(),
        });
        self
    }

    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    pub fn maybe_note(mut self, text: Option<String>) -> Self {
        self.notes.extend(text);
        self
    }

    pub fn about(mut self, file: impl Into<String>) -> Self {
        self.about = Some(file.into());
        self
    }

    pub fn lint(mut self, name: Option<&str>) -> Self {
        self.lint = name.map(str::to_owned);
        self
    }

    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Where it is: the first label's span.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// The name of the file in which it is.
    pub fn file<'f>(&'f self, files: &'f Files) -> Option<&'f str> {
        self.span().map(|span| files.name(span.file)).or(self.about.as_deref())
    }

    /// The id path of the innermost object in which it stands.
    pub fn entry(&self) -> Option<&str> {
        self.entries.first().map(String::as_str)
    }
}

/// All diagnostics of one run, sorted, with the levels of the project applied.
#[derive(Debug, Default)]
pub struct Diagnostics {
    pub list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Applies the project's levels and puts the diagnostics in order of file, place and code.
    pub fn finish(
        mut list: Vec<Diagnostic>,
        files: &Files,
        levels: &dyn Fn(&Diagnostic) -> Option<Level>,
    ) -> Self {
        for diagnostic in &mut list {
            if let Some(level) = levels(diagnostic) {
                diagnostic.level = level;
            }
        }
        list.retain(|diagnostic| diagnostic.level != Level::Allow);
        leave_out_what_was_replaced(&mut list, files);
        list.sort_by(|a, b| {
            let key = |diagnostic: &Diagnostic| diagnostic.span().map(|span| (span.start, span.end));
            let file = |diagnostic: &Diagnostic| match diagnostic.span() {
                Some(span) => (1, files.name(span.file).to_owned()),
                None => (0, diagnostic.about.clone().unwrap_or_default()),
            };
            file(a)
                .cmp(&file(b))
                .then_with(|| key(a).cmp(&key(b)))
                .then_with(|| a.code.id.cmp(b.code.id))
                .then_with(|| a.title.cmp(&b.title))
        });
        // One mistake, one message: several rules can meet at one place with the same words.
        list.dedup_by(|a, b| {
            a.code.id == b.code.id && a.span() == b.span() && a.title == b.title && a.about == b.about
        });
        say_how_to_set_levels(&mut list);
        Self { list }
    }

    pub fn errors(&self) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.level == Level::Deny).count()
    }

    pub fn warnings(&self) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.level == Level::Warn).count()
    }
}

/// Leaves out what is said about texts of which bytes were replaced: the bytes have been reported, and what stood there is not known.
fn leave_out_what_was_replaced(list: &mut Vec<Diagnostic>, files: &Files) {
    let is_encoding = |diagnostic: &Diagnostic| diagnostic.code.id == code::ENCODING.id;
    let mut replaced = BitSet::new();
    for span in list.iter().filter(|diagnostic| is_encoding(diagnostic)).filter_map(Diagnostic::span) {
        replaced.insert(span.file.0 as usize);
    }
    if replaced.is_empty() {
        return;
    }
    let about_it = |span: Span| {
        let text = files.text(span.file).get(span.start as usize..span.end as usize);
        replaced.contains(span.file.0 as usize)
            && text.is_some_and(|text| text.contains(char::REPLACEMENT_CHARACTER))
    };
    list.retain(|diagnostic| is_encoding(diagnostic) || !diagnostic.span().is_some_and(about_it));
}

/// Says once for each name that a schema gave to diagnostics how to set their level.
fn say_how_to_set_levels(list: &mut [Diagnostic]) {
    let mut said: Vec<String> = Vec::new();
    for diagnostic in list.iter_mut().filter(|diagnostic| !diagnostic.code.fixed) {
        let Some(lint) = diagnostic.lint.as_ref().filter(|lint| !said.contains(lint)) else { continue };
        said.push(lint.clone());
        diagnostic
            .notes
            .push(format!("`[lints]` in the manifest can set `{lint}` to `allow`, `warn` or `deny`"));
    }
}

/// The lines around a span that a message shows: never the whole file, which may be 80 MB.
pub struct Window<'a> {
    pub text: &'a str,
    /// The byte at which `text` starts in its file.
    pub start: usize,
    /// The number, from 1, of its first line.
    pub line: usize,
}

/// The lines from the first to the last of `spans`, all in `file`.
pub fn window<'a>(files: &'a Files, file: FileId, spans: impl Iterator<Item = Span> + Clone) -> Window<'a> {
    let first = spans.clone().map(|span| span.start).min().unwrap_or(0);
    let last = spans.map(|span| span.end).max().unwrap_or(0);
    let from = files.line(file, first);
    let to = files.line(file, last) + 1;
    let (start, end) = (files.line_start(file, from), files.line_start(file, to));
    let text = files.text(file).get(start..end).unwrap_or_default();
    Window { text, start, line: from + 1 }
}
