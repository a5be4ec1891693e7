//! Layouts of trees, which most quests are: each node has at most one edge that leads to it. Children are centred below their parent, in
//! the order of the content.

use super::geometry::{Line, MARGIN, NODE_GAP, NodeBox, Placed, RANK_GAP};
use super::text::{label_size, node_size};
use crate::graphs::{Drawing, Edge, Subgraph};
use std::collections::HashMap;

/// Deepest tree, because this module recurses; deeper ones go to dagre.
const MAX_DEPTH: usize = 400;

/// Places one or several trees; `None` if two edges lead to one node, or if there is a cycle.
pub(super) fn place(drawing: &Drawing, part: &Subgraph) -> Option<Placed> {
    let Subgraph { nodes, edges } = part;
    let positions = nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let mut tree = Tree {
        positions,
        sizes: nodes.iter().map(|node| node_size(drawing, *node)).collect(),
        labels: vec![(0.0, 0.0); nodes.len()],
        children: vec![Vec::new(); nodes.len()],
        widths: vec![0.0; nodes.len()],
        ranks: Vec::new(),
        centres: vec![(0.0, 0); nodes.len()],
    };
    let mut has_parent = vec![false; nodes.len()];
    for edge in edges.iter().map(|at| &drawing.edges[*at]) {
        let (from, to) = (*tree.positions.get(&edge.from)?, *tree.positions.get(&edge.to)?);
        if from == to || std::mem::replace(&mut has_parent[to], true) {
            return None;
        }
        tree.children[from].push(to);
        tree.labels[to] = edge.label.as_deref().map_or((0.0, 0.0), label_size);
    }
    let mut x = MARGIN;
    let mut reached = 0;
    for root in (0..nodes.len()).filter(|node| !has_parent[*node]) {
        reached += tree.measure(root, 0)?;
        tree.place(root, x, 0);
        x += tree.widths[root] + NODE_GAP;
    }
    // The rest is in cycles.
    (reached == nodes.len()).then(|| tree.placed(drawing, edges, x - NODE_GAP + MARGIN))
}

/// Everything is by the position of a node in the part.
struct Tree {
    /// By the position of the node in the drawing.
    positions: HashMap<usize, usize>,
    sizes: Vec<(f64, f64)>,
    /// The width and height of the label on the edge to it.
    labels: Vec<(f64, f64)>,
    children: Vec<Vec<usize>>,
    /// The width of its subtree.
    widths: Vec<f64>,
    /// For each rank, the height of the labels above it and of its boxes.
    ranks: Vec<(f64, f64)>,
    /// The centre, and the rank.
    centres: Vec<(f64, usize)>,
}

impl Tree {
    /// Computes the widths of a subtree. Returns its number of nodes, or `None` if it is too deep.
    fn measure(&mut self, node: usize, rank: usize) -> Option<usize> {
        if rank > MAX_DEPTH {
            return None;
        }
        if self.ranks.len() == rank {
            self.ranks.push((0.0, 0.0));
        }
        let ((width, height), (label_width, label_height)) = (self.sizes[node], self.labels[node]);
        let here = &mut self.ranks[rank];
        *here = (here.0.max(label_height), here.1.max(height));
        let mut count = 1;
        for child in self.children[node].clone() {
            count += self.measure(child, rank + 1)?;
        }
        self.widths[node] = width.max(label_width).max(self.children_width(node));
        Some(count)
    }

    /// The width of all children of a node.
    fn children_width(&self, node: usize) -> f64 {
        let children = &self.children[node];
        let widths: f64 = children.iter().map(|child| self.widths[*child]).sum();
        widths + NODE_GAP * children.len().saturating_sub(1) as f64
    }

    /// Places a subtree.
    fn place(&mut self, node: usize, left: f64, rank: usize) {
        self.centres[node] = (left + self.widths[node] / 2.0, rank);
        let mut x = left + (self.widths[node] - self.children_width(node)) / 2.0;
        for child in self.children[node].clone() {
            self.place(child, x, rank + 1);
            x += self.widths[child] + NODE_GAP;
        }
    }

    fn placed(&self, drawing: &Drawing, edges: &[usize], width: f64) -> Placed {
        // The top of the boxes of each rank, and the centre of the labels above them.
        let mut tops = Vec::with_capacity(self.ranks.len());
        let mut y = MARGIN;
        for (rank, (labels, height)) in self.ranks.iter().enumerate() {
            let gap = if rank == 0 { 0.0 } else { RANK_GAP + labels };
            tops.push((y + gap, y + gap / 2.0));
            y += gap + height;
        }
        Placed {
            width,
            height: y + MARGIN,
            boxes: (0..self.sizes.len()).map(|node| self.node_box(&tops, node)).collect(),
            lines: edges.iter().map(|at| self.line(&tops, &drawing.edges[*at])).collect(),
        }
    }

    /// The box of a node, centred vertically in its rank.
    fn node_box(&self, tops: &[(f64, f64)], node: usize) -> NodeBox {
        let ((width, height), (x, rank)) = (self.sizes[node], self.centres[node]);
        NodeBox { x, y: tops[rank].0 + self.ranks[rank].1 / 2.0, width, height }
    }

    /// The line of an edge. It turns above its label and goes straight through it.
    fn line(&self, tops: &[(f64, f64)], edge: &Edge) -> Line {
        let (from, to) = (self.positions[&edge.from], self.positions[&edge.to]);
        let (above, below) = (self.node_box(tops, from), self.node_box(tops, to));
        let (_, label) = tops[self.centres[to].1];
        // Edges to different children leave a box at different points.
        let room = (above.width / 2.0 - 12.0).max(0.0);
        let start = (above.x + (below.x - above.x).clamp(-room, room), above.y + above.height / 2.0);
        let end = (below.x, below.y - below.height / 2.0);
        let straight = (start.0 - end.0).abs() < 1.0;
        let turn = label - self.labels[to].1 / 2.0;
        let bends = [(start.0, turn), (end.0, turn)].into_iter().filter(|_| !straight);
        Line {
            points: std::iter::once(start).chain(bends).chain([end]).collect(),
            label: edge.label.is_some().then_some((below.x, label)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphs::tests::drawing;

    fn placed(nodes: usize, edges: &[(usize, usize)]) -> Option<Placed> {
        let part = Subgraph { nodes: (0..nodes).collect(), edges: (0..edges.len()).collect() };
        place(&drawing(nodes, edges), &part)
    }

    #[test]
    fn children_are_below_their_parent() {
        let placed = placed(3, &[(0, 1), (0, 2)]).unwrap();
        let [parent, left, right] = placed.boxes[..] else { panic!("{placed:?}") };
        assert!(left.y > parent.y && left.y == right.y);
        assert!(left.x < parent.x && parent.x < right.x);
        assert!(left.x + left.width / 2.0 + NODE_GAP <= right.x - right.width / 2.0);
        assert_eq!(placed.lines[0].points.last(), Some(&(left.x, left.y - left.height / 2.0)));
    }

    #[test]
    fn other_graphs_are_left_to_dagre() {
        assert!(placed(3, &[(0, 2), (1, 2)]).is_none(), "two parents");
        assert!(placed(2, &[(0, 1), (1, 0)]).is_none(), "a cycle");
        assert!(placed(1, &[(0, 0)]).is_none(), "a loop");
        let chain: Vec<_> = (0..MAX_DEPTH + 1).map(|at| (at, at + 1)).collect();
        assert!(placed(chain.len() + 1, &chain).is_none(), "too deep");
    }
}
