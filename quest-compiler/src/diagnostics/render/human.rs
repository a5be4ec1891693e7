//! Diagnostics as text: what, where, why it is wrong here, what to do.

use crate::diagnostics::{Diagnostic, Label, Level, Window, window};
use crate::text::{FileId, Files};
use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level as Severity, Origin, Padding, Renderer, Snippet,
};

/// Whether text has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Colour,
}

/// One diagnostic as text, without a line end.
pub fn human(diagnostic: &Diagnostic, files: &Files, style: Style) -> String {
    human_within(diagnostic, files, style, DEFAULT_TERM_WIDTH)
}

/// The same for a terminal of a width in columns, to which lines of files are cut.
pub fn human_within(diagnostic: &Diagnostic, files: &Files, style: Style, width: usize) -> String {
    render(diagnostic, files, style, width, LONG_LINE)
}

/// Longer lines, in bytes, are cut before rendering, because the renderer visits every character of a line for every diagnostic in it.
const LONG_LINE: usize = 2_000;

fn render(diagnostic: &Diagnostic, files: &Files, style: Style, width: usize, long: usize) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    let renderer = renderer.term_width(width);
    let severity = if diagnostic.level == Level::Deny { Severity::ERROR } else { Severity::WARNING };
    let mut group =
        Group::with_title(severity.primary_title(diagnostic.title.as_str()).id(diagnostic.code.id));
    if let Some(about) = &diagnostic.about {
        group = group.element(Origin::path(about.as_str()));
        if !diagnostic.notes.is_empty() || !diagnostic.help.is_empty() {
            group = group.element(Padding);
        }
    }
    let mut cuts = Vec::new();
    for part in parts(diagnostic, files, width) {
        let (snippet, cut) = snippet(diagnostic, files, &part, (width, long), &place_of(cuts.len()));
        group = group.element(snippet);
        cuts.extend(cut.map(|cut| (files.name(part.file), cut.before)));
    }
    for note in &diagnostic.notes {
        group = group.element(Severity::NOTE.message(note.as_str()));
    }
    for help in &diagnostic.help {
        group = group.element(Severity::HELP.message(help.as_str()));
    }
    let mut text = renderer.render(&[group]);
    for (at, (name, before)) in cuts.into_iter().enumerate() {
        text = with_place(&text, &place_of(at), name, before);
    }
    // The renderer indents by the width of the line numbers, which is 0 without a snippet. Other tools indent by one digit then.
    if diagnostic.labels.is_empty() { text.replace('\n', "\n ") } else { text }
}

/// The lines around some labels of a diagnostic. Where long lines are cut, the path is `placeholder`, for which
/// [`with_place`] puts the path and the column in the whole line.
fn snippet<'d>(
    diagnostic: &'d Diagnostic,
    files: &Files,
    part: &Part,
    (width, long): (usize, usize),
    placeholder: &str,
) -> (Snippet<'d, Annotation<'d>>, Option<Cut>) {
    let labels = || part.labels.iter().filter_map(|at| Some((*at, diagnostic.labels.get(*at)?)));
    // Labels far apart make a long window; the renderer folds the lines between them.
    let window = window(files, part.file, labels().map(|(_, label)| label.span));
    let cut = Cut::of(&window, part.columns, width, long);
    let text = cut.as_ref().map_or(window.text, |cut| cut.text.as_str()).to_owned();
    let path = if cut.is_some() { placeholder } else { files.name(part.file) };
    let mut snippet = Snippet::source(text.clone()).line_start(window.line).path(path.to_owned()).fold(true);
    for (index, label) in labels() {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let byte = |byte: u32| {
            let at = (byte as usize).saturating_sub(window.start).min(window.text.len());
            cut.as_ref().map_or(at, |cut| cut.byte(at))
        };
        // A span can be the last byte of a character, and whole characters are underlined.
        let start = text.floor_char_boundary(byte(label.span.start));
        let annotation = kind.span(start..text.ceil_char_boundary(byte(label.span.end)).max(start));
        let is_empty = label.text.is_empty();
        snippet =
            snippet.annotation(if is_empty { annotation } else { annotation.label(label.text.as_str()) });
    }
    (snippet, cut)
}

