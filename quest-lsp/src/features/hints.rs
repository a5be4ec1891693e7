//! Titles next to ids.

use super::json;
use crate::question::{Answer, Asked};
use gen_lsp_types::Range;
use serde_json::{Value, json as object};

/// `textDocument/inlayHint`.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let range: Range = asked.read("range")?;
    let Some(file) = view.shown.file(asked.uri) else { return Ok(Value::Null) };
    let lines = view.shown.lines(file);
    let (start, end) = (lines.byte(range.start), lines.byte(range.end));
    let hints = quest_rename::references_in(view.checked, file).into_iter().filter_map(|(span, id)| {
        let at = span.end as usize;
        let title = view.title(id).filter(|_| (start..=end).contains(&at))?;
        // A title that reads like the id says nothing new.
        let own = &view.checked.resolved.ids.id(id.0, id.1).text;
        (*own != title)
            .then(|| object!({ "position": lines.position(at), "label": title, "paddingLeft": true }))
    });
    Ok(json(hints.collect::<Vec<_>>()))
}
