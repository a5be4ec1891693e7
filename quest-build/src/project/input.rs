//! The files that a manifest names: found, read, and parsed.

use super::manifest::{Located, Manifest, RegistrySource};
use crate::diagnose::{Diagnostic, code, did_you_mean};
use crate::source::{self, Document, FileId, Files, Kind, Node, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// All files of one run.
#[derive(Debug, Default)]
pub(crate) struct Input {
    /// One per document set; `None` where the file can not be read.
    pub(crate) schemas: Vec<Option<Document>>,
    /// Content, sorted by set and file name.
    pub(crate) documents: Vec<Document>,
    /// The document set of each document.
    pub(crate) roots: Vec<usize>,
    /// Registry files by kind.
    pub(crate) registries: Vec<(String, Document)>,
    /// Every path on which the outcome depends: files, whether they are there or not, and the directories of patterns.
    pub(crate) watched: Vec<PathBuf>,
}

/// Below this many bytes of content, starting threads takes longer than they save.
const PARALLEL_BYTES: usize = 1 << 20;

/// Mistakes of one sort that one file may show.
const MOST: usize = 5;

/// How patterns match: a `*` neither crosses directories nor finds hidden files.
const MATCHING: glob::MatchOptions = glob::MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// Finds, reads and parses what the manifest names; what can not be goes into `findings`.
pub(crate) fn input(manifest: &Manifest, files: &mut Files, findings: &mut Vec<Diagnostic>) -> Input {
    let mut reader = Reader { directory: &manifest.directory, files, findings, watched: BTreeSet::new() };
    let mut input = Input::default();
    for set in &manifest.documents {
        input.schemas.push(reader.document(&set.schema));
    }
    for (kind, source) in &manifest.registries {
        if let RegistrySource::File(file) = source {
            input.registries.extend(reader.document(file).map(|document| (kind.clone(), document)));
        }
    }

    let mut texts = Vec::new();
    for (set, found) in reader.content(manifest).into_iter().enumerate() {
        for (name, (path, pattern)) in found {
            texts.extend(reader.text(&path, name, &pattern).map(|text| Unparsed { set, text }));
        }
    }
    input.watched = reader.watched.into_iter().collect();
    for (set, document) in parse_all(texts, findings) {
        input.roots.push(set);
        input.documents.push(document);
    }
    input
}

/// A text that is in [`Files`], and whether bytes of it had to be replaced.
type Text = (FileId, Arc<String>, bool);

struct Unparsed {
    set: usize,
    text: Text,
}

/// File names as messages show them, each with its path and the pattern that found it.
type Found = BTreeMap<String, (PathBuf, Located)>;

struct Reader<'r> {
    directory: &'r Path,
    files: &'r mut Files,
    findings: &'r mut Vec<Diagnostic>,
    watched: BTreeSet<PathBuf>,
}

