//! The ids of the objects around a diagnostic.

use super::resolve::Resolved;
use super::rows::{Content, Row};
use crate::diagnostics::Diagnostic;
use crate::schema::{KindId, Model, Origin};
use crate::text::Span;
use bit_set::BitSet;
use std::cmp::Reverse;

/// An object with an id, with the span of everything in it.
struct Object {
    place: Span,
    kind: KindId,
    id: u32,
}

/// Gives every diagnostic the ids of the objects around its location. Costs nothing if there are no diagnostics.
pub fn find_entries(model: &Model, resolved: &Resolved<'_>, diagnostics: &mut [Diagnostic]) {
    let mut files = BitSet::new();
    for span in diagnostics.iter().filter_map(Diagnostic::span) {
        files.insert(span.file.0 as usize);
    }
    if files.is_empty() {
        return;
    }
    let mut objects = objects(model, resolved, &files);
    // Objects are nested or disjoint, so in this order those around a location precede it, the outermost first.
    objects.sort_by_key(|object| (object.place.file, object.place.start, Reverse(object.place.end)));
    let mut placed: Vec<(Span, &mut Diagnostic)> =
        diagnostics.iter_mut().filter_map(|diagnostic| Some((diagnostic.span()?, diagnostic))).collect();
    placed.sort_by_key(|(span, _)| (span.file, span.start));
    let mut rest = objects.iter().peekable();
    let mut around: Vec<&Object> = Vec::new();
    for (span, diagnostic) in placed {
        let begins = |object: &&Object| (object.place.file, object.place.start) <= (span.file, span.start);
        while let Some(object) = rest.next_if(|object| begins(object)) {
            leave(&mut around, object.place);
            around.push(object);
        }
        leave(&mut around, span);
        for Object { kind, id, .. } in around.iter().rev() {
            let path = resolved.ids.path(model, *kind, *id);
            // A manifest can name the id with its prefix too, as the file has it.
            let prefix = &model.kind(*kind).prefix;
            let written = (!prefix.is_empty()).then(|| format!("{prefix}{path}"));
            diagnostic.entries.push(path);
            diagnostic.entries.extend(written);
        }
    }
}

/// Removes the objects that end before a location.
fn leave(around: &mut Vec<&Object>, place: Span) {
    let is_around = |object: &Object| object.place.file == place.file && place.start < object.place.end;
    while around.pop_if(|object| !is_around(object)).is_some() {}
}

/// The objects with an id in some files.
fn objects(model: &Model, resolved: &Resolved<'_>, files: &BitSet) -> Vec<Object> {
    let Resolved { content, ids, .. } = resolved;
    let mut objects = Vec::new();
    for (record, described) in model.records.iter().enumerate() {
        let record = crate::schema::RecordId(record as u32);
        let Some((kind, field)) = described.key() else { continue };
        let in_map = described.fields[field].origin == Origin::MapName;
        for row in (0..content.table(record).len()).map(|row| Row { record, row }) {
            if !files.contains(content.document(row).file.0 as usize) {
                continue;
            }
            let Some(id) = ids.own(model, content, kind, row) else { continue };
            if ids.id(kind, id).span.is_some() {
                objects.push(Object { place: place(content, row, in_map.then_some(field)), kind, id });
            }
        }
    }
    objects
}

/// The span of a row's object, with its name if it is in a map.
fn place(content: &Content<'_>, row: Row, name: Option<usize>) -> Span {
    let object = content.object(row);
    let Some(name) = name.and_then(|field| content.node(row, field)) else { return object.span() };
    // A row whose value is no object has only the name as its origin; the value follows.
    let value = if object.at() == name.at() { content.document(row).node(name.at() + 1) } else { object };
    Span { start: name.span().start.min(value.span().start), ..value.span() }
}
