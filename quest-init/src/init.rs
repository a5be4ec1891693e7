//! `questc init`: from a folder of content to a project that can be checked.

use crate::collect::{Set, Source, find, names, read, sets};
use crate::infer::{Inference, Thresholds};
use crate::manifest::{self, schema_path, title};
use crate::overlay::{Entry, add, entries, short_names, write};
use crate::propose::{Proposals, count, propose, schema_names};
use quest_compiler::diagnostics::Level;
use quest_compiler::driver::{DriverError, Loaded, Report, Request, run, write_file};
use quest_compiler::text::Files;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What to make a project of.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The manifest, which is written if it does not exist.
    pub manifest: PathBuf,
    /// Files, folders and patterns, relative to the folder of the manifest. Empty for everything in that folder.
    pub content: Vec<String>,
    /// When a schema says more than types.
    pub thresholds: Thresholds,
}

impl Options {
    /// Options for the project of a manifest.
    #[must_use]
    pub fn new(manifest: impl Into<PathBuf>) -> Self {
        Self { manifest: manifest.into(), ..Self::default() }
    }
}

/// Why no project was made.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Content cannot be found or read.
    Content(io::Error),
    /// There is no content that can be read.
    Nothing,
    /// A file would be overwritten that `questc init` has not written.
    Exists(PathBuf),
    /// The manifest or a schema cannot be used: the diagnostics say why.
    Unusable(Box<Report>),
    /// A file cannot be written.
    Write(DriverError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(error) => write!(f, "content cannot be read: {error}"),
            Self::Nothing => f.write_str("there is no content file here that can be read"),
            Self::Exists(path) => {
                write!(f, "{} exists already, without a manifest that names it", path.display())
            }
            Self::Unusable(_) => f.write_str("the manifest or a schema cannot be used"),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Content(error) => Some(error),
            Self::Write(error) => Some(error),
            Self::Nothing | Self::Exists(_) | Self::Unusable(_) => None,
        }
    }
}

/// What was made.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The files that were written.
    pub written: Vec<PathBuf>,
    /// What was found, for people.
    pub report: String,
    /// The first check of the project.
    pub check: Report,
}

/// The name of an overlay that `questc init` writes.
const OVERLAY: &str = "quest.overlay.jsonc";

/// Reads content, and writes what questc needs to check it.
///
/// Without a manifest, files are sorted into sets, and each set whose files name no schema gets one. With a manifest, its documents and
/// schemas are used as they are. In both cases an overlay gets annotations for ids and references; what it says already stays.
///
/// # Errors
///
/// Content cannot be read, a file would be overwritten, or a schema cannot be used. Nothing is written then, except schemas that a
/// later step found to be unusable.
pub fn init(options: &Options) -> Result<Outcome, Error> {
    let folder =
        options.manifest.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if options.manifest.exists() {
        return annotate(options, folder, Vec::new(), None);
    }
    let mut files = Files::default();
    let paths = find(folder, &options.content).map_err(Error::Content)?;
    let sources = read(folder, paths, &mut files).map_err(Error::Content)?;
    let names = names(folder).map_err(Error::Content)?;
    let sets = sets(folder, &sources, &names);
    if sets.is_empty() {
        return Err(Error::Nothing);
    }
    for path in sets.iter().filter(|set| !set.names_schema).map(schema_path).chain([OVERLAY.to_owned()]) {
        if folder.join(&path).exists() {
            return Err(Error::Exists(folder.join(path)));
        }
    }
    let mut written = write_schemas(folder, &sets, &sources, options.thresholds, None)?;
    save(&folder.join(OVERLAY), "{}\n", &mut written)?;
    save(&options.manifest, &manifest::write(&sets, OVERLAY, &BTreeMap::new()), &mut written)?;
    annotate(options, folder, written, Some((&sets, &sources)))
}

/// Writes the schemas of sets whose files name none.
fn write_schemas(
    folder: &Path,
    sets: &[Set],
    sources: &[Source],
    thresholds: Thresholds,
    ids: Option<&HashMap<String, HashSet<String>>>,
) -> Result<Vec<PathBuf>, Error> {
    let mut written = Vec::new();
    let none = HashSet::new();
    for set in sets.iter().filter(|set| !set.names_schema) {
        let path = schema_path(set);
        let ids =
            ids.map(|ids| ids.iter().find(|(file, _)| file.ends_with(&path)).map_or(&none, |(_, ids)| ids));
        let inference = Inference { thresholds, ids };
        let schema = inference.document(&title(set), &set.documents(sources));
        let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        save(&folder.join(&path), &format!("{text}\n"), &mut written)?;
    }
    Ok(written)
}

fn save(path: &Path, text: &str, written: &mut Vec<PathBuf>) -> Result<(), Error> {
    write_file(path, text.as_bytes()).map_err(Error::Write)?;
    if !written.iter().any(|known| known == path) {
        written.push(path.to_owned());
    }
    Ok(())
}

