//! The files in `OUT_DIR`: what `include_quests!` includes, and the diagnostics that it shows.

use crate::error::Error;
use quest_compiler::diagnostics::{Capped, MOST_FOR_PEOPLE, hidden_count, rustc};
use quest_compiler::driver::{Report, write_files};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use std::{env, fs, io};

/// The name that content without one has.
pub(crate) const UNNAMED: &str = "quests";

/// A line with the name of each content. Folders of earlier runs stay in `OUT_DIR`, so that their names do not say what there is.
const CONTENTS: &str = "quests.contents";

const INDEX: &str = "quests.index";

/// Where the output of one call goes. There is one for each place, so that no call overwrites the output of another.
#[derive(Debug)]
pub(crate) struct Target {
    directory: PathBuf,
    /// `OUT_DIR`, and the names of the contents that are compiled to it so far.
    contents: Option<(PathBuf, Vec<String>)>,
}

/// What the calls of this process write.
struct Claim {
    root: PathBuf,
    directory: PathBuf,
    name: String,
    manifest: PathBuf,
}

impl Target {
    /// A directory that is given.
    pub(crate) fn in_directory(root: &Path, name: Option<&str>, manifest: &Path) -> Result<Self, Error> {
        let (directory, _) = claim(root, name, manifest)?;
        Ok(Self { directory, contents: None })
    }

    /// The directory from which `include_quests!` reads.
    pub(crate) fn in_out_dir(root: &Path, name: Option<&str>, manifest: &Path) -> Result<Self, Error> {
        let (directory, contents) = claim(root, name, manifest)?;
        Ok(Self { directory, contents: Some((root.to_owned(), contents)) })
    }
}

/// Claims the place of a content, and gives its directory with the names of all contents in the same root.
fn claim(root: &Path, name: Option<&str>, manifest: &Path) -> Result<(PathBuf, Vec<String>), Error> {
    static CLAIMS: Mutex<Vec<Claim>> = Mutex::new(Vec::new());
    // One directory may be given in several ways.
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let directory = name.map_or_else(|| root.clone(), |name| root.join(name));
    let name = name.unwrap_or(UNNAMED);
    let mut claims = CLAIMS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(other) = claims.iter().find(|claim| claim.directory == directory) {
        return Err(Error::SamePlace { manifest: manifest.to_owned(), other: other.manifest.clone() });
    }
    claims.push(Claim {
        root: root.clone(),
        directory: directory.clone(),
        name: name.to_owned(),
        manifest: manifest.to_owned(),
    });
    let in_root = claims.iter().filter(|claim| claim.root == root);
    Ok((directory, in_root.map(|claim| claim.name.clone()).collect()))
}

pub(crate) fn write(report: &Report, target: &Target) -> Result<(), Error> {
    let out = target.directory.as_path();
    let messages = messages(report);
    let messages = ("quests.messages", messages.as_bytes());
    match (&report.lowered, last_index(out)) {
        (Some(lowered), _) => write_files(out, lowered.files().into_iter().chain([messages]))?,
        (None, Some(index)) => write_files(out, [(INDEX, index.as_slice()), messages])?,
        (None, None) => {
            let empty = ["quests.rs", "quests.tables", "quests.text", INDEX].map(|name| (name, &b""[..]));
            write_files(out, empty.into_iter().chain([messages]))?
        }
    };
    if let Some((root, contents)) = &target.contents {
        let list: String = contents.iter().map(|name| format!("{name}\n")).collect();
        write_files(root, [(CONTENTS, list.as_bytes())])?;
    }
    write_editor_schemas(report);
    Ok(())
}

/// Writes the schemas for editors, which a build can do without: a tree that cannot be written is no reason to fail, and neither cargo's
/// copies of a package nor the documentation service have an editor to serve.
fn write_editor_schemas(report: &Report) {
    let is_copy =
        ["Cargo.toml.orig", ".cargo-ok", ".cargo_vcs_info.json"].iter().any(|file| Path::new(file).exists());
    if is_copy || env::var_os("DOCS_RS").is_some() {
        return;
    }
    if let Err(error) = report.write_editor_schemas() {
        println!("cargo::warning=the schemas for editors are not written: {error}");
    }
}

/// Makes a directory for cargo to watch, which changes as soon as one of some missing files is there; `None` where that is not possible.
///
/// Cargo takes a missing file for one that has changed, and runs the build script every time. It looks into a directory, though, and
/// passes over a link that leads nowhere.
pub(crate) fn watch_missing(manifest: &Path, missing: &[PathBuf]) -> Option<PathBuf> {
    let out = env::var_os("OUT_DIR").filter(|_| !missing.is_empty())?;
    // Each manifest has one of its own.
    let name: String = manifest.to_string_lossy().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let directory = Path::new(&out).join(format!("missing-{name}"));
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir(&directory).ok()?;
    for (at, file) in missing.iter().enumerate() {
        link(&std::path::absolute(file).ok()?, &directory.join(at.to_string())).ok()?;
    }
    // What is new would count as changed.
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * 365);
    fs::File::open(&directory).and_then(|opened| opened.set_modified(old)).ok()?;
    Some(directory)
}

#[cfg(unix)]
fn link(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn link(target: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(target, link)
}

#[cfg(not(any(unix, windows)))]
fn link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A line that counts, and a line for each diagnostic that is shown, in the JSON form of rustc.
fn messages(report: &Report) -> String {
    let mut messages = format!("{{\"errors\":{},\"warnings\":{}}}\n", report.errors(), report.warnings());
    let capped = Capped::new(&report.diagnostics, Some(MOST_FOR_PEOPLE));
    for diagnostic in &capped.shown {
        let _ = writeln!(messages, "{}", rustc(diagnostic, &report.files));
    }
    if let Some(text) = capped.rest() {
        let _ = writeln!(messages, "{}", hidden_count(&text));
    }
    messages
}

/// The index of the last build that had types, marked as one of content with errors; `None` if there was no such build.
///
/// If a manifest or a schema has errors, there are no types. With those of the last build, game code has no errors that only
/// follow from these.
fn last_index(out: &Path) -> Option<Vec<u8>> {
    quest_format::index::mark_incomplete(fs::read(out.join(INDEX)).ok()?)
}
