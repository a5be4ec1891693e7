//! How often the ids of a file are used, above their objects.

use super::json;
use crate::question::{Answer, Asked};
use gen_lsp_types::{CodeLens, Command};
use serde_json::Value;

/// `textDocument/codeLens`. Without a command, editors show the text.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let Some(file) = view.shown.file(asked.uri) else { return Ok(Value::Null) };
    let counts = quest_rename::counts(view.checked);
    let content = &view.checked.resolved.content;
    let mut lenses = Vec::new();
    for row in view.rows(file) {
        let Some(id) = view.own(row).next() else { continue };
        let keys = &view.checked.typed.model.record(row.record).keys;
        let node = keys.first().and_then(|(_, field)| content.node(row, *field));
        let Some(span) = node.map(|node| node.span()).filter(|span| span.file == file) else { continue };
        let count = counts.get(&id).copied().unwrap_or_default();
        let range = view.shown.range(span);
        let title = match count {
            0 => "not used".to_owned(),
            count => format!("used by {count}"),
        };
        lenses.push(CodeLens { range, command: Some(Command { title, ..Command::default() }), data: None });
    }
    lenses.sort_by_key(|lens| (lens.range.start.line, lens.range.start.character));
    Ok(json(lenses))
}
