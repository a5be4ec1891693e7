//! What can be done about a diagnostic.

use super::json;
use crate::question::{Answer, Asked};
use crate::report;
use crate::view::View;
use gen_lsp_types::{CodeAction, CodeActionKind, Range, TextEdit, WorkspaceEdit};
use quest_compiler::diagnostics::{Diagnostic, Level};
use quest_compiler::text::Span;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// `textDocument/codeAction`.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let range: Range = asked.read("range")?;
    let Some(file) = view.shown.file(asked.uri) else { return Ok(Value::Null) };
    let lines = view.shown.lines(file);
    let (start, end) = (lines.byte(range.start), lines.byte(range.end));
    let touches = |span: Span| span.file == file && span.start as usize <= end && span.end as usize >= start;
    let found = view
        .diagnostics
        .list
        .iter()
        .filter(|diagnostic| diagnostic.level != Level::Allow && diagnostic.span().is_some_and(touches));
    let mut actions = Vec::new();
    for diagnostic in found {
        actions.extend(corrections(view, diagnostic));
        actions.extend(exception(view, diagnostic));
    }
    Ok(json(actions))
}

/// What was certainly meant, or what was perhaps meant.
fn corrections(view: &View<'_>, diagnostic: &Diagnostic) -> Vec<CodeAction> {
    let edits = diagnostic.edits(view.shown.files);
    if !edits.is_empty() {
        let title = match edits.as_slice() {
            [only] if only.text.is_empty() => "Remove this".to_owned(),
            [only] => format!("Change to `{}`", only.text),
            _ => "Correct this".to_owned(),
        };
        let edits = edits.into_iter().map(|edit| (edit.span, edit.text)).collect();
        return action(view, diagnostic, title, edits, true).into_iter().collect();
    }
    let Some((span, meant)) = diagnostic.span().zip(diagnostic.meant.as_deref()) else { return Vec::new() };
    let source = view.text(span.file).get(span.start as usize..span.end as usize).unwrap_or_default();
    let quote = source.chars().next().filter(|sign| matches!(sign, '"' | '\''));
    let plain = meant.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | ':' | '.'));
    let new = match quote {
        Some(quote) => format!("{quote}{meant}{quote}"),
        None => meant.to_owned(),
    };
    if !plain {
        return Vec::new();
    }
    let title = format!("Change to `{meant}`");
    action(view, diagnostic, title, vec![(span, new)], false).into_iter().collect()
}

/// Excepts the entry in the manifest.
fn exception(view: &View<'_>, diagnostic: &Diagnostic) -> Option<CodeAction> {
    let entry = diagnostic.entries.first().filter(|_| diagnostic.code.configurable)?;
    let manifest = view.request.manifest.as_path();
    let shown = manifest.to_string_lossy().replace('\\', "/");
    let files = view.shown.files;
    let at = files.names().position(|name| Path::new(name) == manifest || name == shown)?;
    let file = quest_compiler::text::FileId(u32::try_from(at).ok()?);
    let text = files.text(file);
    let name = diagnostic.lint.as_deref().unwrap_or(diagnostic.code.name);
    let gap = if text.is_empty() || text.ends_with('\n') { "\n" } else { "\n\n" };
    let new = format!(
        "{gap}[[lints.except]]\nlint = {}\nentry = {}\nreason = \"meant as it is\"\n",
        toml_text(name),
        toml_text(entry)
    );
    let end = Span::new(file, text.len(), text.len());
    action(view, diagnostic, format!("Except `{entry}` in `quest.toml`"), vec![(end, new)], false)
}

/// A text as TOML writes it.
fn toml_text(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|sign| match sign {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            sign if sign.is_control() => format!("\\u{:04X}", u32::from(sign)),
            sign => sign.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

fn action(
    view: &View<'_>,
    diagnostic: &Diagnostic,
    title: String,
    edits: Vec<(Span, String)>,
    preferred: bool,
) -> Option<CodeAction> {
    let mut changes: HashMap<gen_lsp_types::Uri, Vec<TextEdit>> = HashMap::new();
    for (span, new_text) in edits {
        let edit = TextEdit { range: view.shown.range(span), new_text };
        changes.entry(view.shown.uri(span.file)?).or_default().push(edit);
    }
    Some(CodeAction {
        title,
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![report::of(&view.shown, diagnostic)]),
        is_preferred: Some(preferred),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        ..CodeAction::default()
    })
}