/// The lines of a window, cut to the columns around the labels.
struct Cut {
    text: String,
    /// The number of characters cut from the start of every line.
    before: usize,
    /// For each line: its old offset, the old and the new offset of what is left, and the length of that.
    lines: Vec<(usize, usize, usize, usize)>,
}

impl Cut {
    /// `None` if no line is long. What is left is wider than the terminal, so the renderer still marks that it cuts.
    fn of(window: &Window<'_>, (left, right): (usize, usize), width: usize, long: usize) -> Option<Self> {
        if window.text.len() <= long || window.text.split('\n').all(|line| line.len() <= long) {
            return None;
        }
        // Columns count from 1.
        let before = left.saturating_sub(1).saturating_sub(2 * width);
        let most = right.min(left + 2 * width) + 2 * width - before;
        let mut cut = Self { text: String::new(), before, lines: Vec::new() };
        let mut start = 0;
        for line in window.text.split_inclusive('\n') {
            let (words, end) = line.strip_suffix('\n').map_or((line, ""), |words| (words, "\n"));
            let byte =
                |text: &str, at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
            let from = byte(words, before);
            let rest = &words[from..];
            let kept = &rest[..byte(rest, most)];
            cut.lines.push((start, start + from, cut.text.len(), kept.len()));
            cut.text.push_str(kept);
            // A label that reaches the end of the line is shown to its end.
            if kept.len() < rest.len() && right > left + 2 * width {
                cut.text.push('…');
            }
            cut.text.push_str(end);
            start += line.len();
        }
        Some(cut)
    }

    /// The new offset of a byte of the window, or the nearest one that is left.
    fn byte(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|(start, ..)| *start <= at).saturating_sub(1);
        let Some((_, from, now, length)) = self.lines.get(line) else { return 0 };
        now + at.saturating_sub(*from).min(*length)
    }
}

/// A placeholder for the name of a file with cut lines, because the renderer writes a wrong column after it.
fn place_of(number: usize) -> String {
    format!("\u{F8FF}{number}\u{F8FF}")
}

/// Replaces a placeholder by the file's name, the line and the right column.
fn with_place(text: &str, place: &str, name: &str, before: usize) -> String {
    let Some((front, behind)) = text.split_once(place) else { return text.to_owned() };
    let end = behind.find(|c: char| c != ':' && !c.is_ascii_digit()).unwrap_or(behind.len());
    let (numbers, rest) = behind.split_at(end);
    let Some((line, column)) = numbers.rsplit_once(':') else { return format!("{front}{name}{behind}") };
    let column = column.parse::<usize>().unwrap_or(1) + before;
    format!("{front}{name}{line}:{column}{rest}")
}

/// Labels that one snippet shows.
struct Part {
    file: FileId,
    /// Indices of labels of the diagnostic.
    labels: Vec<usize>,
    /// The columns of the first and the last character that they underline.
    columns: (usize, usize),
    /// The first line and the last.
    lines: (usize, usize),
}

/// Labels farther apart than this many lines get separate snippets, because the renderer visits every line between those of one.
const MOST_LINES: usize = 500;

