//! Graphs in the language of [Graphviz](https://graphviz.org).

use super::drawing::{Drawing, EdgeKind, Node, NodeRole};
use std::fmt::Write as _;

/// Longest line of an edge label, in characters.
const LINE_CHARS: usize = 24;

pub(super) fn write(drawing: &Drawing) -> String {
    let mut out = format!("digraph {} {{\n", quoted(&[&drawing.id]));
    let _ = writeln!(out, "  label={}; labelloc=t; fontname=\"sans-serif\";", quoted(&[&drawing.title]));
    out.push_str(
        "  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n",
    );
    for (at, node) in drawing.nodes.iter().enumerate() {
        let _ = writeln!(out, "  n{at} [{}];", shape(node));
    }
    for edge in &drawing.edges {
        let mut attributes = Vec::new();
        if let Some(label) = &edge.label {
            let lines = lines(label);
            attributes
                .push(format!("label={}", quoted(&lines.iter().map(String::as_str).collect::<Vec<_>>())));
        }
        match edge.kind {
            EdgeKind::Next => {}
            EdgeKind::Branch => attributes.push("style=dashed".to_owned()),
            EdgeKind::Not => attributes.push("style=dotted, arrowhead=tee".to_owned()),
        }
        let attributes =
            if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
        let _ = writeln!(out, "  n{} -> n{}{attributes};", edge.from, edge.to);
    }
    out.push_str("}\n");
    out
}

fn shape(node: &Node) -> String {
    let title = node.title.as_deref();
    match node.role {
        NodeRole::Start => "label=\"\", shape=circle, width=0.2, style=filled, fillcolor=black".to_owned(),
        NodeRole::End => {
            "label=\"\", shape=doublecircle, width=0.15, style=filled, fillcolor=black".to_owned()
        }
        NodeRole::Anytime => {
            format!("label={}, style=\"rounded,dashed\"", quoted(&[title.unwrap_or("at any time")]))
        }
        NodeRole::Missing => {
            let text = if node.id.is_empty() { title.unwrap_or_default() } else { &node.id };
            format!("label={}, style=dotted", quoted(&[&format!("{text}?")]))
        }
        NodeRole::Object => match title {
            Some(title) => format!("label={}", quoted(&[title, &node.id])),
            None => format!("label={}", quoted(&[&node.id])),
        },
    }
}

/// Breaks an edge label into lines: Graphviz does not wrap text, and long labels would overlap.
fn lines(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE_CHARS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Lines as a quoted string.
fn quoted(lines: &[&str]) -> String {
    let escaped = |line: &&str| {
        let mut out = String::with_capacity(line.len());
        for character in line.chars() {
            match character {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                // Graphviz reads the entities of HTML also in plain labels.
                '&' => out.push_str("&amp;"),
                other if other.is_control() => out.push(' '),
                other => out.push(other),
            }
        }
        out
    };
    format!("\"{}\"", lines.iter().map(escaped).collect::<Vec<_>>().join("\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted() {
        assert_eq!(quoted(&["a \"b\"", "C:\\new\u{7}"]), r#""a \"b\"\nC:\\new ""#);
        assert_eq!(quoted(&["&lt;3 & more"]), r#""&amp;lt;3 &amp; more""#);
    }

    #[test]
    fn long_labels_break_between_words() {
        assert_eq!(
            lines("talk to the smith about the broken sword"),
            ["talk to the smith about", "the broken sword"]
        );
        assert_eq!(lines(&"x".repeat(40)), ["x".repeat(40)]);
    }
}
