//! The files that a manifest names: found, read and parsed.

mod claims;
mod entries;
mod parse;
mod reader;
mod schema_files;
mod strays;

use super::manifest::{DocumentSet, Manifest, RegistryFiles, RegistrySource};
use super::path::{identity, is_wild, join};
use super::registry::RegistryFile;
use crate::diagnostics::Diagnostic;
use crate::parallel::Threads;
use crate::source::{Document, Format};
use crate::text::{FileId, Files, Span};
use claims::{Claims, ContentFile};
use entries::{Parsed, find_entries};
use parse::{Unparsed, parse, parse_all};
use reader::FileReader;
use schema_files::SchemaFiles;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

pub use schema_files::{find_schema, read_schema};

/// All files of one run.
#[derive(Debug, Default)]
pub struct Input {
    /// The schema files of the documents, each once.
    pub schemas: Vec<Document>,
    /// Whether a schema file cannot be read, so that its documents cannot be checked.
    pub schema_missing: bool,
    /// Content files, sorted by section and file name.
    pub documents: Vec<Document>,
    /// The documents in the content files, sorted by section, file name and position.
    pub entries: Vec<ContentEntry>,
    /// Content that belongs to no document, which has been reported: its ids are known to nobody.
    pub lost: Vec<Span>,
    /// Overlay files.
    pub overlays: Vec<Document>,
    /// Registry files, by id kind.
    pub registries: Vec<RegistryFile>,
    /// Language files, in the order of the manifest; `None` for one that cannot be read.
    pub languages: Vec<Option<Document>>,
    /// The lock of the last release, if there is one.
    pub lock: Option<(FileId, Arc<String>)>,
    /// Every path on which the result depends: files, whether they exist or not, and the directories of patterns.
    pub watched: Vec<PathBuf>,
}

/// A value that is validated as one document: a whole content file, or a value in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentEntry {
    /// The file, by position among [`Input::documents`].
    pub document: u32,
    /// The schema, by position among [`Input::schemas`].
    pub root: u32,
    /// The position of the value on the tape of the file.
    pub at: u32,
}

/// Finds, reads and parses what the manifest names. Whatever cannot be read is reported in `diagnostics` and left out.
pub fn input(
    manifest: &Manifest,
    threads: Threads,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Input {
    let mut reader = FileReader::new(&manifest.directory, files, diagnostics);
    let mut schemas = SchemaFiles::read(manifest, &mut reader);
    let mut input = Input::default();
    for overlay in &manifest.overlays {
        // Overlays are notes on a schema, so they may have comments whatever their name.
        input.overlays.extend(reader.document(overlay, Some(Format::Jsonc)));
    }
    for (kind, source) in &manifest.registries {
        if let RegistrySource::Files(of) = source {
            registry(kind, of, &mut reader, &mut input.registries);
        }
    }
    for language in &manifest.languages.list {
        let before = reader.diagnostics.len();
        let document = reader.document(&language.file, None);
        if document.is_none() {
            let help = format!("`questc texts import --language {} FILE` writes it", language.tag);
            reader.diagnostics[before..].iter_mut().for_each(|diagnostic| diagnostic.help.push(help.clone()));
        }
        input.languages.push(document);
    }
    let parsed = content(manifest, threads, &mut reader);
    (input.entries, input.lost) = find_entries(manifest, &parsed, &mut schemas, &mut reader);
    input.documents = parsed.documents;
    input.schema_missing = schemas.is_incomplete();
    input.schemas = schemas.documents;
    input.watched = reader.watched;
    input.watched.sort();
    input.watched.dedup();
    input
}

/// Reads the files of a registry, each once.
fn registry(kind: &str, of: &RegistryFiles, reader: &mut FileReader<'_>, out: &mut Vec<RegistryFile>) {
    let mut read = HashSet::new();
    for named in &of.files {
        if !is_wild(&named.text) {
            if read.insert(identity(&join(reader.directory, &named.text))) {
                let document = reader.document(named, None);
                out.extend(document.map(|document| RegistryFile::new(kind, document, &of.at)));
            }
            continue;
        }
        for found in reader.matches(named) {
            if !read.insert(found.identity) {
                continue;
            }
            if let Some(text) = reader.text(&found.path, found.name, named, "matches it") {
                let document = parse(text, None, reader.files, reader.diagnostics);
                out.push(RegistryFile::new(kind, document, &of.at));
            }
        }
    }
}

/// Finds, reads and parses the content files.
fn content(manifest: &Manifest, threads: Threads, reader: &mut FileReader<'_>) -> Parsed {
    let claims = Claims::find(manifest, reader);
    strays::report(manifest, &claims, reader.diagnostics);
    let Claims { files: found, sets, .. } = claims;
    let mut texts = Vec::new();
    let mut files: Vec<(PathBuf, Option<usize>)> = Vec::with_capacity(found.len());
    for (at, ContentFile { path, name, pattern }) in found.into_iter().enumerate() {
        let label = if is_wild(&pattern.text) { "matches it" } else { "named here" };
        texts.extend(reader.text(&path, name, pattern, label).map(|text| Unparsed { file: at, text }));
        files.push((path, None));
    }
    let mut documents = Vec::with_capacity(texts.len());
    for (file, document) in parse_all(texts, threads.count(), reader.files, reader.diagnostics) {
        files[file].1 = Some(documents.len());
        documents.push(document);
    }
    Parsed { documents, files, sets }
}

/// The place in a file where a section looks for documents.
fn place_of(set: &DocumentSet) -> &str {
    set.at.as_ref().map_or("", |(place, _)| &place.text)
}
