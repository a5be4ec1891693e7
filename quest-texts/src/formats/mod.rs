//! The formats of translators' tools. Each writes a [`Catalog`] as text, and reads text as units with keys.

mod csv;
mod json;
mod po;
mod xliff;

use crate::unit::Catalog;
use std::fmt;

/// A format of translators' tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// gettext. The key is `msgctxt` and the only reference.
    Po,
    /// XLIFF 1.2; 2.x is read as well. The key is the `id` of a unit.
    Xliff,
    /// Comma-separated values as Godot imports them. The key is the first column.
    Csv,
    /// i18next's flat JSON.
    Json,
}

impl Format {
    /// The format of a file by the end of its name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "po" | "pot" => Some(Self::Po),
            "xlf" | "xliff" => Some(Self::Xliff),
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// Writes a catalog. `before` is the file of the same language that is there already: what only it holds, such as headers, is kept.
    #[must_use]
    pub fn write(self, catalog: &Catalog, before: Option<&Read>) -> String {
        match self {
            Self::Po => po::write(catalog, before),
            Self::Xliff => xliff::write(catalog),
            Self::Csv => csv::write(catalog),
            Self::Json => json::write(catalog),
        }
    }
}

/// A unit of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadUnit {
    /// `None` if it has no key.
    pub key: Option<String>,
    /// The text that was translated; `None` if the format does not say.
    pub source: Option<String>,
    /// The text before that, of which a fuzzy translation is.
    pub previous: Option<String>,
    /// Empty if there is none.
    pub target: String,
    pub fuzzy: bool,
    pub comment: Option<String>,
    /// Its text is gone.
    pub obsolete: bool,
    /// Why its translation cannot be used, if it cannot.
    pub unusable: Option<&'static str>,
    /// The line of the file, from 1; 0 if it is not known.
    pub line: usize,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The language that it says it is of.
    pub language: Option<String>,
    pub units: Vec<ReadUnit>,
    /// Headers of the file, for formats that have them.
    pub headers: Vec<(String, String)>,
    /// The comment at the top.
    pub preamble: Option<String>,
    /// What is strange about the file as a whole, a sentence each.
    pub warnings: Vec<String>,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    pub message: String,
    /// From 1; 0 if it is not known.
    pub line: usize,
}

impl FileError {
    pub(crate) fn new(message: impl Into<String>, line: usize) -> Self {
        Self { message: message.into(), line }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.message),
            line => write!(f, "line {line}: {}", self.message),
        }
    }
}

impl std::error::Error for FileError {}

/// Reads a file of a translator.
///
/// # Errors
///
/// It is not UTF-8, or not of this format.
pub fn read(format: Format, bytes: &[u8], language: &str) -> Result<Read, FileError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
        FileError::new("this is not UTF-8: save the file as UTF-8", line)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        Format::Po => po::read(text),
        Format::Xliff => xliff::read(text),
        Format::Csv => csv::read(text, language),
        Format::Json => json::read(text),
    }
}
