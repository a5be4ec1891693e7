//! Graphs as SVG.

use crate::graphs::{Drawing, Edge, EdgeKind, Node, NodeRole};
use crate::site::layout::{
    ID_CHARS, LABEL_LINES, LINE_CHARS, Layout, Line, NodeBox, Point, TITLE_LINES, label_size, layout_all,
    wrapped,
};
use crate::site::markup::NL;
use maud::{Markup, PreEscaped, html};
use quest_compiler::schema::KindId;
use std::fmt::Write as _;

/// The address of an id, if it has one.
pub(crate) type Href<'h> = &'h dyn Fn(KindId, u32) -> Option<String>;

/// The picture of the flow of one object, with a list that says the same in words.
pub(crate) fn flow(drawing: &Drawing, href: Href<'_>) -> Markup {
    let layout = layout_all(drawing);
    let (width, height) = (number(layout.width.ceil()), number(layout.height.ceil()));
    html! {
        div.graph tabindex="0" role="region" aria-label={ "Graph of " (drawing.title) } { (NL)
            svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="group" aria-label={ "What leads to what in " (drawing.title) } { (NL)
                (arrow_heads())
                (Picture { layout: &layout, offset: (0.0, 0.0), href }.body())
            } (NL)
        } (NL)
        details.words { summary { "The same in words" } (NL)
            (in_words(drawing))
        } (NL)
    }
}

/// The colours of a picture that is not on a page with colours of its own.
const COLOURS: &str = ":where(:root){--back:#fff;--text:#1b1f27;--soft:#565e6c;--line:#d5d9e0;--node:#eef3fb;--node-line:#4a6fa5;\
--error:#b3261e;--warning:#8a5a00;--accent:#0b57b7}\n";

/// Where an id is defined: the file, and its lines from 1.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) file: String,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// A drawing as a picture of its own. `source` says where an id is defined; a box that represents one names the place in `data-file`,
/// `data-first` and `data-last`, for programs that show the picture beside the content.
pub(crate) fn standalone(drawing: &Drawing, source: &dyn Fn(KindId, u32) -> Option<Source>) -> String {
    let layout = layout_all(drawing);
    let (width, height) = (number(layout.width.ceil()), number(layout.height.ceil()));
    let picture = Picture { layout: &layout, offset: (0.0, 0.0), href: &|_, _| None };
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="group" aria-label={ "What leads to what in " (drawing.title) } data-id=(drawing.id) { (NL)
            style { (PreEscaped(COLOURS)) (PreEscaped(include_str!("../assets/graph.css"))) } (NL)
            (arrow_heads())
            @for (at, line) in &layout.edges { (picture.edge(&drawing.edges[*at], line)) }
            @for (at, boxed) in &layout.nodes {
                @let node = &drawing.nodes[*at];
                @match node.represents.and_then(|(kind, id)| source(kind, id)) {
                    Some(Source { file, first, last }) => {
                        g data-file=(file) data-first=(first) data-last=(last) { (picture.node(node, *boxed)) }
                    },
                    None => { (picture.node(node, *boxed)) },
                }
            }
        } (NL)
    };
    markup.into_string()
}

/// The edges as a list.
fn in_words(drawing: &Drawing) -> Markup {
    let name = |at: usize| {
        let node = &drawing.nodes[at];
        match node.role {
            NodeRole::Start => "Start".to_owned(),
            NodeRole::End => "the end".to_owned(),
            NodeRole::Anytime => format!("At any time: {}", node.title.as_deref().unwrap_or_default()),
            NodeRole::Missing => format!(
                "{}?",
                if node.id.is_empty() { node.title.as_deref().unwrap_or_default() } else { &node.id }
            ),
            NodeRole::Object => node.title.clone().unwrap_or_else(|| node.id.clone()),
        }
    };
    html! {
        ul { (NL)
            @for edge in &drawing.edges {
                li { (name(edge.from)) " → " (name(edge.to)) @if let Some(label) = &edge.label { " (" (label) ")" } } (NL)
            }
        } (NL)
    }
}

/// The heads of arrows, once for each picture.
pub(crate) fn arrow_heads() -> Markup {
    html! {
        defs {
            marker #arrow viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto" { path d="M0 0L8 4L0 8z" {} }
        } (NL)
    }
}

/// A number with at most one decimal.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A layout as a part of a picture.
pub(crate) struct Picture<'p> {
    pub(crate) layout: &'p Layout<'p>,
    /// Where its top left corner is in the picture.
    pub(crate) offset: Point,
    pub(crate) href: Href<'p>,
}

