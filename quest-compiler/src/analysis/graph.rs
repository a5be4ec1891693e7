//! The graph of one object: its nodes, and what leads from one to the next.

use super::walk::{Named, Standing, follow, is_true, named, named_at, objects, standing, value};
use crate::check::{Resolved, Row};
use crate::schema::{Flow, Literal, Model, Path, canonical_of};
use crate::text::Span;
use std::collections::HashMap;

/// Where an edge leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum To {
    Node(usize),
    /// Out of the flow.
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) to: To,
    /// The reference, or the node if nothing is written there.
    pub(super) span: Span,
    /// The property in which it stands.
    pub(super) property: (Row, usize),
}

/// Something that leads on from wherever its task is.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    /// Its row in the record of branches.
    pub(super) row: u32,
    /// Its id, if it has one.
    pub(super) name: String,
    pub(super) to: usize,
    pub(super) span: Span,
    /// The task that sets it off, as node and position; `None` if something outside does, at any time.
    pub(super) task: Option<(usize, usize)>,
    /// Its condition names a task that is in none of the nodes.
    pub(super) lost: bool,
    /// The condition as text that is equal for equal conditions.
    pub(super) condition: String,
}

#[derive(Clone, Debug)]
pub(super) struct Task {
    /// Its row in the record of tasks.
    pub(super) row: u32,
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) optional: bool,
    pub(super) hidden: bool,
    /// Lists of tasks of the same node: one of each is enough for this one, and it is done in no other way.
    pub(super) any: Vec<Vec<usize>>,
}

#[derive(Clone, Debug)]
pub(super) struct Vertex {
    /// Its row in the record of nodes.
    pub(super) row: u32,
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) edges: Vec<Edge>,
    pub(super) tasks: Vec<Task>,
    /// It can be the last.
    pub(super) end: bool,
    /// The schema says that the object can be finished without it.
    pub(super) optional: bool,
}

/// A reference to a node of another object.
#[derive(Clone, Debug)]
pub(super) struct Outside {
    pub(super) span: Span,
    /// The node, with the id of its object.
    pub(super) path: String,
}

/// The graph of one object.
pub(super) struct Graph<'m> {
    pub(super) flow: &'m Flow,
    /// The row of the object.
    pub(super) row: u32,
    /// The object's id.
    pub(super) name: String,
    pub(super) nodes: Vec<Vertex>,
    pub(super) start: usize,
    pub(super) branches: Vec<Branch>,
    /// What leads to nodes of other objects; the graph lacks these edges.
    pub(super) outside: Vec<Outside>,
}

impl Graph<'_> {
    /// The earlier branch that has the same condition as this one, which nothing in the nodes sets off.
    pub(super) fn same_before(&self, at: usize) -> Option<&Branch> {
        let branch = self.branches.get(at).filter(|branch| branch.task.is_none() && !branch.lost)?;
        let earlier = self.branches[..at].iter().filter(|earlier| earlier.task.is_none() && !earlier.lost);
        earlier
            .into_iter()
            .find(|earlier| earlier.condition == branch.condition && !branch.condition.is_empty())
    }
}

impl<'m> Graph<'m> {
    /// Reads the graph of an object; `None` if there is nothing to walk, or if nothing true can be said of it.
    pub(super) fn read(
        model: &'m Model,
        resolved: &Resolved<'_>,
        flow: &'m Flow,
        row: Row,
    ) -> Option<Graph<'m>> {
        let rows: Vec<Row> = objects(model, resolved, row, &flow.nodes).collect();
        if rows.is_empty() {
            return None;
        }
        let mut reader = GraphReader::new(model, resolved, flow);
        for node in &rows {
            reader.node(*node)?;
        }
        for (at, node) in rows.iter().enumerate() {
            reader.edges(at, *node)?;
            reader.end(at, *node);
        }
        for (at, node) in rows.iter().enumerate() {
            reader.alternatives(at, *node);
        }
        let start = reader.start(row)?;
        let branches = reader.branches(row)?;
        let name = reader.own_id(row).unwrap_or_default();
        let GraphReader { nodes, outside, .. } = reader;
        Some(Graph { flow, row: row.row, name, nodes, start, branches, outside })
    }
}

