//! Versions of content files: were they raised as much as the changes need?

use super::compare::{Comparison, Size};
use super::lock::{Lock, LockFile};
use super::now::Now;
use crate::check::Row;
use crate::diagnostics::{Diagnostic, code};
use crate::source::Node;
use crate::text::FileId;
use bit_set::BitSet;
use std::collections::HashSet;

/// At most this many changes are shown.
const SHOWN: usize = 3;

/// The files that have a version, by name, and the version of the first document that has one.
pub(super) fn of_files<'a>(now: &Now<'_, 'a>) -> Vec<(String, FileId, Node<'a>)> {
    let content = &now.resolved.content;
    let (mut found, mut known) = (Vec::new(), BitSet::new());
    for (record, field) in &now.model.versions {
        for row in (0..content.table(*record).len()).map(|row| Row { record: *record, row }) {
            // Objects of this type inside of others have versions of their own.
            if content.owner(row).is_some() {
                continue;
            }
            if let Some(node) = content.node(row, *field).filter(|node| node.is_text()) {
                let file = content.document(row).file;
                if known.insert(file.0 as usize) {
                    found.push((now.relative(file), file, node));
                }
            }
        }
    }
    found.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    found
}

/// The file of a name among those that have a version.
pub(super) fn find<'f, 'a>(
    files: &'f [(String, FileId, Node<'a>)],
    name: &str,
) -> Option<&'f (String, FileId, Node<'a>)> {
    files.get(files.binary_search_by(|(known, ..)| known.as_str().cmp(name)).ok()?)
}

/// The files whose versions need not be looked at: of those that have errors, or of whose changes something was said, the remedy may be
/// that there is no change.
#[derive(Debug, Default)]
pub struct Excused<'c> {
    /// Files of this content.
    pub files: BitSet,
    /// Names of files in the lock.
    pub names: HashSet<&'c str>,
}

/// Reports versions that were raised less than the changes need.
pub fn versions(
    now: &Now<'_, '_>,
    lock: &Lock<'_>,
    compared: &Comparison,
    excused: &Excused<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if lock.files.is_empty() {
        return;
    }
    let files = of_files(now);
    for file in &lock.files {
        let Some((_, id, node)) = find(&files, &file.name) else { continue };
        // No change makes it right that a version goes down, so nothing excuses it.
        if let Some(lowered) = lowered(file, *node) {
            diagnostics.push(lowered);
            continue;
        }
        if excused.files.contains(id.0 as usize) || excused.names.contains(&*file.name) {
            continue;
        }
        let changes = compared.changes.get(&*file.name).map_or(&[][..], Vec::as_slice);
        diagnostics.extend(too_low(file, *node, changes));
    }
}

/// The report of a file whose version, in `node`, is lower than in the last release.
fn lowered(file: &LockFile<'_>, node: Node<'_>) -> Option<Diagnostic> {
    let written = node.text().unwrap_or_default();
    let (old, new) = (parts(&file.version)?, parts(&written)?);
    let title = || format!("version {written} is lower than {}, that of the last release", file.version);
    (new < old).then(|| {
        Diagnostic::new(&code::VERSION_TOO_LOW, title())
            .label(node.span(), "has gone down")
            .label(file.span, "the last release")
            .help(format!("write {} or more: versions only rise", file.version))
    })
}

/// The report of a file whose version, in `node`, is lower than its changes need.
fn too_low(file: &LockFile<'_>, node: Node<'_>, changes: &[(Size, String)]) -> Option<Diagnostic> {
    let written = node.text().unwrap_or_default();
    let (old, new) = (parts(&file.version)?, parts(&written)?);
    let size = changes.iter().map(|(size, _)| *size).max()?;
    let needed @ [major, minor, patch] = raised(old, size);
    if new >= needed {
        return None;
    }
    let what = match size {
        Size::Addition => "there is more than in that release",
        Size::Break => "something changed that saved games hold",
    };
    Some(
        Diagnostic::new(&code::VERSION_TOO_LOW, format!("version {written} is too low: {what}"))
            .label(node.span(), "has to be raised")
            .label(file.span, "the last release")
            .note(summary(changes, size))
            .help(format!("write {major}.{minor}.{patch} or more")),
    )
}

/// The first changes of a size, in words, and how many more there are.
fn summary(changes: &[(Size, String)], size: Size) -> String {
    let of_size: Vec<&str> =
        changes.iter().filter(|(of, _)| *of == size).map(|(_, words)| words.as_str()).collect();
    let shown = of_size.iter().take(SHOWN).copied().collect::<Vec<_>>().join("; ");
    match of_size.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

/// The three numbers of a version; a suffix such as `-beta` does not count.
fn parts(version: &str) -> Option<[u64; 3]> {
    let version = version.split(['-', '+']).next()?;
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    let parts = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(parts)
}

/// The lowest version after a change. Before 1.0.0 the second number takes the place of the first, as in semantic versioning.
fn raised([major, minor, patch]: [u64; 3], size: Size) -> [u64; 3] {
    match (size, major) {
        (Size::Break, 0) => [0, minor + 1, 0],
        (Size::Break, _) => [major + 1, 0, 0],
        (Size::Addition, 0) => [0, minor, patch + 1],
        (Size::Addition, _) => [major, minor + 1, 0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers() {
        assert_eq!(parts("1.10.0"), Some([1, 10, 0]));
        assert_eq!(parts("2.0.0-beta.1"), Some([2, 0, 0]));
        for text in ["1.0", "1.0.0.0", "", "v1.0.0", "1..0"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }

    #[test]
    fn how_far_a_change_raises() {
        for (old, size, expected) in [
            ([1, 2, 3], Size::Break, [2, 0, 0]),
            ([1, 2, 3], Size::Addition, [1, 3, 0]),
            ([0, 2, 3], Size::Break, [0, 3, 0]),
            ([0, 2, 3], Size::Addition, [0, 2, 4]),
        ] {
            assert_eq!(raised(old, size), expected);
        }
    }
}
