//! Renames of the manifest, validated against the ids that there are.

use super::{IdTables, Resolved};
use crate::diagnostics::{Diagnostic, code, did_you_mean, list, nouns};
use crate::schema::{KindId, Model};
use crate::text::Span;

/// An id that had another name: its kind, the path it had, the row it has.
#[derive(Debug)]
pub struct Renamed {
    pub kind: KindId,
    pub old: String,
    pub row: u32,
}

/// A rename in the manifest: kind, old path, new path.
pub(super) type Written<'w> = [(&'w str, Span); 3];

/// Finds what has been renamed.
pub fn renames(
    model: &Model,
    resolved: &Resolved<'_>,
    written: &[Written<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Renamed> {
    let mut found = Vec::new();
    let mut written_as = Vec::new();
    for rename in written {
        match renamed(model, &resolved.ids, rename) {
            Ok(renamed) => {
                found.push(renamed);
                written_as.push(rename[2]);
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    let saved = model.journal.as_ref().map_or_else(Vec::new, crate::schema::Journal::saved_kinds);
    for (renamed, (new, span)) in found.iter().zip(written_as) {
        if !saved.contains(&renamed.kind) {
            continue;
        }
        if let Some(root) = other_root(model, &resolved.ids, &found, renamed) {
            let noun = model.kind(renamed.kind).noun();
            let title = format!("the {noun} `{}` cannot have become `{new}`", renamed.old);
            diagnostics.push(
                Diagnostic::new(&code::MANIFEST, title)
                    .label(span, format!("must be in `{root}`"))
                    .note("what a saved game knows of one cannot go on in another")
                    .help("leave this line out: what is saved of it is lost then, and all else is kept"),
            );
        }
    }
    found
}

/// What a rename means, or why it means nothing.
fn renamed(
    model: &Model,
    ids: &IdTables<'_>,
    [(kind, kind_span), (old, old_span), (new, new_span)]: &Written<'_>,
) -> Result<Renamed, Box<Diagnostic>> {
    let wrong =
        |title: String, span: Span, label: String| Diagnostic::new(&code::MANIFEST, title).label(span, label);
    let Some(id) = model.kind_named(kind) else {
        let names: Vec<&str> = model.kinds.iter().map(|kind| kind.path.as_str()).collect();
        let help = did_you_mean(kind, names.iter().copied())
            .unwrap_or_else(|| format!("there are {}", list(&names, "and")));
        let diagnostic = wrong(format!("there is no kind `{kind}`"), *kind_span, "not known".to_owned());
        return Err(Box::new(diagnostic.help(help)));
    };
    let noun = nouns::spoken(model.kind(id).noun());
    let parents = std::iter::successors(model.kind(id).parent, |parent| model.kind(*parent).parent);
    if old.matches(':').count() < parents.clone().count() {
        let first = nouns::spoken(parents.last().map_or("", |first| model.kind(first).noun()));
        let title = format!("`{old}` is no path of {}", nouns::with_article(&noun));
        let diagnostic = wrong(title, *old_span, format!("does not say of which {first}"))
            .help("write the whole path as it was, from the outermost id on, with `:` between ids");
        return Err(Box::new(diagnostic));
    }
    if find(model, ids, id, old).is_some() {
        let title = format!("there still is {} `{old}`", nouns::with_article(&noun));
        let diagnostic = wrong(title, *old_span, "was not renamed".to_owned())
            .help("a save that names it means the one that there is; leave this line out");
        return Err(Box::new(diagnostic));
    }
    match find(model, ids, id, new) {
        Some(row) => Ok(Renamed { kind: id, old: (*old).to_owned(), row }),
        None => {
            let title = format!("there is no {noun} `{new}`");
            let label = "must be the path of an id that there is".to_owned();
            Err(Box::new(wrong(title, *new_span, label).maybe_help(meant(model, ids, id, new))))
        }
    }
}

/// The object in which something that was renamed had to stay, if it is in another one now.
fn other_root(model: &Model, ids: &IdTables<'_>, all: &[Renamed], renamed: &Renamed) -> Option<String> {
    let root = model.scopes(renamed.kind).last().filter(|root| *root != renamed.kind)?;
    let (mut kind, mut row) = (renamed.kind, renamed.row);
    while let Some(parent) = model.kind(kind).parent {
        row = ids.id(kind, row).parent;
        kind = parent;
    }
    let before = renamed.old.match_indices(':').filter_map(|(at, _)| renamed.old.get(..at));
    let now = |path: &str| {
        let by_name = all.iter().find(|other| other.kind == root && other.old == path).map(|other| other.row);
        ids.of(root).find(0, path).or(by_name)
    };
    let was = before.filter_map(now).next()?;
    (was != row).then(|| ids.path(model, root, was))
}

/// The path that is meant by one that leads nowhere: one that is spelt nearly so, or that ends so.
fn meant(model: &Model, ids: &IdTables<'_>, kind: KindId, written: &str) -> Option<String> {
    let paths: Vec<String> =
        (0..ids.of(kind).list.len()).map(|row| ids.path(model, kind, row as u32)).collect();
    let ending = format!(":{written}");
    let mut ending = paths.iter().filter(|path| path.ends_with(&ending));
    match (ending.next(), ending.next()) {
        (Some(only), None) => Some(format!("did you mean `{only}`?")),
        _ => did_you_mean(written, paths.iter().map(String::as_str)),
    }
}

/// The row of an id by its path.
pub fn find(model: &Model, ids: &IdTables<'_>, kind: KindId, path: &str) -> Option<u32> {
    let Some(parent) = model.kind(kind).parent else { return ids.of(kind).find(0, path) };
    path.rmatch_indices(':').find_map(|(at, _)| {
        let parent = find(model, ids, parent, path.get(..at)?)?;
        ids.of(kind).find(parent, path.get(at + 1..)?)
    })
}