impl Picture<'_> {
    pub(crate) fn body(&self) -> Markup {
        let drawing = self.layout.drawing;
        html! {
            @for (at, line) in &self.layout.edges { (self.edge(&drawing.edges[*at], line)) }
            @for (at, boxed) in &self.layout.nodes { (self.node(&drawing.nodes[*at], *boxed)) }
        }
    }

    fn edge(&self, edge: &Edge, line: &Line) -> Markup {
        let class = match edge.kind {
            EdgeKind::Next => "e",
            EdgeKind::Branch => "e branch",
            EdgeKind::Not => "e not",
        };
        html! {
            path class=(class) d=(path(&line.points, self.offset)) {} (NL)
            @if let (Some(text), Some((x, y))) = (&edge.label, line.label) {
                (label(text, (x + self.offset.0, y + self.offset.1)))
            }
        }
    }

    fn node(&self, node: &Node, boxed: NodeBox) -> Markup {
        let centre = (boxed.x + self.offset.0, boxed.y + self.offset.1);
        let class = match node.role {
            NodeRole::Object => "n",
            NodeRole::Start | NodeRole::End => return mark(node.role, centre),
            NodeRole::Anytime => "n anytime",
            NodeRole::Missing => "n missing",
        };
        let inner = box_with_text(node, boxed, centre);
        let href = node.represents.and_then(|(kind, id)| (self.href)(kind, id));
        html! {
            @match href.filter(|_| node.role == NodeRole::Object) {
                Some(href) => a class=(class) href=(href) { (inner) },
                None => g class=(class) { (inner) },
            }
            (NL)
        }
    }
}

/// The label of an edge.
fn label(text: &str, (x, y): Point) -> Markup {
    let lines = wrapped(text, LINE_CHARS, LABEL_LINES);
    let (width, height) = label_size(text);
    let top = y - (lines.len() as f64 - 1.0) * 8.0 + 4.0;
    html! {
        g.label {
            title { (text) }
            rect x=(number(x - width / 2.0)) y=(number(y - height / 2.0)) width=(number(width)) height=(number(height)) {}
            @for (at, line) in lines.iter().enumerate() {
                text x=(number(x)) y=(number(top + at as f64 * 16.0)) { (line) }
            }
        } (NL)
    }
}

/// The mark of a start or an end.
fn mark(role: NodeRole, (x, y): Point) -> Markup {
    let end = role == NodeRole::End;
    let (class, title) = if end { ("n end", "End") } else { ("n start", "Start") };
    html! {
        g class=(class) { title { (title) }
            circle cx=(number(x)) cy=(number(y)) r="8" {}
            @if end { circle.inner cx=(number(x)) cy=(number(y)) r="4.5" {} }
        } (NL)
    }
}

fn box_with_text(node: &Node, boxed: NodeBox, (x, y): Point) -> Markup {
    let title = node.title.as_deref().map_or_else(Vec::new, |title| wrapped(title, LINE_CHARS, TITLE_LINES));
    let id = wrapped(&node.id, ID_CHARS, 1);
    let top = y - boxed.height / 2.0;
    html! {
        title { (tooltip(node)) }
        rect x=(number(x - boxed.width / 2.0)) y=(number(top)) width=(number(boxed.width)) height=(number(boxed.height)) rx="8" {}
        @for (at, line) in title.iter().enumerate() {
            text x=(number(x)) y=(number(top + 22.0 + at as f64 * 18.0)) { (line) }
        }
        @for line in &id {
            text.id x=(number(x)) y=(number(top + 21.0 + title.len() as f64 * 18.0)) { (line) }
        }
    }
}

/// The title and id of a node in full.
fn tooltip(node: &Node) -> String {
    let mut text = match &node.title {
        Some(title) if node.id.is_empty() => title.clone(),
        Some(title) => format!("{title} ({})", node.id),
        None => node.id.clone(),
    };
    if node.role == NodeRole::Missing {
        text.push_str(": nothing has this id");
    }
    text
}

/// A line with rounded corners.
fn path(points: &[Point], offset: Point) -> String {
    let pair = |(x, y): Point| format!("{} {}", number(x + offset.0), number(y + offset.1));
    let mut out = String::new();
    for (at, point) in points.iter().enumerate() {
        let _ = match points.get(at + 1) {
            _ if at == 0 => write!(out, "M{}", pair(*point)),
            None => write!(out, "L{}", pair(*point)),
            Some(next) => {
                let half = ((point.0 + next.0) / 2.0, (point.1 + next.1) / 2.0);
                write!(out, "Q{} {}", pair(*point), pair(half))
            }
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!((number(12.04), number(-0.01), number(0.25)), ("12".into(), "0".into(), "0.3".into()));
    }

    #[test]
    fn corners_are_rounded() {
        assert_eq!(path(&[(0.0, 0.0), (0.0, 8.0), (8.0, 8.0)], (1.0, 0.0)), "M1 0Q1 8 5 8L9 8");
        assert_eq!(path(&[(0.0, 0.0), (0.0, 8.0)], (0.0, 0.0)), "M0 0L0 8");
    }
}
