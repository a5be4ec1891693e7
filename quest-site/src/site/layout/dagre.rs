//! Layouts of any graph, by `dugong`, a port of dagre. No other module knows that crate.

use super::geometry::{Line, MARGIN, NODE_GAP, NodeBox, Placed, RANK_GAP};
use super::text::{label_size, node_size};
use crate::graphs::{Drawing, Subgraph};
use dugong::graphlib::{Graph, GraphOptions};
use dugong::{EdgeLabel, GraphLabel, LabelPos, NodeLabel, RankDir};

/// With more nodes, ranks are found by the longest path instead of the network simplex.
const MAX_SIMPLEX: usize = 200;
/// Space to the right of a label's centre.
const LABEL_MARGIN: f64 = 90.0;

type DagreGraph = Graph<NodeLabel, EdgeLabel, GraphLabel>;

/// Places any part of a drawing.
pub(super) fn place(drawing: &Drawing, part: &Subgraph) -> Placed {
    let mut graph = graph(drawing, part);
    // Fails only for graphs too large to draw; all boxes are then at the origin.
    let placed = dugong::layout(&mut graph).is_ok();
    let boxes: Vec<NodeBox> = part
        .nodes
        .iter()
        .map(|at| {
            let label = graph.node(&name(*at)).filter(|_| placed);
            label.map_or_else(NodeBox::default, |label| NodeBox {
                x: label.x.unwrap_or_default(),
                y: label.y.unwrap_or_default(),
                width: label.width,
                height: label.height,
            })
        })
        .collect();
    let lines: Vec<Line> = part.edges.iter().map(|at| line(drawing, &graph, *at)).collect();
    let points = || lines.iter().flat_map(|line| &line.points);
    let labels = lines.iter().filter_map(|line| line.label);
    let right = boxes.iter().map(|node| node.x + node.width / 2.0);
    let right = right.chain(points().map(|(x, _)| *x)).chain(labels.map(|(x, _)| x + LABEL_MARGIN));
    let bottom = boxes.iter().map(|node| node.y + node.height / 2.0).chain(points().map(|(_, y)| *y));
    Placed {
        width: right.fold(0.0, f64::max) + MARGIN,
        height: bottom.fold(0.0, f64::max) + MARGIN,
        boxes,
        lines,
    }
}

/// The input of dagre.
fn graph(drawing: &Drawing, part: &Subgraph) -> DagreGraph {
    let mut graph = Graph::new(GraphOptions { multigraph: true, compound: false, directed: true });
    graph.set_graph(GraphLabel {
        rankdir: RankDir::TB,
        nodesep: NODE_GAP,
        ranksep: RANK_GAP,
        edgesep: 16.0,
        marginx: MARGIN,
        marginy: MARGIN,
        // Optimal ranks take long and look hardly better.
        ranker: (part.nodes.len() > MAX_SIMPLEX).then(|| "longest-path".to_owned()),
        ..GraphLabel::default()
    });
    for at in &part.nodes {
        let (width, height) = node_size(drawing, *at);
        graph.set_node(name(*at), NodeLabel { width, height, ..NodeLabel::default() });
    }
    for at in &part.edges {
        let edge = &drawing.edges[*at];
        let (width, height) = edge.label.as_deref().map_or((0.0, 0.0), label_size);
        let label = EdgeLabel { width, height, labelpos: LabelPos::C, weight: 1.0, ..EdgeLabel::default() };
        graph.set_edge_named(name(edge.from), name(edge.to), Some(at.to_string()), Some(label));
    }
    graph
}

/// The line that dagre found for an edge.
fn line(drawing: &Drawing, graph: &DagreGraph, at: usize) -> Line {
    let edge = &drawing.edges[at];
    let label = graph.edge(&name(edge.from), &name(edge.to), Some(&at.to_string()));
    label.map_or_else(Line::default, |label| Line {
        points: label.points.iter().map(|point| (point.x, point.y)).collect(),
        label: label.x.zip(label.y),
    })
}

/// The key of a node: letters first, because dagre sorts numbers as JavaScript does.
fn name(at: usize) -> String {
    format!("n{at}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphs::tests::drawing;

    #[test]
    fn a_diamond_has_three_ranks() {
        let drawing = drawing(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]);
        let placed = place(&drawing, &Subgraph { nodes: vec![0, 1, 2, 3], edges: vec![0, 1, 2, 3] });
        let y: Vec<f64> = placed.boxes.iter().map(|node| node.y).collect();
        assert!(y[0] < y[1] && y[1] == y[2] && y[2] < y[3], "{y:?}");
        assert!(placed.lines.iter().all(|line| line.points.len() >= 2 && line.label.is_none()));
        assert!(placed.boxes.iter().all(|node| node.x + node.width / 2.0 <= placed.width));
    }
}
