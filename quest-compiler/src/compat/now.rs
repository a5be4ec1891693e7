//! The current content, as far as it is compared with the last release.

use crate::check::{Renamed, Resolved, Row, Tainted, Unread, find_path};
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::narrow::narrow_u32;
use crate::project::{Located, Manifest, display};
use crate::schema::{KindId, Model};
use crate::text::{FileId, Files, Span};
use std::path::Path;

/// What there is now.
pub struct Now<'n, 'a> {
    pub model: &'n Model,
    pub resolved: &'n Resolved<'a>,
    pub files: &'n Files,
    pub manifest: &'n Manifest,
    pub tainted: &'n Tainted,
    pub unread: &'n Unread<'n>,
    /// The kinds whose ids are locked, those to which others belong first.
    pub kinds: &'n [KindId],
    pub renamed: &'n [Renamed],
    /// What saved games call the game.
    pub game: &'n str,
}

impl Now<'_, '_> {
    pub(super) fn path(&self, kind: KindId, row: u32) -> String {
        self.resolved.ids.path(self.model, kind, row)
    }

    /// The row of an id by its path.
    pub(super) fn find(&self, kind: KindId, path: &str) -> Option<u32> {
        find_path(self.model, &self.resolved.ids, kind, path)
    }

    /// Where an id is defined, if it could be read.
    pub(super) fn place(&self, kind: KindId, row: u32) -> Option<Span> {
        self.resolved.ids.id(kind, row).span
    }

    /// The name of a file as seen from the manifest.
    pub(super) fn relative(&self, file: FileId) -> String {
        relative(&self.manifest.directory, self.files.name(file))
    }

    /// The object of an id, if each object of the kind has one.
    pub(super) fn object(&self, kind: KindId, id: u32) -> Option<Row> {
        self.model.kind(kind).rows().map(|record| Row { record, row: id })
    }
}

/// The path of a file from a folder; both as seen from the same place.
fn relative(folder: &Path, file: &str) -> String {
    let folder = display(folder);
    let from: Vec<&str> = folder.split('/').filter(|part| *part != ".").collect();
    let to: Vec<&str> = file.split('/').collect();
    let same = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len() - same);
    up.chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The kinds whose ids are locked: those that the manifest names, else all that content defines. Those to which others belong come
/// first, and then they are sorted by their names.
pub fn locked_kinds(
    model: &Model,
    named: Option<&[Located]>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<KindId> {
    let all = || (0..narrow_u32(model.kinds.len())).map(KindId);
    let mut kinds = match named {
        None => all().filter(|kind| model.kind(*kind).by_content()).collect::<Vec<_>>(),
        Some(named) => of_manifest(model, named, diagnostics),
    };
    kinds.sort_by(|one, other| {
        let key = |kind: KindId| (model.scopes(kind).count(), model.kind(kind).path.as_str());
        key(*one).cmp(&key(*other))
    });
    kinds.dedup();
    kinds
}

fn of_manifest(model: &Model, named: &[Located], diagnostics: &mut Vec<Diagnostic>) -> Vec<KindId> {
    let mut kinds: Vec<KindId> = Vec::new();
    let lockable = || model.kinds.iter().filter(|kind| !kind.open()).map(|kind| kind.path.as_str());
    for Located { text, span } in named {
        let wrong = |title: String, label: &str| Diagnostic::new(&code::MANIFEST, title).label(*span, label);
        match model.kind_named(text) {
            Some(kind) if model.kind(kind).open() => diagnostics.push(
                wrong(format!("ids of the kind `{text}` cannot be locked"), "any id is one")
                    .help("only what content or a registry defines can be gone"),
            ),
            Some(kind) => kinds.push(kind),
            None => {
                let help = did_you_mean(text, lockable()).unwrap_or_else(|| {
                    format!("the kinds are {}", list(&lockable().collect::<Vec<_>>(), "and"))
                });
                diagnostics.push(wrong(format!("there is no kind `{text}`"), "not known").help(help));
            }
        }
    }
    // An id is told apart by those around it.
    let around: Vec<KindId> = kinds.iter().flat_map(|kind| model.scopes(*kind).skip(1)).collect();
    kinds.extend(around);
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_seen_from_the_manifest() {
        for (folder, file, expected) in [
            (".", "content/a.json", "content/a.json"),
            ("games/elf", "games/elf/content/a.json", "content/a.json"),
            ("games/elf", "games/common/a.json", "../common/a.json"),
            ("/home/elf", "/home/elf/a.json", "a.json"),
            ("../elf", "../elf/a.json", "a.json"),
        ] {
            assert_eq!(relative(Path::new(folder), file), expected);
        }
    }
}
