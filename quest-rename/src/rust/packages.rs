//! Which Rust sources use the content of a manifest: those of the package whose build script compiles it, and of all that depend on it.

use super::tokens::strings;
use crate::script::is_passed_over;
use quest_compiler::text::identity;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use toml_span::Value;

/// A Rust source.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// The names of the contents of its package, if it compiles several: `None` for the one without.
    pub(crate) others: BTreeSet<String>,
    /// The name of the content in question.
    pub(crate) content: Option<String>,
}

/// A package.
struct Package {
    folder: PathBuf,
    identity: OsString,
    /// The manifests that its build script compiles, by identity, with the names of the contents.
    compiles: BTreeMap<OsString, Option<String>>,
    /// The folders of the packages that it depends on by path.
    dependencies: Vec<OsString>,
}

/// Folders with more packages than this are not searched to the end.
const MAX_DEPTH: usize = 8;

/// The Rust sources of all packages that use the content of a manifest.
pub(crate) fn sources(manifest: &Path) -> Vec<Source> {
    let own = identity(manifest);
    let packages = packages(Path::new(&own));
    let mut users: BTreeMap<usize, (Option<String>, BTreeSet<String>)> = BTreeMap::new();
    let mut queue = VecDeque::new();
    for (at, package) in packages.iter().enumerate() {
        if let Some(name) = package.compiles.get(&own) {
            let others = package.compiles.values().flatten().filter(|other| Some(*other) != name.as_ref());
            users.insert(at, (name.clone(), others.cloned().collect()));
            queue.push_back(at);
        }
    }
    // Those that depend on them, directly or through others.
    let mut dependents: HashMap<&OsString, Vec<usize>> = HashMap::new();
    for (at, package) in packages.iter().enumerate() {
        for dependency in &package.dependencies {
            dependents.entry(dependency).or_default().push(at);
        }
    }
    while let Some(of) = queue.pop_front() {
        for &at in dependents.get(&packages[of].identity).into_iter().flatten() {
            if !users.contains_key(&at) {
                users.insert(at, users[&of].clone());
                queue.push_back(at);
            }
        }
    }
    let mut files = Vec::new();
    for (at, (content, others)) in users {
        let mut paths = Vec::new();
        rust_files(&shown(&packages[at].folder, manifest), 0, &mut paths);
        paths.sort();
        files.extend(paths.into_iter().map(|path| Source {
            path,
            others: others.clone(),
            content: content.clone(),
        }));
    }
    files
}

/// A folder as the manifest is named: from the current folder, if its path is not absolute.
fn shown(folder: &Path, manifest: &Path) -> PathBuf {
    let current = std::env::current_dir().and_then(|current| current.canonicalize()).ok();
    let current = current.filter(|_| manifest.is_relative());
    match current.and_then(|current| folder.strip_prefix(current).map(Path::to_owned).ok()) {
        Some(within) if within.as_os_str().is_empty() => PathBuf::from("."),
        Some(within) => within,
        None => folder.to_owned(),
    }
}

/// The packages of the workspace, or of the package, around a path.
fn packages(path: &Path) -> Vec<Package> {
    let around: Vec<&Path> =
        path.ancestors().skip(1).filter(|folder| folder.join("Cargo.toml").is_file()).collect();
    let is_workspace = |folder: &&&Path| cargo_toml(folder).is_some_and(|text| text.contains("[workspace"));
    // A manifest beside the packages of a workspace is named by a build script in one of them.
    let root = around.iter().rev().find(is_workspace).or(around.last()).copied();
    let Some(root) = root.or_else(|| path.ancestors().skip(1).find(|folder| folder.join(".git").exists()))
    else {
        return Vec::new();
    };
    let mut folders = Vec::new();
    package_folders(root, 0, &mut folders);
    folders.sort();
    let workspace = cargo_toml(root).unwrap_or_default();
    folders.into_iter().filter_map(|folder| package(folder, root, &workspace)).collect()
}

fn cargo_toml(folder: &Path) -> Option<String> {
    fs::read_to_string(folder.join("Cargo.toml")).ok()
}

fn package_folders(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if folder.join("Cargo.toml").is_file() {
        found.push(folder.to_owned());
    }
    let Some(entries) = fs::read_dir(folder).ok().filter(|_| depth < MAX_DEPTH) else { return };
    for entry in entries.filter_map(Result::ok) {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && !is_passed_over(&entry.path()) {
            package_folders(&entry.path(), depth + 1, found);
        }
    }
}

fn package(folder: PathBuf, root: &Path, workspace: &str) -> Option<Package> {
    let text = cargo_toml(&folder)?;
    let manifest = toml_span::parse(&text).ok()?;
    let script = manifest.pointer("/package/build").and_then(Value::as_str).unwrap_or("build.rs");
    let script = fs::read_to_string(folder.join(script)).unwrap_or_default();
    let compiles = compiled(&script, &folder);
    let shared = toml_span::parse(workspace).ok();
    let mut dependencies = Vec::new();
    each_dependency(&manifest, &mut |name, value| {
        let inherited = value.pointer("/workspace").is_some();
        let path = match shared.as_ref().filter(|_| inherited) {
            Some(shared) => {
                let path = shared.pointer(&format!("/workspace/dependencies/{name}/path"));
                path.and_then(Value::as_str).map(|path| root.join(path))
            }
            None => value.pointer("/path").and_then(Value::as_str).map(|path| folder.join(path)),
        };
        dependencies.extend(path.map(|path| identity(&path)));
    });
    Some(Package { identity: identity(&folder), folder, compiles, dependencies })
}

/// Calls `found` with the name and the value of each dependency, of all sorts and targets.
fn each_dependency(value: &Value<'_>, found: &mut dyn FnMut(&str, &Value<'_>)) {
    let Some(table) = value.as_table() else { return };
    for (key, value) in table {
        match &*key.name {
            "dependencies" | "dev-dependencies" | "build-dependencies" => {
                for (name, value) in value.as_table().into_iter().flatten() {
                    found(&name.name, value);
                }
            }
            "target" => {
                for (_, target) in value.as_table().into_iter().flatten() {
                    each_dependency(target, found);
                }
            }
            _ => {}
        }
    }
}

/// The manifests that a build script compiles, with the names of their contents: `.name("winter").compile("winter/quest.toml")`.
fn compiled(script: &str, folder: &Path) -> BTreeMap<OsString, Option<String>> {
    let mut compiled = BTreeMap::new();
    let mut name = None;
    for (call, text) in strings(script) {
        match call.as_str() {
            "name" => name = Some(text),
            "compile" => {
                compiled.insert(identity(&folder.join(text)), name.take());
            }
            _ => {}
        }
    }
    compiled
}

/// The Rust sources of a package, without those of packages within it.
fn rust_files(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_file() && path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        } else if kind.is_dir()
            && depth < 2 * MAX_DEPTH
            && !is_passed_over(&path)
            && !path.join("Cargo.toml").exists()
        {
            rust_files(&path, depth + 1, found);
        }
    }
}
