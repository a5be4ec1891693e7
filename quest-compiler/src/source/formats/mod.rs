//! The formats of content: which one the name of a file implies, and how each becomes a [`Document`].
//!
//! The name and the text of a file come in. A document that is equivalent to JSON goes out, in which every entry has its span in the file,
//! and a diagnostic for each error of the format. This module must not know schemas or the manifest, and later stages cannot tell which
//! format a document had.

mod jsonc;
#[cfg(feature = "translated")]
mod number;
#[cfg(feature = "ron")]
mod ron;
#[cfg(any(feature = "toml", feature = "ron"))]
mod shadow;
mod slips;
#[cfg(test)]
mod tests;
#[cfg(feature = "toml")]
mod toml;
#[cfg(feature = "translated")]
mod writer;
#[cfg(feature = "yaml")]
mod yaml;

use super::json;
use super::tape::{Document, Tape};
use crate::diagnostics::{Diagnostic, code};
use crate::text::{FileId, Span};
use slips::foreign;
pub use slips::slip;
use std::sync::Arc;
#[cfg(feature = "translated")]
use writer::DocumentWriter;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    /// JSON with comments and trailing commas.
    Jsonc,
    Yaml,
    Toml,
    Ron,
}

impl Format {
    /// The format that the name of a file tells. A name that tells none means JSON.
    pub fn of(name: &str) -> Self {
        let extension =
            name.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end);
        match extension.to_ascii_lowercase().as_str() {
            "jsonc" => Self::Jsonc,
            "yaml" | "yml" => Self::Yaml,
            "toml" => Self::Toml,
            "ron" => Self::Ron,
            _ => Self::Json,
        }
    }

    /// The name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Jsonc => "JSON with comments",
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
            Self::Ron => "RON",
        }
    }

    /// Reads a file; reports errors in `diagnostics`.
    pub fn read(
        self,
        name: &str,
        file: FileId,
        text: Arc<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Document {
        let before = diagnostics.len();
        let whole = text.clone();
        let document = self.read_strictly(name, file, text, diagnostics);
        if !document.broken || diagnostics.len() == before {
            return document;
        }
        let error = diagnostics.get(before..).and_then(|found| found.iter().find_map(Diagnostic::span));
        // A reader that recovers from mistakes says more than that one of them was made.
        let slip = match self {
            Self::Json | Self::Jsonc => foreign(self, file, &whole),
            _ => slip(self, file, &whole, error.map_or(0, |span| span.start as usize)),
        };
        let Some(slip) = slip.filter(|_| error.is_some()) else { return document };
        diagnostics.truncate(before);
        diagnostics.push(slip);
        nothing(file)
    }

    fn read_strictly(
        self,
        name: &str,
        file: FileId,
        text: Arc<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Document {
        let before = diagnostics.len();
        match self {
            Self::Json => {
                let document = json::parse(file, text.clone(), diagnostics);
                offer_comments(name, &text, diagnostics.get_mut(before..).unwrap_or_default());
                document
            }
            Self::Jsonc => {
                let document = jsonc::read(file, text.clone(), diagnostics);
                own_comments(&text, diagnostics.get_mut(before..).unwrap_or_default());
                document
            }
            #[cfg(feature = "yaml")]
            Self::Yaml => yaml::read(file, &text, diagnostics),
            #[cfg(not(feature = "yaml"))]
            Self::Yaml => unread(name, file, ("YAML", "yaml"), diagnostics),
            #[cfg(feature = "toml")]
            Self::Toml => toml::read(file, &text, diagnostics),
            #[cfg(not(feature = "toml"))]
            Self::Toml => unread(name, file, ("TOML", "toml"), diagnostics),
            #[cfg(feature = "ron")]
            Self::Ron => ron::read(file, &text, diagnostics),
            #[cfg(not(feature = "ron"))]
            Self::Ron => unread(name, file, ("RON", "ron"), diagnostics),
        }
    }
}

/// In JSON with comments, a comment of another language is none.
fn own_comments(text: &str, diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics {
        let at = diagnostic.span().and_then(|span| text.get(span.start as usize..));
        if at.is_some_and(|at| at.starts_with('#')) {
            diagnostic.title = "this is no comment in JSON with comments".to_owned();
            diagnostic.help = vec!["write `//` before the comment".to_owned()];
        }
    }
}

/// A file that has comments only lacks a letter in its name.
fn offer_comments(name: &str, text: &str, diagnostics: &mut [Diagnostic]) {
    let Some(stem) = name.rsplit('/').next().and_then(|name| name.strip_suffix(".json")) else { return };
    let comment = |diagnostic: &&mut Diagnostic| {
        let at = diagnostic.span().and_then(|span| text.get(span.start as usize..));
        at.is_some_and(|at| at.starts_with("//") || at.starts_with("/*"))
    };
    if let Some(diagnostic) = diagnostics.iter_mut().find(comment) {
        diagnostic.help.push(format!("or rename the file to `{stem}.jsonc`, in which comments are allowed"));
    }
}

/// Refuses a file in a format that this build does not know.
#[cfg(not(all(feature = "yaml", feature = "toml", feature = "ron")))]
fn unread(
    name: &str,
    file: FileId,
    (format, feature): (&str, &str),
    diagnostics: &mut Vec<Diagnostic>,
) -> Document {
    diagnostics.push(
        Diagnostic::new(&code::UNREADABLE, format!("`{name}` cannot be read: {format} is not turned on"))
            .about(name)
            .help(format!(
                "in `Cargo.toml`, turn on the feature `{feature}`: `quest-build = {{ features = [\"{feature}\"] }}`"
            )),
    );
    nothing(file)
}

/// Mistakes of one sort that one file may show.
#[cfg(feature = "translated")]
const MOST: usize = 100;

/// What in one file can be read and still cannot be content: the first few, and how many there are.
#[cfg(feature = "translated")]
struct Refusals<'f> {
    diagnostics: &'f mut Vec<Diagnostic>,
    count: usize,
}

