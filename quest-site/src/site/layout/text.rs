//! The sizes of texts, and of the boxes around them.

use crate::graphs::{Drawing, NodeRole};

/// Longest line of a title or label, in characters.
pub(crate) const LINE_CHARS: usize = 24;
/// Longest id in a box, in characters; ids are set smaller.
pub(crate) const ID_CHARS: usize = LINE_CHARS + 6;
/// Lines of a title in a box.
pub(crate) const TITLE_LINES: usize = 2;
/// Lines of a label.
pub(crate) const LABEL_LINES: usize = 3;

/// The width and height of a node's box.
pub(crate) fn node_size(drawing: &Drawing, at: usize) -> (f64, f64) {
    let node = &drawing.nodes[at];
    match node.role {
        NodeRole::Start | NodeRole::End => (18.0, 18.0),
        NodeRole::Object | NodeRole::Anytime | NodeRole::Missing => {
            let title =
                node.title.as_deref().map_or_else(Vec::new, |title| wrapped(title, LINE_CHARS, TITLE_LINES));
            let id = wrapped(&node.id, ID_CHARS, 1);
            let widths = title.iter().map(|line| text_width(line));
            let width = widths.chain(id.iter().map(|line| text_width(line) * 0.9)).fold(40.0, f64::max);
            let lines = title.len() * 18 + usize::from(!node.id.is_empty()) * 16;
            (width + 24.0, lines as f64 + 18.0)
        }
    }
}

/// The width and height of a label.
pub(crate) fn label_size(label: &str) -> (f64, f64) {
    let lines = wrapped(label, LINE_CHARS, LABEL_LINES);
    (lines.iter().map(|line| text_width(line) * 0.9).fold(0.0, f64::max), lines.len() as f64 * 16.0)
}

/// The width of a text, estimated because the font is not known.
fn text_width(text: &str) -> f64 {
    let width = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '|' | ' ' => 5.0,
        'm' | 'w' | 'M' | 'W' => 12.0,
        'A'..='Z' => 9.5,
        letter if (letter as u32) < 0x2E80 => 8.0,
        _ => 15.0,
    };
    text.chars().map(width).sum()
}

/// Breaks a text into lines of at most `max_chars`. What does not fit into `max_lines` is cut off.
pub(crate) fn wrapped(text: &str, max_chars: usize, max_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let full = lines.len() == max_lines;
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + length <= max_chars => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if full => {
                line.push('…');
                return lines;
            }
            _ if length > max_chars => lines.push(word.chars().take(max_chars - 1).chain(['…']).collect()),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_wraps_and_is_cut() {
        assert_eq!(wrapped("one two three", 7, 2), ["one two", "three"]);
        assert_eq!(wrapped("one two three four", 7, 2), ["one two", "three…"]);
        assert_eq!(wrapped("incomprehensible", 6, 1), ["incom…"]);
        assert!(wrapped("", 6, 1).is_empty());
    }
}
