//! Renames of the manifest, held against the ids that there are.

use super::{Keys, Resolved};
use crate::diagnose::{Diagnostic, code, did_you_mean, list};
use crate::schema::{KindId, Model};
use crate::source::Span;

/// An id that had another name: its kind, the path it had, the row it has.
#[derive(Debug)]
pub(crate) struct Renamed {
    pub(crate) kind: KindId,
    pub(crate) old: String,
    pub(crate) row: u32,
}

/// A rename as it is written: kind, path before, path now.
pub(crate) type Written<'w> = [(&'w str, Span); 3];

/// Finds what has been renamed. A save can only name what a journal knows: `kinds`.
pub(crate) fn renames(
    model: &Model,
    resolved: &Resolved<'_>,
    kinds: &[KindId],
    written: &[Written<'_>],
    findings: &mut Vec<Diagnostic>,
) -> Vec<Renamed> {
    let mut found = Vec::new();
    for [(kind, kind_span), (old, old_span), (new, new_span)] in written {
        let names = || kinds.iter().map(|kind| model.kind(*kind).path.as_str());
        let Some(id) = kinds.iter().copied().find(|id| model.kind(*id).path == *kind) else {
            let help = did_you_mean(kind, names()).unwrap_or_else(|| match kinds {
                [] => "no schema of this project has an `x-journal`".to_owned(),
                _ => format!("saves name {}", list(names(), "and")),
            });
            findings.push(
                Diagnostic::new(&code::MANIFEST, format!("saves do not name ids of the kind `{kind}`"))
                    .label(*kind_span, "can not be renamed")
                    .help(help),
            );
            continue;
        };
        let noun = model.kind(id).noun();
        if find(model, &resolved.keys, id, old).is_some() {
            findings.push(
                Diagnostic::new(&code::MANIFEST, format!("there still is a {noun} `{old}`"))
                    .label(*old_span, "was not renamed")
                    .help("a save that names it means the one that there is; leave this line out"),
            );
            continue;
        }
        match find(model, &resolved.keys, id, new) {
            Some(row) => found.push(Renamed { kind: id, old: (*old).to_owned(), row }),
            None => findings.push(
                Diagnostic::new(&code::MANIFEST, format!("there is no {noun} `{new}`"))
                    .label(*new_span, "must be the path of an id that there is")
                    .maybe_help(did_you_mean(
                        new.rsplit(':').next().unwrap_or(new),
                        resolved.keys.of(id).list.iter().map(|id| &*id.text),
                    )),
            ),
        }
    }
    found
}

/// The row of an id by its path.
fn find(model: &Model, keys: &Keys<'_>, kind: KindId, path: &str) -> Option<u32> {
    let Some(parent) = model.kind(kind).parent else { return keys.of(kind).find(0, path) };
    path.rmatch_indices(':').find_map(|(at, _)| {
        let parent = find(model, keys, parent, path.get(..at)?)?;
        keys.of(kind).find(parent, path.get(at + 1..)?)
    })
}
