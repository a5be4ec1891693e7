//! The files that a manifest names: found, read, and parsed.

use super::manifest::{DocumentSet, Located, Manifest, RegistrySource, Scalar, SchemaSource};
use super::path::{display, identity, is_wild, join, missing_directory, names, near_path, parent};
use super::pattern;
use super::schemas::candidates;
use super::select::{Step, select};
use super::text::{Reason, Text, add_text, io_words, read_bytes};
use crate::diagnostics::{Diagnostic, code, did_you_mean, few, near};
use crate::parallel::Threads;
use crate::source::{Document, Format, Node};
use crate::text::{FileId, Files, Span};
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// All files of one run.
#[derive(Debug, Default)]
pub struct Input {
    /// The schema files of the documents, each once.
    pub schemas: Vec<Document>,
    /// A schema file cannot be read, so that nothing can be said about its documents.
    pub schema_missing: bool,
    /// Content files, sorted by set and file name.
    pub documents: Vec<Document>,
    /// What in the content files is a document, sorted by set, file name and place.
    pub entries: Vec<Entry>,
    /// Overlay files.
    pub overlays: Vec<Document>,
    /// Registry files by kind.
    pub registries: Vec<(String, Document)>,
    /// The lock of the last release, if there is one.
    pub lock: Option<(FileId, Arc<String>)>,
    /// Every path on which the outcome depends: files, whether they are there or not, and the directories of patterns.
    pub watched: Vec<PathBuf>,
}

/// A document: a whole file, or a value in one.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The file, by position among the documents.
    pub document: usize,
    /// By position among the schemas.
    pub schema: usize,
    /// Its place on the tape.
    pub at: u32,
}

/// Below this many bytes of content, starting threads takes longer than they save.
const PARALLEL_BYTES: usize = 1 << 20;

/// Mistakes of one sort that one file may show.
const MOST: usize = 5;

