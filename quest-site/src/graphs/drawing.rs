//! The model of a graph to draw, between what content says and how it is written or laid out.

use quest_compiler::schema::KindId;

/// A graph, ready to be written as text or laid out as a picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drawing {
    /// The id of the object, or the path of the kind.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) role: NodeRole,
    /// The text of the id; empty if the node represents nothing in content.
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    /// The id that the node represents.
    pub(crate) represents: Option<(KindId, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeRole {
    Object,
    /// The entry point of a flow.
    Start,
    /// The exit after a last node.
    End,
    /// A condition that can be met at any node.
    Anytime,
    /// The target of a dangling reference.
    Missing,
}

#[derive(Clone, Debug)]
pub(crate) struct Edge {
    /// The position of a node.
    pub(crate) from: usize,
    /// The position of a node.
    pub(crate) to: usize,
    pub(crate) label: Option<String>,
    pub(crate) kind: EdgeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EdgeKind {
    /// Leads on unconditionally.
    Next,
    /// Leads on under a condition.
    Branch,
    /// Excludes: the target requires that the origin has *not* happened.
    Not,
}

/// Some nodes of a drawing and the edges between them, by their positions.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Subgraph {
    pub(crate) nodes: Vec<usize>,
    pub(crate) edges: Vec<usize>,
}

impl Drawing {
    /// The connected components, in the order of their first nodes.
    pub(crate) fn components(&self) -> Vec<Subgraph> {
        // Union-find: each node points to a node of its component, the first one to itself.
        let mut leaders: Vec<usize> = (0..self.nodes.len()).collect();
        for edge in &self.edges {
            let (from, to) = (leader(&mut leaders, edge.from), leader(&mut leaders, edge.to));
            leaders[from.max(to)] = from.min(to);
        }
        let mut components: Vec<Subgraph> = self.nodes.iter().map(|_| Subgraph::default()).collect();
        for node in 0..self.nodes.len() {
            components[leader(&mut leaders, node)].nodes.push(node);
        }
        for (at, edge) in self.edges.iter().enumerate() {
            components[leader(&mut leaders, edge.from)].edges.push(at);
        }
        components.retain(|component| !component.nodes.is_empty());
        components
    }

    /// A drawing of some of the nodes and edges.
    pub(crate) fn part(&self, part: &Subgraph) -> Self {
        let mut positions = vec![0; self.nodes.len()];
        for (new, old) in part.nodes.iter().enumerate() {
            positions[*old] = new;
        }
        let edges = part.edges.iter().map(|at| {
            let edge = &self.edges[*at];
            Edge { from: positions[edge.from], to: positions[edge.to], ..edge.clone() }
        });
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            nodes: part.nodes.iter().map(|at| self.nodes[*at].clone()).collect(),
            edges: edges.collect(),
        }
    }

    /// Everything that leads to a node or that it leads to, directly or not.
    pub(crate) fn around(&self, node: usize) -> Subgraph {
        let mut included = vec![false; self.nodes.len()];
        for (start, end) in [(Edge::origin as EdgeEnd, Edge::target as EdgeEnd), (Edge::target, Edge::origin)]
        {
            let mut neighbours: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
            for edge in &self.edges {
                neighbours[start(edge)].push(end(edge));
            }
            let mut seen = vec![false; self.nodes.len()];
            let mut open = vec![node];
            while let Some(at) = open.pop() {
                if !std::mem::replace(&mut seen[at], true) {
                    included[at] = true;
                    open.extend(&neighbours[at]);
                }
            }
        }
        let inside = |edge: &Edge| included[edge.from] && included[edge.to];
        Subgraph {
            nodes: (0..self.nodes.len()).filter(|at| included[*at]).collect(),
            edges: (0..self.edges.len()).filter(|at| inside(&self.edges[*at])).collect(),
        }
    }
}

type EdgeEnd = fn(&Edge) -> usize;

impl Edge {
    fn origin(&self) -> usize {
        self.from
    }

    fn target(&self) -> usize {
        self.to
    }
}

/// The first node of a node's component; shortens the way there.
fn leader(leaders: &mut [usize], mut at: usize) -> usize {
    while leaders[at] != at {
        leaders[at] = leaders[leaders[at]];
        at = leaders[at];
    }
    at
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A drawing with untitled objects `o0`, `o1`, … and unlabelled edges.
    pub(crate) fn drawing(nodes: usize, edges: &[(usize, usize)]) -> Drawing {
        let node = |at| Node { role: NodeRole::Object, id: format!("o{at}"), title: None, represents: None };
        let edge =
            |(from, to): &(usize, usize)| Edge { from: *from, to: *to, label: None, kind: EdgeKind::Next };
        Drawing {
            id: "quest".to_owned(),
            title: "quest".to_owned(),
            nodes: (0..nodes).map(node).collect(),
            edges: edges.iter().map(edge).collect(),
        }
    }

    #[test]
    fn components_are_connected() {
        let found = drawing(6, &[(3, 1), (0, 4), (4, 0), (1, 5)]).components();
        let part = |nodes: &[usize], edges: &[usize]| Subgraph { nodes: nodes.into(), edges: edges.into() };
        assert_eq!(found, [part(&[0, 4], &[1, 2]), part(&[1, 3, 5], &[0, 3]), part(&[2], &[])]);
    }

    #[test]
    fn a_part_has_positions_of_its_own() {
        let drawing = drawing(4, &[(0, 1), (3, 2)]);
        let part = drawing.part(&Subgraph { nodes: vec![2, 3], edges: vec![1] });
        assert_eq!(part.nodes.iter().map(|node| node.id.as_str()).collect::<Vec<_>>(), ["o2", "o3"]);
        assert_eq!((part.edges[0].from, part.edges[0].to), (1, 0));
    }

    #[test]
    fn around_a_node_is_what_leads_there_and_on() {
        // 0 → 1 → 2 → 3, and 4 → 2: seen from 1, the way from 4 is none of its own.
        let drawing = drawing(5, &[(0, 1), (1, 2), (2, 3), (4, 2)]);
        assert_eq!(drawing.around(1), Subgraph { nodes: vec![0, 1, 2, 3], edges: vec![0, 1, 2] });
        assert_eq!(drawing.around(4).nodes, [2, 3, 4]);
        // A cycle ends.
        assert_eq!(self::drawing(2, &[(0, 1), (1, 0)]).around(0).nodes, [0, 1]);
    }
}
