//! Content files, and which of them are documents of one sort.

use crate::words::singular;
use glob::{MatchOptions, Pattern};
use quest_compiler::source::{Document, Format, Node, NodeKind};
use quest_compiler::text::Files;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A content file.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path from the folder of the manifest, with `/` between names.
    pub(crate) name: String,
    pub(crate) document: Document,
}

/// Documents of one sort: a section of the manifest.
#[derive(Debug)]
pub(crate) struct Set {
    /// The singular of what the documents are, which names their schema.
    pub(crate) name: String,
    pub(crate) patterns: Vec<String>,
    /// Each file is a list of documents.
    pub(crate) is_list: bool,
    /// Each file names its schema.
    pub(crate) names_schema: bool,
    /// Positions among the sources.
    pub(crate) sources: Vec<usize>,
}

impl Set {
    /// The documents of the set.
    pub(crate) fn documents<'s>(&self, sources: &'s [Source]) -> Vec<Node<'s>> {
        let roots = self.sources.iter().filter_map(|at| sources[*at].document.root());
        if self.is_list { roots.flat_map(|root| root.elements()).collect() } else { roots.collect() }
    }
}

const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// Endings of content files.
const ENDINGS: [&str; 6] = ["json", "jsonc", "yaml", "yml", "toml", "ron"];
/// Folders that hold no content.
const SKIPPED: [&str; 4] = ["target", "node_modules", "schemas", "schema"];

/// Finds the files that arguments mean: files, folders and patterns, relative to `folder`.
///
/// # Errors
///
/// An argument is no pattern, or means nothing, or a folder cannot be read.
pub(crate) fn find(folder: &Path, arguments: &[String]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let everything = [".".to_owned()];
    for argument in if arguments.is_empty() { &everything } else { arguments } {
        let before = found.len();
        let path = folder.join(argument);
        if path.is_dir() {
            walk(&path, &mut found)?;
        } else if path.is_file() {
            found.push(path);
        } else {
            let pattern = path.to_string_lossy();
            let matched = glob::glob_with(&pattern, OPTIONS)
                .map_err(|error| io::Error::other(format!("`{argument}`: {}", error.msg)))?;
            found.extend(matched.flatten().filter(|path| path.is_file()));
        }
        if found.len() == before {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                format!("`{argument}` means no content file"),
            ));
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                walk(&path, found)?;
            }
        } else if is_content(&name) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_content(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let own = ["quest.toml", "quest.lock", "Cargo.toml", "package.json", "package-lock.json"];
    ENDINGS.contains(&ending.as_str())
        && !own.contains(&name)
        && !name.contains(".schema.")
        && !name.contains(".overlay.")
}

/// Reads files; those that are broken, or are schemas, are left out.
///
/// # Errors
///
/// A file cannot be read.
pub(crate) fn read(folder: &Path, paths: Vec<PathBuf>, files: &mut Files) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in paths {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let name = name.strip_prefix("./").unwrap_or(&name).to_owned();
        let Ok(text) = String::from_utf8(fs::read(&path)?) else { continue };
        let text = Arc::new(text);
        let file = files.add(name.clone(), Arc::clone(&text));
        let document = Format::of(&name).read(&name, file, text, &mut Vec::new());
        if !document.broken && !is_schema(&document) {
            sources.push(Source { name, document });
        }
    }
    Ok(sources)
}

fn is_schema(document: &Document) -> bool {
    let dialect = document.root().and_then(|root| root.get("$schema")).and_then(Node::text);
    dialect.is_some_and(|dialect| dialect.contains("json-schema.org/"))
}

/// The names of all files in a folder, content or not: patterns must not match the others.
pub(crate) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(at) = todo.pop() {
        for entry in fs::read_dir(at)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') || ["target", "node_modules"].contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                todo.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                names.push(name);
            }
        }
    }
    Ok(names)
}

