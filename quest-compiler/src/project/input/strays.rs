//! Files that nothing reads and that were hardly meant to be left out: with a misspelt ending, or in a directory beside the others.
//!
//! Comes in: the content files that patterns found. Goes out: a warning for each file beside them that looks like one of them.

use super::claims::Claims;
use crate::diagnostics::{Diagnostic, code, near};
use crate::project::manifest::{Manifest, RegistrySource, SchemaSource};
use crate::project::path::{display, identity, is_wild, join};
use crate::project::pattern;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The endings of content.
const ENDINGS: [&str; 6] = ["json", "jsonc", "yaml", "yml", "toml", "ron"];

/// At most this many names of directories beside those of content are looked at.
const MOST_NAMES: usize = 2_000;

/// At most this many files beside content are opened.
const MOST_OPENED: usize = 100;

/// How much of such a file is read.
const MOST_BYTES: u64 = 16 * 1024;

/// At most this many files are reported.
const MOST_REPORTED: usize = 20;

/// Directories that hold what others have made.
const FOREIGN: [&str; 4] = ["target", "node_modules", "build", "dist"];

/// A directory with content, and how the names of its files end.
struct Home {
    path: PathBuf,
    ending: String,
    /// The properties of one of its files, in quotes.
    names: Vec<String>,
}

/// Reports files that look like content and are not read.
pub(super) fn report(manifest: &Manifest, claims: &Claims<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let homes = homes(claims);
    if homes.is_empty() {
        return;
    }
    let known = known(manifest, claims);
    let mut search = Search { manifest, known, opened: 0, reported: BTreeSet::new(), diagnostics };
    for home in homes.values() {
        search.beside(home);
    }
    for home in homes.values() {
        search.around(home, &homes);
    }
}

/// The directories that patterns with wild cards found files in.
fn homes(claims: &Claims<'_>) -> BTreeMap<PathBuf, Home> {
    let mut homes = BTreeMap::new();
    for file in claims.files.iter().filter(|file| is_wild(&file.pattern.text)) {
        let Some(parent) = file.path.parent() else { continue };
        if homes.contains_key(parent) {
            continue;
        }
        let ending = file.path.extension().map(|ending| ending.to_string_lossy().into_owned());
        let Some(ending) = ending.filter(|ending| ENDINGS.contains(&ending.as_str())) else { continue };
        let names = beginning(&file.path).map(|text| properties(&text)).unwrap_or_default();
        homes.insert(parent.to_owned(), Home { path: parent.to_owned(), ending, names });
    }
    homes
}

/// The files that the manifest names in any way.
fn known(manifest: &Manifest, claims: &Claims<'_>) -> HashSet<OsString> {
    let mut known: HashSet<OsString> = claims.files.iter().map(|file| identity(&file.path)).collect();
    let schemas = manifest.documents.iter().filter_map(|set| match &set.schema {
        SchemaSource::File(file) => Some(file),
        SchemaSource::Named => None,
    });
    let registries = manifest.registries.iter().filter_map(|(_, source)| match source {
        RegistrySource::Files(of) => Some(&of.files),
        _ => None,
    });
    let named = schemas.chain(registries.flatten()).chain(&manifest.overlays);
    known.extend(claims.excluded.iter().cloned());
    known.extend(named.map(|file| identity(&join(&manifest.directory, &file.text))));
    known
}

struct Search<'s> {
    manifest: &'s Manifest,
    known: HashSet<OsString>,
    opened: usize,
    reported: BTreeSet<PathBuf>,
    diagnostics: &'s mut Vec<Diagnostic>,
}

