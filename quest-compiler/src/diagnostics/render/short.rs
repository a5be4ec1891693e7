//! Diagnostics as one line each, in the format that terminals and editors turn into a link.

use super::Style;
use crate::diagnostics::{Diagnostic, Level};
use crate::text::Files;

/// `content/a.json:3:14: error[Q2001]: no stage …`: file, line, column in characters, and the title.
pub fn short(diagnostic: &Diagnostic, files: &Files, style: Style) -> String {
    let place = match (diagnostic.span(), &diagnostic.about) {
        (Some(span), _) => {
            let (line, column) = files.line_column(span.file, span.start);
            format!("{}:{line}:{column}: ", files.name(span.file))
        }
        (None, Some(about)) => format!("{about}: "),
        (None, None) => String::new(),
    };
    let (strong, level, end) = match (style, diagnostic.level) {
        (Style::Plain, _) => ("", "", ""),
        (Style::Colour, Level::Deny) => ("\u{1b}[1m", "\u{1b}[1m\u{1b}[91m", "\u{1b}[0m"),
        (Style::Colour, _) => ("\u{1b}[1m", "\u{1b}[1m\u{1b}[33m", "\u{1b}[0m"),
    };
    let (word, code) = (diagnostic.level.word(), diagnostic.code.id);
    // A title can quote content.
    let title = one_line(&diagnostic.title);
    format!("{place}{level}{word}[{code}]{end}{strong}: {title}{end}")
}

/// The text with line ends and other control characters escaped.
fn one_line(text: &str) -> String {
    let shown =
        |char: char| if char.is_control() { char.escape_default().to_string() } else { char.to_string() };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code;
    use crate::text::Span;
    use std::sync::Arc;

    #[test]
    fn place_level_code_and_title() {
        let mut files = Files::default();
        let file = files.add("content/a.json".to_owned(), Arc::new("{\n \"ä\": 1}".to_owned()));
        let diagnostic =
            Diagnostic::new(&code::WRONG_TYPE, "`ä\n` is a number").label(Span::new(file, 9, 10), "here");
        assert_eq!(
            short(&diagnostic, &files, Style::Plain),
            "content/a.json:2:7: error[Q1001]: `ä\\n` is a number"
        );
        let diagnostic = Diagnostic::new(&code::UNMATCHED, "no section takes it").about("b.json");
        assert_eq!(short(&diagnostic, &files, Style::Plain), "b.json: warning[Q0011]: no section takes it");
        assert_eq!(
            short(&diagnostic, &files, Style::Colour),
            "b.json: \u{1b}[1m\u{1b}[33mwarning[Q0011]\u{1b}[0m\u{1b}[1m: no section takes it\u{1b}[0m"
        );
        let diagnostic = Diagnostic::new(&code::OUTPUT, "too many rows");
        assert_eq!(short(&diagnostic, &files, Style::Plain), "error[Q0010]: too many rows");
    }
}
