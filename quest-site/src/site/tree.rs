//! Places for graphs that are trees, as those of most quests are: one thing follows the other, or ways part and do not meet again. There
//! is nothing to be found out about them, and what follows stands below what it follows, in the order of the content.

use super::layout::{Box, Line, MARGIN, NODES, Placed, RANKS, label_size, size};
use crate::graph::Drawing;
use std::collections::HashMap;

/// A deeper tree is left to the crate: this looks at one inside of the other.
const DEEPEST: usize = 400;

/// Places a tree, and several beside each other; `None` if the edges lead to one node twice, or in a circle.
pub(super) fn tree(drawing: &Drawing, nodes: &[usize], edges: &[usize]) -> Option<Placed> {
    let position: HashMap<usize, usize> = nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let mut tree = Tree {
        sizes: nodes.iter().map(|node| size(drawing, *node)).collect(),
        labels: vec![(0.0, 0.0); nodes.len()],
        children: vec![Vec::new(); nodes.len()],
        widths: vec![0.0; nodes.len()],
        ranks: Vec::new(),
        middles: vec![(0.0, 0); nodes.len()],
    };
    let mut above: Vec<Option<usize>> = vec![None; nodes.len()];
    for (at, edge) in edges.iter().map(|at| &drawing.edges[*at]).enumerate() {
        let (from, to) = (*position.get(&edge.from)?, *position.get(&edge.to)?);
        if from == to || above[to].replace(at).is_some() {
            return None;
        }
        tree.children[from].push(to);
        tree.labels[to] = edge.label.as_deref().map_or((0.0, 0.0), label_size);
    }
    let mut x = MARGIN;
    let mut reached = 0;
    for root in (0..nodes.len()).filter(|node| above[*node].is_none()) {
        reached += tree.measure(root, 0)?;
        tree.place(root, x, 0);
        x += tree.widths[root] + NODES;
    }
    // What is left stands in a circle.
    (reached == nodes.len()).then(|| tree.placed(drawing, edges, &position, x - NODES + MARGIN))
}

/// Everything by the position of a node.
struct Tree {
    sizes: Vec<(f64, f64)>,
    /// The size of the words on the edge that leads to it.
    labels: Vec<(f64, f64)>,
    children: Vec<Vec<usize>>,
    /// How wide it is with all below it.
    widths: Vec<f64>,
    /// For each rank, the height of the words above it and of its nodes.
    ranks: Vec<(f64, f64)>,
    /// The middle, and the rank.
    middles: Vec<(f64, usize)>,
}

impl Tree {
    /// How much room a node and all below it take. Gives their number, or nothing if there are too many levels.
    fn measure(&mut self, node: usize, rank: usize) -> Option<usize> {
        if rank > DEEPEST {
            return None;
        }
        if self.ranks.len() == rank {
            self.ranks.push((0.0, 0.0));
        }
        let ((width, height), (words, lines)) = (self.sizes[node], self.labels[node]);
        let here = &mut self.ranks[rank];
        *here = (here.0.max(lines), here.1.max(height));
        let mut count = 1;
        for child in self.children[node].clone() {
            count += self.measure(child, rank + 1)?;
        }
        self.widths[node] = width.max(words).max(self.below(node));
        Some(count)
    }

    /// The width of all below a node.
    fn below(&self, node: usize) -> f64 {
        let children = &self.children[node];
        let widths: f64 = children.iter().map(|child| self.widths[*child]).sum();
        widths + NODES * children.len().saturating_sub(1) as f64
    }

    fn place(&mut self, node: usize, left: f64, rank: usize) {
        self.middles[node] = (left + self.widths[node] / 2.0, rank);
        let mut x = left + (self.widths[node] - self.below(node)) / 2.0;
        for child in self.children[node].clone() {
            self.place(child, x, rank + 1);
            x += self.widths[child] + NODES;
        }
    }

    fn placed(
        &self,
        drawing: &Drawing,
        edges: &[usize],
        position: &HashMap<usize, usize>,
        width: f64,
    ) -> Placed {
        // The top of each rank, and the middle of the words above it.
        let mut tops = Vec::with_capacity(self.ranks.len());
        let mut y = MARGIN;
        for (rank, (words, height)) in self.ranks.iter().enumerate() {
            let gap = if rank == 0 { 0.0 } else { RANKS + words };
            tops.push((y + gap, y + gap / 2.0));
            y += gap + height;
        }
        let boxed = |node: usize| {
            let ((width, height), (x, rank)) = (self.sizes[node], self.middles[node]);
            // In the middle of its rank, as a mark beside a box should be.
            Box { x, y: tops[rank].0 + self.ranks[rank].1 / 2.0, width, height }
        };
        let line = |at: &usize| -> Line {
            let edge = &drawing.edges[*at];
            let (from, to) = (position[&edge.from], position[&edge.to]);
            let (above, below) = (boxed(from), boxed(to));
            let middle = tops[self.middles[to].1].1;
            // Ways that part leave a box at different places.
            let room = (above.width / 2.0 - 12.0).max(0.0);
            let start = (above.x + (below.x - above.x).clamp(-room, room), above.y + above.height / 2.0);
            let end = (below.x, below.y - below.height / 2.0);
            let label = edge.label.is_some().then_some((below.x, middle));
            let straight = (start.0 - end.0).abs() < 1.0;
            // It swings over above the words, and goes straight through them.
            let turn = middle - self.labels[to].1 / 2.0;
            let bends = [(start.0, turn), (end.0, turn)].into_iter().filter(|_| !straight);
            (std::iter::once(start).chain(bends).chain([end]).collect(), label)
        };
        Placed {
            width,
            height: y + MARGIN,
            nodes: (0..self.sizes.len()).map(boxed).collect(),
            edges: edges.iter().map(line).collect(),
        }
    }
}
