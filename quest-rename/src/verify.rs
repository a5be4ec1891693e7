//! Checks the changed project in memory.

use crate::content::each_reference;
use crate::edit::FileChange;
use crate::path::{IdRow, Ids};
use crate::refusal::Refusal;
use crate::target::Target;
use quest_compiler::check::{ResolvedRef, Row};
use quest_compiler::diagnostics::Diagnostic;
use quest_compiler::driver::{Report, Request, inspect, run};
use quest_compiler::project::display;
use quest_compiler::schema::{RecordId, Shape};
use quest_compiler::text::{Files, Span};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What a reference names, and where it is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    file: String,
    start: u32,
    kind: String,
    path: String,
}

/// Checks a project with changes. Gives the warnings that are new.
pub(crate) fn verify(
    request: &Request,
    ids: Ids<'_, '_>,
    target: &Target,
    files: &Files,
    changes: &[FileChange],
) -> Result<Report, Refusal> {
    let changed = with_changes(request, changes);
    let moved = moved(changes);
    let mut names_after = None;
    let mut after = inspect(&changed, &mut |_| {}, &mut |inspection| {
        let ids = Ids { model: inspection.model, resolved: inspection.resolved };
        names_after = Some(names(ids, inspection.files, &str::to_owned, &|id| ids.path(id)));
    });
    if !after.diagnostics.list.is_empty() {
        let before = run(request, &mut |_| {});
        after.diagnostics.list = new_diagnostics(&before, &after, &moved);
    }
    if after.errors() > 0 {
        let path = ids.path_with(target.id, target.id, &target.new);
        let title = format!("`{path}` would be an error");
        return Err(Refusal::new(title).report(after));
    }
    let Some(names_after) = names_after else {
        return Err(Refusal::new("the changed manifest or a changed schema cannot be read"));
    };
    let moved_name = |name: &str| moved.get(name).map_or(name, String::as_str).to_owned();
    let names_before = names(ids, files, &moved_name, &|id| ids.path_with(id, target.id, &target.new));
    same_names(&names_before, &names_after)?;
    Ok(after)
}

/// The request for the changed project.
fn with_changes(request: &Request, files: &[FileChange]) -> Request {
    let mut changed = request.clone();
    for file in files {
        if let Some(to) = &file.moved_to {
            changed.unsaved.rename(&file.path, to);
        }
        changed.unsaved.insert(file.new_path(), Arc::new(file.after()));
    }
    changed
}

/// The new names of files, as messages say them.
fn moved(files: &[FileChange]) -> HashMap<String, String> {
    let moved =
        files.iter().filter_map(|file| Some((display(&file.path), display(file.moved_to.as_deref()?))));
    moved.collect()
}

/// The diagnostics of a file that were not there before.
fn new_diagnostics(before: &Report, after: &Report, moved: &HashMap<String, String>) -> Vec<Diagnostic> {
    let key = |diagnostic: &Diagnostic, files: &Files| {
        let name = diagnostic.file(files).unwrap_or_default();
        (diagnostic.code.id, diagnostic.level, moved.get(name).map_or(name, String::as_str).to_owned())
    };
    let mut known: HashMap<_, usize> = HashMap::new();
    for diagnostic in &before.diagnostics.list {
        *known.entry(key(diagnostic, &before.files)).or_default() += 1;
    }
    let mut new: HashMap<_, Vec<(usize, &Diagnostic)>> = HashMap::new();
    for (at, diagnostic) in after.diagnostics.list.iter().enumerate() {
        new.entry(key(diagnostic, &after.files)).or_default().push((at, diagnostic));
    }
    let titles: HashSet<&str> =
        before.diagnostics.list.iter().map(|diagnostic| diagnostic.title.as_str()).collect();
    let mut found = Vec::new();
    for (key, mut diagnostics) in new {
        let more = diagnostics.len().saturating_sub(known.get(&key).copied().unwrap_or_default());
        // Those that read as before come last.
        diagnostics.sort_by_cached_key(|(at, diagnostic)| (titles.contains(&diagnostic.title.as_str()), *at));
        found.extend(diagnostics.into_iter().take(more));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, diagnostic)| diagnostic.clone()).collect()
}

/// Refuses a renaming after which a reference would name something else.
fn same_names(old: &[Named], new: &[Named]) -> Result<(), Refusal> {
    let same = |one: &Named, other: &Named| {
        (&one.file, &one.kind, &one.path) == (&other.file, &other.kind, &other.path)
    };
    let other = old.iter().zip(new).find(|(old, new)| !same(old, new));
    match other {
        Some((old, new)) => {
            let title = format!(
                "in `{}`, a reference to the {} `{}` would name `{}`",
                old.file, old.kind, old.path, new.path
            );
            Err(Refusal::new(title).help("choose another id, or change that reference first"))
        }
        None if old.len() != new.len() => {
            Err(Refusal::new(format!("{} references would name nothing", old.len().abs_diff(new.len())))
                .help("a default or another part of a schema may name the id: change it first"))
        }
        None => Ok(()),
    }
}

/// What every reference names, in the order of the files.
fn names(
    ids: Ids<'_, '_>,
    files: &Files,
    file_name: &dyn Fn(&str) -> String,
    path: &dyn Fn(IdRow) -> String,
) -> Vec<Named> {
    let mut names = Vec::new();
    let mut add = |span: Span, id: IdRow| {
        let kind = ids.model.kind(id.0).noun().to_owned();
        names.push(Named { file: file_name(files.name(span.file)), start: span.start, kind, path: path(id) });
    };
    each_reference(ids, &mut |written| add(written.node.span(), written.id));
    each_default(ids, &mut add);
    names.sort();
    names
}

/// Calls `found` for every reference that is not written because it has a default.
fn each_default(ids: Ids<'_, '_>, found: &mut dyn FnMut(Span, IdRow)) {
    for (record, at) in ids.model.records.iter().zip(0..) {
        for (field, shape) in record.fields.iter().map(|field| &field.shape).enumerate() {
            let Shape::Link(spec) = shape else { continue };
            for row in (0..ids.resolved.content.table(RecordId(at)).len())
                .map(|row| Row { record: RecordId(at), row })
            {
                if ids.resolved.content.node(row, field).is_none()
                    && let ResolvedRef::Id(number, id) = ids.resolved.one_ref(row, field)
                    && let Some(kind) = spec.kinds.get(usize::from(number))
                {
                    found(ids.resolved.content.opening(row), (*kind, id));
                }
            }
        }
    }
}