impl Reader<'_> {
    /// A path of the manifest, to open it.
    fn path(&self, relative: &str) -> PathBuf {
        if relative.is_empty() {
            self.directory.to_owned()
        } else if self.directory == Path::new(".") {
            PathBuf::from(relative)
        } else {
            self.directory.join(relative)
        }
    }

    /// Reads and parses a file that the manifest names.
    fn document(&mut self, named: &Located) -> Option<Document> {
        let path = self.path(&named.text);
        let text = self.text(&path, display(&path), named)?;
        Some(parse(text, self.findings))
    }

    /// Reads a file; `named` is the entry of the manifest for it.
    fn text(&mut self, path: &Path, name: String, named: &Located) -> Option<Text> {
        self.watched.insert(path.to_owned());
        match read_bytes(path) {
            Ok(bytes) => add_text(name, bytes, self.files, self.findings),
            Err(error) => {
                let mut finding =
                    Diagnostic::new(&code::UNREADABLE, format!("`{name}` can not be read: {}", error.words))
                        .label(named.span, "named here");
                if error.kind == Some(io::ErrorKind::NotFound) {
                    finding = finding.maybe_help(near_path(self.directory, &named.text));
                }
                self.findings.push(finding);
                None
            }
        }
    }

    /// The content files of each document set.
    fn content(&mut self, manifest: &Manifest) -> Vec<Found> {
        let mut sets: Vec<Found> = Vec::with_capacity(manifest.documents.len());
        // Files that two patterns of different sets match: the first of them, and how many.
        let mut shared: BTreeMap<(Span, Span), (String, usize)> = BTreeMap::new();
        for set in &manifest.documents {
            let mut found = Found::new();
            for pattern in &set.content {
                for (name, path) in self.matches(pattern) {
                    match sets.iter().find_map(|earlier| earlier.get(&name)) {
                        Some((_, first)) => {
                            shared.entry((first.span, pattern.span)).or_insert((name, 0)).1 += 1;
                        }
                        None => {
                            found.entry(name).or_insert_with(|| (path, pattern.clone()));
                        }
                    }
                }
            }
            sets.push(found);
        }
        for ((first, second), (name, count)) in shared {
            let mut finding =
                Diagnostic::new(&code::MANIFEST, format!("`{name}` belongs to two document sets"))
                    .label(second, "matched here")
                    .label(first, "and here")
                    .help("change one of the patterns: a file follows one schema");
            if count > 1 {
                finding = finding.note(format!("both patterns match {count} files"));
            }
            self.findings.push(finding);
        }
        sets
    }

    /// The files that a pattern matches, with their names; nothing but a finding if there are none.
    fn matches(&mut self, pattern: &Located) -> Vec<(String, PathBuf)> {
        if let Err(error) = glob::Pattern::new(&pattern.text) {
            self.findings.push(
                Diagnostic::new(&code::MANIFEST, format!("`{}` is not a pattern", pattern.text))
                    .label(pattern.span, pattern_words(error.msg))
                    .help("`*` stands for any part of a name, `**` for any directories, `[ab]` for one of some characters"),
            );
            return Vec::new();
        }
        let base = base(&pattern.text);
        let path = self.path(&base);
        self.watched.insert(path);

        let before = self.findings.len();
        let globbed = self.glob(&pattern.text);
        for error in globbed.errors {
            let title = format!("`{}` can not be read: {}", display(error.path()), io_words(error.error()));
            self.findings
                .push(Diagnostic::new(&code::UNREADABLE, title).label(pattern.span, "matches files in it"));
        }
        if globbed.files.is_empty() && self.findings.len() == before {
            let finding = self.no_match(pattern, &base, globbed.directories, globbed.skipped);
            self.findings.push(finding);
        }
        globbed.files
    }

    fn glob(&self, pattern: &str) -> Globbed {
        let mut out = Globbed::default();
        let full = if self.directory == Path::new(".") || Path::new(pattern).is_absolute() {
            pattern.to_owned()
        } else {
            let directory = glob::Pattern::escape(&self.directory.to_string_lossy());
            format!("{}/{pattern}", directory.trim_end_matches(['/', MAIN_SEPARATOR]))
        };
        // The pattern was checked, and the directory is escaped.
        let Ok(paths) = glob::glob_with(&full, MATCHING) else { return out };
        let wild = pattern.rsplit('/').next().is_some_and(is_wild);
        for path in paths {
            match path {
                Ok(path) => match fs::metadata(&path) {
                    Ok(meta) if meta.is_dir() => out.directories = true,
                    Ok(meta) if !meta.is_file() => {}
                    // What is named without wild cards is meant, whatever its name.
                    _ if wild && is_passing(&path) => out.skipped = true,
                    // A link that leads nowhere is reported when it is read.
                    _ => out.files.push((display(&path), path)),
                },
                Err(error) => out.errors.push(error),
            }
        }
        out.files.sort();
        out
    }

    /// Says why a pattern matches nothing.
    fn no_match(&self, pattern: &Located, base: &str, directories: bool, skipped: bool) -> Diagnostic {
        let text = &pattern.text;
        let literal = !is_wild(text);
        let directory = if literal { parent(text) } else { base.to_owned() };
        // The outermost directory that is not there.
        let mut missing = None;
        let mut at = String::new();
        for part in directory.split('/') {
            at.push_str(part);
            if !part.is_empty() && !self.path(&at).is_dir() {
                missing = Some(at);
                break;
            }
            at.push('/');
        }
        if let Some(missing) = missing {
            let path = self.path(&missing);
            let title = format!("there is no directory `{}`", display(&path));
            let mut finding = Diagnostic::new(&code::NO_MATCH, title).label(pattern.span, "matches nothing");
            if path.exists() {
                finding = finding.note(format!("`{}` is a file", display(&path)));
            }
            return finding.maybe_help(near_path(self.directory, &missing));
        }
        if literal && !directories {
            return Diagnostic::new(
                &code::NO_MATCH,
                format!("there is no file `{}`", display(&self.path(text))),
            )
            .label(pattern.span, "matches nothing")
            .maybe_help(near_path(self.directory, text));
        }
        let mut finding = Diagnostic::new(&code::NO_MATCH, format!("no file matches `{text}`"))
            .label(pattern.span, "matches nothing");
        if skipped {
            finding = finding.note("hidden files, backups of editors and temporary files are left out");
        }
        let (head, last) = text.rsplit_once('/').map_or(("", text.as_str()), |(head, last)| (head, last));
        let deeper = if head.is_empty() && !text.starts_with('/') {
            format!("**/{last}")
        } else {
            format!("{head}/**/{last}")
        };
        let inside = format!("{}/**/*.json", text.trim_end_matches('/'));
        if directories {
            finding = finding.note("only directories match");
            if !text.ends_with("**") && !self.glob(&inside).files.is_empty() {
                return finding.help(format!("write `{inside}` for the files in them"));
            }
        }
        if text.ends_with("**") {
            finding = finding
                .help(format!("`**` stands for directories: write `{text}/*.json` for the files in them"));
        } else if !text.contains("**") && !self.glob(&deeper).files.is_empty() {
            finding = finding
                .help(format!("`*` does not look into directories: `{deeper}` does, and matches files"));
        }
        finding
    }
}

