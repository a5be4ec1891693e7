//! Findings as people read them: what, where, why it is wrong here, what to do.

use super::{Diagnostic, Label, Level, window};
use crate::source::{FileId, Files};
use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{AnnotationKind, Group, Level as Severity, Origin, Padding, Renderer, Snippet};

/// Whether colours are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Colour,
}

/// One finding as text, without a line end.
pub(crate) fn human(finding: &Diagnostic, files: &Files, style: Style) -> String {
    human_within(finding, files, style, DEFAULT_TERM_WIDTH)
}

/// The same for a terminal of a width: longer lines of files are cut.
pub(crate) fn human_within(finding: &Diagnostic, files: &Files, style: Style, width: usize) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    let renderer = renderer.term_width(width);
    let severity = if finding.level == Level::Deny { Severity::ERROR } else { Severity::WARNING };
    let mut group = Group::with_title(severity.primary_title(finding.title.as_str()).id(finding.code.id));
    if let Some(about) = &finding.about {
        group = group.element(Origin::path(about.as_str()));
        if !finding.notes.is_empty() || !finding.help.is_empty() {
            group = group.element(Padding);
        }
    }
    for part in parts(finding, files, width) {
        let file = part.file;
        let labels = || part.labels.iter().filter_map(|at| Some((*at, finding.labels.get(*at)?)));
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

/// Labels that one snippet shows.
struct Part {
    file: FileId,
    /// Positions among the labels of the finding.
    labels: Vec<usize>,
    /// The columns of the first and the last character that they underline.
    columns: (usize, usize),
    /// The first line and the last.
    lines: (usize, usize),
}

/// Labels farther apart than this many lines stand in snippets of their own: the renderer looks at every line between those of one.
const MOST_LINES: usize = 500;

/// One snippet a file, the file of the finding first, the others in the order of their labels. What stands too far to the right of
/// the others gets one of its own, since the renderer would show all that is between.
fn parts(finding: &Diagnostic, files: &Files, width: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (at, Label { span, .. }) in finding.labels.iter().enumerate() {
        let (line, left) = files.line_column(span.file, span.start);
        let (_, right) = files.line_column(span.file, span.end);
        let (left, right) = (left.min(right), left.max(right));
        let fits = |part: &&mut Part| {
            let (first, last) = (part.columns.0.min(left), part.columns.1.max(right));
            let near = part.lines.1.max(line) - part.lines.0.min(line) <= MOST_LINES;
            part.file == span.file && near && (last - first < width || part.columns == (first, last))
        };
        match parts.iter_mut().find(fits) {
            Some(part) => {
                part.columns = (part.columns.0.min(left), part.columns.1.max(right));
                part.lines = (part.lines.0.min(line), part.lines.1.max(line));
                part.labels.push(at);
            }
            None => parts.push(Part {
                file: span.file,
                labels: vec![at],
                columns: (left, right),
                lines: (line, line),
            }),
        }
    }
    // All of one file together.
    let order: Vec<FileId> = parts.iter().map(|part| part.file).collect();
    parts.sort_by_key(|part| order.iter().position(|file| *file == part.file));
    parts
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
    fn places_far_apart_in_a_long_line() {
        let mut files = Files::default();
        let text = format!("[1, {}2]", "0, ".repeat(5000));
        let last = text.len() - 2;
        let file = files.add("a.json".to_owned(), std::sync::Arc::new(text));
        let finding = Diagnostic::new(&code::DUPLICATE_ID, "twice")
            .label(crate::source::Span::new(file, last, last + 1), "the second one")
            .label(crate::source::Span::new(file, 1, 2), "the first one");
        let text = human_within(&finding, &files, Style::Plain, 60);
        assert!(text.lines().all(|line| line.len() <= 70), "{text}");
        assert!(text.contains("--> a.json:1:15005\n") && text.contains("::: a.json:1:2\n"), "{text}");
    }

    #[test]
    fn places_many_lines_apart() {
        let mut files = Files::default();
        let text = format!("[1,{}2]", "\n0,".repeat(5000));
        let last = text.len() - 2;
        let file = files.add("a.json".to_owned(), std::sync::Arc::new(text));
        let finding = Diagnostic::new(&code::DUPLICATE_ID, "twice")
            .label(crate::source::Span::new(file, last, last + 1), "the second one")
            .label(crate::source::Span::new(file, 1, 2), "the first one");
        let text = human(&finding, &files, Style::Plain);
        assert!(text.contains("--> a.json:5001:3\n") && text.contains("::: a.json:1:2\n"), "{text}");
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
