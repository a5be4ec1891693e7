//! The patterns of a manifest: which files they match, and why they match none.

use super::located::Located;
use super::path::{display, identity, is_wild, join, missing_directory, names, near_path, parent};
use crate::diagnostics::{Diagnostic, code, list};
use crate::text::Unsaved;
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

/// A `*` does not find hidden files. Patterns are matched one name at a time, so it does not cross directories either.
const MATCHING: glob::MatchOptions = glob::MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// What a pattern matches.
#[derive(Default)]
pub(super) struct Matched {
    /// Each file once, sorted by name.
    pub(super) files: Vec<File>,
    /// Directories whose name matches.
    pub(super) directories: Vec<PathBuf>,
    /// Whether hidden files or backups match.
    pub(super) skipped: bool,
    /// Links to a directory that contains them.
    pub(super) circles: Vec<PathBuf>,
    /// Directories that cannot be listed.
    pub(super) errors: Vec<(PathBuf, io::Error)>,
    /// Directories of build output, which a wild card does not enter.
    pub(super) caches: Vec<PathBuf>,
    /// There are too many directories to look into all of them.
    pub(super) is_endless: bool,
}

/// A pattern that leads to more directories is a mistake, such as one that begins at the root of a disk.
const MOST_DIRECTORIES: usize = 20_000;

/// A file that matches.
pub(super) struct File {
    /// As messages name it.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// The path without links: the same for all names of a file.
    pub(super) identity: OsString,
    link: bool,
}

/// A pattern that is validated against the names of files, not looked up.
#[derive(Debug)]
pub struct Names {
    pattern: glob::Pattern,
    /// The only name that matches, if the pattern has no wild cards.
    only: Option<String>,
}

impl Names {
    /// The error says in plain words why it is not a pattern.
    pub(super) fn new(directory: &Path, pattern: &str) -> Result<Self, String> {
        let plain = directory.to_path_buf();
        if let Some(words) = foreign(pattern) {
            return Err(words);
        }
        // A folder can have signs in its name that mean something in a pattern.
        let directory = PathBuf::from(glob::Pattern::escape(&directory.to_string_lossy()));
        let only = (!is_wild(pattern)).then(|| display(&join(&plain, pattern)));
        let pattern = glob::Pattern::new(&display(&join(&directory, pattern)));
        pattern.map(|pattern| Self { pattern, only }).map_err(|error| pattern_words(error.msg))
    }

    /// The only name that matches, as messages say it; `None` if there can be several.
    pub fn only(&self) -> Option<&str> {
        self.only.as_deref()
    }

    /// Whether a file has such a name, as messages say it.
    pub fn matches(&self, name: &str) -> bool {
        self.pattern.matches_with(name, MATCHING)
    }
}

/// One name of a pattern after the first wild card.
enum Part {
    /// `**`: any directories.
    Any,
    Literal(String),
    Wild(glob::Pattern),
}

/// The directory up to the first wild card of a pattern; of a pattern without any, the pattern.
pub(super) fn base(pattern: &str) -> String {
    match pattern.find(['*', '?', '[']) {
        Some(wild) => pattern.get(..wild).map(parent).unwrap_or_default(),
        None => pattern.to_owned(),
    }
}

