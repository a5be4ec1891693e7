//! Where a manifest writes an id, and `[renames]`.

use crate::content::Occurrence;
use crate::edit::Changes;
use crate::literal::{self, Syntax, is_bare_key};
use crate::path::{IdRow, Ids};
use crate::script::{Line, Lines};
use quest_compiler::check::find_path;
use quest_compiler::compat;
use quest_compiler::driver::Project;
use quest_compiler::project::{Claim, Located, Manifest, RegistrySource, display};
use quest_compiler::schema::KindId;
use quest_compiler::text::{Files, Span};
use std::ops::Range;
use std::path::Path;

/// The manifest of a project, as a text to change.
pub(crate) struct ManifestText<'m> {
    pub(crate) path: &'m Path,
    pub(crate) text: &'m str,
    pub(crate) project: &'m Project,
}

impl<'m> ManifestText<'m> {
    fn manifest(&self) -> &'m Manifest {
        &self.project.manifest
    }

    /// Every value of the manifest that names `wanted`, apart from `[renames]`.
    pub(crate) fn find(&self, ids: Ids<'_, '_>, wanted: IdRow, lines: &Lines<'_, '_>) -> Vec<Occurrence> {
        let mut found = Vec::new();
        let manifest = self.manifest();
        for (kind, source) in &manifest.registries {
            if let RegistrySource::Ids(listed) = source
                && ids.model.kind_named(kind) == Some(wanted.0)
            {
                let name = ids.text(wanted);
                let prefix = ids.model.kind(wanted.0).prefix.as_str();
                let bare = |id: &Located| id.text.strip_prefix(prefix).unwrap_or(&id.text) == name;
                let own = listed.iter().filter(|id| bare(id));
                found.extend(own.map(|id| occurrence(id, id.text.len() - name.len()..id.text.len())));
            }
        }
        for entry in manifest.lints.exceptions.iter().filter_map(|exception| exception.entry.as_ref()) {
            found.extend(in_entry(ids, entry, wanted).map(|part| occurrence(entry, part)));
        }
        for id in &manifest.proof.always {
            found.extend(in_claim(ids, id, wanted).map(|part| occurrence(id, part)));
        }
        for assertion in &manifest.proof.assertions {
            let named: Vec<&Located> = match &assertion.claim {
                Claim::Reachable(id) | Claim::Always(id) => vec![id],
                Claim::NeverBoth(one, other) => vec![one, other],
            };
            for id in named {
                found.extend(in_claim(ids, id, wanted).map(|part| occurrence(id, part)));
            }
            for line in &assertion.without {
                let parts = lines.find(Line { text: &line.text, quest: None }).parts;
                found.extend(parts.into_iter().map(|part| occurrence(line, part)));
            }
        }
        found
    }

    /// Changes `[renames]`: entries that lead to `wanted` follow it, and there is a new one if a release knows the old id.
    pub(crate) fn renames(
        &self,
        ids: Ids<'_, '_>,
        wanted: IdRow,
        new: &str,
        files: &Files,
        changes: &mut Changes,
    ) {
        let (old_path, new_path) = (ids.path(wanted), ids.path_with(wanted, wanted, new));
        let kind = ids.model.kind(wanted.0).path.as_str();
        let mut back = false;
        for rename in &self.manifest().saves.renames {
            let Some(of) = ids.model.kind_named(&rename.kind.text) else { continue };
            let Some(part) = part_of_path(ids, of, &rename.new.text, wanted) else { continue };
            let mut target = rename.new.text.clone();
            target.replace_range(part.clone(), new);
            if rename.old.text == target {
                // It has its old name again.
                back = true;
                self.remove_rename(rename.old.span, changes);
            } else if let Some((range, text)) = self.literal(&occurrence(&rename.new, part), new) {
                changes.edit(self.path, self.text, range, text);
            }
        }
        let is_released = self.project.input.lock.as_ref().is_some_and(|(file, _)| {
            compat::read(*file, files.text(*file)).is_ok_and(|lock| lock.has(kind, &old_path))
        });
        if is_released && !back {
            self.add_rename(kind, &old_path, &new_path, changes);
        }
    }

    /// Adds a line to `[renames]`.
    fn add_rename(&self, kind: &str, old: &str, new: &str, changes: &mut Changes) {
        let key = |text: &str| {
            if is_bare_key(text) { text.to_owned() } else { literal::quoted(Syntax::Toml, text) }
        };
        let value = literal::quoted(Syntax::Toml, new);
        let short = format!("{} = {value}", key(old));
        let line = format!("{}.{short}", key(kind));
        let breaks = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        // The kind can have a section of its own.
        let (heading, line) = match self.section(&format!("renames.{}", key(kind))) {
            Some(heading) => (Some(heading), short),
            None => (self.section("renames"), line),
        };
        let (at, text) = match heading {
            Some(heading) => {
                let end = self.text.get(heading..).and_then(|rest| rest.find('\n'));
                match end {
                    Some(end) => (heading + end + 1, format!("{line}{breaks}")),
                    None => (self.text.len(), format!("{breaks}{line}")),
                }
            }
            None => {
                let open = if self.text.ends_with('\n') || self.text.is_empty() { "" } else { breaks };
                (self.text.len(), format!("{open}{breaks}[renames]{breaks}{line}{breaks}"))
            }
        };
        changes.edit(self.path, self.text, at..at, text);
    }

    /// Where the heading of a section is.
    fn section(&self, name: &str) -> Option<usize> {
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let inside = line.trim_start().strip_prefix('[').and_then(|rest| rest.split(']').next());
            if inside.is_some_and(|inside| inside.trim() == name) {
                return Some(at);
            }
            at += line.len();
        }
        None
    }

    /// Removes the line of a rename, and the section if nothing else is in it.
    fn remove_rename(&self, old: Span, changes: &mut Changes) {
        let start =
            self.text.get(..old.start as usize).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
        let rest = self.text.get(old.end as usize..).unwrap_or_default();
        let mut end = rest.find('\n').map_or(self.text.len(), |at| old.end as usize + at + 1);
        let mut start = start;
        let before = self.text.get(..start).unwrap_or_default();
        let after = self.text.get(end..).unwrap_or_default();
        let is_last = after.trim_start().is_empty() || after.trim_start().starts_with('[');
        if let Some(heading) = before.trim_end().strip_suffix("[renames]").filter(|_| is_last) {
            // The section was added behind an empty line.
            start = heading.len();
            if let Some(shorter) = heading.strip_suffix("\r\n").or_else(|| heading.strip_suffix('\n'))
                && (shorter.ends_with('\n') || shorter.is_empty())
                && after.is_empty()
            {
                start = shorter.len();
            }
            end = self.text.len() - after.len();
        }
        changes.edit(self.path, self.text, start..end, String::new());
    }

    /// Changes what names a file that gets another name.
    pub(crate) fn file_name(&self, name: &str, new: &str, changes: &mut Changes) {
        let manifest = self.manifest();
        let contents = manifest.documents.iter().flat_map(|set| &set.content);
        let files = contents.filter(|path| display(&manifest.directory.join(&path.text)) == name);
        for path in files {
            let start = path.text.rfind('/').map_or(0, |at| at + 1);
            if let Some((range, text)) = self.literal(&occurrence(path, start..path.text.len()), new) {
                changes.edit(self.path, self.text, range, text);
            }
        }
    }

    /// The bytes to change for another id in a value of the manifest.
    pub(crate) fn literal(&self, found: &Occurrence, new: &str) -> Option<literal::Replacement> {
        let (mut start, mut end) = (found.span.start as usize, found.span.end as usize);
        // The places of the reader are those between the quotes.
        for quote in ["\"\"\"", "'''", "\"", "'"] {
            let before = self.text.get(..start).is_some_and(|before| before.ends_with(quote));
            if before && self.text.get(end..).is_some_and(|after| after.starts_with(quote)) {
                (start, end) = (start - quote.len(), end + quote.len());
                break;
            }
        }
        let written = self.text.get(start..end)?;
        let (range, text) = literal::replace(Syntax::Toml, written, &found.value, found.part.clone(), new)?;
        Some((start + range.start..start + range.end, text))
    }
}

