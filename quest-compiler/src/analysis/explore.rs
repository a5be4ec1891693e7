//! Every order in which the tasks of a flow can be done, as far as it makes a difference.
//!
//! A state is a node and the set of its tasks that are done. Doing one more either sets off the first branch that waits for it, or
//! fills the node, whose next edge is then taken, or leaves the rest to do. Nodes are left with nothing done in the next, so the
//! number of states is the sum over nodes of the subsets of their tasks.

use super::graph::{Graph, To};
use crate::text::Span;
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
    /// Nodes in which one can be so that the flow can still end.
    pub(super) good: BitSet,
    /// What leads from which node to which.
    pub(super) moves: Vec<(usize, usize)>,
    /// Tasks that can never be done.
    pub(super) never: Vec<Never>,
    /// A way into a state from which the flow cannot end, though it can from others in the same node: the node, and what is done.
    pub(super) stuck: Option<(usize, Vec<String>)>,
    /// Branches that wait for a limit where there is none.
    pub(super) no_limit: BitSet,
    /// Whether everything was looked at.
    pub(super) complete: bool,
    /// How many states were looked at.
    pub(super) states: usize,
}

/// A condition, and why it never holds.
pub(super) type Reason = (Span, &'static str);

/// A task that can never be done.
#[derive(Clone, Debug)]
pub(super) struct Never {
    pub(super) node: usize,
    /// Its position in the node.
    pub(super) task: usize,
    /// Something else than doing it is asked for.
    pub(super) asks: bool,
    /// The conditions that never hold, as far as that is seen.
    pub(super) reasons: Vec<Reason>,
}

/// Of each node that can be entered, the node from which it was entered first; of the start, none.
#[derive(Debug, Default)]
pub(super) struct Entered(pub(super) Vec<Option<Option<usize>>>);

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
    let before = if task < 64 { with_others(graph, node, done & !(1 << task)) } else { 0 };
    let now = with_others(graph, node, done) & !before;
    let sets_off =
        |of: usize, other: usize| of == node && (other == task || (other < 64 && now >> other & 1 == 1));
    let set_off =
        graph.branches.iter().position(|branch| branch.task.is_some_and(|(of, other)| sets_off(of, other)));
    match set_off {
        Some(branch) => After::Branch(branch),
        None if filled(graph, node, done) => After::Filled,
        None => After::Stay,
    }
}

/// The tasks that are done once some are: those that others are enough for are done with them.
fn with_others(graph: &Graph<'_>, node: usize, done: u64) -> u64 {
    let tasks = &graph.nodes[node].tasks;
    let is_done = |done: u64, task: usize| task < 64 && done >> task & 1 == 1;
    let mut done = done;
    loop {
        let by_others = |task: &usize| {
            let lists = &tasks[*task].any;
            let one_of = |list: &Vec<usize>| list.iter().any(|other| is_done(done, *other));
            !lists.is_empty() && !is_done(done, *task) && lists.iter().all(one_of)
        };
        let Some(task) = (0..tasks.len().min(64)).find(by_others) else { return done };
        done |= 1 << task;
    }
}

/// Whether all that a node requires is done. What another task names as enough for it is not required.
fn filled(graph: &Graph<'_>, node: usize, done: u64) -> bool {
    let tasks = &graph.nodes[node].tasks;
    let done = with_others(graph, node, done);
    let is_done = |task: usize| task < 64 && done >> task & 1 == 1;
    let named = |task: usize| tasks.iter().flat_map(|other| &other.any).any(|list| list.contains(&task));
    (0..tasks.len()).all(|task| tasks[task].optional || named(task) || is_done(task))
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
            explored.moves.push((node, to));
            if !explored.entered.contains(to) {
                explored.entered.0[to] = Some(Some(node));
                queue.push_back(to);
            }
        }
    }
    explored.good = can_end(&explored);
    explored.complete = true;
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
        let by_itself = |task: &usize| done >> task & 1 == 0 && graph.nodes[node].tasks[*task].any.is_empty();
        for task in (0..tasks).filter(by_itself) {
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
fn can_end(explored: &Explored) -> BitSet {
    let mut good: BitSet = explored.ends.clone();
    loop {
        let leads = |(from, to): &&(usize, usize)| good.contains(*to) && !good.contains(*from);
        let Some((from, _)) = explored.moves.iter().find(leads).copied() else { return good };
        good.insert(from);
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
        let next = explored.moves.iter().filter(|(from, to)| *from == node && *to != without);
        open.extend(next.map(|(_, to)| *to));
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
