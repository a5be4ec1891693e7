//! Where the boxes and lines of a graph go. The only place that knows the crate that finds out: `dugong`, a port of dagre.

use super::tree::tree;
use crate::graph::{Drawing, Role};
use dugong::graphlib::{Graph, GraphOptions};
use dugong::{EdgeLabel, GraphLabel, LabelPos, NodeLabel, RankDir};

/// Characters in a line of a box.
pub(super) const LINE: usize = 24;
/// Lines in a box.
pub(super) const LINES: usize = 2;
/// Lines of the words on an edge.
pub(super) const LABEL_LINES: usize = 3;
/// With more nodes, ranks are found in a simpler way.
const MANY: usize = 200;

/// Around a graph.
pub(super) const MARGIN: f64 = 8.0;
/// Between two nodes of one rank.
pub(super) const NODES: f64 = 28.0;
/// Between one rank and the next.
pub(super) const RANKS: f64 = 36.0;

/// A graph with places, in pixels.
pub(super) struct Placed {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The middle of each node, and its size.
    pub(super) nodes: Vec<Box>,
    pub(super) edges: Vec<Line>,
}

/// A point.
pub(super) type Point = (f64, f64);

/// The way of an edge, and the middle of its label.
pub(super) type Line = (Vec<Point>, Option<Point>);

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Box {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Places some nodes of a drawing and the edges between them, both given by their positions.
pub(super) fn place(drawing: &Drawing, nodes: &[usize], edges: &[usize]) -> Placed {
    tree(drawing, nodes, edges).unwrap_or_else(|| found_out(drawing, nodes, edges))
}

/// Asks the crate.
fn found_out(drawing: &Drawing, nodes: &[usize], edges: &[usize]) -> Placed {
    let mut graph: Graph<NodeLabel, EdgeLabel, GraphLabel> =
        Graph::new(GraphOptions { multigraph: true, compound: false, directed: true });
    graph.set_graph(GraphLabel {
        rankdir: RankDir::TB,
        nodesep: NODES,
        ranksep: RANKS,
        edgesep: 16.0,
        marginx: MARGIN,
        marginy: MARGIN,
        // Exact ranks cost more than they show.
        ranker: (nodes.len() > MANY).then(|| "longest-path".to_owned()),
        ..GraphLabel::default()
    });
    for at in nodes {
        let (width, height) = size(drawing, *at);
        graph.set_node(name(*at), NodeLabel { width, height, ..NodeLabel::default() });
    }
    for at in edges {
        let edge = &drawing.edges[*at];
        let (width, height) = edge.label.as_deref().map_or((0.0, 0.0), label_size);
        let label = EdgeLabel { width, height, labelpos: LabelPos::C, weight: 1.0, ..EdgeLabel::default() };
        graph.set_edge_named(name(edge.from), name(edge.to), Some(at.to_string()), Some(label));
    }
    // It fails for graphs larger than any that is drawn; nothing is placed then.
    let placed = dugong::layout(&mut graph).is_ok();
    let boxes = nodes.iter().map(|at| {
        let label = graph.node(&name(*at)).filter(|_| placed);
        label.map_or_else(Box::default, |label| Box {
            x: label.x.unwrap_or_default(),
            y: label.y.unwrap_or_default(),
            width: label.width,
            height: label.height,
        })
    });
    let nodes: Vec<Box> = boxes.collect();
    let edges = edges.iter().map(|at| {
        let edge = &drawing.edges[*at];
        let named = Some(at.to_string());
        let label = graph.edge(&name(edge.from), &name(edge.to), named.as_deref());
        label.map_or_else(Default::default, |label| {
            let points = label.points.iter().map(|point| (point.x, point.y)).collect();
            (points, label.x.zip(label.y))
        })
    });
    let edges: Vec<Line> = edges.collect();
    let far = |of: &dyn Fn(&Box) -> f64| nodes.iter().map(of).fold(0.0, f64::max);
    let affixes = edges.iter().flat_map(|(points, _)| points);
    let labels = edges.iter().filter_map(|(_, label)| *label);
    let width = affixes.clone().map(|(x, _)| *x).fold(0.0, f64::max);
    let width = labels.map(|(x, _)| x + 90.0).fold(width, f64::max);
    Placed {
        width: far(&|node| node.x + node.width / 2.0).max(width) + 8.0,
        height: far(&|node| node.y + node.height / 2.0).max(affixes.map(|(_, y)| *y).fold(0.0, f64::max))
            + 8.0,
        nodes,
        edges,
    }
}

/// Not a number, which the crate would sort as JavaScript does.
fn name(at: usize) -> String {
    format!("n{at}")
}

/// The size of a box.
pub(super) fn size(drawing: &Drawing, at: usize) -> (f64, f64) {
    let node = &drawing.nodes[at];
    match node.role {
        Role::Start | Role::End => (18.0, 18.0),
        Role::Object | Role::Anytime | Role::Missing => {
            let title = node.title.as_deref().map_or_else(Vec::new, |title| wrapped(title, LINE, LINES));
            let id = wrapped(&node.id, LINE + 6, 1);
            let widths = title.iter().map(|line| text_width(line));
            let width = widths.chain(id.iter().map(|line| text_width(line) * 0.9)).fold(40.0, f64::max);
            let lines = title.len() * 18 + usize::from(!node.id.is_empty()) * 16;
            (width + 24.0, lines as f64 + 18.0)
        }
    }
}

/// The size of the words on an edge.
pub(super) fn label_size(label: &str) -> (f64, f64) {
    let lines = wrapped(label, LINE, LABEL_LINES);
    (lines.iter().map(|line| text_width(line) * 0.9).fold(0.0, f64::max), lines.len() as f64 * 16.0)
}

/// About how wide a text is.
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

/// A text in lines of at most some characters; what does not fit is left out.
pub(super) fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + length <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if full => {
                line.push('…');
                return lines;
            }
            _ if length > width => lines.push(word.chars().take(width - 1).chain(['…']).collect()),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