/// Finds, reads and parses what the manifest names; what cannot be goes into `diagnostics`.
pub fn input(
    manifest: &Manifest,
    threads: Threads,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Input {
    let mut reader = Reader {
        directory: &manifest.directory,
        files,
        diagnostics,
        watched: Vec::new(),
        reported: HashSet::new(),
    };
    let mut input = Input::default();
    // By its path without links, the position of each schema file; `None` if it cannot be used.
    let mut schemas: HashMap<OsString, Option<usize>> = HashMap::new();
    let mut schema_of_set = Vec::new();
    for set in &manifest.documents {
        schema_of_set.push(match &set.schema {
            SchemaSource::File(named) => {
                let path = join(&manifest.directory, &named.text);
                let key = identity(&path);
                *schemas.entry(key).or_insert_with(|| {
                    input.schemas.push(reader.document(named, None)?);
                    Some(input.schemas.len() - 1)
                })
            }
            SchemaSource::Named => None,
        });
    }
    input.schema_missing = schemas.values().any(Option::is_none);
    for overlay in &manifest.overlays {
        // Overlays are notes to a schema, so they may have comments whatever they are called.
        input.overlays.extend(reader.document(overlay, Some(Format::Jsonc)));
    }
    for (kind, source) in &manifest.registries {
        if let RegistrySource::File(file) = source {
            input.registries.extend(reader.document(file, None).map(|document| (kind.clone(), document)));
        }
    }

    let (files_found, sets) = reader.content(manifest);
    let mut texts = Vec::new();
    let mut names = Vec::new();
    for (at, (path, name, pattern)) in files_found.into_iter().enumerate() {
        let label = if is_wild(&pattern.text) { "matches it" } else { "named here" };
        names.push(path.clone());
        texts.extend(reader.text(&path, name, pattern, label).map(|text| Unparsed { file: at, text }));
    }
    let mut document_of_file = vec![None; names.len()];
    for (file, document) in parse_all(texts, threads.count(), reader.files, reader.diagnostics) {
        document_of_file[file] = Some(input.documents.len());
        input.documents.push(document);
    }
    let mut taken = vec![false; input.documents.len()];
    let mut claims: Vec<Option<usize>> = vec![None; input.documents.len()];
    let mut idle = false;
    for (index, (set, files)) in manifest.documents.iter().zip(&sets).enumerate() {
        let (mut read, mut fits) = (false, false);
        for file in files {
            let Some(at) = document_of_file[*file] else { continue };
            let document = &input.documents[at];
            let Some(root) = document.root() else {
                taken[at] = true; // an empty file has been reported
                continue;
            };
            let holds = |(_, steps, wanted): &(Located, Vec<Step>, Scalar)| {
                select(root, steps).0.iter().any(|node| wanted.is(*node))
            };
            read = true;
            if !set.condition.iter().all(holds) {
                continue;
            }
            fits = true;
            taken[at] = true;
            if let Some(first) = claims[at].replace(index)
                && place_of(&manifest.documents[first]) == place_of(set)
            {
                reader.diagnostics.push(two_conditions(root.label(), set, &manifest.documents[first]));
                continue;
            }
            let schema = match &set.schema {
                SchemaSource::File(_) => schema_of_set[index],
                SchemaSource::Named => {
                    let found = reader.named_schema(manifest, root, &names[*file]);
                    found.and_then(|(path, place)| {
                        let key = identity(&path);
                        let known = schemas.get(&key).copied();
                        // Each file that names a schema which is not there is told so.
                        if known == Some(None) && !path.is_file() {
                            reader.schema_at(&path, place);
                        }
                        known.unwrap_or_else(|| {
                            let read = reader.schema_at(&path, place).map(|document| {
                                input.schemas.push(document);
                                input.schemas.len() - 1
                            });
                            input.schema_missing |= read.is_none();
                            schemas.insert(key, read);
                            read
                        })
                    })
                }
            };
            let steps = set.at.as_ref().map_or(&[][..], |(_, steps)| steps);
            let (nodes, missed) = select(root, steps);
            let entry = |node: Node<'_>| Some(Entry { document: at, schema: schema?, at: node.at() });
            input.entries.extend(nodes.into_iter().filter_map(entry));
            for (node, step) in missed.into_iter().take(MOST).filter(|_| !document.broken) {
                reader.diagnostics.push(no_documents(node, &step, set));
            }
        }
        if let Some(condition) = set.condition.iter().find(|_| read && !fits) {
            let roots = files.iter().filter_map(|file| input.documents[document_of_file[*file]?].root());
            reader.diagnostics.push(no_file_fits(condition, set.condition.len(), roots));
            idle = true;
        }
    }
    // Why a file is left over has been said if a condition is a mistake.
    for (document, _) in input.documents.iter().zip(taken).filter(|(_, taken)| !taken && !idle) {
        if let Some(root) = document.root() {
            reader.diagnostics.push(
                Diagnostic::new(&code::UNMATCHED, "no `[[documents]]` section takes this file")
                    .label(root.label(), "fits none of their `where` conditions")
                    .help("change a condition, or a pattern so that it does not match this file"),
            );
        }
    }
    input.watched = reader.watched;
    input.watched.sort();
    input.watched.dedup();
    input
}

/// Where in a file a set looks for documents.
fn place_of(set: &DocumentSet) -> &str {
    set.at.as_ref().map_or("", |(place, _)| &place.text)
}

/// A section whose condition no file fits.
fn no_file_fits<'a>(
    (place, steps, wanted): &(Located, Vec<Step>, Scalar),
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

fn no_documents(node: Node<'_>, step: &Step, set: &DocumentSet) -> Diagnostic {
    let place = place_of(set);
    let what = match step {
        Step::Property(name) => format!("has no `{name}`"),
        Step::Elements => "is no list".to_owned(),
        Step::Values => "is no map".to_owned(),
    };
    let mut diagnostic =
        Diagnostic::new(&code::NO_DOCUMENT, format!("there is nothing at `{place}` in this file"))
            .label(node.label(), format!("this {what}"));
    if let Some((located, _)) = &set.at {
        diagnostic = diagnostic.label(located.span, "documents are looked for here");
    }
    if let Step::Property(name) = step {
        let keys: Vec<_> = node.properties().filter_map(|(key, _)| key.text()).collect();
        if let [meant, ..] = near(name, keys.iter().map(|key| &**key))[..] {
            diagnostic = diagnostic.help(format!("is `{meant}` meant? it would have to be called `{name}`"));
        }
    }
    diagnostic
}

/// The schema file that a `$ref` leads to: the first there is of those that it may be.
pub fn find_schema(manifest: &Manifest, uri: &str, written: &str, from: &str) -> Option<PathBuf> {
    let found = candidates(uri, written, Path::new(from), &manifest.schemas).into_iter();
    let mut found = found.filter(|(path, guessed)| {
        // A file that was only guessed is none of ours until it says so itself.
        let says_so = || {
            let bytes = read_bytes(path).unwrap_or_default();
            String::from_utf8_lossy(&bytes).contains(uri)
        };
        path.is_file() && (!guessed || says_so())
    });
    found.next().map(|(path, _)| path)
}

/// Reads a schema file that the manifest does not name.
pub fn read_schema(path: &Path, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Option<Document> {
    let bytes = read_bytes(path).ok()?;
    let text = add_text(display(path), bytes, files, diagnostics)?;
    Some(parse(text, None, files, diagnostics))
}

struct Unparsed {
    /// By position among the files that were found.
    file: usize,
    text: Text,
}

/// Each file once: its path, its name as messages show it, and the pattern that found it first.
type Found<'m> = Vec<(PathBuf, String, &'m Located)>;

/// What the manifest takes a file for, and where.
struct Owner {
    role: Role,
    name: String,
    span: Span,
}

#[derive(PartialEq, Eq)]
enum Role {
    /// Of a document set, the file by its position among those found.
    Content(usize, usize),
    Schema,
    Registry,
}

struct Reader<'r> {
    directory: &'r Path,
    files: &'r mut Files,
    diagnostics: &'r mut Vec<Diagnostic>,
    watched: Vec<PathBuf>,
    /// What was reported while patterns were followed: several can come by one place.
    reported: HashSet<PathBuf>,
}

