//! The diagnostics of a file, for editors that ask for them.

use crate::question::{Answer, Asked};
use crate::report::of;
use quest_compiler::diagnostics::Level;
use serde_json::json;

/// `textDocument/diagnostic`.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let shown = &asked.view.shown;
    let file = shown.file(asked.uri);
    let own = asked.view.diagnostics.list.iter().filter(|diagnostic| {
        diagnostic.level != Level::Allow && diagnostic.span().is_some_and(|span| Some(span.file) == file)
    });
    let items: Vec<_> = own.map(|diagnostic| of(shown, diagnostic)).collect();
    Ok(json!({ "kind": "full", "items": items }))
}