#[cfg(feature = "translated")]
impl<'f> Refusals<'f> {
    fn new(diagnostics: &'f mut Vec<Diagnostic>) -> Self {
        Self { diagnostics, count: 0 }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.count += 1;
        if self.count <= MOST {
            self.diagnostics.push(diagnostic);
        }
    }

    /// The document that was read, or an empty one if nothing can be read.
    fn finish(self, file: FileId, read: Result<DocumentWriter, Box<Diagnostic>>) -> Document {
        if self.count > MOST
            && let Some(last) = self.diagnostics.last_mut()
        {
            last.notes.push(format!("and {} more of this sort in this file", self.count - MOST));
        }
        read.and_then(|writer| writer.finish(self.count > 0)).unwrap_or_else(|diagnostic| {
            self.diagnostics.push(*diagnostic);
            nothing(file)
        })
    }
}

/// What is left of a file that cannot be read.
fn nothing(file: FileId) -> Document {
    Document::new(file, Arc::default(), Tape::default(), true)
}

/// The length of the byte order mark.
fn bom_len(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Reports a file without a document. `bare` says whether there is nothing at all in it but white space.
fn empty(file: FileId, text: &str, bare: bool, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let what = match bare {
        false => "the file holds only comments",
        true if text.len() == bom_len(text) => "the file is empty",
        true => "the file holds only white space",
    };
    diagnostics.push(
        Diagnostic::new(&code::EMPTY_FILE, what)
            .label(Span::new(file, 0, 0), "a document should start here")
            .help("write the document, or remove the file"),
    );
    nothing(file)
}

/// Whether a text is only white space.
fn is_bare(text: &str) -> bool {
    text.bytes().skip(bom_len(text)).all(|byte| byte.is_ascii_whitespace())
}
