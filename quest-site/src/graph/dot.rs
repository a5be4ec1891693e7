//! Graphs in the language of Graphviz.

use super::{Drawing, Node, Role, Sort};
use std::fmt::Write as _;

/// Characters in a line of the words on an edge.
const LINE: usize = 24;

pub(super) fn write(drawing: &Drawing) -> String {
    let mut out = format!("digraph {} {{\n", text(&[&drawing.id]));
    let _ = writeln!(out, "  label={}; labelloc=t; fontname=\"sans-serif\";", text(&[&drawing.title]));
    out.push_str(
        "  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n",
    );
    for (at, node) in drawing.nodes.iter().enumerate() {
        let _ = writeln!(out, "  n{at} [{}];", shape(node));
    }
    for edge in &drawing.edges {
        let mut says = Vec::new();
        if let Some(label) = &edge.label {
            let lines = lines(label);
            says.push(format!("label={}", text(&lines.iter().map(String::as_str).collect::<Vec<_>>())));
        }
        match edge.sort {
            Sort::Next => {}
            Sort::Branch => says.push("style=dashed".to_owned()),
            Sort::Not => says.push("style=dotted, arrowhead=tee".to_owned()),
        }
        let says = if says.is_empty() { String::new() } else { format!(" [{}]", says.join(", ")) };
        let _ = writeln!(out, "  n{} -> n{}{says};", edge.from, edge.to);
    }
    out.push_str("}\n");
    out
}

fn shape(node: &Node) -> String {
    let title = node.title.as_deref();
    match node.role {
        Role::Start => "label=\"\", shape=circle, width=0.2, style=filled, fillcolor=black".to_owned(),
        Role::End => "label=\"\", shape=doublecircle, width=0.15, style=filled, fillcolor=black".to_owned(),
        Role::Anytime => {
            format!("label={}, style=\"rounded,dashed\"", text(&[title.unwrap_or("at any time")]))
        }
        Role::Missing => {
            let words = if node.id.is_empty() { title.unwrap_or_default() } else { &node.id };
            format!("label={}, style=dotted", text(&[&format!("{words}?")]))
        }
        Role::Object => match title {
            Some(title) => format!("label={}", text(&[title, &node.id])),
            None => format!("label={}", text(&[&node.id])),
        },
    }
}

/// Words on an edge in lines: Graphviz breaks none, and long ones run into each other.
fn lines(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Lines within quotes.
fn text(lines: &[&str]) -> String {
    let escaped = |line: &&str| {
        let mut out = String::with_capacity(line.len());
        for character in line.chars() {
            match character {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                other if other.is_control() => out.push(' '),
                other => out.push(other),
            }
        }
        out
    };
    format!("\"{}\"", lines.iter().map(escaped).collect::<Vec<_>>().join("\\n"))
}
