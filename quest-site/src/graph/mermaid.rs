//! Graphs in the language of Mermaid, which many wikis draw.

use super::{Drawing, Node, Role, Sort};
use std::fmt::Write as _;

pub(super) fn write(drawing: &Drawing) -> String {
    let mut out = String::from("flowchart TD\n");
    let _ = writeln!(out, "  accTitle: {}", plain(&drawing.title));
    for (at, node) in drawing.nodes.iter().enumerate() {
        let _ = writeln!(out, "  n{at}{}", shape(node));
    }
    for edge in &drawing.edges {
        let (line, arrow) = match edge.sort {
            Sort::Next => ("-->", "-->"),
            Sort::Branch => ("-.->", "-.->"),
            Sort::Not => ("--x", "--x"),
        };
        let _ = match &edge.label {
            Some(label) => writeln!(out, "  n{} {line}|\"{}\"| n{}", edge.from, text(label), edge.to),
            None => writeln!(out, "  n{} {arrow} n{}", edge.from, edge.to),
        };
    }
    out
}

fn shape(node: &Node) -> String {
    let title = node.title.as_deref().map(text);
    match (node.role, title) {
        (Role::Start, _) => "((\"start\"))".to_owned(),
        (Role::End, _) => "(((\"end\")))".to_owned(),
        (Role::Anytime, title) => format!("([\"{}\"])", title.unwrap_or_else(|| "at any time".to_owned())),
        (Role::Missing, title) => {
            let words = if node.id.is_empty() { title.unwrap_or_default() } else { text(&node.id) };
            format!("[/\"{words}?\"/]")
        }
        (Role::Object, Some(title)) => format!("[\"{title}<br><small>{}</small>\"]", text(&node.id)),
        (Role::Object, None) => format!("[\"{}\"]", text(&node.id)),
    }
}

/// Text within quotes. Mermaid writes what has a meaning of its own as entities, with `#` in place of `&`.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '&' => out.push_str("#amp;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '`' => out.push_str("#96;"),
            '*' => out.push_str("#42;"),
            '_' => out.push_str("#95;"),
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// One line without quotes, which ends where the line does.
fn plain(words: &str) -> String {
    let words: String = words
        .chars()
        .map(|sign| if sign.is_control() || "#;{}".contains(sign) { ' ' } else { sign })
        .collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