/// What has been read of a graph.
struct GraphReader<'r, 'm, 'a> {
    model: &'m Model,
    resolved: &'r Resolved<'a>,
    flow: &'m Flow,
    /// The node of each id.
    of_id: HashMap<u32, usize>,
    /// The node of each task's id, and the position of the task in it.
    of_task: HashMap<u32, (usize, usize)>,
    nodes: Vec<Vertex>,
    outside: Vec<Outside>,
}

impl<'r, 'm, 'a> GraphReader<'r, 'm, 'a> {
    fn new(model: &'m Model, resolved: &'r Resolved<'a>, flow: &'m Flow) -> Self {
        let (of_id, of_task) = (HashMap::new(), HashMap::new());
        Self { model, resolved, flow, of_id, of_task, nodes: Vec::new(), outside: Vec::new() }
    }

    /// Adds a node without edges; `None` if it has no id.
    fn node(&mut self, node: Row) -> Option<()> {
        let (content, ids) = (&self.resolved.content, &self.resolved.ids);
        let id = ids.own(self.model, content, self.flow.kind, node)?;
        let at = self.nodes.len();
        self.of_id.insert(id, at);
        let found = ids.id(self.flow.kind, id);
        let vertex = Vertex {
            row: node.row,
            name: found.text.clone().into_owned(),
            span: found.span.unwrap_or_else(|| content.opening(node)),
            edges: Vec::new(),
            tasks: self.tasks(at, node),
            end: false,
            optional: is_true(self.model, self.resolved, node, self.flow.optional.as_ref()),
        };
        self.nodes.push(vertex);
        Some(())
    }

    /// The tasks of the node at a position.
    fn tasks(&mut self, at: usize, node: Row) -> Vec<Task> {
        let (model, resolved) = (self.model, self.resolved);
        let (content, ids) = (&resolved.content, &resolved.ids);
        let Some(declared) = &self.flow.tasks else { return Vec::new() };
        let mut tasks = Vec::new();
        for (number, task) in objects(model, resolved, node, &declared.at).enumerate() {
            let Some(id) = ids.own(model, content, declared.kind, task) else { continue };
            self.of_task.insert(id, (at, number));
            let found = ids.id(declared.kind, id);
            tasks.push(Task {
                row: task.row,
                name: found.text.clone().into_owned(),
                span: found.span.unwrap_or_else(|| content.opening(task)),
                optional: is_true(model, resolved, task, declared.optional.as_ref()),
                hidden: is_true(model, resolved, task, declared.hidden.as_ref()),
                any: Vec::new(),
            });
        }
        tasks
    }

    /// The edges of the node at a position; `None` if a reference leads nowhere: nothing true can be said of a flow with a hole.
    fn edges(&mut self, at: usize, node: Row) -> Option<()> {
        let (model, resolved) = (self.model, self.resolved);
        for path in &self.flow.next {
            for property @ (owner, field) in follow(model, resolved, node, path) {
                match standing(model, resolved, owner, field) {
                    Standing::Nothing => {
                        let span = self.nodes[at].span;
                        self.nodes[at].edges.push(Edge { to: To::End, span, property });
                    }
                    Standing::Names => {}
                    Standing::Broken => return None,
                }
                for named in named(model, resolved, owner, field) {
                    if let Some(to) = self.target(&named) {
                        let (to, span) = (To::Node(to), named.node.span());
                        self.nodes[at].edges.push(Edge { to, span, property });
                    }
                }
            }
        }
        Some(())
    }

    /// The node that a reference names. One of another object is remembered.
    fn target(&mut self, named: &Named<'_>) -> Option<usize> {
        if named.kind != self.flow.kind {
            return None;
        }
        let node = self.of_id.get(&named.id).copied();
        if node.is_none() {
            let path = self.resolved.ids.path(self.model, named.kind, named.id);
            self.outside.push(Outside { span: named.node.span(), path });
        }
        node
    }

