//! Findings as people read them: what, where, why it is wrong here, what to do.

use super::{Diagnostic, Level, window};
use crate::source::{FileId, Files};
use annotate_snippets::{AnnotationKind, Group, Level as Severity, Origin, Padding, Renderer, Snippet};

/// Whether colours are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Colour,
}

/// One finding as text, without a line end.
pub(crate) fn human(finding: &Diagnostic, files: &Files, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    let severity = if finding.level == Level::Deny { Severity::ERROR } else { Severity::WARNING };
    let mut group = Group::with_title(severity.primary_title(finding.title.as_str()).id(finding.code.id));
    if let Some(about) = &finding.about {
        group = group.element(Origin::path(about.as_str()));
        if !finding.notes.is_empty() || !finding.help.is_empty() {
            group = group.element(Padding);
        }
    }
    // One snippet a file, the file of the finding first, the others in the order of their labels.
    let mut order: Vec<FileId> = Vec::new();
    for label in &finding.labels {
        if !order.contains(&label.span.file) {
            order.push(label.span.file);
        }
    }
    for file in order {
        let labels = || finding.labels.iter().enumerate().filter(move |(_, label)| label.span.file == file);
        // Labels far apart make a long window; the renderer folds the lines between them.
        let window = window(files, file, labels().map(|(_, label)| label.span));
        let mut snippet =
            Snippet::source(window.text).line_start(window.line).path(files.name(file)).fold(true);
        for (index, label) in labels() {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let byte = |byte: u32| (byte as usize).saturating_sub(window.start).min(window.text.len());
            // A place can be the last byte of a character; what is underlined is whole characters.
            let start = window.text.floor_char_boundary(byte(label.span.start));
            let span = start..window.text.ceil_char_boundary(byte(label.span.end)).max(start);
            let annotation = kind.span(span);
            snippet = snippet.annotation(if label.text.is_empty() {
                annotation
            } else {
                annotation.label(label.text.as_str())
            });
        }
        group = group.element(snippet);
    }
    for note in &finding.notes {
        group = group.element(Severity::NOTE.message(note.as_str()));
    }
    for help in &finding.help {
        group = group.element(Severity::HELP.message(help.as_str()));
    }
    let text = renderer.render(&[group]);
    // The renderer indents by the width of the line numbers, which is nothing without a snippet. Others indent by one digit then.
    if finding.labels.is_empty() { text.replace('\n', "\n ") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::code;

    fn plain(finding: &Diagnostic) -> String {
        human(finding, &Files::default(), Style::Plain)
    }

    #[test]
    fn a_file_without_a_snippet_stands_where_others_do() {
        let finding = Diagnostic::new(&code::ENCODING, "this file is UTF-16").about("a.json");
        assert_eq!(plain(&finding), "error[Q0002]: this file is UTF-16\n --> a.json");
        let finding = finding.note("a note").help("save it as UTF-8");
        let expected = "error[Q0002]: this file is UTF-16\n --> a.json\n  |\n  = note: a note\n  = help: save it as UTF-8";
        assert_eq!(plain(&finding), expected);
    }

    #[test]
    fn no_place_at_all() {
        let finding = Diagnostic::new(&code::OUTPUT, "too many rows");
        assert_eq!(plain(&finding), "error[Q0010]: too many rows");
        let finding = finding.help("make two projects\nof it");
        let expected = "error[Q0010]: too many rows\n  |\n  = help: make two projects\n          of it";
        assert_eq!(plain(&finding), expected);
    }
}
