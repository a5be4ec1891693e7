//! Diagnostics: what they are, how they are sorted, and how they are shown.
//!
//! Comes in: diagnostics from every stage. Goes out: text for people, JSON and SARIF for tools, compiler messages for cargo. This folder
//! knows spans and text; it does not know schemas, content or Rust. Diagnostics are output: no stage decides anything by their codes,
//! labels or words.

mod cap;
pub mod code;
mod escape;
mod fix;
mod group;
pub mod look_alike;
pub mod nouns;
mod render;
mod suggest;

pub use cap::{Capped, MOST_FOR_PEOPLE};
pub use code::Code;
pub use escape::json_string;
pub use fix::{Edit, Fix};
pub use render::*;
pub use suggest::{certain, did_you_mean, did_you_mean_one_of, few, list, near};

use crate::text::{FileId, Files, Span};
use bit_set::BitSet;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// A span in a file with a text beside it.
#[derive(Clone, Debug)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// A problem, with everything that a reader needs to correct it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub code: &'static Code,
    /// The lint name from the schema, by which a manifest can set the level.
    pub lint: Option<String>,
    pub level: Level,
    pub title: String,
    /// The first label is the location of the diagnostic.
    pub labels: Vec<Label>,
    pub notes: Vec<String>,
    pub help: Vec<String>,
    /// The certain correction.
    pub fix: Option<Fix>,
    /// Further changes of the file that correct it with certainty: marks and spaces.
    pub edits: Vec<Edit>,
    /// The only name that is similar to the one that is wrong, even if it is not certain.
    pub meant: Option<String>,
    /// The file, for diagnostics about a file as a whole.
    pub about: Option<String>,
    /// Id paths of the objects around the location, innermost first. An id with a prefix is listed twice, first without it.
    pub entries: Vec<String>,
    /// Whether it is about the bytes of a file, and not about what the text means.
    pub about_bytes: bool,
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
            meant: None,
            edits: Vec::new(),
            about: None,
            entries: Vec::new(),
            about_bytes: false,
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

    /// Suggests similar names, and makes the suggestion a fix if it is certain. `span` is that of the `written` text with its quotes.
    pub fn did_you_mean(mut self, span: Span, written: &str, near: &[&str]) -> Self {
        self.help.extend(did_you_mean_one_of(near));
        if let [only] = near {
            self.meant = Some((*only).to_owned());
        }
        self.fix = certain(written, near).map(|instead| Fix {
            span,
            written: written.to_owned(),
            instead: instead.to_owned(),
        });
        self
    }

    /// Adds a change of the file that corrects it with certainty.
    pub fn edit(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edits.push(Edit { span, text: text.into() });
        self
    }

    /// The changes of files that correct it with certainty.
    pub fn edits(&self, files: &Files) -> Vec<Edit> {
        let mut edits: Vec<Edit> = self.fix.iter().filter_map(|fix| fix.edit(files)).collect();
        edits.extend(self.edits.iter().cloned());
        edits
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

    /// Marks it as being about the bytes of a file.
    pub fn about_bytes(mut self) -> Self {
        self.about_bytes = true;
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

    /// The name of its file.
    pub fn file<'f>(&'f self, files: &'f Files) -> Option<&'f str> {
        self.span().map(|span| files.name(span.file)).or(self.about.as_deref())
    }

    /// The id path of the innermost object around it.
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
    /// Applies the project's levels and sorts the diagnostics by file, location and code.
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
        drop_lossy_spans(&mut list, files);
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
        // Several rules can report one mistake in the same words.
        list.dedup_by(|a, b| {
            a.code == b.code && a.span() == b.span() && a.title == b.title && a.about == b.about
        });
        add_level_hint(&mut list);
        Self { list }
    }

    pub fn errors(&self) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.level == Level::Deny).count()
    }

    pub fn warnings(&self) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.level == Level::Warn).count()
    }
}

/// Removes diagnostics about texts whose bytes had to be replaced: the bytes have been reported, and the original text is not known.
fn drop_lossy_spans(list: &mut Vec<Diagnostic>, files: &Files) {
    let mut lossy = BitSet::new();
    for span in list.iter().filter(|diagnostic| diagnostic.about_bytes).filter_map(Diagnostic::span) {
        lossy.insert(span.file.0 as usize);
    }
    if lossy.is_empty() {
        return;
    }
    let is_lossy = |span: Span| {
        let text = files.text(span.file).get(span.start as usize..span.end as usize);
        lossy.contains(span.file.0 as usize)
            && text.is_some_and(|text| text.contains(char::REPLACEMENT_CHARACTER))
    };
    list.retain(|diagnostic| diagnostic.about_bytes || !diagnostic.span().is_some_and(is_lossy));
}

/// Adds how to set the level of a schema's lint to the first diagnostic of each.
fn add_level_hint(list: &mut [Diagnostic]) {
    let mut said: Vec<String> = Vec::new();
    for diagnostic in list.iter_mut().filter(|diagnostic| diagnostic.code.configurable) {
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    /// What only decides something about a diagnostic that exists already.
    const DECISIONS: [&str; 6] =
        ["code.id", ".code ==", ".code !=", "labels.first()", "labels[", "title.starts_with"];

    /// Files that look up codes by the names that a manifest or a person writes, or list all codes.
    const LOOK_UP_NAMES: [&str; 2] = ["driver/levels.rs", "driver/rules.rs"];

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    /// Renumbering a code, moving a label or rewording a title must not change what is reported.
    #[test]
    fn no_stage_decides_by_codes_labels_or_titles() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        sources(&root, &mut found);
        assert!(found.len() > 100, "the sources are elsewhere");
        let mut decisions = Vec::new();
        for path in found {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let is_test = name.ends_with("tests.rs") || name.contains("/tests/");
            if is_test || name.starts_with("diagnostics/") || LOOK_UP_NAMES.contains(&name.as_str()) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (line, number) in code.lines().zip(1..) {
                if DECISIONS.iter().any(|decision| line.contains(decision)) {
                    decisions.push(format!("{name}:{number}: {}", line.trim()));
                }
            }
        }
        assert!(decisions.is_empty(), "decisions by what is only output:\n{}", decisions.join("\n"));
    }
}
