//! Q1016: placeholders that nothing replaces.

use crate::diagnostics::{Diagnostic, code, did_you_mean, few};
use crate::source::Node;
use crate::text::Span;
use crate::texts::Braces;

/// Reports placeholders in a text that the schema does not declare.
pub(super) fn report(known: &[String], node: Node<'_>, written: &str, diagnostics: &mut Vec<Diagnostic>) {
    for (from, to) in Braces::of(written) {
        let word = written[from..to].trim_matches(['{', '}']);
        let name = word.split([':', ',']).next().unwrap_or(word).trim();
        if known.iter().any(|known| known == name) && written[from..to].ends_with('}') {
            continue;
        }
        diagnostics.push(about(name, known, place(node, written, from, to), &written[from..to]));
    }
}

fn about(name: &str, known: &[String], place: Span, whole: &str) -> Diagnostic {
    if !whole.ends_with('}') {
        return Diagnostic::new(&code::PLACEHOLDER, "a `{` in this text is not closed")
            .label(place, "where does the placeholder end?")
            .help("add the `}`, or write `{{` for a brace");
    }
    let names = || known.iter().map(String::as_str);
    let help = did_you_mean(name, names()).or_else(|| few(names()));
    let help = help.unwrap_or_else(|| "remove it, or write `{{` for a brace".to_owned());
    if name.is_empty() {
        return Diagnostic::new(&code::PLACEHOLDER, "these braces are empty")
            .label(place, "players would read this as it is")
            .help(help);
    }
    Diagnostic::new(&code::PLACEHOLDER, format!("there is no placeholder `{name}`"))
        .label(place, "players would read this as it is")
        .help(help)
}

/// The span of a part of a text, or of the whole text where escapes make that unclear.
fn place(node: Node<'_>, text: &str, from: usize, to: usize) -> Span {
    let span = node.span();
    let quoted = node.plain().is_some() && (span.end - span.start) as usize == text.len() + 2;
    if !quoted {
        return span;
    }
    let start = span.start + 1;
    Span { start: start + from as u32, end: start + to as u32, ..span }
}
