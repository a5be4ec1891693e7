//! Where the boxes and lines of a drawing go, in pixels.
//!
//! Comes in: a connected part of a [`Drawing`]. Goes out: a [`Layout`]. Must not know HTML.

mod dagre;
mod geometry;
mod packer;
mod text;
mod tree;

pub(crate) use geometry::{Line, NodeBox, Point};
pub(crate) use packer::Packer;
pub(crate) use text::{ID_CHARS, LABEL_LINES, LINE_CHARS, TITLE_LINES, label_size, node_size, wrapped};

use crate::graphs::{Drawing, Subgraph};
use geometry::Placed;

/// A part of a drawing with positions.
pub(crate) struct Layout<'d> {
    pub(crate) drawing: &'d Drawing,
    /// Positions of nodes in the drawing, and for each its box.
    pub(crate) nodes: Vec<(usize, NodeBox)>,
    /// Positions of edges in the drawing, and for each its line.
    pub(crate) edges: Vec<(usize, Line)>,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// Lays out a part of a drawing.
pub(crate) fn layout(drawing: &Drawing, part: Subgraph) -> Layout<'_> {
    let placed = tree::place(drawing, &part).unwrap_or_else(|| dagre::place(drawing, &part));
    Layout::new(drawing, part, placed)
}

/// Lays out a whole drawing.
pub(crate) fn layout_all(drawing: &Drawing) -> Layout<'_> {
    let nodes = (0..drawing.nodes.len()).collect();
    layout(drawing, Subgraph { nodes, edges: (0..drawing.edges.len()).collect() })
}

impl<'d> Layout<'d> {
    fn new(drawing: &'d Drawing, part: Subgraph, placed: Placed) -> Self {
        Self {
            drawing,
            nodes: part.nodes.into_iter().zip(placed.boxes).collect(),
            edges: part.edges.into_iter().zip(placed.lines).collect(),
            width: placed.width,
            height: placed.height,
        }
    }

    /// A single node, without a margin.
    pub(crate) fn single(drawing: &'d Drawing, node: usize) -> Self {
        let (width, height) = node_size(drawing, node);
        let boxed = NodeBox { x: width / 2.0, y: height / 2.0, width, height };
        Self { drawing, nodes: vec![(node, boxed)], edges: Vec::new(), width, height }
    }
}
