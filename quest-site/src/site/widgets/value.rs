//! Plain values, and how long they may be.

use maud::{Markup, html};
use quest_compiler::source::{Node, NodeKind};

/// Longest text among short values, in characters.
const SHORT_CHARS: usize = 70;
/// Characters shown of a text.
pub(crate) const MAX_CHARS: usize = 2_000;
/// Values shown of a list.
pub(crate) const MAX_VALUES: usize = 100;

/// Whether a value fits on a line: plain and short, or a list of such values.
pub(crate) fn is_short(value: Node<'_>) -> bool {
    let plain = |node: Node<'_>| match node.kind() {
        NodeKind::Array | NodeKind::Object => false,
        _ => node.text().is_none_or(|text| is_short_text(&text)),
    };
    match value.kind() {
        NodeKind::Array => value.elements().count() <= MAX_VALUES && value.elements().all(plain),
        _ => plain(value),
    }
}

/// Whether a text fits among short values.
pub(crate) fn is_short_text(text: &str) -> bool {
    text.chars().count() <= SHORT_CHARS && !text.contains('\n')
}

/// A value that is no reference.
pub(crate) fn plain(node: Node<'_>) -> Markup {
    match node.kind() {
        NodeKind::True => html! { "yes" },
        NodeKind::False => html! { "no" },
        NodeKind::Null => html! { span.none { "none" } },
        _ => match node.text() {
            Some(text) if text.is_empty() => html! { span.none { "empty" } },
            Some(text) => html! { (cut(&text)) },
            None => html! { (cut(node.raw())) },
        },
    }
}

/// The beginning of a text, which ends with `…` if it is cut.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("short"), "short");
        let long = "é".repeat(MAX_CHARS + 1);
        assert_eq!(cut(&long), format!("{}…", "é".repeat(MAX_CHARS)));
        assert!(is_short_text("a b") && !is_short_text("a\nb") && !is_short_text(&long));
    }
}
