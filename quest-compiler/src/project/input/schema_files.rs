//! The schema files of documents, each read once.

use super::parse::parse;
use super::reader::FileReader;
use crate::diagnostics::Diagnostic;
use crate::project::manifest::{Manifest, SchemaSource};
use crate::project::path::{display, identity, join};
use crate::project::read::{add_text, read_bytes};
use crate::project::schemas::candidates;
use crate::source::Document;
use crate::text::{Files, Span};
use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The schema files that have been read.
#[derive(Default)]
pub(super) struct SchemaFiles {
    pub(super) documents: Vec<Document>,
    /// By path without links, the position of a document; `None` if the file cannot be used.
    positions: HashMap<OsString, Option<usize>>,
    /// The schema of each section that names one.
    of_sets: Vec<Option<usize>>,
}

impl SchemaFiles {
    /// Reads the schemas that sections of the manifest name.
    pub(super) fn read(manifest: &Manifest, reader: &mut FileReader<'_>) -> Self {
        let mut schemas = Self::default();
        for set in &manifest.documents {
            let schema = match &set.schema {
                SchemaSource::File(named) => {
                    let documents = &mut schemas.documents;
                    let key = identity(&join(&manifest.directory, &named.text));
                    *schemas.positions.entry(key).or_insert_with(|| {
                        documents.push(reader.document(named, None)?);
                        Some(documents.len() - 1)
                    })
                }
                SchemaSource::Named => None,
            };
            schemas.of_sets.push(schema);
        }
        schemas
    }

    /// Whether a schema file cannot be used.
    pub(super) fn is_incomplete(&self) -> bool {
        self.positions.values().any(Option::is_none)
    }

    /// The position of the schema that a section names.
    pub(super) fn of_set(&self, set: usize) -> Option<usize> {
        self.of_sets[set]
    }

    /// The position of a schema that a content file names at `span`.
    pub(super) fn named_by_content(
        &mut self,
        path: &Path,
        span: Span,
        reader: &mut FileReader<'_>,
    ) -> Option<usize> {
        let key = identity(path);
        match self.positions.get(&key) {
            Some(Some(position)) => return Some(*position),
            Some(None) => {
                // Each file that names a missing schema is told so; a schema with mistakes is reported once.
                if !path.is_file() {
                    reader.schema_at(path, span);
                }
                return None;
            }
            None => {}
        }
        let position = reader.schema_at(path, span).map(|document| {
            self.documents.push(document);
            self.documents.len() - 1
        });
        self.positions.insert(key, position);
        position
    }
}

/// The schema file that a `$ref` leads to: the first candidate that exists.
pub fn find_schema(
    manifest: &Manifest,
    uri: &str,
    written: &str,
    from: &str,
    files: &Files,
) -> Option<PathBuf> {
    let found = candidates(uri, written, Path::new(from), &manifest.schemas).into_iter();
    let mut found = found.filter(|(path, guessed)| {
        // A path that was only guessed counts if the file names the address itself.
        let says_so = || {
            let bytes = read_bytes(path, files).unwrap_or_default();
            String::from_utf8_lossy(&bytes).contains(uri)
        };
        path.is_file() && (!guessed || says_so())
    });
    found.next().map(|(path, _)| path)
}

/// Reads a schema file that the manifest does not name.
pub fn read_schema(path: &Path, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Option<Document> {
    let bytes = read_bytes(path, files).ok()?;
    let text = add_text(display(path), bytes, files, diagnostics)?;
    Some(parse(text, None, files, diagnostics))
}
