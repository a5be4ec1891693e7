//! The documents in content files: which section a file belongs to, and which of its values are documents.

use super::reader::FileReader;
use super::schema_files::SchemaFiles;
use super::{ContentEntry, place_of};
use crate::diagnostics::{Diagnostic, code, did_you_mean, few, near};
use crate::narrow::narrow_u32;
use crate::project::located::Located;
use crate::project::manifest::{DocumentSet, Manifest, Scalar, SchemaSource};
use crate::project::select::{PathSegment, select};
use crate::source::{Document, Node};
use crate::text::Span;
use std::path::PathBuf;

/// Values without documents that are reported of one file.
const MAX_MISSED: usize = 5;

/// The content files of a project, parsed.
pub(super) struct Parsed {
    pub(super) documents: Vec<Document>,
    /// By position of a file: the path, and the position of its document if it could be read.
    pub(super) files: Vec<(PathBuf, Option<usize>)>,
    /// For each section the positions of its files.
    pub(super) sets: Vec<Vec<usize>>,
}

/// Finds documents.
struct EntryFinder<'p, 'r, 's> {
    manifest: &'p Manifest,
    parsed: &'p Parsed,
    reader: &'p mut FileReader<'r>,
    schemas: &'s mut SchemaFiles,
    /// By document, whether a section takes it.
    taken: Vec<bool>,
    /// By document, the last section that takes it.
    claims: Vec<Option<usize>>,
    /// Whether a section has a condition that no file fits.
    has_idle_set: bool,
    entries: Vec<ContentEntry>,
    /// Values that are no documents although they should be.
    lost: Vec<Span>,
}

/// Finds the documents of all sections. Files that no section takes, conditions that no file fits, and sections without a document
/// in one of their files are reported.
pub(super) fn find_entries(
    manifest: &Manifest,
    parsed: &Parsed,
    schemas: &mut SchemaFiles,
    reader: &mut FileReader<'_>,
) -> (Vec<ContentEntry>, Vec<Span>) {
    let count = parsed.documents.len();
    let mut finder = EntryFinder {
        manifest,
        parsed,
        reader,
        schemas,
        taken: vec![false; count],
        claims: vec![None; count],
        has_idle_set: false,
        entries: Vec::new(),
        lost: Vec::new(),
    };
    for (index, set) in manifest.documents.iter().enumerate() {
        finder.set(index, set);
    }
    finder.unmatched();
    (finder.entries, finder.lost)
}

impl<'p> EntryFinder<'p, '_, '_> {
    fn set(&mut self, index: usize, set: &DocumentSet) {
        let (mut is_read, mut fits) = (false, false);
        for file in &self.parsed.sets[index] {
            let (path, Some(at)) = &self.parsed.files[*file] else { continue };
            let Some(root) = self.parsed.documents[*at].root() else {
                self.taken[*at] = true; // an empty file has been reported
                continue;
            };
            is_read = true;
            let holds = |(_, steps, wanted): &(Located, Vec<PathSegment>, Scalar)| {
                select(root, steps).0.iter().any(|node| wanted.is(*node))
            };
            if set.condition.iter().all(holds) {
                fits = true;
                self.file(index, *at, root, path);
            }
        }
        if let Some(condition) = set.condition.iter().find(|_| is_read && !fits) {
            let parsed = self.parsed;
            let roots =
                parsed.sets[index].iter().filter_map(|file| parsed.documents[parsed.files[*file].1?].root());
            self.reader.diagnostics.push(no_file_fits(condition, set.condition.len(), roots));
            self.has_idle_set = true;
        }
    }

