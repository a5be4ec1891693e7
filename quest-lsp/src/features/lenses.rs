//! How often the ids of a file are used, above their objects.

use super::json;
use crate::question::{Answer, Asked};
use gen_lsp_types::{CodeLens, Command};
use serde_json::Value;

/// `textDocument/codeLens`. An editor that has no command for it shows the text.
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
        let command = match asked.abilities.shows_references {
            true => Command {
                title,
                command: "questc.references".to_owned(),
                arguments: Some(vec![asked.uri.into(), json(range.start)]),
                tooltip: None,
            },
            false => Command { title, ..Command::default() },
        };
        lenses.push(CodeLens { range, command: Some(command), data: None });
    }
    lenses.sort_by_key(|lens| (lens.range.start.line, lens.range.start.character));
    Ok(json(lenses))
}
