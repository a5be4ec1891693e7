//! Which id is written at a place.

use crate::content::{Occurrence, definition, each_reference};
use crate::literal::{self, Syntax};
use crate::path::{IdRow, Ids};
use crate::plan::unreadable;
use crate::refusal::Refusal;
use quest_compiler::driver::{Checked, Loaded, Request, Typed, registry_files};
use quest_compiler::project::registry_ids;
use quest_compiler::schema::KindId;
use quest_compiler::text::{FileId, Span, identity};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

/// An id that is written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdAt {
    /// The kind and the path, as [`rename`](crate::rename) takes them: `quest.stage:iron-path:find-descent`.
    pub id: String,
    /// The last part of the path, which a renaming changes.
    pub text: String,
    /// The bytes of the file that are this part, as far as its quotes and escapes let it be told.
    pub range: Range<usize>,
}

/// The id that is written at a byte of a content or registry file: of a path such as `iron-path:find-descent`, the part at this byte.
/// `None` if there is none.
///
/// # Errors
///
/// The manifest or a schema has errors.
pub fn id_at(request: &Request, file: &Path, byte: usize) -> Result<Option<IdAt>, Refusal> {
    find(request, file, &|_, _| byte)
}

/// As [`id_at`], for a line and a column in characters, both from 1.
///
/// # Errors
///
/// The manifest or a schema has errors.
pub fn id_at_line(
    request: &Request,
    file: &Path,
    (line, column): (usize, usize),
) -> Result<Option<IdAt>, Refusal> {
    find(request, file, &|text, _| {
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        start + within
    })
}

/// The id at the byte that `byte` gives for the text of a file.
fn find(
    request: &Request,
    file: &Path,
    byte: &dyn Fn(&str, FileId) -> usize,
) -> Result<Option<IdAt>, Refusal> {
    let loaded = Loaded::read(request, &mut |_| {});
    let Some(project) = &loaded.project else { return Err(unreadable(request)) };
    let Ok(typed) = Typed::of(project, &loaded) else { return Err(unreadable(request)) };
    let checked = Checked::of(&typed, request, typed.diagnostics.clone(), &mut |_| {});
    let wanted = identity(file);
    let at = typed.files.names().position(|name| identity(Path::new(name)) == wanted);
    let Some(file) = at.and_then(|at| u32::try_from(at).ok()).map(FileId) else { return Ok(None) };
    Ok(locate(&checked, file, byte(typed.files.text(file), file)).map(|(_, found)| found))
}

/// As [`id_at`], in content that is checked already. Also gives the kind and the row of the id.
#[must_use]
pub fn locate(checked: &Checked<'_>, file: FileId, byte: usize) -> Option<(IdRow, IdAt)> {
    let ids = Ids { model: &checked.typed.model, resolved: &checked.resolved };
    let mut search = Search { typed: checked.typed, ids, file, at: byte, found: None };
    search.references();
    search.definitions();
    search.registries();
    search.found
}

/// Where an id is written in content and registries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The values that define it, with their quotes.
    pub definitions: Vec<Span>,
    /// The values that refer to it, with their quotes.
    pub references: Vec<Span>,
}

/// Where an id is written. References to what is within it, such as `iron-path:find-descent` for the quest, do not count.
#[must_use]
pub fn places(checked: &Checked<'_>, id: IdRow) -> Places {
    let ids = Ids { model: &checked.typed.model, resolved: &checked.resolved };
    let mut places = Places::default();
    let (kind, row) = id;
    let defined = ids.rows(kind).filter(|object| ids.own(kind, *object) == Some(row));
    places.definitions.extend(defined.filter_map(|object| Some(definition(ids, object, id)?.span)));
    if places.definitions.is_empty() {
        places.definitions.extend(ids.tables().of(kind).list.get(row as usize).and_then(|id| id.span));
    }
    each_reference(ids, &mut |written| {
        if written.id == id {
            places.references.push(written.node.span());
        }
    });
    places.references.sort_by_key(|span| (span.file, span.start));
    places.references.dedup();
    places
}

