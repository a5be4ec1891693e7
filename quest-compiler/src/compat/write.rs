//! The text of the next lock: what saved games can hold from this release on.

use super::compare::Comparison;
use super::lock::{FORMAT, Lock, word};
use super::now::Now;
use super::objective_key::objective_key;
use super::version::{find, of_files};
use crate::schema::KindId;
use crate::text::FileId;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

const HEAD: &str = "# What saved games can name of the last release. Written by `questc lock`: commit it, and leave it as it is.\n";

/// Writes the lock of content without errors. `before` is the lock of the last release, and how this content compares with it.
pub fn write(now: &Now<'_, '_>, before: Option<(&Lock<'_>, &Comparison)>) -> String {
    let mut text = format!("{HEAD}@lock {FORMAT}\n");
    if now.model.journal.is_some() {
        let _ = writeln!(text, "@game {}", word(now.game));
    }
    let versions = of_files(now);
    let names: HashMap<FileId, &str> =
        versions.iter().map(|(name, file, _)| (*file, name.as_str())).collect();
    // By file, if the file has a version.
    let mut by_file: BTreeMap<Option<&str>, Vec<(KindId, u32)>> = BTreeMap::new();
    for (name, ..) in &versions {
        by_file.insert(Some(name), Vec::new());
    }
    for kind in now.kinds.iter().copied().filter(|kind| now.model.kind(*kind).parent.is_none()) {
        for (row, id) in (0..).zip(&now.resolved.ids.of(kind).list) {
            let Some(span) = id.span else { continue };
            by_file.entry(names.get(&span.file).copied()).or_default().push((kind, row));
        }
    }
    for (file, mut ids) in by_file {
        let version = file.and_then(|file| find(&versions, file)).and_then(|(.., node)| node.text());
        if let (Some(file), Some(version)) = (file, &version) {
            let _ = writeln!(text, "@file {} {}", word(file), word(version));
        }
        sort(now, &mut ids);
        for (kind, row) in ids {
            entry(now, kind, row, usize::from(version.is_some()), &mut text);
        }
    }
    former(now, before, &mut text);
    text
}

/// By kind, and then by id.
fn sort(now: &Now<'_, '_>, ids: &mut [(KindId, u32)]) {
    ids.sort_by_cached_key(|(kind, row)| {
        (now.model.kind(*kind).path.as_str(), now.resolved.ids.id(*kind, *row).text.as_ref())
    });
}

/// An id and those that belong to it.
fn entry(now: &Now<'_, '_>, kind: KindId, row: u32, indent: usize, text: &mut String) {
    let (described, ids) = (now.model.kind(kind), &now.resolved.ids);
    let noun = if described.parent.is_some() { described.noun() } else { &described.path };
    let _ = write!(text, "{:1$}{noun} {2}", "", indent * 2, word(&ids.id(kind, row).text));
    if let Some(objective_key) = objective_key(now, kind, row) {
        let _ = write!(text, " {}", objective_key.count);
        for part in &objective_key.what {
            let _ = write!(text, " {}", word(part));
        }
    }
    text.push('\n');
    let mut inner = Vec::new();
    for child in now.kinds.iter().copied().filter(|child| now.model.kind(*child).parent == Some(kind)) {
        let rows = ids.children(child, row).iter().copied();
        inner.extend(rows.filter(|row| ids.id(child, *row).span.is_some()).map(|row| (child, row)));
    }
    sort(now, &mut inner);
    for (child, row) in inner {
        entry(now, child, row, indent + 1, text);
    }
}

/// The ids that were released once and are no more: what became of them, as far as the manifest says it.
fn former(now: &Now<'_, '_>, before: Option<(&Lock<'_>, &Comparison)>, text: &mut String) {
    let mut renamed: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for known in now.renamed.iter().filter(|known| now.kinds.contains(&known.kind)) {
        let kind = now.model.kind(known.kind).path.as_str();
        renamed.insert((kind, &known.old), now.path(known.kind, known.row));
    }
    let mut gone: BTreeSet<(&str, &str)> = BTreeSet::new();
    if let Some((lock, compared)) = before {
        gone.extend(lock.former.iter().map(|former| (&*former.kind, &*former.path)));
        gone.extend(compared.gone.iter().map(|(kind, path)| (kind.as_str(), path.as_str())));
    }
    for (kind, path) in gone {
        let there = now.model.kind_named(kind).is_some_and(|kind| now.find(kind, path).is_some());
        if !there && !renamed.contains_key(&(kind, path)) {
            let _ = writeln!(text, "@gone {} {}", word(kind), word(path));
        }
    }
    for ((kind, old), new) in &renamed {
        let _ = writeln!(text, "@renamed {} {} {}", word(kind), word(old), word(new));
    }
}
