//! Owned serde types for tools that write content.

use super::error::DriverError;
use super::write::write_file;
use crate::diagnostics::{Diagnostic, Diagnostics, Style, human};
use crate::schema::{Overlay, Reading, Resources, Schemas, load};
use crate::source::parse;
use crate::text::Files;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The Rust source of owned types with builders for the documents that a schema describes.
///
/// # Errors
///
/// The file cannot be read, the schema has errors, or `typify` cannot turn it into types.
pub fn authoring(schema: &Path) -> Result<String, DriverError> {
    let failed = |error| DriverError::Read(schema.to_owned(), error);
    let bytes = std::fs::read(schema).map_err(failed)?;
    if bytes.len() > Files::MAX_BYTES {
        let error = format!("it is longer than {} bytes", Files::MAX_BYTES);
        return Err(failed(io::Error::new(io::ErrorKind::FileTooLarge, error)));
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| failed(io::Error::new(io::ErrorKind::InvalidData, error)))?;
    let text = Arc::new(text);
    let mut files = Files::default();
    let diagnostics = read_schema(schema, &text, &mut files);
    let diagnostics = Diagnostics::finish(diagnostics, &files, &|_| None);
    if diagnostics.errors() > 0 {
        let text = |diagnostic: &Diagnostic| human(diagnostic, &files, Style::Plain);
        return Err(DriverError::Content(diagnostics.list.iter().map(text).collect()));
    }
    crate::codegen::authoring(&text).map_err(|why| DriverError::Authoring(schema.to_owned(), why))
}

/// Reads a schema with our own loader, which reports more than `typify` does, and with spans.
fn read_schema(schema: &Path, text: &Arc<String>, files: &mut Files) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let file = files.add(schema.display().to_string(), Arc::clone(text));
    let document = parse(file, Arc::clone(text), &mut diagnostics);
    if !document.broken {
        let mut resources = Resources::default();
        resources.add(&document, &["file:///schema.json".to_owned()]);
        let overlay = Overlay::default();
        let reading = Reading { resources: &resources, overlay: &overlay, foreign: &[] };
        load(&[&document], &reading, &mut Schemas::default(), &mut diagnostics);
    }
    diagnostics
}

/// Writes the result of [`authoring`] to a file. A file that would not change is not touched.
///
/// # Errors
///
/// As [`authoring`], or the file cannot be written. It stays as it was then.
pub fn write_authoring(schema: &Path, out: &Path) -> Result<(), DriverError> {
    write_file(out, authoring(schema)?.as_bytes())
}
