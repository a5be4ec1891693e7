//! Q1014: texts that are empty, or have white space where nobody sees it.

use super::{Lint, texts};
use crate::diagnose::{Diagnostic, code};
use crate::source::Node;

pub(super) fn report(lint: &Lint<'_, '_>, findings: &mut Vec<Diagnostic>) {
    if !lint.wants(&code::WHITE_SPACE) {
        return;
    }
    for text in &lint.model.texts {
        let name = &lint.model.record(text.record).fields[text.field].json;
        texts(lint, text, |_, node| findings.extend(about(name, node)));
    }
}

fn about(name: &str, node: Node<'_>) -> Option<Diagnostic> {
    let text = node.text()?;
    // A line break at the end is how some formats end a text of several lines.
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
    let finding = Diagnostic::new(&code::WHITE_SPACE, format!("`{name}` {problem}"));
    Some(finding.label(node.span(), label).help(help))
}
