//! Boxes, lines and distances.

/// Around a drawing.
pub(super) const MARGIN: f64 = 8.0;
/// Between two nodes of one rank.
pub(super) const NODE_GAP: f64 = 28.0;
/// Between two ranks.
pub(super) const RANK_GAP: f64 = 36.0;

pub(crate) type Point = (f64, f64);

/// The box of a node, by its centre.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct NodeBox {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// The line of an edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) points: Vec<Point>,
    /// The centre of the label.
    pub(crate) label: Option<Point>,
}

/// The positions of a part of a drawing, in its order of nodes and edges.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) boxes: Vec<NodeBox>,
    pub(super) lines: Vec<Line>,
}
