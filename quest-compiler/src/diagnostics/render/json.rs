//! Diagnostics as JSON, one object a line, for tools. `docs/diagnostics-json.md` says what is in it.

use crate::diagnostics::{Diagnostic, Edit};
use crate::text::{Files, Span};
use serde::Serialize;

/// One diagnostic as a JSON object on one line.
pub fn json(diagnostic: &Diagnostic, files: &Files) -> String {
    let label = |span, text| JsonLabel { location: JsonLocation::new(span, files), text };
    let fix = |Edit { span, text }| JsonFix { location: JsonLocation::new(span, files), replacement: text };
    let json = JsonDiagnostic {
        code: diagnostic.code.id,
        name: diagnostic.code.name,
        lint: diagnostic.lint.as_deref(),
        level: diagnostic.level.word(),
        message: &diagnostic.title,
        file: diagnostic.file(files),
        entry: diagnostic.entry(),
        labels: diagnostic.labels.iter().map(|known| label(known.span, known.text.as_str())).collect(),
        notes: &diagnostic.notes,
        help: &diagnostic.help,
        fix: diagnostic.edits(files).into_iter().next().map(fix),
    };
    super::to_json(&json)
}

#[derive(Serialize)]
struct JsonDiagnostic<'d> {
    code: &'d str,
    name: &'d str,
    lint: Option<&'d str>,
    level: &'d str,
    message: &'d str,
    file: Option<&'d str>,
    entry: Option<&'d str>,
    labels: Vec<JsonLabel<'d>>,
    notes: &'d [String],
    help: &'d [String],
    fix: Option<JsonFix<'d>>,
}

#[derive(Serialize)]
struct JsonLabel<'d> {
    #[serde(flatten)]
    location: JsonLocation<'d>,
    text: &'d str,
}

#[derive(Serialize)]
struct JsonFix<'d> {
    #[serde(flatten)]
    location: JsonLocation<'d>,
    replacement: String,
}

/// Lines and columns count from 1, columns in characters; `start` and `end` are bytes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonLocation<'d> {
    file: &'d str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: u32,
    end: u32,
}

impl<'d> JsonLocation<'d> {
    fn new(span: Span, files: &'d Files) -> Self {
        let (line, column) = files.line_column(span.file, span.start);
        let (end_line, end_column) = files.line_column(span.file, span.end);
        let file = files.name(span.file);
        let [start, end] = [span.start, span.end].map(|byte| files.byte_in_file(span.file, byte));
        Self { file, line, column, end_line, end_column, start, end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code;
    use std::sync::Arc;

    fn read(diagnostic: &Diagnostic, files: &Files) -> serde_json::Value {
        serde_json::from_str(&json(diagnostic, files)).unwrap()
    }

    #[test]
    fn a_file_without_a_snippet_is_named() {
        let diagnostic = Diagnostic::new(&code::ENCODING, "this file is UTF-16").about("a.json");
        let line = read(&diagnostic, &Files::default());
        assert_eq!(line["file"], "a.json");
        assert_eq!(line["labels"], serde_json::json!([]));
        assert_eq!(line["fix"], serde_json::Value::Null);
    }

    #[test]
    fn a_fix_has_its_replacement() {
        let mut files = Files::default();
        let file = files.add("a.json".to_owned(), Arc::new("[\"IronOre\"]".to_owned()));
        let span = Span::new(file, 1, 10);
        let diagnostic = Diagnostic::new(&code::UNKNOWN_REFERENCE, "no item `IronOre`")
            .label(span, "no item has this id")
            .did_you_mean(span, "IronOre", &["iron-ore"]);
        let fix = &read(&diagnostic, &files)["fix"];
        assert_eq!((&fix["file"], &fix["replacement"]), (&"a.json".into(), &"iron-ore".into()));
        assert_eq!((&fix["start"], &fix["end"], &fix["column"]), (&2.into(), &9.into(), &3.into()));
    }
}
