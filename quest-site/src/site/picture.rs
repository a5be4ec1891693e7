//! Graphs as SVG.

use super::layout::{Box, LABEL_LINES, LINE, LINES, Placed, label_size, place, wrapped};
use super::page::NL;
use crate::graph::{Drawing, Edge, Node, Role, Sort};
use maud::{Markup, PreEscaped, html};
use quest_compiler::schema::KindId;
use std::fmt::Write as _;

/// The address of an id, if there is one.
pub(super) type Href<'h> = &'h dyn Fn(KindId, u32) -> Option<String>;

/// The picture of what leads to what in one object, with a list that says the same in words.
pub(super) fn flow(drawing: &Drawing, href: Href<'_>) -> Markup {
    let nodes: Vec<usize> = (0..drawing.nodes.len()).collect();
    let edges: Vec<usize> = (0..drawing.edges.len()).collect();
    let placed = place(drawing, &nodes, &edges);
    let (width, height) = (placed.width.ceil(), placed.height.ceil());
    html! {
        div.graph tabindex="0" role="region" aria-label={ "Graph of " (drawing.title) } { (NL)
            svg xmlns="http://www.w3.org/2000/svg" width=(number(width)) height=(number(height)) viewBox={ "0 0 " (number(width)) " " (number(height)) } role="group" aria-label={ "What leads to what in " (drawing.title) } { (NL)
                (arrows())
                (body(drawing, &nodes, &edges, &placed, (0.0, 0.0), href))
            } (NL)
        } (NL)
        details.words { summary { "The same in words" } (NL)
            (in_words(drawing, &edges))
        } (NL)
    }
}

/// Edges as a list of sentences.
pub(super) fn in_words(drawing: &Drawing, edges: &[usize]) -> Markup {
    let name = |at: usize| {
        let node = &drawing.nodes[at];
        match node.role {
            Role::Start => "Start".to_owned(),
            Role::End => "the end".to_owned(),
            Role::Anytime => format!("At any time: {}", node.title.as_deref().unwrap_or_default()),
            Role::Missing => format!(
                "{}?",
                if node.id.is_empty() { node.title.as_deref().unwrap_or_default() } else { &node.id }
            ),
            Role::Object => node.title.clone().unwrap_or_else(|| node.id.clone()),
        }
    };
    html! {
        ul { (NL)
            @for at in edges {
                @let edge = &drawing.edges[*at];
                li { (name(edge.from)) " → " (name(edge.to)) @if let Some(label) = &edge.label { " (" (label) ")" } } (NL)
            }
        } (NL)
    }
}

/// The heads of arrows, once in a picture.
pub(super) fn arrows() -> Markup {
    html! {
        defs {
            marker #arrow viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto" { path d="M0 0L8 4L0 8z" {} }
        } (NL)
    }
}

/// A number with one digit behind the point at most.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// Placed nodes and edges, moved by some way.
pub(super) fn body(
    drawing: &Drawing,
    nodes: &[usize],
    edges: &[usize],
    placed: &Placed,
    by: (f64, f64),
    href: Href<'_>,
) -> Markup {
    html! {
        @for (at, (points, label)) in edges.iter().zip(&placed.edges) { (edge(&drawing.edges[*at], points, *label, by)) }
        @for (at, place) in nodes.iter().zip(&placed.nodes) { (node(&drawing.nodes[*at], *place, by, href)) }
    }
}

fn edge(edge: &Edge, points: &[(f64, f64)], label: Option<(f64, f64)>, by: (f64, f64)) -> Markup {
    let sort = match edge.sort {
        Sort::Next => "e",
        Sort::Branch => "e branch",
        Sort::Not => "e not",
    };
    html! {
        path class=(sort) d=(way(points, by)) {} (NL)
        @if let (Some(words), Some((x, y))) = (&edge.label, label) {
            @let lines = wrapped(words, LINE, LABEL_LINES);
            @let (width, height) = label_size(words);
            @let top = y + by.1 - (lines.len() as f64 - 1.0) * 8.0 + 4.0;
            g.label {
                title { (words) }
                rect x=(number(x + by.0 - width / 2.0)) y=(number(y + by.1 - height / 2.0)) width=(number(width)) height=(number(height)) {}
                @for (line, text) in lines.iter().enumerate() {
                    text x=(number(x + by.0)) y=(number(top + line as f64 * 16.0)) { (text) }
                }
            } (NL)
        }
    }
}

/// A line with soft corners.
fn way(points: &[(f64, f64)], by: (f64, f64)) -> String {
    let at = |(x, y): (f64, f64)| format!("{} {}", number(x + by.0), number(y + by.1));
    let mut out = String::new();
    for (position, point) in points.iter().enumerate() {
        let _ = match points.get(position + 1) {
            _ if position == 0 => write!(out, "M{}", at(*point)),
            None => write!(out, "L{}", at(*point)),
            Some(next) => {
                let half = ((point.0 + next.0) / 2.0, (point.1 + next.1) / 2.0);
                write!(out, "Q{} {}", at(*point), at(half))
            }
        };
    }
    out
}

fn node(node: &Node, place: Box, by: (f64, f64), href: Href<'_>) -> Markup {
    let (x, y) = (place.x + by.0, place.y + by.1);
    let class = match node.role {
        Role::Object => "n",
        Role::Start => "n start",
        Role::End => "n end",
        Role::Anytime => "n anytime",
        Role::Missing => "n missing",
    };
    if matches!(node.role, Role::Start | Role::End) {
        let words = if node.role == Role::Start { "Start" } else { "End" };
        return html! {
            g class=(class) { title { (words) }
                circle cx=(number(x)) cy=(number(y)) r="8" {}
                @if node.role == Role::End { circle.inner cx=(number(x)) cy=(number(y)) r="4.5" {} }
            } (NL)
        };
    }
    let title = node.title.as_deref().map_or_else(Vec::new, |title| wrapped(title, LINE, LINES));
    let id = wrapped(&node.id, LINE + 6, 1);
    let top = y - place.height / 2.0;
    let mut full = node.title.clone().unwrap_or_default();
    if !node.id.is_empty() {
        full = if full.is_empty() { node.id.clone() } else { format!("{full} ({})", node.id) };
    }
    if node.role == Role::Missing {
        full.push_str(": nothing has this id");
    }
    let inner = html! {
        title { (full) }
        rect x=(number(x - place.width / 2.0)) y=(number(top)) width=(number(place.width)) height=(number(place.height)) rx="8" {}
        @for (line, text) in title.iter().enumerate() {
            text x=(number(x)) y=(number(top + 22.0 + line as f64 * 18.0)) { (text) }
        }
        @for text in &id {
            text.id x=(number(x)) y=(number(top + 21.0 + title.len() as f64 * 18.0)) { (text) }
        }
    };
    let link = node.stands_for.and_then(|(kind, id)| href(kind, id)).filter(|_| node.role == Role::Object);
    html! {
        @match link {
            Some(link) => a class=(class) href=(link) { (inner) },
            None => g class=(class) { (inner) },
        }
        (PreEscaped("\n"))
    }
}
