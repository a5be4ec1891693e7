//! The objects with ids, of a file and of a project.

use super::{json, parents, symbol_kind};
use crate::question::{Answer, Asked};
use crate::view::View;
use gen_lsp_types::DocumentSymbol;
use quest_compiler::schema::KindId;
use quest_compiler::text::{FileId, Span};
use serde_json::{Value, json as object};

/// The most symbols that a search gives.
const MOST: usize = 500;

/// `textDocument/documentSymbol`.
pub(crate) fn in_document(asked: &Asked<'_, '_>) -> Answer {
    let Some(file) = asked.view.shown.file(asked.uri) else { return Ok(Value::Null) };
    Ok(json(tree(asked.view, file)))
}

/// An object with an id.
struct Found {
    span: Span,
    name: Span,
    symbol: DocumentSymbol,
}

fn tree(view: &View<'_>, file: FileId) -> Vec<DocumentSymbol> {
    let (model, content) = (&view.checked.typed.model, &view.checked.resolved.content);
    let mut found: Vec<Found> = Vec::new();
    for row in view.rows(file) {
        let Some(id) = view.own(row).next() else { continue };
        let span = content.object(row).span();
        let keys = &model.record(row.record).keys;
        let node = keys.first().and_then(|(_, field)| content.node(row, *field));
        let name = node.map(|node| node.span()).filter(|name| name.file == file).unwrap_or(span);
        #[expect(deprecated, reason = "the field is there whether it is used or not")]
        let symbol = DocumentSymbol {
            name: view.checked.resolved.ids.id(id.0, id.1).text.to_string(),
            detail: view.title(id),
            kind: symbol_kind(parents(model, id.0)),
            tags: None,
            deprecated: None,
            range: view.shown.range(span),
            selection_range: view.shown.range(if inside(name, span) { name } else { content.opening(row) }),
            children: None,
        };
        found.push(Found { span, name, symbol });
    }
    // Those around others come first.
    found.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end), one.name.start));
    let mut roots = Vec::new();
    let mut open: Vec<Found> = Vec::new();
    for next in found {
        while open.last().is_some_and(|last| !inside(next.span, last.span)) {
            close(&mut open, &mut roots);
        }
        open.push(next);
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

/// Gives the last open symbol to the one around it.
fn close(open: &mut Vec<Found>, roots: &mut Vec<DocumentSymbol>) {
    let Some(Found { symbol, .. }) = open.pop() else { return };
    match open.last_mut() {
        Some(around) => around.symbol.children.get_or_insert_default().push(symbol),
        None => roots.push(symbol),
    }
}

fn inside(inner: Span, outer: Span) -> bool {
    inner.file == outer.file && inner.start >= outer.start && inner.end <= outer.end
}

/// `workspace/symbol`: ids and titles that contain all words of the query, those whose id begins with it first.
pub(crate) fn in_project(view: &View<'_>, query: &str) -> Value {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let (model, ids) = (&view.checked.typed.model, &view.checked.resolved.ids);
    let mut found = Vec::new();
    for kind in (0..model.kinds.len() as u32).map(KindId) {
        for (row, id) in (0..).zip(&ids.of(kind).list) {
            let Some(span) = id.span else { continue };
            let title = view.title((kind, row)).unwrap_or_default();
            let text = format!("{} {}", id.text, title).to_lowercase();
            if words.iter().all(|word| text.contains(word)) {
                let rank = !id.text.to_lowercase().starts_with(&query);
                found.push((rank, kind, row, span, title));
            }
        }
    }
    found.sort_by_key(|(rank, kind, row, ..)| (*rank, kind.0, *row));
    let symbols = found.into_iter().take(MOST).filter_map(|(_, kind, row, span, title)| {
        let path = view.path((kind, row));
        let name = if title.is_empty() { path } else { format!("{path} ({title})") };
        let around = ids.id(kind, row).parent;
        let container = model.kind(kind).parent.map(|parent| view.path((parent, around)));
        Some(object!({
            "name": name,
            "kind": symbol_kind(parents(model, kind)),
            "location": view.shown.location(span)?,
            "containerName": container.unwrap_or_else(|| model.kind(kind).noun().to_owned()),
        }))
    });
    Value::Array(symbols.collect())
}
