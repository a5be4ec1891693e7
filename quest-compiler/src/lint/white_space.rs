//! Q1014: texts that are blank, or have white space at their ends.

use crate::diagnostics::{Diagnostic, code};
use crate::source::Node;

/// Reports white space at the ends of a text.
pub(super) fn about(name: &str, node: Node<'_>, text: &str) -> Option<Diagnostic> {
    // Some formats end a text of several lines with a line break.
    let text = text.trim_end_matches('\n');
    let trimmed = text.trim();
    if trimmed.len() == text.len() && !text.is_empty() {
        return None;
    }
    let begins = text.starts_with(char::is_whitespace);
    let ends = text.ends_with(char::is_whitespace);
    let (problem, label, help) = if trimmed.is_empty() {
        let problem = if text.is_empty() { "is empty" } else { "has only white space" };
        (problem, "nothing to read here", "write the text, or leave the property out if it can be")
    } else {
        let problem = match (begins, ends) {
            (true, true) => "begins and ends with white space",
            (true, false) => "begins with white space",
            _ => "ends with white space",
        };
        (problem, "nobody sees it here", "remove the white space at the quotes")
    };
    let diagnostic = Diagnostic::new(&code::WHITE_SPACE, format!("`{name}` {problem}"));
    Some(diagnostic.label(node.span(), label).help(help))
}