    /// Whether the node at a position can be the last.
    fn end(&mut self, at: usize, node: Row) {
        let says = |(path, literal): &(Path, Literal)| {
            let value = value(self.model, self.resolved, node, Some(path));
            value.map_or(*literal == Literal::Null, |value| literal.is(value))
        };
        let is_end = (!self.flow.ends.is_empty()).then(|| self.flow.ends.iter().all(says));
        let vertex = &mut self.nodes[at];
        match is_end {
            Some(is_end) => {
                vertex.end = is_end;
                vertex.edges.retain(|edge| edge.to != To::End);
            }
            None => {
                vertex.end = vertex.edges.is_empty() || vertex.edges.iter().any(|edge| edge.to == To::End);
            }
        }
    }

    /// The tasks of a node of which one is enough for another.
    fn alternatives(&mut self, at: usize, node: Row) {
        let (model, resolved) = (self.model, self.resolved);
        let Some(declared) = &self.flow.tasks else { return };
        let Some(path) = &declared.any else { return };
        for (number, task) in objects(model, resolved, node, &declared.at).enumerate() {
            let lists = follow(model, resolved, task, path).map(|(owner, field)| {
                let own = named(model, resolved, owner, field)
                    .filter(|named| named.kind == declared.kind)
                    .filter_map(|named| self.of_task.get(&named.id).copied());
                own.filter(|(of, _)| *of == at).map(|(_, number)| number).collect::<Vec<_>>()
            });
            let found: Vec<Vec<usize>> = lists.filter(|list| !list.is_empty()).collect();
            if let Some(task) = self.nodes[at].tasks.get_mut(number) {
                task.any = found;
            }
        }
    }

    /// The first node. Of an object that begins in a node of another one, any will do, since nothing else is said about its flow.
    fn start(&mut self, row: Row) -> Option<usize> {
        let Some(path) = &self.flow.start else { return Some(0) };
        let named = named_at(self.model, self.resolved, row, path).next()?;
        let start = self.of_id.get(&named.id).copied();
        start.or_else(|| {
            self.target(&named);
            self.outside.last().map(|_| 0)
        })
    }

    /// The branches of an object; `None` if a condition names something that is not there.
    fn branches(&mut self, row: Row) -> Option<Vec<Branch>> {
        let Some([at, to, on]) = &self.flow.branches else { return Some(Vec::new()) };
        let (model, resolved) = (self.model, self.resolved);
        let mut branches = Vec::new();
        for branch in objects(model, resolved, row, at) {
            let target = named_at(model, resolved, branch, to).next()?;
            let Some(to) = self.of_id.get(&target.id).copied() else {
                self.target(&target);
                continue;
            };
            branches.push(self.branch(branch, to, on)?);
        }
        Some(branches)
    }

    /// A branch to the node `to`, whose condition is at the path `on`.
    fn branch(&self, branch: Row, to: usize, on: &Path) -> Option<Branch> {
        let (model, resolved) = (self.model, self.resolved);
        let is_broken =
            |(row, field): (Row, usize)| standing(model, resolved, row, field) == Standing::Broken;
        if follow(model, resolved, branch, on).any(is_broken) {
            return None;
        }
        let is_task =
            |named: &Named<'_>| self.flow.tasks.as_ref().is_some_and(|tasks| tasks.kind == named.kind);
        let task_named = named_at(model, resolved, branch, on).find(is_task);
        let task = task_named.as_ref().and_then(|named| self.of_task.get(&named.id).copied());
        let condition = on.first().and_then(|name| resolved.content.object(branch).get(name));
        Some(Branch {
            row: branch.row,
            name: self.own_id(branch).unwrap_or_default(),
            to,
            span: resolved.content.opening(branch),
            task,
            lost: task_named.is_some() && task.is_none(),
            condition: condition.map(canonical_of).unwrap_or_default(),
        })
    }

    /// The id of an object, if it has one.
    fn own_id(&self, row: Row) -> Option<String> {
        let (content, ids) = (&self.resolved.content, &self.resolved.ids);
        let (kind, _) = self.model.record(row.record).key()?;
        let id = ids.own(self.model, content, kind, row)?;
        Some(ids.id(kind, id).text.clone().into_owned())
    }
}