/// Sorts files into sets. `names` are those of all files, content or not.
pub(crate) fn sets(folder: &Path, sources: &[Source], names: &[String]) -> Vec<Set> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let shape = Shape::of(folder, source);
        match clusters.iter_mut().find(|cluster| cluster.fits(&shape, source)) {
            Some(cluster) => cluster.add(at, &shape),
            None => clusters.push(Cluster {
                directory: directory(&source.name).to_owned(),
                stem: stem(&source.name).to_owned(),
                shape,
                sources: vec![at],
            }),
        }
    }
    let mut taken = HashSet::new();
    clusters.into_iter().map(|cluster| cluster.into_set(sources, names, &mut taken)).collect()
}

/// What a file looks like from outside.
#[derive(Debug)]
struct Shape {
    kind: NodeKind,
    names_schema: bool,
    /// The names of the properties, of an object or of the elements of a list.
    names: HashSet<String>,
    /// What the document says of its own sort.
    sort: Option<String>,
}

impl Shape {
    fn of(folder: &Path, source: &Source) -> Self {
        let root = source.document.root();
        let kind = root.map_or(NodeKind::Null, Node::kind);
        let objects: Vec<Node<'_>> = match root {
            Some(root) if kind == NodeKind::Array => root.elements().take(64).collect(),
            root => root.into_iter().collect(),
        };
        let names = objects.iter().flat_map(|object| object.properties()).filter_map(|(key, _)| key.text());
        let path = root.and_then(|root| root.get("$schema")).and_then(Node::text);
        let names_schema = path.is_some_and(|path| {
            !path.contains("://") && folder.join(directory(&source.name)).join(&*path).is_file()
        });
        let sort = |name: &str| root.and_then(|root| root.get(name)).and_then(Node::text);
        let sort = sort("kind").or_else(|| sort("type")).map(std::borrow::Cow::into_owned);
        Self { kind, names_schema, names: names.map(std::borrow::Cow::into_owned).collect(), sort }
    }

    /// How many of all names both have, from 0 to 1.
    fn likeness(&self, other: &Shape) -> f64 {
        let both = self.names.intersection(&other.names).count();
        both as f64 / (self.names.len() + other.names.len() - both).max(1) as f64
    }
}

/// Files that are alike.
struct Cluster {
    directory: String,
    /// The name of the first file, without its ending.
    stem: String,
    shape: Shape,
    sources: Vec<usize>,
}

impl Cluster {
    fn fits(&self, shape: &Shape, source: &Source) -> bool {
        if self.shape.kind != shape.kind || self.shape.names_schema != shape.names_schema {
            return false;
        }
        if shape.names_schema {
            return true;
        }
        // A file that is a list usually has all objects of its sort, so only lists of one name belong together.
        if shape.kind == NodeKind::Array && self.stem != stem(&source.name) {
            return false;
        }
        let likeness = self.shape.likeness(shape);
        let is_near = self.directory == directory(&source.name)
            || parent(&self.directory) == parent(directory(&source.name));
        let same_sort = self.shape.sort == shape.sort;
        likeness >= if is_near && same_sort { 0.4 } else { 0.7 }
    }

    fn add(&mut self, at: usize, shape: &Shape) {
        self.sources.push(at);
        self.shape.names.extend(shape.names.iter().cloned());
    }

    fn into_set(self, all: &[Source], names: &[String], taken: &mut HashSet<String>) -> Set {
        let folder = self.directory.rsplit('/').next().unwrap_or_default();
        let of_one_name = self.sources.iter().all(|at| stem(&all[*at].name) == self.stem);
        let plain = if of_one_name || folder.is_empty() { self.stem.as_str() } else { folder };
        let plain: String = singular(&plain.to_lowercase()).replace([' ', '_'], "-");
        let mut name = if plain.is_empty() { "content".to_owned() } else { plain.clone() };
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{plain}-{number}");
            number += 1;
        }
        let is_list = self.shape.kind == NodeKind::Array && !self.shape.names.is_empty();
        Set {
            name,
            patterns: patterns(&self.sources, all, names),
            is_list,
            names_schema: self.shape.names_schema,
            sources: self.sources,
        }
    }
}