/// The references that a file writes: the value with its quotes, and the id that it names.
#[must_use]
pub fn references_in(checked: &Checked<'_>, file: FileId) -> Vec<(Span, IdRow)> {
    let ids = Ids { model: &checked.typed.model, resolved: &checked.resolved };
    let mut found = Vec::new();
    each_reference(ids, &mut |written| {
        let span = written.node.span();
        if span.file == file {
            found.push((span, written.id));
        }
    });
    found.sort_by_key(|(span, _)| span.start);
    found
}

/// How often each id is referred to.
#[must_use]
pub fn counts(checked: &Checked<'_>) -> HashMap<IdRow, u32> {
    let ids = Ids { model: &checked.typed.model, resolved: &checked.resolved };
    let mut counts = HashMap::new();
    each_reference(ids, &mut |written| *counts.entry(written.id).or_default() += 1);
    counts
}

struct Search<'s, 'l> {
    typed: &'s Typed<'l>,
    ids: Ids<'s, 'l>,
    file: FileId,
    at: usize,
    found: Option<(IdRow, IdAt)>,
}

impl Search<'_, '_> {
    fn has(&self, span: Span) -> bool {
        span.file == self.file && (span.start as usize..=span.end as usize).contains(&self.at)
    }

    fn references(&mut self) {
        let ids = self.ids;
        let mut named = Vec::new();
        each_reference(ids, &mut |written| {
            if self.has(written.node.span()) {
                named.extend(ids.chain(written.id).filter_map(|part| {
                    Some((part, Occurrence::of(written.node, written.locate(ids, part)?)?))
                }));
            }
        });
        named.into_iter().for_each(|(id, found)| self.take(id, &found));
    }

    fn definitions(&mut self) {
        let ids = self.ids;
        for kind in (0..u32::try_from(ids.model.kinds.len()).unwrap_or(u32::MAX)).map(KindId) {
            for row in ids.rows(kind) {
                let Some(id) = ids.own(kind, row).map(|id| (kind, id)) else { continue };
                let found = definition(ids, row, id).filter(|found| self.has(found.span));
                if let Some(found) = found {
                    self.take(id, &found);
                }
            }
        }
    }

    fn registries(&mut self) {
        let ids = self.ids;
        for (kind, file) in registry_files(self.typed) {
            for node in registry_ids(file, &mut Vec::new(), &mut Vec::new()) {
                if !self.has(node.span()) {
                    continue;
                }
                let Some(text) = node.text() else { continue };
                let bare = text.strip_prefix(ids.model.kind(kind).prefix.as_str()).unwrap_or(&text);
                let id = ids.tables().of(kind).find(0, bare).map(|row| (kind, row));
                let part = text.len() - bare.len()..text.len();
                if let Some((id, found)) = id.zip(Occurrence::of(node, part)) {
                    self.take(id, &found);
                }
            }
        }
    }

    /// Takes an id if it is written at the place.
    fn take(&mut self, id: IdRow, found: &Occurrence) {
        let (start, end) = (found.span.start as usize, found.span.end as usize);
        let text = self.ids.text(id);
        let source = self.typed.files.text(self.file);
        let written = source.get(start..end).unwrap_or_default();
        let syntax = Syntax::of(self.typed.files.name(self.file));
        let inner = literal::replace(syntax, written, &found.value, found.part.clone(), text);
        let inner = inner.map_or(0..written.len(), |(inner, _)| inner);
        let range = start + inner.start..start + inner.end;
        if (range.start..=range.end).contains(&self.at) && self.found.is_none() {
            let kind = &self.ids.model.kind(id.0).path;
            let found = IdAt { id: format!("{kind}:{}", self.ids.path(id)), text: text.to_owned(), range };
            self.found = Some((id, found));
        }
    }
}
