//! Schemas that no manifest names: `$ref`s lead to them.

use crate::diagnostics::Diagnostic;
use crate::project::{Input, Manifest, display, find_schema, read_schema};
use crate::schema::{Outside, Resources};
use crate::source::Document;
use crate::text::Files;
use std::collections::HashSet;
use std::path::PathBuf;

/// The schemas that `$ref`s lead to and the manifest does not name, each with its addresses.
#[derive(Debug, Default)]
pub struct Referred {
    pub schemas: Vec<(Document, Vec<String>)>,
    /// The files that were read, or should have been.
    pub(super) watched: Vec<PathBuf>,
}

/// Reads the files that `$ref`s lead to, and those that these lead to.
pub(super) fn referred_schemas(
    manifest: &Manifest,
    input: &Input,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Referred {
    let mut referred = Referred::default();
    // An address that leads to no file is reported where the schema is read.
    let mut tried: HashSet<String> = HashSet::new();
    loop {
        let mut outside = Vec::new();
        let mut resources = Resources::default();
        for (document, addresses) in &referred.schemas {
            resources.add(document, addresses);
        }
        for document in &input.schemas {
            resources.add(document, &addresses(document, files));
        }
        for document in input.schemas.iter().chain(referred.schemas.iter().map(|(document, _)| document)) {
            let from = files.name(document.file).to_owned();
            outside.extend(resources.outside(document).into_iter().map(|outside| (from.clone(), outside)));
        }
        drop(resources);
        outside.retain(|(_, outside)| tried.insert(outside.uri.clone()));
        if outside.is_empty() {
            return referred;
        }
        for (from, Outside { uri, written }) in outside {
            let known = |name: &str| {
                let all = input.schemas.iter().chain(referred.schemas.iter().map(|(document, _)| document));
                all.map(|document| files.name(document.file)).any(|file| file == name)
            };
            let Some(path) = find_schema(manifest, &uri, &written, &from, files) else { continue };
            let name = display(&path);
            // A file that is there already has one address more.
            if known(&name) {
                if let Some((_, addresses)) =
                    referred.schemas.iter_mut().find(|(document, _)| files.name(document.file) == name)
                {
                    addresses.push(uri);
                }
                continue;
            }
            referred.watched.push(path.clone());
            if let Some(document) = read_schema(&path, files, diagnostics) {
                let mut addresses = addresses(&document, files);
                addresses.push(uri);
                referred.schemas.push((document, addresses));
            }
        }
    }
}

/// The addresses by which a schema file is known before anyone has looked into it.
pub(super) fn addresses(document: &Document, files: &Files) -> Vec<String> {
    vec![address(files.name(document.file))]
}

/// The address by which `$ref`s from other files reach a schema file.
fn address(name: &str) -> String {
    let absolute = std::path::absolute(name).unwrap_or_else(|_| PathBuf::from(name));
    format!("file://{}", absolute.to_string_lossy().replace('\\', "/"))
}