/// What a pattern matches.
#[derive(Default)]
struct Globbed {
    files: Vec<(String, PathBuf)>,
    directories: bool,
    skipped: bool,
    errors: Vec<glob::GlobError>,
}

fn is_wild(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// The directory up to the first wild card of a pattern; of a pattern without any, the pattern.
fn base(pattern: &str) -> String {
    match pattern.find(['*', '?', '[']) {
        Some(wild) => pattern.get(..wild).map(parent).unwrap_or_default(),
        None => pattern.to_owned(),
    }
}

/// What stands before the last `/`.
fn parent(path: &str) -> String {
    match path.rsplit_once('/') {
        Some(("", _)) => "/".to_owned(),
        Some((parent, _)) => parent.to_owned(),
        None => String::new(),
    }
}

/// Whether a file is hidden, or a copy that an editor leaves behind.
fn is_passing(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.starts_with('.') || [".swp", ".bak", ".tmp", "~"].iter().any(|end| name.ends_with(end))
}

/// Near names in the directory in which something named by the manifest should be.
fn near_path(directory: &Path, named: &str) -> Option<String> {
    let parent = parent(named);
    let names: Vec<String> = fs::read_dir(directory.join(&parent))
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    // The name alone decides: a long path before it would make everything near.
    let name = named.rsplit('/').next().unwrap_or_default();
    let help = did_you_mean(name, names.iter().map(String::as_str))?;
    Some(if parent.is_empty() { help } else { format!("in `{parent}`, {help}") })
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

/// A path with `/`.
pub(super) fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(MAIN_SEPARATOR, "/") }
}

/// A path as messages name it: without `.` and without `..` that take back a name.
fn display(path: &Path) -> String {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => match out.components().next_back() {
                Some(Component::Normal(_)) => {
                    out.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => out.push(part),
            },
            _ => out.push(part),
        }
    }
    if out.as_os_str().is_empty() { ".".to_owned() } else { slashes(&out) }
}

/// Why a file can not be read.
pub(super) struct Unread {
    /// `None` if it is not the system that refuses.
    pub(super) kind: Option<io::ErrorKind>,
    pub(super) words: String,
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self { kind: Some(error.kind()), words: io_words(&error) }
    }
}

fn io_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is not a directory".to_owned(),
        io::ErrorKind::InvalidFilename => "the name is not valid".to_owned(),
        _ => error.to_string(),
    }
}

/// The bytes of a file that is not too large.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Unread> {
    let file = fs::File::open(path)?;
    let meta = file.metadata()?;
    if meta.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
    }
    let most = Files::MAX_BYTES as u64;
    let mut bytes = Vec::new();
    if meta.len() <= most {
        bytes.reserve_exact(meta.len() as usize + 1);
        // One more than is allowed, since some files do not tell their size.
        file.take(most + 1).read_to_end(&mut bytes)?;
    }
    if meta.len() > most || bytes.len() as u64 > most {
        let words = format!("it is larger than {} MB", most / 1_000_000);
        return Err(Unread { kind: None, words });
    }
    Ok(bytes)
}

