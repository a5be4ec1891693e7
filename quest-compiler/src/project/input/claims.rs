//! Which content files there are, and which `[[documents]]` sections take them.

use super::place_of;
use super::reader::FileReader;
use crate::diagnostics::{Diagnostic, code};
use crate::project::located::Located;
use crate::project::manifest::{DocumentSet, Manifest, RegistrySource, SchemaSource};
use crate::project::path::{display, identity, is_wild, join};
use crate::project::pattern;
use crate::text::Span;
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A content file: its path, its name in messages, and the pattern that found it first.
pub(super) struct ContentFile<'m> {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) pattern: &'m Located,
}

/// What the manifest takes a file for, and where it says so.
struct Owner {
    role: Role,
    name: String,
    span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Content of a section, both by position.
    Content {
        set: usize,
        file: usize,
    },
    Schema,
    Registry,
}

/// The content files of a project, each once.
pub(super) struct Claims<'m> {
    manifest: &'m Manifest,
    /// By path without links, because patterns can lead to one file under several names.
    owners: HashMap<OsString, Owner>,
    pub(super) files: Vec<ContentFile<'m>>,
    /// For each section the positions of its files, in the order of their names.
    pub(super) sets: Vec<Vec<usize>>,
    /// Files that patterns with `!` leave out.
    pub(super) excluded: HashSet<OsString>,
    /// Pairs of places in the manifest that claim the same files: a diagnostic about the first file, and the number of files.
    conflicts: Vec<((Span, Span), Diagnostic, usize)>,
}

impl<'m> Claims<'m> {
    /// Follows the patterns of all sections. Patterns without a match and files with two owners are reported.
    pub(super) fn find(manifest: &'m Manifest, reader: &mut FileReader<'_>) -> Self {
        let mut claims = Self {
            manifest,
            owners: HashMap::new(),
            files: Vec::new(),
            sets: Vec::with_capacity(manifest.documents.len()),
            excluded: HashSet::new(),
            conflicts: Vec::new(),
        };
        claims.add_named_files();
        for (index, set) in manifest.documents.iter().enumerate() {
            let mut of_set: Vec<(String, usize)> = Vec::new();
            let mut idle: Vec<usize> = (0..set.exclude.len()).collect();
            for pattern in &set.content {
                for found in reader.matches(pattern) {
                    let name = found.name.clone();
                    let excluded = set.exclude.iter().position(|(_, names)| names.matches(&name));
                    if let Some(excluded) = excluded {
                        idle.retain(|at| *at != excluded);
                        claims.excluded.insert(found.identity);
                        continue;
                    }
                    of_set.extend(claims.claim(index, pattern, found).map(|file| (name, file)));
                }
            }
            for (pattern, names) in idle.into_iter().filter_map(|at| set.exclude.get(at)) {
                if !of_set.iter().any(|(name, _)| names.matches(name)) {
                    reader.diagnostics.push(excludes_nothing(pattern));
                }
            }
            of_set.sort();
            claims.sets.push(of_set.into_iter().map(|(_, file)| file).collect());
        }
        for (_, diagnostic, count) in std::mem::take(&mut claims.conflicts) {
            reader.diagnostics.push(match count {
                1 => diagnostic,
                _ => diagnostic.note(format!("both patterns match {count} files")),
            });
        }
        claims
    }

    /// Adds the schemas and registries that the manifest names.
    fn add_named_files(&mut self) {
        let schemas = self.manifest.documents.iter().filter_map(|set| match &set.schema {
            SchemaSource::File(schema) => Some((Role::Schema, schema)),
            SchemaSource::Named => None,
        });
        // What is read at a place in a file can stand beside content.
        let registries = self.manifest.registries.iter().filter_map(|(_, source)| match source {
            RegistrySource::Files(of) if of.at.is_empty() => Some(&of.files),
            _ => None,
        });
        let registries = registries.flatten().filter(|file| !is_wild(&file.text));
        let registries = registries.map(|file| (Role::Registry, file));
        for (role, named) in schemas.chain(registries) {
            let path = join(&self.manifest.directory, &named.text);
            let owner = Owner { role, name: display(&path), span: named.span };
            self.owners.insert(identity(&path), owner);
        }
    }

    /// The position of a file that a section takes; `None` if it does not get it, or has it already.
    fn claim(&mut self, set: usize, pattern: &'m Located, found: pattern::File) -> Option<usize> {
        let sets = &self.manifest.documents;
        let file = match self.owners.get(&found.identity) {
            None => {
                let (path, name) = (found.path, found.name.clone());
                self.files.push(ContentFile { path, name, pattern });
                self.files.len() - 1
            }
            Some(owner) => match owner.role {
                Role::Content { set: other, .. }
                    if other == set || same_documents(&sets[set], &sets[other]) =>
                {
                    return None;
                }
                Role::Content { set: other, file } if can_share(&sets[set], &sets[other]) => file,
                _ => {
                    let spans = (owner.span, pattern.span);
                    match self.conflicts.iter_mut().find(|(known, ..)| *known == spans) {
                        Some((.., count)) => *count += 1,
                        None => self.conflicts.push((spans, claimed_twice(&found.name, pattern, owner), 1)),
                    }
                    return None;
                }
            },
        };
        let role = Role::Content { set, file };
        self.owners.insert(found.identity, Owner { role, name: found.name, span: pattern.span });
        Some(file)
    }
}

/// Whether two sections can read one file: a condition decides which of them it belongs to, or they take different parts of it.
fn can_share(one: &DocumentSet, other: &DocumentSet) -> bool {
    !one.condition.is_empty() || !other.condition.is_empty() || place_of(one) != place_of(other)
}

/// Whether two sections take the same values of a file as documents of the same schema.
fn same_documents(one: &DocumentSet, other: &DocumentSet) -> bool {
    let same_schema = match (&one.schema, &other.schema) {
        (SchemaSource::File(one), SchemaSource::File(other)) => {
            display(Path::new(&one.text)) == display(Path::new(&other.text))
        }
        (SchemaSource::Named, SchemaSource::Named) => true,
        _ => false,
    };
    same_schema && one.condition.is_empty() && other.condition.is_empty() && place_of(one) == place_of(other)
}

fn excludes_nothing(pattern: &Located) -> Diagnostic {
    Diagnostic::new(&code::NO_MATCH, format!("`!{}` leaves no file out", pattern.text))
        .label(pattern.span, "matches none of the files that the other patterns find")
        .help("correct it, or remove it")
}

/// Reports that a pattern matches a file which the manifest takes for something else.
fn claimed_twice(name: &str, pattern: &Located, owner: &Owner) -> Diagnostic {
    let (title, label, help) = match owner.role {
        Role::Content { .. } => (
            format!("two `[[documents]]` sections read `{name}`"),
            "and so does this one",
            "change one of the patterns: a file follows one schema",
        ),
        Role::Schema => (
            format!("`{name}` is a schema, not content"),
            "the schema is named here",
            "write a pattern that does not match it, or move the schema to another directory",
        ),
        Role::Registry => (
            format!("`{name}` is a registry, not content"),
            "the registry is named here",
            "write a pattern that does not match it, or move the registry to another directory",
        ),
    };
    let diagnostic = Diagnostic::new(&code::MANIFEST, title)
        .label(
            pattern.span,
            if is_wild(&pattern.text) { "this pattern matches it" } else { "named here as content" },
        )
        .label(owner.span, label)
        .help(help);
    if owner.name == name {
        diagnostic
    } else {
        diagnostic.note(format!("`{name}` and `{}` are the same file", owner.name))
    }
}