/// Adds annotations to a project, and checks it.
fn annotate(
    options: &Options,
    folder: &Path,
    mut written: Vec<PathBuf>,
    made: Option<(&[Set], &[Source])>,
) -> Result<Outcome, Error> {
    let loaded = Loaded::read(&Request::check(&options.manifest), &mut |_| ());
    let found = loaded.project.as_ref().and_then(|project| {
        let names = short_names(schema_names(project, &loaded.files));
        Some((
            propose(project, &loaded.files)?,
            names,
            project.manifest.overlays.first().map(|overlay| overlay.text.clone()),
        ))
    });
    let Some((proposals, names, overlay)) = found else {
        return Err(Error::Unusable(Box::new(run(&Request::check(&options.manifest), &mut |_| ()))));
    };
    if let Some((sets, sources)) = made {
        let ids = addresses(&proposals);
        written.extend(write_schemas(folder, sets, sources, options.thresholds, Some(&ids))?);
        written.sort();
        written.dedup();
        save(&options.manifest, &manifest::write(sets, OVERLAY, &proposals.undefined), &mut written)?;
    }
    let path = folder.join(overlay.as_deref().unwrap_or(OVERLAY));
    let old = std::fs::read_to_string(&path).ok().filter(|_| made.is_none());
    if made.is_none() && overlay.is_none() {
        name_overlay(&options.manifest, &mut written)?;
    }
    let mut entries = entries(&proposals.annotations);
    let check = settle(options, &path, old.as_deref(), &mut entries, &names, &mut written)?;
    Ok(Outcome { report: report(&proposals, &entries, made.map(|(sets, _)| sets)), written, check })
}

/// Puts the overlay into a manifest that names none.
fn name_overlay(manifest: &Path, written: &mut Vec<PathBuf>) -> Result<(), Error> {
    let text = std::fs::read_to_string(manifest).map_err(Error::Content)?;
    save(manifest, &format!("overlays = [\"{OVERLAY}\"]\n\n{text}"), written)
}

/// The addresses of ids and references, by schema file.
fn addresses(proposals: &Proposals) -> HashMap<String, HashSet<String>> {
    let mut addresses: HashMap<String, HashSet<String>> = HashMap::new();
    for proposal in proposals.annotations.iter().filter(|proposal| proposal.accepted) {
        addresses.entry(proposal.schema.clone()).or_default().insert(proposal.address.clone());
    }
    addresses
}

/// Entries that cannot be used become comments so many times.
const ROUNDS: usize = 8;

/// Writes the overlay. Entries about which the check complains become comments, so that a proposal never breaks the project.
fn settle(
    options: &Options,
    path: &Path,
    old: Option<&str>,
    entries: &mut [Entry],
    names: &BTreeMap<String, String>,
    written: &mut Vec<PathBuf>,
) -> Result<Report, Error> {
    let mut round = 0;
    loop {
        let (text, lines) = match old {
            None => write(entries, names),
            Some(old) => {
                let text = add(old, entries, names).unwrap_or_else(|| old.to_owned());
                let lines = lines_of(&text, entries);
                (text, lines)
            }
        };
        save(path, &text, written)?;
        let check = run(&Request::check(&options.manifest), &mut |_| ());
        round += 1;
        if round == ROUNDS || !comment_out(&check, path, &lines, entries) {
            return Ok(check);
        }
    }
}

/// The entries whose addresses the lines of a text begin with.
fn lines_of(text: &str, entries: &[Entry]) -> Vec<Option<usize>> {
    let entry = |line: &str| {
        let line = line.trim_start();
        let begins = |entry: &Entry| {
            let address = serde_json::Value::from(entry.address.as_str()).to_string();
            entry.comment.is_none() && line.starts_with(&format!("{address}:"))
        };
        entries.iter().position(begins)
    };
    text.lines().map(entry).collect()
}

/// Makes comments of the entries that errors are about; returns whether there were any.
fn comment_out(check: &Report, path: &Path, lines: &[Option<usize>], entries: &mut [Entry]) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut changed = false;
    for diagnostic in check.diagnostics.list.iter().filter(|diagnostic| diagnostic.level == Level::Deny) {
        for label in &diagnostic.labels {
            if !check.files.name(label.span.file).ends_with(&name) {
                continue;
            }
            let line = check.files.line(label.span.file, label.span.start);
            let entry = lines.get(line.saturating_sub(1)).copied().flatten();
            if let Some(entry) =
                entry.and_then(|at| entries.get_mut(at)).filter(|entry| entry.comment.is_none())
            {
                entry.comment = Some(diagnostic.title.clone());
                changed = true;
                break;
            }
        }
    }
    changed
}

/// What was found, for people.
fn report(proposals: &Proposals, entries: &[Entry], sets: Option<&[Set]>) -> String {
    let mut lines = Vec::new();
    for set in sets.into_iter().flatten() {
        let schema =
            if set.names_schema { "the schemas that they name".to_owned() } else { schema_path(set) };
        lines.push(format!("{}: {} with {schema}", set.name, count(set.sources.len(), "file")));
    }
    for proposal in &proposals.annotations {
        let sure = if proposal.accepted { "" } else { "perhaps " };
        lines.push(format!("{sure}{} `{}`: {}", proposal.schema, proposal.address, proposal.reason));
    }
    let left_out = |entry: &&Entry| entry.comment.as_ref().is_some_and(|why| why != "unsure");
    for entry in entries.iter().filter(left_out) {
        lines.push(format!(
            "left out: {} `{}`: {}",
            entry.schema,
            entry.address,
            entry.comment.as_deref().unwrap_or_default()
        ));
    }
    for (kind, ids) in &proposals.undefined {
        lines.push(format!("{} of {kind} that nothing defines: {}", count(ids.len(), "id"), ids.join(", ")));
    }
    lines.join("\n") + "\n"
}