fn occurrence(located: &Located, part: Range<usize>) -> Occurrence {
    Occurrence { span: located.span, value: located.text.clone(), part, number: false }
}

/// The part of a path of a kind that names `wanted`.
fn part_of_path(ids: Ids<'_, '_>, kind: KindId, path: &str, wanted: IdRow) -> Option<Range<usize>> {
    let row = find_path(ids.model, ids.tables(), kind, path)?;
    ids.is_within((kind, row), wanted).then(|| ids.locate(path, (kind, row), wanted, ":")).flatten()
}

/// The part of `entry` in an exception that names `wanted`, if no other object has that path.
fn in_entry(ids: Ids<'_, '_>, entry: &Located, wanted: IdRow) -> Option<Range<usize>> {
    let mut found = None;
    for at in 0..ids.model.kinds.len() {
        let kind = KindId(u32::try_from(at).ok()?);
        let prefix = ids.model.kind(kind).prefix.as_str();
        let start = if !prefix.is_empty() && entry.text.starts_with(prefix) { prefix.len() } else { 0 };
        let path = entry.text.get(start..)?;
        if !ids.model.kind(kind).by_content() || find_path(ids.model, ids.tables(), kind, path).is_none() {
            continue;
        }
        match part_of_path(ids, kind, path, wanted) {
            Some(part) => found = Some(part.start + start..part.end + start),
            // An object of another kind has this path as well.
            None => return None,
        }
    }
    found
}

/// The part of an assertion that names `wanted`: a quest, or the path of a stage.
fn in_claim(ids: Ids<'_, '_>, id: &Located, wanted: IdRow) -> Option<Range<usize>> {
    let journal = ids.model.journal.as_ref()?;
    journal.saved_kinds().into_iter().find_map(|kind| part_of_path(ids, kind, &id.text, wanted))
}
