//! The texts that are open in an editor.

use crate::position::{Columns, Lines};
use crate::uri;
use gen_lsp_types::{Range, Uri};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// A text that is open.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// As the editor calls it.
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) text: Arc<String>,
}

/// All open texts, by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Documents {
    open: BTreeMap<PathBuf, Document>,
}

impl Documents {
    pub(crate) fn open(&mut self, uri: Uri, version: i32, text: String) -> Option<PathBuf> {
        let path = uri::path(&uri.0)?;
        self.open.insert(path.clone(), Document { uri, version, text: Arc::new(text) });
        Some(path)
    }

    pub(crate) fn close(&mut self, uri: &str) -> Option<PathBuf> {
        let path = uri::path(uri)?;
        self.open.remove(&path).map(|_| path)
    }

    /// Applies the changes of a notification. An error says why the text is not known any more: it is better to have none than one
    /// that differs from what the editor shows.
    pub(crate) fn change(
        &mut self,
        uri: &str,
        version: i32,
        changes: &[Value],
        columns: Columns,
    ) -> Result<PathBuf, String> {
        let path = uri::path(uri).ok_or_else(|| format!("`{uri}` is no file"))?;
        let document = self.open.get_mut(&path).ok_or_else(|| format!("`{uri}` is not open"))?;
        if version <= document.version {
            return Err(format!("version {version} of `{uri}` comes after {}", document.version));
        }
        let mut text = String::clone(&document.text);
        for change in changes {
            if let Err(error) = apply(&mut text, change, columns) {
                self.open.remove(&path);
                return Err(format!(
                    "a change of `{uri}` cannot be read, so its text on disk counts: {error}"
                ));
            }
        }
        (document.version, document.text) = (version, Arc::new(text));
        Ok(path)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&PathBuf, &Document)> {
        self.open.iter()
    }
}

/// Applies a change: of a range, or of the whole text if there is no range.
fn apply(text: &mut String, change: &Value, columns: Columns) -> Result<(), String> {
    let new = change.get("text").and_then(Value::as_str).ok_or("there is no text")?;
    match change.get("range").filter(|range| !range.is_null()) {
        None => new.clone_into(text),
        Some(range) => {
            let range: Range = serde_json::from_value(range.clone()).map_err(|error| error.to_string())?;
            let lines = Lines::new(text, columns);
            let (start, end) = (lines.byte(range.start), lines.byte(range.end));
            if start > end {
                return Err("the range ends before it starts".to_owned());
            }
            text.replace_range(start..end, new);
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use serde_json::json;

    fn opened(text: &str) -> Documents {
        let mut documents = Documents::default();
        documents.open(Uri("file:///a.json".into()), 1, text.into());
        documents
    }

    fn text(documents: &Documents) -> Option<String> {
        documents.iter().next().map(|(_, document)| document.text.to_string())
    }

    #[test]
    fn changes_apply_one_after_the_other() {
        let mut documents = opened("[\"𝄞\", 1]\n");
        let range = |from: u32, to: u32| json!({ "start": { "line": 0, "character": from }, "end": { "line": 0, "character": to } });
        let changes =
            [json!({ "range": range(4, 4), "text": "x" }), json!({ "range": range(8, 9), "text": "22" })];
        documents.change("file:///a.json", 2, &changes, Columns::Utf16).unwrap();
        assert_eq!(text(&documents).as_deref(), Some("[\"𝄞x\", 22]\n"));
        documents.change("file:///a.json", 3, &[json!({ "text": "{}" })], Columns::Utf16).unwrap();
        assert_eq!(text(&documents).as_deref(), Some("{}"));
    }

    #[test]
    fn a_change_that_cannot_be_read_replaces_nothing() {
        let mut documents = opened("[]");
        let odd = json!({ "range": { "start": { "line": 0.5, "character": 0 } }, "text": "x" });
        assert!(documents.change("file:///a.json", 2, &[odd], Columns::Utf16).is_err());
        assert_eq!(text(&documents), None);
    }

    #[test]
    fn an_older_change_is_none() {
        let mut documents = opened("[]");
        assert!(documents.change("file:///a.json", 1, &[json!({ "text": "x" })], Columns::Utf16).is_err());
        assert!(documents.change("file:///b.json", 2, &[json!({ "text": "x" })], Columns::Utf16).is_err());
        assert_eq!(text(&documents).as_deref(), Some("[]"));
    }
}