/// Adds a text to the files; bytes that are not UTF-8 are reported and replaced. `None` if it is in another encoding.
pub(super) fn add_text(
    name: String,
    bytes: Vec<u8>,
    files: &mut Files,
    findings: &mut Vec<Diagnostic>,
) -> Option<Text> {
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'{' | b'[', 0, ..] | [0, b'{' | b'[', ..] =
        bytes.as_slice()
    {
        findings.push(
            Diagnostic::new(&code::ENCODING, "this file is UTF-16").about(name).help("save it as UTF-8"),
        );
        return None;
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            let text = Arc::new(text);
            return Some((files.add(name, Arc::clone(&text)), text, false));
        }
        Err(error) => error.into_bytes(),
    };
    // Every bad sequence becomes one U+FFFD, as in `String::from_utf8_lossy`.
    let mut text = String::with_capacity(bytes.len());
    let mut bad = Vec::new();
    let mut count = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        if count < MOST {
            let values: Vec<String> = chunk.invalid().iter().map(|byte| format!("0x{byte:02X}")).collect();
            let noun = if values.len() == 1 { "byte" } else { "bytes" };
            bad.push((text.len(), format!("{noun} {}", values.join(" "))));
        }
        count += 1;
        text.push('\u{fffd}');
    }
    if text.len() > Files::MAX_BYTES {
        let title = format!("`{name}` can not be read: nearly nothing in it is UTF-8");
        findings.push(Diagnostic::new(&code::ENCODING, title).about(name).help("save the file as UTF-8"));
        return None;
    }
    let text = Arc::new(text);
    let file = files.add(name, Arc::clone(&text));
    let shown = bad.len();
    for (index, (at, what)) in bad.into_iter().enumerate() {
        let span = Span::new(file, at, at + '\u{fffd}'.len_utf8());
        let mut finding = Diagnostic::new(&code::ENCODING, format!("not UTF-8: {what}"))
            .label(span, "no character in UTF-8")
            .help("save the file as UTF-8");
        if index + 1 == shown && count > shown {
            finding = finding.note(format!("{} more places in this file are not UTF-8", count - shown));
        }
        findings.push(finding);
    }
    Some((file, text, true))
}

fn parse((file, text, lossy): Text, findings: &mut Vec<Diagnostic>) -> Document {
    let mut document = source::parse(file, text, findings);
    document.broken |= lossy;
    document
}

/// Parses content, on several threads if that pays; the order stays.
fn parse_all(texts: Vec<Unparsed>, findings: &mut Vec<Diagnostic>) -> Vec<(usize, Document)> {
    let bytes: usize = texts.iter().map(|unparsed| unparsed.text.1.len()).sum();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    if texts.len() < 2 || threads < 2 || bytes <= PARALLEL_BYTES {
        return texts.into_iter().map(|unparsed| (unparsed.set, parse(unparsed.text, findings))).collect();
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
                    let mut findings = Vec::new();
                    let documents: Vec<_> = chunk
                        .into_iter()
                        .map(|unparsed| (unparsed.set, parse(unparsed.text, &mut findings)))
                        .collect();
                    (documents, findings)
                })
            })
            .collect();
        let mut documents = Vec::new();
        for worker in workers {
            match worker.join() {
                Ok((parsed, found)) => {
                    documents.extend(parsed);
                    findings.extend(found);
                }
                Err(_) => findings
                    .push(Diagnostic::internal("the JSON reader stopped in the middle of a file", None)),
            }
        }
        documents
    })
}

const FORMS: &str = "a registry is a list of ids (`[\"hero\", \"villain\"]`), a list of objects with an `id` \
     (`[{ \"id\": \"hero\" }]`), or an object whose property names are the ids (`{ \"hero\": { } }`)";

/// The ids in a registry file.
pub(crate) fn registry_ids<'a>(document: &'a Document, findings: &mut Vec<Diagnostic>) -> Vec<Node<'a>> {
    let Some(root) = document.root() else { return Vec::new() };
    match root.kind() {
        Kind::Object => {
            return root.properties().map(|(name, _)| name).filter(|name| name.is_text()).collect();
        }
        Kind::Array => {}
        Kind::Invalid => return Vec::new(),
        _ => {
            findings.push(
                Diagnostic::new(&code::WRONG_TYPE, "this is not a registry")
                    .label(root.label(), "neither a list nor an object")
                    .help(FORMS),
            );
            return Vec::new();
        }
    }
    let mut ids = Vec::new();
    let mut wrong = Vec::new();
    for element in root.elements() {
        let (node, label) = match element.kind() {
            Kind::Invalid => continue,
            Kind::Object => match element.get("id") {
                Some(id) => (id, "the `id` is not a string"),
                None => (element, "this object has no `id`"),
            },
            _ => (element, "neither a string nor an object with an `id`"),
        };
        if node.is_text() {
            ids.push(node);
        } else if node.kind() != Kind::Invalid {
            wrong.push((node.label(), label));
        }
    }
    let count = wrong.len();
    for (index, (span, label)) in wrong.into_iter().take(MOST).enumerate() {
        let mut finding = Diagnostic::new(&code::WRONG_TYPE, "an entry of a registry without an id")
            .label(span, label)
            .help(FORMS);
        if index + 1 == MOST && count > MOST {
            finding = finding.note(format!("{} more entries of this file have no id", count - MOST));
        }
        findings.push(finding);
    }
    ids
}