/// Finds what a pattern matches; the error says in plain words why it is not a pattern.
/// Files that have another name than on disk are found by that.
pub(super) fn find(directory: &Path, pattern: &str, unsaved: &Unsaved) -> Result<Matched, String> {
    glob::Pattern::new(pattern).map_err(|error| pattern_words(error.msg))?;
    if let Some(words) = foreign(pattern) {
        return Err(words);
    }
    let base = base(pattern);
    let rest = pattern.get(base.len()..).unwrap_or_default();
    let mut parts = Vec::new();
    for part in rest.split(std::path::is_separator).filter(|part| !part.is_empty()) {
        parts.push(match part {
            "**" if matches!(parts.last(), Some(Part::Any)) => continue,
            "**" => Part::Any,
            _ if is_wild(part) => {
                Part::Wild(glob::Pattern::new(part).map_err(|error| pattern_words(error.msg))?)
            }
            _ => Part::Literal(part.to_owned()),
        });
    }
    let mut walk = Walk {
        parts: &parts,
        // A name without wild cards is deliberate, whatever it is.
        wild: matches!(parts.last(), Some(Part::Wild(_))),
        directories_only: pattern.ends_with(std::path::is_separator),
        real: Vec::new(),
        links: Vec::new(),
        seen: HashSet::new(),
        files: HashMap::new(),
        parents: HashMap::new(),
        matched: Matched::default(),
    };
    walk.take(join(directory, &base), 0);
    walk.run();
    let mut matched = walk.matched;
    matched.files = walk.files.into_values().collect::<Vec<_>>();
    apply_renames(&mut matched.files, directory, pattern, unsaved);
    matched.files.sort_by(|a, b| (&a.name, &a.identity).cmp(&(&b.name, &b.identity)));
    matched.directories.sort();
    matched.circles.sort();
    matched.circles.dedup();
    Ok(matched)
}

/// Takes out the files that have another name than on disk, and adds those whose new name matches.
fn apply_renames(files: &mut Vec<File>, directory: &Path, pattern: &str, unsaved: &Unsaved) {
    let mut renamed = unsaved.new_names().peekable();
    if renamed.peek().is_none() {
        return;
    }
    files.retain(|file| !unsaved.is_moved(&file.identity));
    let Ok(names) = Names::new(directory, pattern) else { return };
    let new = renamed.map(|path| (display(path), path)).filter(|(name, _)| names.matches(name));
    files.extend(new.map(|(name, path)| File {
        name,
        path: path.to_owned(),
        identity: identity(path),
        link: false,
    }));
}

/// A walk through the directories that a pattern can match. Each directory is entered once for each part of the pattern,
/// by whatever name it is found: so links that lead in a circle come to an end.
struct Walk<'p> {
    parts: &'p [Part],
    /// Whether the last part has a wild card.
    wild: bool,
    /// Whether the pattern ends in `/`.
    directories_only: bool,
    /// Directories to enter, with the part that names in them have to match.
    real: Vec<(PathBuf, usize)>,
    /// Files that are reached by links. They come last, so that a file is known by its own name.
    links: Vec<(PathBuf, usize)>,
    seen: HashSet<(PathBuf, usize)>,
    files: HashMap<OsString, File>,
    /// Directories without links in their paths, by those that were found.
    parents: HashMap<OsString, PathBuf>,
    matched: Matched,
}

