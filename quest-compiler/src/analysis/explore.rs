//! Every order in which the tasks of a flow can be done, as far as it makes a difference.
//!
//! A state is a node and the set of its tasks that are done. Doing one more either sets off the first branch that waits for it, or
//! fills the node, whose next edge is then taken, or leaves the rest to do. Nodes are left with nothing done in the next, so the
//! number of states is the sum over nodes of the subsets of their tasks.

use super::graph::{Graph, To};
use bit_set::BitSet;
use std::collections::VecDeque;

/// With more tasks in a node than this, their order is not explored and every branch of the node counts as possible.
const MOST_TASKS: usize = 12;

/// What can happen in a flow.
#[derive(Debug, Default)]
pub(super) struct Explored {
    /// Nodes that can be entered, with the node from which each was entered first.
    pub(super) entered: Entered,
    /// Branches that can be taken.
    pub(super) taken: BitSet,
    /// Nodes whose own next edge can be taken, or that can be the last.
    pub(super) passed: BitSet,
    /// Nodes in which the flow can end.
    pub(super) ends: BitSet,
}

/// Of each node that can be entered, the node from which it was entered first; of the start, none.
#[derive(Debug, Default)]
pub(super) struct Entered(Vec<Option<Option<usize>>>);

impl Entered {
    pub(super) fn contains(&self, node: usize) -> bool {
        self.0.get(node).is_some_and(Option::is_some)
    }

    /// The node from which a node was entered first.
    pub(super) fn from(&self, node: usize) -> Option<usize> {
        self.0.get(node).copied().flatten().flatten()
    }
}

/// What becomes of a node after its tasks in `done`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// More is to be done.
    Stay,
    Branch(usize),
    /// All that is required is done.
    Filled,
}

/// What follows when `task` is done last of the tasks in `done`.
pub(super) fn after(graph: &Graph<'_>, node: usize, done: u64, task: usize) -> After {
    let set_off = graph.branches.iter().position(|branch| branch.task == Some((node, task)));
    match set_off {
        Some(branch) => After::Branch(branch),
        None if filled(graph, node, done) => After::Filled,
        None => After::Stay,
    }
}

/// Whether all that a node requires is done: a task counts as done too if one of its alternatives is, and the alternatives of a task
/// that counts as done are not required.
fn filled(graph: &Graph<'_>, node: usize, done: u64) -> bool {
    let tasks = &graph.nodes[node].tasks;
    let is_done = |task: usize| task < 64 && done >> task & 1 == 1;
    let satisfied = |task: usize| is_done(task) || tasks[task].any.iter().any(|other| is_done(*other));
    let alternative = |task: usize| {
        tasks.iter().enumerate().any(|(main, other)| other.any.contains(&task) && satisfied(main))
    };
    (0..tasks.len()).all(|task| tasks[task].optional || satisfied(task) || alternative(task))
}

/// Explores all states that can be reached.
pub(super) fn explore(graph: &Graph<'_>) -> Explored {
    let mut explored = Explored { entered: Entered(vec![None; graph.nodes.len()]), ..Explored::default() };
    let mut queue = VecDeque::from([graph.start]);
    explored.entered.0[graph.start] = Some(None);
    let outside: Vec<usize> = (0..graph.branches.len())
        .filter(|branch| graph.branches[*branch].task.is_none() && !graph.branches[*branch].lost)
        .filter(|branch| graph.same_before(*branch).is_none())
        .collect();
    while let Some(node) = queue.pop_front() {
        let mut targets: Vec<usize> = Vec::new();
        // What is set off from outside can happen in every node that is not the last.
        for branch in &outside {
            explored.taken.insert(*branch);
            targets.push(graph.branches[*branch].to);
        }
        let (branches, passed) = leave(graph, node);
        for branch in branches.iter() {
            explored.taken.insert(branch);
            targets.push(graph.branches[branch].to);
        }
        if passed {
            explored.passed.insert(node);
            if graph.nodes[node].end {
                explored.ends.insert(node);
            }
            targets.extend(graph.nodes[node].edges.iter().filter_map(|edge| match edge.to {
                To::Node(to) => Some(to),
                To::End => None,
            }));
        }
        for to in targets {
            if !explored.entered.contains(to) {
                explored.entered.0[to] = Some(Some(node));
                queue.push_back(to);
            }
        }
    }
    explored
}