/// Patterns that match these files and no others.
fn patterns(sources: &[usize], all: &[Source], names: &[String]) -> Vec<String> {
    let wanted: HashSet<&str> = sources.iter().map(|at| all[*at].name.as_str()).collect();
    // What a manifest and schemas will be called counts too.
    let others = ["quest.toml".to_owned(), "schemas/some.schema.json".to_owned()];
    let everything = || all.iter().map(|source| &source.name).chain(names).chain(&others).map(String::as_str);
    let matched = |pattern: &str| -> HashSet<String> {
        let Ok(pattern) = Pattern::new(pattern) else { return HashSet::new() };
        everything().filter(|name| pattern.matches_with(name, OPTIONS)).map(str::to_owned).collect()
    };
    if sources.len() == 1 {
        return wanted.into_iter().map(Pattern::escape).collect();
    }
    let mut patterns = BTreeMap::new();
    let mut left = wanted.clone();
    while let Some(name) = left.iter().min().copied() {
        // The pattern that matches most; of equals the narrowest, which comes first.
        let fitting = candidates(name).into_iter().map(|pattern| (matched(&pattern), pattern));
        let fitting = fitting.filter(|(files, _)| files.iter().all(|file| wanted.contains(file.as_str())));
        let best = fitting.reduce(|best, next| if next.0.len() > best.0.len() { next } else { best });
        let (files, pattern) =
            best.unwrap_or_else(|| (HashSet::from([name.to_owned()]), Pattern::escape(name)));
        left.retain(|name| !files.contains(*name));
        left.remove(name);
        patterns.insert(pattern, ());
    }
    patterns.into_keys().collect()
}

/// Patterns that match a file, the narrowest first.
fn candidates(name: &str) -> Vec<String> {
    let folder = directory(name);
    let file = name.rsplit('/').next().unwrap_or(name);
    let ending = file.rsplit('.').next().unwrap_or_default();
    let in_folder = |folder: &str, rest: &str| {
        if folder.is_empty() { rest.to_owned() } else { format!("{}/{rest}", Pattern::escape(folder)) }
    };
    let mut found = vec![Pattern::escape(name), in_folder(folder, &format!("*.{ending}"))];
    let mut outer = folder;
    while !outer.is_empty() {
        found.push(in_folder(outer, &format!("**/*.{ending}")));
        outer = parent(outer);
        found.push(in_folder(outer, &format!("*/{}", Pattern::escape(file))));
        found.push(in_folder(outer, &format!("**/{}", Pattern::escape(file))));
    }
    found
}

fn directory(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split('.').next().unwrap_or(file)
}

fn parent(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, text: &str) -> Source {
        let mut files = Files::default();
        let text = Arc::new(text.to_owned());
        let file = files.add(name.to_owned(), Arc::clone(&text));
        Source { name: name.to_owned(), document: Format::of(name).read(name, file, text, &mut Vec::new()) }
    }

    #[test]
    fn files_that_are_alike_are_one_set() {
        let sources = [
            source("content/items.json", r#"[{ "id": "a" }]"#),
            source("content/quests/one.json", r#"{ "id": "one", "stages": [] }"#),
            source("content/quests/two.json", r#"{ "id": "two", "stages": [], "level": 1 }"#),
        ];
        let sets = sets(Path::new("."), &sources, &["content/quests/notes.txt".to_owned()]);
        let shown: Vec<_> =
            sets.iter().map(|set| (set.name.as_str(), set.patterns.as_slice(), set.is_list)).collect();
        assert_eq!(
            shown,
            [
                ("item", ["content/items.json".to_owned()].as_slice(), true),
                ("quest", ["content/quests/*.json".to_owned()].as_slice(), false),
            ]
        );
    }
}
