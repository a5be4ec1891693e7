//! Another text for an id, everywhere.

use super::json;
use crate::position::Lines;
use crate::question::{Answer, Asked, error};
use crate::uri;
use gen_lsp_types::TextEdit;
use gen_lsp_types::Uri;
use lsp_server::{ErrorCode, ResponseError};
use quest_compiler::text::identity;
use quest_rename::{FileChange, Refusal};
use serde_json::{Value, json as object};
use std::path::Path;

/// `textDocument/prepareRename`.
pub(crate) fn prepare(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let Some(place) = view.place(asked.uri, asked.position()?) else { return Ok(Value::Null) };
    let Some((_, at)) = quest_rename::locate(view.checked, place.file, place.byte) else {
        return Ok(Value::Null);
    };
    let range = view.shown.lines(place.file).range(at.range.start, at.range.end);
    Ok(object!({ "range": range, "placeholder": at.text }))
}

/// `textDocument/rename`.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let new: String = asked.read("newName")?;
    let Some(place) = view.place(asked.uri, asked.position()?) else { return Ok(Value::Null) };
    let Some((_, at)) = quest_rename::locate(view.checked, place.file, place.byte) else {
        return Err(error(ErrorCode::InvalidRequest, "there is no id here"));
    };
    let renaming = quest_rename::rename(view.request, &at.id, &new).map_err(|refusal| refused(&refusal))?;
    if let Some(file) =
        renaming.files.iter().find(|file| file.moved_to.is_some() && !asked.abilities.renames_files)
    {
        let title =
            format!("`{}` has the id as its name, and this editor renames no files", file.path.display());
        return Err(error(ErrorCode::RequestFailed, title));
    }
    let mut changes = Vec::new();
    for file in &renaming.files {
        let Some(uri) = asked.view.shown.file_uri(&file.path) else { continue };
        changes.push(object!({
            "textDocument": { "uri": uri.0, "version": Value::Null },
            "edits": json(edits(asked, file)),
        }));
        if let Some(new) = file.moved_to.as_deref().and_then(uri::uri) {
            changes.push(object!({ "kind": "rename", "oldUri": uri.0, "newUri": new.0 }));
        }
    }
    // Editors that know no changes of documents get the texts alone.
    let by_document = asked.abilities.document_changes;
    Ok(if by_document { object!({ "documentChanges": changes }) } else { plain(&changes) })
}

fn plain(changes: &[Value]) -> Value {
    let mut by_uri = serde_json::Map::new();
    for change in changes {
        if let Some(uri) = change.pointer("/textDocument/uri").and_then(Value::as_str) {
            by_uri.insert(uri.to_owned(), change["edits"].clone());
        }
    }
    object!({ "changes": by_uri })
}

fn edits(asked: &Asked<'_, '_>, file: &FileChange) -> Vec<TextEdit> {
    let lines = Lines::new(&file.before, asked.abilities.columns);
    let edit = |edit: &quest_rename::TextEdit| TextEdit {
        range: lines.range(edit.start, edit.end),
        new_text: edit.text.clone(),
    };
    file.edits.iter().map(edit).collect()
}

fn refused(refusal: &Refusal) -> ResponseError {
    let help = refusal.help.as_ref().map(|help| format!(": {help}")).unwrap_or_default();
    error(ErrorCode::RequestFailed, format!("{}{help}", refusal.title))
}

impl crate::view::Shown<'_> {
    /// The URI of a file, which need not be one of the project.
    fn file_uri(&self, path: &Path) -> Option<Uri> {
        self.open_uri(&identity(path)).or_else(|| uri::uri(path))
    }
}