impl Walk<'_> {
    fn run(&mut self) {
        while let Some((path, at)) = self.real.pop().or_else(|| self.links.pop()) {
            let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            if !self.seen.insert((real.clone(), at)) {
                continue;
            }
            if self.seen.len() > MOST_DIRECTORIES {
                self.matched.is_endless = true;
                return;
            }
            match self.parts.get(at) {
                Some(Part::Literal(name)) => self.take(path.join(name), at + 1),
                Some(Part::Any) => {
                    self.real.push((path.clone(), at + 1));
                    if at + 1 == self.parts.len() {
                        self.matched.directories.push(path.clone());
                    }
                    self.enter(&path, &real, at);
                }
                Some(Part::Wild(_)) => self.enter(&path, &real, at),
                None => {}
            }
        }
    }

    /// Looks at the names in a directory.
    fn enter(&mut self, path: &Path, real: &Path, at: usize) {
        let entries = match fs::read_dir(path).and_then(|entries| entries.collect::<io::Result<Vec<_>>>()) {
            Ok(entries) => entries,
            // A missing directory is reported if nothing matches.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => {
                if !self.matched.errors.iter().any(|(known, _)| known == path) {
                    self.matched.errors.push((path.to_owned(), error));
                }
                return;
            }
        };
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let subpath = if path == Path::new(".") {
                PathBuf::from(entry.file_name())
            } else {
                path.join(entry.file_name())
            };
            match self.parts.get(at) {
                Some(Part::Wild(pattern)) if pattern.matches_with(&name, MATCHING) => {
                    if at + 1 < self.parts.len() && is_cache(&subpath) {
                        self.matched.caches.push(subpath);
                    } else {
                        self.take(subpath, at + 1);
                    }
                }
                Some(Part::Any) if !name.starts_with('.') => {
                    if is_cache(&subpath) {
                        self.matched.caches.push(subpath);
                        continue;
                    }
                    let link = entry.file_type().as_ref().is_ok_and(FileType::is_symlink);
                    if link && fs::canonicalize(&subpath).is_ok_and(|target| real.starts_with(target)) {
                        self.matched.circles.push(subpath);
                    } else if link && subpath.is_dir() {
                        self.links.push((subpath, at));
                    } else if entry.file_type().as_ref().is_ok_and(FileType::is_dir) {
                        self.real.push((subpath, at));
                    }
                }
                _ => {}
            }
        }
    }

    /// Takes what matches the parts before `at`: to be entered, or a result.
    fn take(&mut self, path: PathBuf, at: usize) {
        let Ok(own) = fs::symlink_metadata(&path) else { return };
        // A link that leads nowhere is reported when it is read.
        let target = if own.is_symlink() { fs::metadata(&path).ok() } else { Some(own.clone()) };
        let is_dir = target.as_ref().is_some_and(fs::Metadata::is_dir);
        if at < self.parts.len() {
            if is_dir {
                let list = if own.is_symlink() { &mut self.links } else { &mut self.real };
                list.push((path, at));
            }
        } else if is_dir {
            self.matched.directories.push(path);
        } else if target.is_none_or(|target| target.is_file()) && !self.directories_only {
            self.file(path, own.is_symlink());
        }
    }

    fn file(&mut self, path: PathBuf, link: bool) {
        if self.wild && is_passing(&path) {
            self.matched.skipped = true;
            return;
        }
        let identity = match (path.parent(), path.file_name()) {
            // To ask for each file would take longer than to find it.
            (Some(parent), Some(name)) if self.wild && !link => {
                let found = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
                let parent = self
                    .parents
                    .entry(parent.as_os_str().to_owned())
                    .or_insert_with(|| identity(found).into());
                parent.join(name).into_os_string()
            }
            _ => identity(&path),
        };
        let file = File { name: display(&path), path, identity: identity.clone(), link };
        // A file's own name comes before those of links to it.
        let known = self.files.get(&identity);
        if known.is_none_or(|known| (file.link, &file.name) < (known.link, &known.name)) {
            self.files.insert(identity, file);
        }
    }
}

/// Whether a directory holds build output that can be made again, such as cargo's `target`: it says so by a file in it
/// (bford.info/cachedir).
pub fn is_cache(path: &Path) -> bool {
    path.join("CACHEDIR.TAG").is_file()
}

/// The paths to watch for files that match: a directory, or all that is in it but the directories that a wild card does not enter.
/// Cargo looks at everything below a path.
pub(super) fn watched(directory: PathBuf, caches: &[PathBuf]) -> Vec<PathBuf> {
    let within = |path: &Path| if path == Path::new(".") { PathBuf::new() } else { path.to_owned() };
    if !caches.iter().any(|cache| cache.starts_with(within(&directory))) {
        return vec![directory];
    }
    let entries = fs::read_dir(&directory).into_iter().flatten().filter_map(Result::ok);
    let entries = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let mut paths: Vec<PathBuf> = entries.map(|entry| within(&directory).join(entry.file_name())).collect();
    paths.sort();
    paths.retain(|path| !caches.contains(path));
    paths.into_iter().flat_map(|path| watched(path, caches)).collect()
}

/// What a pattern means elsewhere, and not here.
fn foreign(pattern: &str) -> Option<String> {
    if let Some((_, class)) = pattern.split_once("[^") {
        let class = class.split(']').next().unwrap_or_default();
        return Some(format!("`[^{class}]` is written `[!{class}]`"));
    }
    let (_, inside) = pattern.split_once('{')?;
    let (inside, _) = inside.split_once('}')?;
    Some(format!("`{{{inside}}}` is not known: write one pattern for each of them"))
        .filter(|_| inside.contains(','))
}