/// The branches by which a node can be left, and whether its own edges can be taken.
fn leave(graph: &Graph<'_>, node: usize) -> (BitSet, bool) {
    let tasks = graph.nodes[node].tasks.len();
    let mut branches = BitSet::new();
    if tasks == 0 {
        return (branches, true);
    }
    if tasks > MOST_TASKS {
        for (at, branch) in graph.branches.iter().enumerate() {
            if branch.task.is_some_and(|(of, _)| of == node) {
                branches.insert(at);
            }
        }
        return (branches, true);
    }
    // Without required tasks, a node is filled as soon as it is entered.
    let mut passed = filled(graph, node, 0);
    let mut seen = BitSet::new();
    let mut queue = vec![0u64];
    while let Some(done) = queue.pop() {
        for task in (0..tasks).filter(|task| done >> task & 1 == 0) {
            let then = done | 1 << task;
            match after(graph, node, then, task) {
                After::Branch(branch) => {
                    branches.insert(branch);
                }
                After::Filled => passed = true,
                After::Stay => {
                    if seen.insert(then as usize) {
                        queue.push(then);
                    }
                }
            }
        }
    }
    (branches, passed)
}

/// Nodes from which the flow can end, over the moves that exploration found possible.
pub(super) fn can_end(graph: &Graph<'_>, explored: &Explored) -> BitSet {
    let mut good: BitSet = explored.ends.clone();
    loop {
        let mut more = false;
        for node in 0..graph.nodes.len() {
            if good.contains(node) || !explored.entered.contains(node) {
                continue;
            }
            let by_edge = explored.passed.contains(node)
                && graph.nodes[node]
                    .edges
                    .iter()
                    .any(|edge| matches!(edge.to, To::Node(to) if good.contains(to)));
            let by_branch = explored.taken.iter().any(|branch| {
                let branch = &graph.branches[branch];
                branch.task.is_none_or(|(of, _)| of == node) && good.contains(branch.to)
            });
            if by_edge || by_branch {
                more |= good.insert(node);
            }
        }
        if !more {
            return good;
        }
    }
}

/// Whether the flow can end without ever being in a node, over the moves that exploration found possible.
pub(super) fn ends_without(graph: &Graph<'_>, explored: &Explored, without: usize) -> bool {
    let mut reached = BitSet::new();
    let mut open: Vec<usize> = std::iter::once(graph.start).filter(|start| *start != without).collect();
    while let Some(node) = open.pop() {
        if !reached.insert(node) {
            continue;
        }
        if explored.ends.contains(node) {
            return true;
        }
        let by_edge = graph.nodes[node].edges.iter().filter_map(|edge| match edge.to {
            To::Node(to) if explored.passed.contains(node) => Some(to),
            _ => None,
        });
        let by_branch = explored.taken.iter().map(|branch| &graph.branches[branch]);
        let by_branch =
            by_branch.filter(|branch| branch.task.is_none_or(|(of, _)| of == node)).map(|branch| branch.to);
        open.extend(by_edge.chain(by_branch).filter(|to| *to != without));
    }
    false
}

/// The way from the start to a node, by the first way that was found.
pub(super) fn way_to(graph: &Graph<'_>, explored: &Explored, node: usize) -> Vec<String> {
    let mut way = vec![graph.nodes[node].name.clone()];
    let mut at = node;
    while let Some(from) = explored.entered.from(at) {
        at = from;
        way.push(graph.nodes[at].name.clone());
        if way.len() > graph.nodes.len() {
            break;
        }
    }
    way.reverse();
    way
}
