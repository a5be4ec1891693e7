//! The ways in which one object can end, each with a way that leads there.

use super::ending::{By, Ending, Step};
use super::explore::{Explored, explore};
use super::graph::{Graph, To};
use super::proof::Prover;
use crate::check::{Resolved, Row};
use crate::schema::{Flow, Model};

/// The endings of an object in the order of their nodes. `None` if its flow has a hole, so that nothing true can be said.
pub fn endings(
    model: &Model,
    resolved: &Resolved<'_>,
    prover: Option<&Prover<'_>>,
    flow: &Flow,
    row: Row,
) -> Option<Vec<Ending>> {
    let graph = Graph::read(model, resolved, flow, row).filter(|graph| graph.outside.is_empty())?;
    // What is plain ends where it ends, however it is played.
    if let Some(prover) = prover.filter(|prover| prover.plays(flow) && !prover.is_plain(row.row)) {
        return Some(prover.endings(&graph));
    }
    let explored = explore(&graph);
    let ending =
        |end: usize| Ending { node: graph.nodes[end].name.clone(), way: way(&graph, &explored, end) };
    Some(explored.ends.iter().map(ending).collect::<Vec<_>>())
}

/// The way from the start to a node that was found first: none is shorter.
fn way(graph: &Graph<'_>, explored: &Explored, node: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = node;
    loop {
        let from = explored.entered.from(at);
        let by = from.map_or(By::Next, |from| by(graph, explored, from, at));
        steps.push(Step { node: graph.nodes[at].name.clone(), by });
        match from {
            Some(from) if steps.len() <= graph.nodes.len() => at = from,
            _ => break,
        }
    }
    steps.reverse();
    steps
}

/// Why one node is entered from another.
fn by(graph: &Graph<'_>, explored: &Explored, from: usize, to: usize) -> By {
    let next = graph.nodes[from].edges.iter().any(|edge| edge.to == To::Node(to));
    if next && explored.passed.contains(from) {
        return By::Next;
    }
    let mut taken = explored.taken.iter().map(|at| &graph.branches[at]).filter(|branch| branch.to == to);
    match taken.find(|branch| branch.task.is_none_or(|(of, _)| of == from)) {
        Some(branch) => match branch.task {
            Some((of, task)) => By::Task(graph.nodes[of].tasks[task].name.clone()),
            None => By::Branch(branch.name.clone()),
        },
        None => By::Next,
    }
}
