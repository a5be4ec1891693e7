//! Findings as people read them: what, where, why it is wrong here, what to do.

use super::{Diagnostic, Level, window};
use crate::source::{FileId, Files};
use annotate_snippets::{AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet};

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
    renderer.render(&[group])
}