/// One snippet a file, the file of the diagnostic first, the others in the order of their labels. Labels too far to the right of the
/// others get a snippet of their own, since the renderer would show everything between.
fn parts(diagnostic: &Diagnostic, files: &Files, width: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (at, Label { span, .. }) in diagnostic.labels.iter().enumerate() {
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
    // Snippets of one file are consecutive.
    let order: Vec<FileId> = parts.iter().map(|part| part.file).collect();
    parts.sort_by_key(|part| order.iter().position(|file| *file == part.file));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code;

    fn plain(diagnostic: &Diagnostic) -> String {
        human(diagnostic, &Files::default(), Style::Plain)
    }

    #[test]
    fn a_file_without_a_snippet_stands_where_others_do() {
        let diagnostic = Diagnostic::new(&code::ENCODING, "this file is UTF-16").about("a.json");
        assert_eq!(plain(&diagnostic), "error[Q0002]: this file is UTF-16\n --> a.json");
        let diagnostic = diagnostic.note("a note").help("save it as UTF-8");
        let expected = "error[Q0002]: this file is UTF-16\n --> a.json\n  |\n  = note: a note\n  = help: save it as UTF-8";
        assert_eq!(plain(&diagnostic), expected);
    }

    #[test]
    fn places_far_apart_in_a_long_line() {
        let mut files = Files::default();
        let text = format!("[1, {}2]", "0, ".repeat(5000));
        let last = text.len() - 2;
        let file = files.add("a.json".to_owned(), std::sync::Arc::new(text));
        let diagnostic = Diagnostic::new(&code::DUPLICATE_ID, "twice")
            .label(crate::text::Span::new(file, last, last + 1), "the second one")
            .label(crate::text::Span::new(file, 1, 2), "the first one");
        let text = human_within(&diagnostic, &files, Style::Plain, 60);
        assert!(text.lines().all(|line| line.len() <= 70), "{text}");
        assert!(text.contains("--> a.json:1:15005\n") && text.contains("::: a.json:1:2\n"), "{text}");
    }

    /// What is cut in front of the renderer is what the renderer would not have shown.
    #[test]
    fn a_cut_line_looks_like_a_whole_one() {
        let mut files = Files::default();
        let entry = |at: usize| format!("{{\"ä\": [{at}, \"日本\"], \"name\": \"x{at}\"}}, ");
        let line: String = (0..400).map(entry).collect();
        let text = format!("[\n{line}\nnull,\r\n{line}1]");
        let starts: Vec<usize> = text.match_indices("[").map(|(at, _)| at).step_by(37).collect();
        let second = text.find("null").unwrap();
        let length = text.len();
        let file = files.add("a.json".to_owned(), std::sync::Arc::new(text));
        for (at, start) in starts.into_iter().enumerate() {
            let span = |start: usize, end: usize| crate::text::Span::new(file, start, end);
            let mut diagnostic =
                Diagnostic::new(&code::DUPLICATE_ID, "twice").label(span(start, start + 1), "one");
            diagnostic = match at % 3 {
                0 => diagnostic.label(span(start + 3, start + 4), "not far"),
                1 => diagnostic.label(span(second, second + 4), "on another line"),
                _ => diagnostic,
            };
            for width in [60, 140] {
                let of = |long: usize| render(&diagnostic, &files, Style::Plain, width, long);
                assert_eq!(of(LONG_LINE), of(usize::MAX));
            }
        }
        // The renderer would show all that is underlined.
        let all = Diagnostic::new(&code::DUPLICATE_ID, "twice")
            .label(crate::text::Span::new(file, 1, length - 1), "nearly everything");
        let shown = human_within(&all, &files, Style::Plain, 60);
        assert!(shown.lines().all(|line| line.chars().count() < 300), "{shown}");
        assert!(shown.contains('…') && shown.contains("--> a.json:1:2\n"), "{shown}");
    }

    #[test]
    fn places_many_lines_apart() {
        let mut files = Files::default();
        let text = format!("[1,{}2]", "\n0,".repeat(5000));
        let last = text.len() - 2;
        let file = files.add("a.json".to_owned(), std::sync::Arc::new(text));
        let diagnostic = Diagnostic::new(&code::DUPLICATE_ID, "twice")
            .label(crate::text::Span::new(file, last, last + 1), "the second one")
            .label(crate::text::Span::new(file, 1, 2), "the first one");
        let text = human(&diagnostic, &files, Style::Plain);
        assert!(text.contains("--> a.json:5001:3\n") && text.contains("::: a.json:1:2\n"), "{text}");
    }

    #[test]
    fn no_place_at_all() {
        let diagnostic = Diagnostic::new(&code::OUTPUT, "too many rows");
        assert_eq!(plain(&diagnostic), "error[Q0010]: too many rows");
        let diagnostic = diagnostic.help("make two projects\nof it");
        let expected = "error[Q0010]: too many rows\n  |\n  = help: make two projects\n          of it";
        assert_eq!(plain(&diagnostic), expected);
    }
}
