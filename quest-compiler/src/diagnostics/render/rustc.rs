//! Diagnostics in the JSON format in which rustc passes its own to cargo (`docs/format.md`, Messages), so that cargo, CI and editors
//! show a mistake in a content file like one in Rust.

use super::{Style, human, short};
use crate::diagnostics::{Diagnostic, json_string};
use crate::text::{Files, Span};

/// A placeholder for the path of the package, which only the macro that prints the line knows.
const PACKAGE: char = '\u{1}';

/// One diagnostic as a compiler message on one line.
pub fn rustc(diagnostic: &Diagnostic, files: &Files) -> String {
    let mut spans: Vec<String> = diagnostic
        .labels
        .iter()
        .enumerate()
        .map(|(index, label)| span(label.span, &label.text, index == 0, files))
        .collect();
    if let (true, Some(about)) = (spans.is_empty(), &diagnostic.about) {
        spans.push(start(about));
    }
    let children = diagnostic
        .notes
        .iter()
        .map(|text| child("note", text))
        .chain(diagnostic.help.iter().map(|text| child("help", text)));
    // The renderer writes the path after `--> ` or `::: `, where the package's own path has to be prepended.
    let rendered = prefix_paths(&human(diagnostic, files, Style::Colour), files, diagnostic);
    let line = short(diagnostic, files, Style::Colour);
    let line = match diagnostic.file(files) {
        Some(name) => line.replacen(name, &path(name), 1),
        None => line,
    };
    format!(
        "{{\"$message_type\":\"diagnostic\",\"message\":{},\"code\":{{\"code\":{},\"explanation\":null}},\"level\":\"{}\",\"spans\":[{}],\"children\":[{}],{}}}",
        json_string(&diagnostic.title),
        json_string(diagnostic.code.id),
        diagnostic.level.word(),
        spans.join(","),
        children.collect::<Vec<_>>().join(","),
        renderings(&format!("{rendered}\n\n"), &format!("{line}\n")),
    )
}

/// A note about the diagnostics that are not shown. It has no span, so cargo does not count it.
pub fn hidden_count(text: &str) -> String {
    let help = "`questc check --max-diagnostics all` shows them";
    let strong =
        |word: &str, text: &str| format!("\u{1b}[1m\u{1b}[92m{word}\u{1b}[0m\u{1b}[1m: {text}\u{1b}[0m");
    format!(
        "{{\"$message_type\":\"diagnostic\",\"message\":{},\"code\":null,\"level\":\"note\",\"spans\":[],\"children\":[{}],{}}}",
        json_string(text),
        child("help", help),
        renderings(
            &format!("{}\n  = help: {help}\n\n", strong("note", text)),
            &format!("{}\n", strong("note", text))
        ),
    )
}

/// Both renderings that cargo can be asked for; the macro that prints the line keeps one.
fn renderings(rendered: &str, line: &str) -> String {
    let string = |text: &str| json_string(text).replace("\\u0001", &PACKAGE.to_string());
    format!("\"rendered_short\":{},\"rendered\":{}", string(line), string(rendered))
}

fn path(name: &str) -> String {
    let absolute = name.starts_with('/') || name.chars().nth(1) == Some(':');
    if absolute { name.to_owned() } else { format!("{PACKAGE}{name}") }
}

fn prefix_paths(rendered: &str, files: &Files, diagnostic: &Diagnostic) -> String {
    let mut text = rendered.to_owned();
    let mut names: Vec<&str> = diagnostic.labels.iter().map(|label| files.name(label.span.file)).collect();
    names.extend(diagnostic.about.as_deref());
    names.sort();
    names.dedup();
    for name in names {
        for arrow in ["--> ", "::: "] {
            // Colour codes, if any, are between the arrow and the path.
            for reset in ["", "\u{1b}[0m"] {
                text =
                    text.replace(&format!("{arrow}{reset}{name}"), &format!("{arrow}{reset}{}", path(name)));
            }
        }
    }
    text
}

fn span(span: Span, label: &str, primary: bool, files: &Files) -> String {
    let (line, column) = files.line_column(span.file, span.start);
    let (line_end, column_end) = files.line_column(span.file, span.end);
    let index = files.line(span.file, span.start);
    let text = files
        .text(span.file)
        .get(files.line_start(span.file, index)..files.line_start(span.file, index + 1))
        .unwrap_or_default()
        .trim_end();
    let highlight_end = if line == line_end { column_end } else { text.chars().count() + 1 };
    format!(
        "{{\"file_name\":{},\"byte_start\":{},\"byte_end\":{},\"line_start\":{line},\"line_end\":{line_end},\"column_start\":{column},\"column_end\":{column_end},\"is_primary\":{primary},\"text\":[{{\"text\":{},\"highlight_start\":{column},\"highlight_end\":{highlight_end}}}],\"label\":{},\"suggested_replacement\":null,\"suggestion_applicability\":null,\"expansion\":null}}",
        rendered_path(files.name(span.file)),
        span.start,
        span.end,
        json_string(text),
        if label.is_empty() { "null".to_owned() } else { json_string(label) },
    )
}

/// The start of a file, because editors do not show a diagnostic without a span.
fn start(name: &str) -> String {
    format!(
        "{{\"file_name\":{},\"byte_start\":0,\"byte_end\":0,\"line_start\":1,\"line_end\":1,\"column_start\":1,\"column_end\":1,\"is_primary\":true,\"text\":[],\"label\":null,\"suggested_replacement\":null,\"suggestion_applicability\":null,\"expansion\":null}}",
        rendered_path(name),
    )
}

fn rendered_path(name: &str) -> String {
    json_string(&path(name)).replace("\\u0001", &PACKAGE.to_string())
}

fn child(level: &str, text: &str) -> String {
    format!(
        "{{\"message\":{},\"code\":null,\"level\":\"{level}\",\"spans\":[],\"children\":[],\"rendered\":null}}",
        json_string(text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code;

    #[test]
    fn a_file_as_a_whole_is_a_place_too() {
        let diagnostic =
            Diagnostic::new(&code::ENCODING, "this file is UTF-16").about("a.json").help("save it");
        let line = rustc(&diagnostic, &Files::default());
        let message: serde_json::Value = serde_json::from_str(&line.replace(PACKAGE, "game/")).unwrap();
        let span = &message["spans"][0];
        assert_eq!(span["file_name"], "game/a.json");
        assert_eq!((&span["line_start"], &span["column_start"]), (&1.into(), &1.into()));
        let rendered = message["rendered"].as_str().unwrap();
        assert!(rendered.contains("\n \u{1b}[1m\u{1b}[94m--> \u{1b}[0mgame/a.json\n  "), "{rendered:?}");
    }
}