impl Reader<'_> {
    /// Reads and parses a file that the manifest names, in the format that its name tells if no other is given.
    fn document(&mut self, named: &Located, format: Option<Format>) -> Option<Document> {
        let path = join(self.directory, &named.text);
        let text = self.text(&path, display(&path), named, "named here")?;
        Some(parse(text, format, self.files, self.diagnostics))
    }

    /// Reads a file; `named` is the entry of the manifest for it.
    fn text(&mut self, path: &Path, name: String, named: &Located, label: &str) -> Option<Text> {
        self.watched.push(path.to_owned());
        match read_bytes(path) {
            Ok(bytes) => add_text(name, bytes, self.files, self.diagnostics),
            Err(error) => {
                let missing = missing_directory(self.directory, &parent(&named.text))
                    .filter(|_| error.reason == Reason::Missing);
                let words = match &missing {
                    Some(missing) => {
                        format!("there is no directory `{}`", display(&join(self.directory, missing)))
                    }
                    None => error.words,
                };
                let help = match error.reason {
                    Reason::Missing => near_path(self.directory, missing.as_deref().unwrap_or(&named.text)),
                    Reason::Directory => {
                        Some(match names(path).iter().find(|name| name.ends_with(".json")) {
                            Some(inside) => {
                                let directory = named.text.trim_end_matches('/');
                                format!("name a file in it, such as `{directory}/{inside}`")
                            }
                            None => "name a file".to_owned(),
                        })
                    }
                    Reason::Link => Some("remove the link, or let it lead to a file".to_owned()),
                    Reason::Other => None,
                };
                self.diagnostics.push(
                    Diagnostic::new(&code::UNREADABLE, format!("`{name}` cannot be read: {words}"))
                        .label(named.span, label)
                        .maybe_help(help),
                );
                None
            }
        }
    }

    /// The schema file that a document names in `$schema`, and where it does so.
    fn named_schema(&mut self, manifest: &Manifest, root: Node<'_>, file: &Path) -> Option<(PathBuf, Span)> {
        let Some(named) = root.get("$schema").filter(|named| named.is_text()) else {
            self.diagnostics.push(
                Diagnostic::new(&code::NO_DOCUMENT, "this file does not say which schema it follows")
                    .label(root.label(), "has no `$schema`")
                    .help("add `\"$schema\": \"<path of the schema>\"` as its first property"),
            );
            return None;
        };
        let text = named.text().unwrap_or_default();
        let found = candidates(&text, &text, file, &manifest.schemas);
        let found = found.into_iter().map(|(path, _)| path);
        let mut paths: Vec<PathBuf> = found.collect();
        let exists = paths.iter().position(|path| path.is_file()).unwrap_or(0);
        if paths.is_empty() {
            return None;
        }
        Some((paths.swap_remove(exists), named.span()))
    }

    /// Reads the schema file that a document names.
    fn schema_at(&mut self, path: &Path, place: Span) -> Option<Document> {
        self.watched.push(path.to_owned());
        match read_bytes(path) {
            Ok(bytes) => {
                let text = add_text(display(path), bytes, self.files, self.diagnostics)?;
                Some(parse(text, None, self.files, self.diagnostics))
            }
            Err(error) => {
                let title = format!("the schema `{}` cannot be read: {}", display(path), error.words);
                self.diagnostics.push(
                    Diagnostic::new(&code::UNREADABLE, title).label(place, "named here").help(
                        "a `$schema` that is a path counts from the folder of the file in which it stands",
                    ),
                );
                None
            }
        }
    }

    /// The content files, and for each document set the positions of its files.
    fn content<'m>(&mut self, manifest: &'m Manifest) -> (Found<'m>, Vec<Vec<usize>>) {
        // By the path without links: patterns can come to one file by several names.
        let mut owners = HashMap::new();
        let mut own = |role, named: &Located| {
            let path = join(self.directory, &named.text);
            let owner = Owner { role, name: display(&path), span: named.span };
            owners.insert(identity(&path), owner);
        };
        for set in &manifest.documents {
            if let SchemaSource::File(schema) = &set.schema {
                own(Role::Schema, schema);
            }
        }
        for (_, source) in &manifest.registries {
            if let RegistrySource::File(file) = source {
                own(Role::Registry, file);
            }
        }

        let mut found = Found::new();
        let mut sets: Vec<Vec<usize>> = Vec::with_capacity(manifest.documents.len());
        // By the two places in the manifest that claim the same files: the first of these, and how many.
        let mut shared: Vec<((Span, Span), Diagnostic, usize)> = Vec::new();
        for (index, set) in manifest.documents.iter().enumerate() {
            let mut of_set: Vec<(String, usize)> = Vec::new();
            for pattern in &set.content {
                for file in self.matches(pattern) {
                    let number = match owners.get(&file.identity) {
                        // Once is enough.
                        Some(Owner { role: Role::Content(of, _), .. }) if *of == index => continue,
                        Some(Owner { role: Role::Content(other, _), .. })
                            if same_documents(set, &manifest.documents[*other]) =>
                        {
                            continue;
                        }
                        Some(Owner { role: Role::Content(other, number), .. })
                            if can_share(set, &manifest.documents[*other]) =>
                        {
                            *number
                        }
                        Some(owner) => {
                            let both = (owner.span, pattern.span);
                            match shared.iter_mut().find(|(spans, ..)| *spans == both) {
                                Some((.., count)) => *count += 1,
                                None => shared.push((both, claimed(&file.name, pattern, owner), 1)),
                            }
                            continue;
                        }
                        None => {
                            found.push((file.path, file.name.clone(), pattern));
                            found.len() - 1
                        }
                    };
                    let role = Role::Content(index, number);
                    owners.insert(file.identity, Owner { role, name: file.name.clone(), span: pattern.span });
                    of_set.push((file.name, number));
                }
            }
            of_set.sort();
            sets.push(of_set.into_iter().map(|(_, number)| number).collect::<Vec<_>>());
        }
        for (_, diagnostic, count) in shared {
            self.diagnostics.push(if count > 1 {
                diagnostic.note(format!("both patterns match {count} files"))
            } else {
                diagnostic
            });
        }
        (found, sets)
    }

    /// The files that a pattern matches; nothing but a diagnostic if there are none.
    fn matches(&mut self, pattern: &Located) -> Vec<pattern::File> {
        let matched = match pattern::find(self.directory, &pattern.text) {
            Ok(matched) => matched,
            Err(words) => {
                self.diagnostics.push(
                    Diagnostic::new(&code::MANIFEST, format!("`{}` is not a pattern", pattern.text))
                        .label(pattern.span, words)
                        .help("`*` stands for any part of a name, `**` for any directories, `[ab]` for one of some characters"),
                );
                return Vec::new();
            }
        };
        self.watched.push(join(self.directory, &pattern::base(&pattern.text)));
        if matched.files.is_empty() && matched.errors.is_empty() && matched.circles.is_empty() {
            self.diagnostics.push(pattern::no_match(self.directory, pattern, &matched));
            return Vec::new();
        }
        for (path, error) in &matched.errors {
            let words = format!("cannot be read: {}", io_words(error));
            self.unusable(path, &words, pattern, "matches files in it", None);
        }
        for path in &matched.circles {
            let words = "is a link to a directory in which it stands";
            let help = "remove the link: the files behind it are found without it";
            self.unusable(path, words, pattern, "looks into it", Some(help));
        }
        // A pattern such as `*.json` means files, one such as `*` whatever there is.
        if pattern.text.rsplit('/').next().is_some_and(|last| last.contains('.')) {
            for path in &matched.directories {
                let words = "cannot be read: it is a directory";
                let help = "rename the directory, or write a pattern that does not match it";
                self.unusable(path, words, pattern, "matches it", Some(help));
            }
        }
        matched.files
    }

    /// Reports something that a pattern leads to, unless another pattern did so before.
    fn unusable(&mut self, path: &Path, words: &str, pattern: &Located, label: &str, help: Option<&str>) {
        if self.reported.insert(path.to_owned()) {
            self.diagnostics.push(
                Diagnostic::new(&code::UNREADABLE, format!("`{}` {words}", display(path)))
                    .label(pattern.span, label)
                    .maybe_help(help.map(str::to_owned)),
            );
        }
    }
}