/// Whether a file is hidden, or a backup that an editor has made.
pub(super) fn is_passing(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.starts_with('.') || [".swp", ".bak", ".tmp", "~"].iter().any(|end| name.ends_with(end))
}

fn pattern_words(message: &str) -> String {
    match message {
        message if message.contains("recursive wildcards") => {
            "`**` has to stand alone between two `/`".to_owned()
        }
        message if message.contains("wildcards are either") => "`***` means nothing".to_owned(),
        message if message.contains("range") => "a `[` without an end, or with nothing in it".to_owned(),
        message => message.to_owned(),
    }
}

/// Says why a pattern matches nothing.
pub(super) fn no_match(directory: &Path, pattern: &Located, matched: &Matched) -> Diagnostic {
    let text = &pattern.text;
    let literal = !is_wild(text);
    let expected = if literal { parent(text) } else { base(text) };
    if let Some(missing) = missing_directory(directory, &expected) {
        let path = join(directory, &missing);
        let title = format!("there is no directory `{}`", display(&path));
        let mut diagnostic = Diagnostic::new(&code::NO_MATCH, title).label(pattern.span, "matches nothing");
        if path.exists() {
            diagnostic = diagnostic.note(format!("`{}` is a file", display(&path)));
        } else if path.is_symlink() {
            diagnostic = diagnostic.note(format!("`{}` is a link that leads nowhere", display(&path)));
        }
        return diagnostic.maybe_help(near_path(directory, &missing));
    }
    let own = matched.directories.first();
    if literal && own.is_none() {
        let title = format!("there is no file `{}`", display(&join(directory, text)));
        return Diagnostic::new(&code::NO_MATCH, title)
            .label(pattern.span, "matches nothing")
            .maybe_help(near_path(directory, text));
    }
    let mut diagnostic = Diagnostic::new(&code::NO_MATCH, format!("no file matches `{text}`"))
        .label(pattern.span, "matches nothing");
    if matched.skipped {
        diagnostic = diagnostic.note("hidden files, backups of editors and temporary files are left out");
    }
    let some = |pattern: &str| {
        find(directory, pattern, &Unsaved::default()).is_ok_and(|matched| !matched.files.is_empty())
    };
    if text.ends_with("**") {
        let help = format!("`**` stands for directories: write `{text}/*.json` for the files in them");
        return diagnostic.help(help);
    }
    if let Some(own) = own {
        let own = display(own);
        diagnostic = diagnostic.note(if literal {
            format!("`{own}` is a directory")
        } else {
            format!("`{own}` matches, but it is a directory")
        });
        let inside = format!("{}/**/*.json", text.trim_end_matches('/'));
        if some(&inside) {
            let what = if literal { "it" } else { "directories that match" };
            return diagnostic.help(format!("write `{inside}` for the files in {what}"));
        }
    }
    let deeper = match text.rsplit_once('/') {
        Some((head, last)) => format!("{head}/**/{last}"),
        None => format!("**/{text}"),
    };
    if !text.contains("**") && some(&deeper) {
        return diagnostic
            .help(format!("`*` does not look into directories: `{deeper}` does, and matches files"));
    }
    if diagnostic.notes.is_empty() { diagnostic.note(contents(directory, &base(text))) } else { diagnostic }
}

/// What there is in a directory of the manifest.
fn contents(directory: &Path, base: &str) -> String {
    /// More names are a list to search.
    const MOST: usize = 3;
    let names = names(&join(directory, base));
    let place =
        if base.is_empty() { "the directory of the manifest".to_owned() } else { format!("`{base}`") };
    let (shown, rest) = names.split_at(names.len().min(MOST));
    let shown = list(shown, "and");
    match rest.len() {
        _ if names.is_empty() => format!("{place} is empty"),
        0 => format!("{place} holds {shown}"),
        more => format!("{place} holds {shown}, and {more} more"),
    }
}