impl Search<'_> {
    /// Files in a directory of content whose names end in another way.
    fn beside(&mut self, home: &Home) {
        for path in files(&home.path) {
            if self.known.contains(&identity(&path)) || pattern::is_passing(&path) {
                continue;
            }
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if let Some(meant) = meant_name(&name, &home.ending) {
                self.report(&path, &format!("rename it to `{meant}`"));
            } else if self.is_like(&path, home) {
                let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
                let other = ending.filter(|ending| ENDINGS.contains(&ending.as_str()));
                let help = match other {
                    Some(other) => {
                        format!("add a pattern to `content` that matches files ending in `.{other}`")
                    }
                    None => format!("let its name end in `.{}`", home.ending),
                };
                self.report(&path, &help);
            }
        }
    }

    /// Files that look like content in a directory above that of content, or in one beside it.
    fn around(&mut self, home: &Home, homes: &BTreeMap<PathBuf, Home>) {
        let Some(above) = home.path.parent().filter(|above| is_within(&self.manifest.directory, above))
        else {
            return;
        };
        let mut directories = vec![above.to_owned()];
        if above != self.manifest.directory && !above.as_os_str().is_empty() {
            directories.extend(folders(above));
        }
        let shown = display(&home.path);
        for directory in directories.into_iter().filter(|directory| !homes.contains_key(directory)) {
            for path in files(&directory) {
                let ends = path.extension().is_some_and(|ending| ending.to_string_lossy() == home.ending);
                if ends && !self.known.contains(&identity(&path)) && self.is_like(&path, home) {
                    self.report(
                        &path,
                        &format!("move it to `{shown}`, or add a pattern to `content` that matches it"),
                    );
                }
            }
        }
    }

    /// Whether a file has the properties of content, or says that it follows a schema of the manifest.
    fn is_like(&mut self, path: &Path, home: &Home) -> bool {
        self.opened += 1;
        if self.opened > MOST_OPENED {
            return false;
        }
        let Some(text) = beginning(path) else { return false };
        let named = self.manifest.documents.iter().any(|set| match &set.schema {
            SchemaSource::File(file) => {
                let name = file.text.rsplit('/').next().unwrap_or(&file.text);
                text.contains("$schema") && text.contains(&format!("{name}\""))
            }
            SchemaSource::Named => false,
        });
        // Notes and logs can quote content.
        let begins = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[', '/']);
        named
            || (begins && home.names.len() > 1 && home.names.iter().all(|name| text.contains(name.as_str())))
    }

    fn report(&mut self, path: &Path, help: &str) {
        if !self.reported.insert(path.to_owned()) || self.reported.len() > MOST_REPORTED {
            return;
        }
        let name = display(path);
        self.diagnostics.push(
            Diagnostic::new(&code::UNMATCHED, format!("nothing reads `{name}`, which looks like content"))
                .about(name)
                .note("no pattern in `content` matches it")
                .help(help.to_owned()),
        );
    }
}

/// The name that a file should have for its pattern; `None` if its ending is no slip.
fn meant_name(name: &str, ending: &str) -> Option<String> {
    let (stem, own) = name.rsplit_once('.')?;
    if own != ending && own.eq_ignore_ascii_case(ending) {
        return Some(format!("{stem}.{ending}"));
    }
    if ENDINGS.contains(&own) {
        return None;
    }
    // Systems that hide endings add another one: `a.json.txt`.
    if stem.rsplit_once('.').is_some_and(|(_, inner)| inner.eq_ignore_ascii_case(ending)) {
        return Some(stem.to_owned());
    }
    let slip = own.len() + 1 >= ending.len() && !near(own, [ending]).is_empty();
    slip.then(|| format!("{stem}.{ending}"))
}

/// Whether a directory is below that of the manifest, or is that directory.
fn is_within(manifest: &Path, directory: &Path) -> bool {
    let (manifest, directory) = (identity(manifest), identity(directory));
    Path::new(&directory).starts_with(Path::new(&manifest))
}

/// The files in a directory, sorted.
fn files(directory: &Path) -> Vec<PathBuf> {
    entries(directory, false)
}

/// The directories in a directory, sorted, without hidden ones.
fn folders(directory: &Path) -> Vec<PathBuf> {
    let mut folders = entries(directory, true);
    folders.retain(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        !name.starts_with('.') && !FOREIGN.contains(&&*name)
    });
    folders
}

fn entries(directory: &Path, folders: bool) -> Vec<PathBuf> {
    let shown = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    let entries = fs::read_dir(shown).into_iter().flatten().take(MOST_NAMES).filter_map(Result::ok);
    let entries = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir() == folders));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| {
            if directory == Path::new(".") {
                PathBuf::from(entry.file_name())
            } else {
                directory.join(entry.file_name())
            }
        })
        .collect();
    paths.sort();
    paths
}

/// The first part of a file, if it is text.
fn beginning(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (!text.contains('\0')).then_some(text)
}

/// The names of the first properties of an object in JSON, in quotes.
fn properties(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0_u32;
    let mut rest = text;
    while let Some(at) = rest.find(['"', '{', '}', '[', ']']) {
        let (mark, behind) = (&rest[at..=at], &rest[at + 1..]);
        rest = behind;
        match mark {
            "{" | "[" => depth += 1,
            "}" | "]" => depth = depth.saturating_sub(1),
            _ => {
                let Some(end) = behind.find('"') else { break };
                rest = &behind[end + 1..];
                let name = &behind[..end];
                if depth == 1 && rest.trim_start().starts_with(':') && name != "$schema" {
                    names.push(format!("\"{name}\""));
                }
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_endings() {
        for (name, meant) in [
            ("a.json.txt", Some("a.json")),
            ("a.JSON", Some("a.json")),
            ("a.jsn", Some("a.json")),
            ("a.json5", Some("a.json")),
            ("a.yaml", None),
            ("a.txt", None),
            ("README", None),
            ("a.js", None),
        ] {
            assert_eq!(meant_name(name, "json").as_deref(), meant, "{name}");
        }
    }

    #[test]
    fn first_properties() {
        let text = r#"{ "$schema": "x", "version": "1", "quests": [ { "id": "a" } ], "more": { "x": 1 } }"#;
        assert_eq!(properties(text), ["\"version\"", "\"quests\"", "\"more\""]);
    }
}
