//! Diagnostics as JSON, one object a line, for tools. `docs/diagnostics-json.md` says what is in it.

use super::{Diagnostic, json_string};
use crate::text::{Files, Span};

/// One diagnostic as a JSON object on one line. Lines and columns count from 1, columns in characters; `start` and `end` are bytes.
pub fn json(diagnostic: &Diagnostic, files: &Files) -> String {
    let place = |span: Span| {
        let (line, column) = files.line_column(span.file, span.start);
        let (end_line, end_column) = files.line_column(span.file, span.end);
        format!(
            "\"file\":{},\"line\":{line},\"column\":{column},\"endLine\":{end_line},\"endColumn\":{end_column},\"start\":{},\"end\":{}",
            json_string(files.name(span.file)),
            span.start,
            span.end
        )
    };
    let strings = |list: &[String]| list.iter().map(|text| json_string(text)).collect::<Vec<_>>().join(",");
    let labels: Vec<String> = diagnostic
        .labels
        .iter()
        .map(|label| format!("{{{},\"text\":{}}}", place(label.span), json_string(&label.text)))
        .collect();
    let fix = diagnostic.fix.as_ref().and_then(|fix| fix.edit(files)).map_or_else(
        || "null".to_owned(),
        |edit| format!("{{{},\"replacement\":{}}}", place(edit.span), json_string(&edit.text)),
    );
    format!(
        "{{\"code\":{},\"name\":{},\"lint\":{},\"level\":\"{}\",\"message\":{},\"file\":{},\"entry\":{},\"labels\":[{}],\"notes\":[{}],\"help\":[{}],\"fix\":{fix}}}",
        json_string(diagnostic.code.id),
        json_string(diagnostic.code.name),
        or_null(diagnostic.lint.as_deref()),
        diagnostic.level.word(),
        json_string(&diagnostic.title),
        or_null(diagnostic.file(files)),
        or_null(diagnostic.entry()),
        labels.join(","),
        strings(&diagnostic.notes),
        strings(&diagnostic.help),
    )
}

fn or_null(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), json_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code;

    #[test]
    fn a_file_without_a_snippet_is_named() {
        let diagnostic = Diagnostic::new(&code::ENCODING, "this file is UTF-16").about("a.json");
        let line: serde_json::Value = serde_json::from_str(&json(&diagnostic, &Files::default())).unwrap();
        assert_eq!(line["file"], "a.json");
        assert_eq!(line["labels"], serde_json::json!([]));
    }
}
