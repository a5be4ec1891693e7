//! The graph of one object: its nodes, and what leads from one to the next.

use super::walk::{Named, Standing, follow, is_true, named, named_at, objects, standing};
use crate::check::{Resolved, Row};
use crate::schema::{Flow, Model, Path, canonical_of};
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
    /// Reads the graph of an object; `None` if there is nothing to walk.
    pub(super) fn read(
        model: &'m Model,
        resolved: &Resolved<'_>,
        flow: &'m Flow,
        row: Row,
    ) -> Option<Graph<'m>> {
        let (content, ids) = (&resolved.content, &resolved.ids);
        let rows: Vec<Row> = objects(model, resolved, row, &flow.nodes).collect();
        if rows.is_empty() {
            return None;
        }
        let mut of_id: HashMap<u32, usize> = HashMap::new();
        let mut nodes = Vec::new();
        let mut of_task: HashMap<u32, (usize, usize)> = HashMap::new();
        for (at, node) in rows.iter().enumerate() {
            let id = ids.own(model, content, flow.kind, *node)?;
            of_id.insert(id, at);
            let found = ids.id(flow.kind, id);
            let mut tasks = Vec::new();
            if let Some(declared) = &flow.tasks {
                for (number, task) in objects(model, resolved, *node, &declared.at).enumerate() {
                    let Some(id) = ids.own(model, content, declared.kind, task) else { continue };
                    of_task.insert(id, (at, number));
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
            }
            nodes.push(Vertex {
                row: node.row,
                name: found.text.clone().into_owned(),
                span: found.span.unwrap_or_else(|| content.opening(*node)),
                edges: Vec::new(),
                tasks,
                end: false,
                optional: is_true(model, resolved, *node, flow.optional.as_ref()),
            });
        }
        let mut outside = Vec::new();
        let cross_object_refs = |named: &Named<'_>| {
            (named.kind == flow.kind)
                .then(|| Outside { span: named.node.span(), path: ids.path(model, named.kind, named.id) })
        };
        for (at, node) in rows.iter().enumerate() {
            for path in &flow.next {
                for (owner, field) in follow(model, resolved, *node, path) {
                    match standing(model, resolved, owner, field) {
                        Standing::Nothing => {
                            let span = nodes[at].span;
                            nodes[at].edges.push(Edge { to: To::End, span, property: (owner, field) });
                        }
                        Standing::Names => {}
                        // Nothing true can be said of a flow with a hole.
                        Standing::Broken => return None,
                    }
                    for named in named(model, resolved, owner, field) {
                        match of_id.get(&named.id).filter(|_| named.kind == flow.kind) {
                            Some(to) => {
                                let (to, span) = (To::Node(*to), named.node.span());
                                nodes[at].edges.push(Edge { to, span, property: (owner, field) });
                            }
                            None => outside.extend(cross_object_refs(&named)),
                        }
                    }
                }
            }
            let says = |(path, literal): &(Path, crate::schema::Literal)| {
                let value = super::walk::value(model, resolved, *node, Some(path));
                value.map_or(*literal == crate::schema::Literal::Null, |value| literal.is(value))
            };
            let vertex = &mut nodes[at];
            if flow.ends.is_empty() {
                vertex.end = vertex.edges.is_empty() || vertex.edges.iter().any(|edge| edge.to == To::End);
            } else {
                vertex.end = flow.ends.iter().all(says);
                vertex.edges.retain(|edge| edge.to != To::End);
            }
        }
        if let Some(path) = flow.tasks.as_ref().and_then(|tasks| tasks.any.as_ref()) {
            let declared = flow.tasks.as_ref()?;
            for (at, node) in rows.iter().enumerate() {
                for (number, task) in objects(model, resolved, *node, &declared.at).enumerate() {
                    let lists = follow(model, resolved, task, path).map(|(owner, field)| {
                        let own = named(model, resolved, owner, field)
                            .filter(|named| named.kind == declared.kind)
                            .filter_map(|named| of_task.get(&named.id).copied());
                        own.filter(|(of, _)| *of == at).map(|(_, number)| number).collect::<Vec<_>>()
                    });
                    let found: Vec<Vec<usize>> = lists.filter(|list| !list.is_empty()).collect();
                    if let Some(task) = nodes[at].tasks.get_mut(number) {
                        task.any = found;
                    }
                }
            }
        }
        let start = match &flow.start {
            Some(path) => {
                let named = named_at(model, resolved, row, path).next()?;
                let start = of_id.get(&named.id).copied();
                outside.extend(cross_object_refs(&named).filter(|_| start.is_none()));
                start.or_else(|| outside.last().map(|_| 0))?
            }
            None => 0,
        };
        let mut branches = Vec::new();
        if let Some([at, to, on]) = &flow.branches {
            for branch in objects(model, resolved, row, at) {
                let named_there = named_at(model, resolved, branch, to).next()?;
                let Some(to) = of_id.get(&named_there.id).copied() else {
                    outside.extend(cross_object_refs(&named_there));
                    continue;
                };
                let conditions: Vec<_> = named_at(model, resolved, branch, on).collect();
                let broken =
                    |(row, field): (Row, usize)| standing(model, resolved, row, field) == Standing::Broken;
                if follow(model, resolved, branch, on).any(broken) {
                    return None;
                }
                let condition = on.first().and_then(|name| content.object(branch).get(name));
                let about_task =
                    |kind: crate::schema::KindId| flow.tasks.as_ref().is_some_and(|tasks| tasks.kind == kind);
                let task_named = conditions.iter().find(|named| about_task(named.kind));
                let task = task_named.and_then(|named| of_task.get(&named.id).copied());
                let own = model.record(branch.record).key().and_then(|(kind, _)| {
                    let id = ids.own(model, content, kind, branch)?;
                    Some(ids.id(kind, id).text.clone().into_owned())
                });
                branches.push(Branch {
                    row: branch.row,
                    name: own.unwrap_or_default(),
                    to,
                    span: content.opening(branch),
                    task,
                    lost: task_named.is_some() && task.is_none(),
                    condition: condition.map(canonical_of).unwrap_or_default(),
                });
            }
        }
        let name = model.record(row.record).key().and_then(|(kind, _)| {
            let id = ids.own(model, content, kind, row)?;
            let id = ids.id(kind, id);
            Some(id.text.clone().into_owned())
        });
        Some(Graph { flow, row: row.row, name: name.unwrap_or_default(), nodes, start, branches, outside })
    }
}
