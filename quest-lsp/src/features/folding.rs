//! What belongs together in a file: objects and lists.

use super::json;
use crate::question::{Answer, Asked};
use crate::view::{Place, View, contains};
use gen_lsp_types::{FoldingRange, Position, SelectionRange};
use quest_compiler::source::{Document, Node};
use quest_compiler::text::FileId;
use serde_json::Value;

/// `textDocument/foldingRange`.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let Some((file, document)) = document(view, asked.uri) else { return Ok(Value::Null) };
    let lines = view.shown.lines(file);
    let mut ranges: Vec<FoldingRange> = Vec::new();
    let mut open: Vec<Node<'_>> = document.root().into_iter().collect();
    while let Some(node) = open.pop() {
        open.extend(node.elements());
        open.extend(node.properties().map(|(_, value)| value));
        let range = lines.of(node.span());
        let nested = node.elements().next().is_some() || node.properties().next().is_some();
        if nested && range.start.line < range.end.line {
            let folded = FoldingRange {
                start_line: range.start.line,
                end_line: range.end.line,
                ..FoldingRange::default()
            };
            ranges.push(folded);
        }
    }
    ranges.sort_by_key(|range| (range.start_line, range.end_line));
    ranges.dedup_by_key(|range| (range.start_line, range.end_line));
    Ok(json(ranges))
}

/// `textDocument/selectionRange`.
pub(crate) fn selections(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let positions: Vec<Position> = asked.read("positions")?;
    let Some((file, document)) = document(view, asked.uri) else { return Ok(Value::Null) };
    let lines = view.shown.lines(file);
    let chosen = |position: &Position| {
        let place = Place { file, byte: lines.byte(*position) };
        let mut selected = SelectionRange { range: lines.range(0, view.text(file).len()), parent: None };
        let mut next = document.root();
        while let Some(node) = next {
            if contains(node.span(), place) && lines.of(node.span()) != selected.range {
                selected = SelectionRange { range: lines.of(node.span()), parent: Some(Box::new(selected)) };
            }
            let values = node.properties().flat_map(|(name, value)| [value, name]);
            next = node.elements().chain(values).find(|inner| contains(inner.span(), place));
        }
        selected
    };
    Ok(json(positions.iter().map(chosen).collect::<Vec<_>>()))
}

/// A file of content or a registry, as it was read.
fn document<'v>(view: &View<'v>, uri: &str) -> Option<(FileId, &'v Document)> {
    let file = view.shown.file(uri)?;
    let input = &view.checked.typed.project.input;
    let registries = input.registries.iter().map(|file| &file.document);
    let mut all = input.documents.iter().chain(registries).chain(&input.schemas).chain(&input.overlays);
    all.find(|document| document.file == file).map(|document| (file, document))
}
