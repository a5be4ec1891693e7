//! One quest alone, from the moment in which it is begun: what can happen in it, for the diagnostics about its flow.

use super::Prover;
use super::machine::{Play, Step};
use super::search::{Machine, Search};
use crate::analysis::ending::{By, Ending, Step as Way};
use crate::analysis::explore::{Entered, Explored, Never};
use crate::analysis::graph::Graph;
use quest_types::journal::program::Ask;
use std::collections::HashMap;

/// What was seen of one quest.
struct Alone<'g, 'm, 'p> {
    graph: &'g Graph<'m>,
    play: Play<'p>,
    search: Search<Step>,
    /// The nodes of stages.
    of_stage: HashMap<u32, usize>,
}

impl<'p> Prover<'p> {
    fn look<'g, 'm>(&'p self, graph: &'g Graph<'m>) -> Alone<'g, 'm, 'p> {
        let play = self.play(&[graph.row], Vec::new(), true);
        let search = Search::run(&play, self.limits.states);
        let of_stage = graph.nodes.iter().enumerate().map(|(at, node)| (node.row, at)).collect();
        Alone { graph, play, search, of_stage }
    }

    /// Plays a quest, and says what can happen in it.
    pub(in crate::analysis) fn explore(&self, graph: &Graph<'_>) -> Explored {
        self.look(graph).explored(self)
    }

    /// The endings of a quest, each with the shortest way there.
    pub(in crate::analysis) fn endings(&self, graph: &Graph<'_>) -> Vec<Ending> {
        let alone = self.look(graph);
        let nodes = graph.nodes.iter();
        nodes.filter_map(|node| alone.ending(node.row)).collect()
    }
}

impl Alone<'_, '_, '_> {
    /// The node in which the quest is in a state, if it is under way.
    fn node(&self, state: usize) -> Option<usize> {
        let state = self.play.state(self.search.state(state));
        self.of_stage.get(&state.active_stage(self.graph.row)?).copied()
    }

    /// The last state in another node before a state, and that node.
    fn entered_from(&self, state: usize) -> Option<(usize, usize)> {
        let own = self.node(state)?;
        let mut at = state;
        while let Some((before, _)) = self.search.parent(at) {
            match self.node(before) {
                Some(node) if node != own => return Some((node, before)),
                _ => at = before,
            }
        }
        None
    }

    fn explored(&self, prover: &Prover<'_>) -> Explored {
        let Self { graph, play, search, .. } = self;
        let seen = play.seen.take();
        let mut explored = Explored {
            entered: Entered(vec![None; graph.nodes.len()]),
            complete: search.is_complete(),
            states: search.states(),
            ..Explored::default()
        };
        let ended = |at: usize| play.has_ended(search.state(at), 0);
        let may = search.leading_to(ended, true);
        let nodes: Vec<Option<usize>> = (0..search.states()).map(|at| self.node(at)).collect();
        for (at, node) in nodes.iter().enumerate() {
            let Some(node) = *node else { continue };
            if !explored.entered.contains(node) {
                explored.entered.0[node] = Some(self.entered_from(at).map(|(from, _)| from));
            }
            if may[at] {
                explored.good.insert(node);
            }
        }
        let node_of = |stage: &u32| self.of_stage.get(stage).copied();
        explored.passed.extend(seen.passed.iter().filter_map(node_of));
        explored.ends.extend(seen.endings.iter().filter_map(|(_, stage)| node_of(stage)));
        let moves = seen.moves.iter().filter_map(|(from, to)| Some((node_of(from)?, node_of(to)?)));
        explored.moves = moves.collect();
        let branches = graph.branches.iter().enumerate();
        let taken = branches.filter(|(_, branch)| seen.branches.contains(&branch.row));
        explored.taken.extend(taken.map(|(at, _)| at));
        let program = prover.program;
        let waits = |row: u32| {
            let on_time = program.branch(row).is_some_and(|(_, condition)| condition.ask == Ask::Time);
            on_time && program.due(row, program.limit(graph.row)).is_none()
        };
        let branches = graph.branches.iter().enumerate();
        explored.no_limit.extend(branches.filter(|(_, branch)| waits(branch.row)).map(|(at, _)| at));
        for (at, node) in graph.nodes.iter().enumerate().filter(|(at, _)| explored.entered.contains(*at)) {
            let tasks = node.tasks.iter().enumerate();
            let never = tasks.filter(|(_, task)| !seen.objectives.contains(&task.row));
            explored.never.extend(never.map(|(number, task)| {
                let conditions = prover.program.objective_conditions(task.row);
                let asks = !conditions.is_empty() || prover.program.place(task.row).is_some();
                Never { node: at, task: number, asks, reasons: prover.never_hold(task.row) }
            }));
        }
        let lost = |at: &usize| !may[*at] && nodes[*at].is_some_and(|node| explored.good.contains(node));
        explored.stuck = (0..search.states()).find(lost).and_then(|at| {
            let steps = search.path(at);
            let lines = steps.iter().flat_map(|step| prover.lines(step));
            Some((nodes[at]?, lines.collect()))
        });
        explored
    }

    fn ending(&self, stage: u32) -> Option<Ending> {
        let mut at = self.search.labelled(stage)?;
        let mut steps = Vec::new();
        loop {
            let node = self.graph.nodes[self.node(at)?].name.clone();
            let Some((_, before)) = self.entered_from(at) else {
                steps.push(Way { node, by: By::Next });
                break;
            };
            // The state behind that one is the first in this node.
            let mut entry = at;
            while let Some((parent, _)) = self.search.parent(entry).filter(|(parent, _)| *parent != before) {
                entry = parent;
            }
            let by = match self.search.parent(entry).and_then(|(_, step)| step.branch) {
                Some(branch) => self.by_branch(branch),
                None => By::Next,
            };
            steps.push(Way { node, by });
            at = before;
        }
        steps.reverse();
        let node = self.graph.nodes[*self.of_stage.get(&stage)?].name.clone();
        Some(Ending { node, way: steps })
    }

    fn by_branch(&self, row: u32) -> By {
        let branch = self.graph.branches.iter().find(|branch| branch.row == row);
        match branch.map(|branch| (branch.task, &branch.name)) {
            Some((Some((node, task)), _)) => By::Task(self.graph.nodes[node].tasks[task].name.clone()),
            Some((None, name)) => By::Branch(name.clone()),
            None => By::Next,
        }
    }
}