    /// Adds the documents of a file that fits the conditions of a section.
    fn file(&mut self, index: usize, at: usize, root: Node<'p>, path: &std::path::Path) {
        let set = &self.manifest.documents[index];
        self.taken[at] = true;
        if let Some(first) = self.claims[at].replace(index)
            && place_of(&self.manifest.documents[first]) == place_of(set)
        {
            let first = &self.manifest.documents[first];
            self.reader.diagnostics.push(two_conditions(root.label(), set, first));
            return;
        }
        let schema = match &set.schema {
            SchemaSource::File(_) => self.schemas.of_set(index),
            SchemaSource::Named => {
                let named = self.reader.named_schema(self.manifest, root, path);
                named.and_then(|(path, span)| self.schemas.named_by_content(&path, span, self.reader))
            }
        };
        if schema.is_none() {
            self.lost.push(root.span());
        }
        let steps = set.at.as_ref().map_or(&[][..], |(_, steps)| steps);
        let (nodes, missed) = select(root, steps);
        if let Some(schema) = schema {
            let (document, root) = (narrow_u32(at), narrow_u32(schema));
            self.entries.extend(nodes.into_iter().map(|node| ContentEntry { document, root, at: node.at() }));
        }
        self.lost.extend(missed.iter().map(|(node, _)| node.span()));
        if !self.parsed.documents[at].broken {
            let missed = missed.into_iter().take(MAX_MISSED);
            self.reader.diagnostics.extend(missed.map(|(node, step)| no_documents(node, &step, set)));
        }
    }

    /// Reports files that no section takes, unless the mistake is a condition, which has been reported.
    fn unmatched(&mut self) {
        if self.has_idle_set {
            return;
        }
        for (document, _) in self.parsed.documents.iter().zip(&self.taken).filter(|(_, taken)| !**taken) {
            if let Some(root) = document.root() {
                self.lost.push(root.span());
                self.reader.diagnostics.push(
                    Diagnostic::new(&code::UNMATCHED, "no `[[documents]]` section takes this file")
                        .label(root.label(), "fits none of their `where` conditions")
                        .help("change a condition, or a pattern so that it does not match this file"),
                );
            }
        }
    }
}

/// A section whose condition no file fits.
fn no_file_fits<'a>(
    (place, steps, wanted): &(Located, Vec<PathSegment>, Scalar),
    conditions: usize,
    roots: impl Iterator<Item = Node<'a>>,
) -> Diagnostic {
    let mut values: Vec<String> = roots
        .flat_map(|root| select(root, steps).0)
        .map(|node| node.text().map_or_else(|| node.raw().to_owned(), |text| text.into_owned()))
        .collect();
    values.sort();
    values.dedup();
    let diagnostic = Diagnostic::new(&code::NO_MATCH, "no file fits this `where`").label(
        place.span,
        if conditions > 1 {
            "no file fits all of its conditions".to_owned()
        } else if values.is_empty() {
            format!("no file has a `{}`", place.text)
        } else {
            "no file has this value there".to_owned()
        },
    );
    let near = match wanted {
        Scalar::Text(text) => did_you_mean(text, values.iter().map(String::as_str)),
        Scalar::Integer(_) | Scalar::Boolean(_) => None,
    };
    let all = || few(values.iter().map(String::as_str));
    diagnostic.maybe_help(near.or_else(all))
}

fn two_conditions(place: Span, second: &DocumentSet, first: &DocumentSet) -> Diagnostic {
    let condition = |set: &DocumentSet| set.condition.first().map(|(place, ..)| place.span);
    let mut diagnostic = Diagnostic::new(&code::MANIFEST, "two `[[documents]]` sections take this file")
        .label(place, "fits the conditions of both");
    for span in [condition(second), condition(first)].into_iter().flatten() {
        diagnostic = diagnostic.label(span, "one of the conditions");
    }
    diagnostic.help("change one of them: a document follows one schema")
}

fn no_documents(node: Node<'_>, step: &PathSegment, set: &DocumentSet) -> Diagnostic {
    let place = place_of(set);
    let what = match step {
        PathSegment::Property(name) => format!("has no `{name}`"),
        PathSegment::Elements => "is no list".to_owned(),
        PathSegment::Values => "is no map".to_owned(),
    };
    let mut diagnostic =
        Diagnostic::new(&code::NO_DOCUMENT, format!("there is nothing at `{place}` in this file"))
            .label(node.label(), format!("this {what}"));
    if let Some((located, _)) = &set.at {
        diagnostic = diagnostic.label(located.span, "documents are looked for here");
    }
    if let PathSegment::Property(name) = step {
        let keys: Vec<_> = node.properties().filter_map(|(key, _)| key.text()).collect();
        if let [meant, ..] = near(name, keys.iter().map(|key| &**key))[..] {
            diagnostic = diagnostic.help(format!("is `{meant}` meant? it would have to be called `{name}`"));
        }
    }
    diagnostic
}