/// Whether two sets can read one file: if a condition tells which it belongs to, or they take different parts of it.
fn can_share(one: &DocumentSet, other: &DocumentSet) -> bool {
    !one.condition.is_empty() || !other.condition.is_empty() || place_of(one) != place_of(other)
}

/// Whether two sets take the same values of a file for documents of the same schema.
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

/// A pattern matches a file that the manifest takes for something else.
fn claimed(name: &str, pattern: &Located, owner: &Owner) -> Diagnostic {
    let (title, label, help) = match owner.role {
        Role::Content(..) => (
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

/// Parses a file in a format, or else in the one that its name tells.
fn parse(
    (file, text, lossy): Text,
    format: Option<Format>,
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Document {
    let name = files.name(file);
    let mut document = format.unwrap_or_else(|| Format::of(name)).read(name, file, text, diagnostics);
    document.broken |= lossy;
    document
}

/// Parses content, on several threads if that pays; the order stays.
fn parse_all(
    texts: Vec<Unparsed>,
    threads: usize,
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(usize, Document)> {
    let bytes: usize = texts.iter().map(|unparsed| unparsed.text.1.len()).sum();
    if texts.len() < 2 || threads < 2 || bytes <= PARALLEL_BYTES {
        let parsed =
            texts.into_iter().map(|unparsed| (unparsed.file, parse(unparsed.text, None, files, diagnostics)));
        return parsed.collect::<Vec<_>>();
    }
    // Runs of files of about the same size together.
    let share = bytes / threads + 1;
    let mut chunks: Vec<Vec<Unparsed>> = Vec::with_capacity(threads + 1);
    let mut room = 0;
    for unparsed in texts {
        let size = unparsed.text.1.len();
        match chunks.last_mut() {
            Some(chunk) if size <= room => chunk.push(unparsed),
            _ => {
                room = share.max(size);
                chunks.push(vec![unparsed]);
            }
        }
        room -= size;
    }
    thread::scope(|scope| {
        let workers: Vec<_> = chunks
            .into_iter()
            .map(|chunk| {
                scope.spawn(move || {
                    let mut diagnostics = Vec::new();
                    let documents: Vec<_> = chunk
                        .into_iter()
                        .map(|unparsed| (unparsed.file, parse(unparsed.text, None, files, &mut diagnostics)))
                        .collect();
                    (documents, diagnostics)
                })
            })
            .collect::<Vec<_>>();
        let mut documents = Vec::new();
        for worker in workers {
            match worker.join() {
                Ok((parsed, found)) => {
                    documents.extend(parsed);
                    diagnostics.extend(found);
                }
                Err(_) => {
                    diagnostics.push(Diagnostic::internal("a reader stopped in the middle of a file", None))
                }
            }
        }
        documents
    })
}
