//! The graph of the steps of one object, read from `x-flow`.
//!
//! The analysis reads the same annotation but gives up on a dangling reference, because it proves properties of the flow. Here such a
//! reference is drawn as a missing node.

use super::drawing::{Drawing, Edge, EdgeKind, Node, NodeRole};
use crate::objects::{Objects, spaced};
use quest_compiler::check::walk::{
    Named, Standing, follow, named, named_at, objects as rows_at, standing, value,
};
use quest_compiler::check::{Row, id_text};
use quest_compiler::schema::{Flow, KindId, Literal, Path};
use std::collections::HashMap;

/// The objects with a flow, each with the kind of its id.
pub(super) fn flow_rows<'o>(
    objects: &'o Objects<'_, '_>,
    flow: &'o Flow,
) -> impl Iterator<Item = (KindId, Row)> + 'o {
    let kind = objects.model().record(flow.record).key().map(|(kind, _)| kind);
    let rows = objects.inspection.resolved.content.table(flow.record).len();
    let rows = (0..rows).map(|row| Row { record: flow.record, row });
    kind.into_iter().flat_map(move |kind| rows.clone().map(move |row| (kind, row)))
}

/// The graph of an object's flow.
pub(crate) fn flow_of(objects: &Objects<'_, '_>, flow: &Flow, row: Row) -> Drawing {
    let mut builder = Builder { objects, flow, drawing: Drawing::default(), nodes: HashMap::new() };
    if let Some((kind, id)) = objects.id_of(row) {
        builder.drawing.id = objects.path(kind, id);
        builder.drawing.title = objects.label(kind, id).to_owned();
    }
    let rows: Vec<Row> = rows_at(objects.model(), objects.inspection.resolved, row, &flow.nodes).collect();
    builder.add_nodes(&rows);
    builder.add_start(row, &rows);
    for node in &rows {
        builder.add_successors(*node);
    }
    builder.add_branches(row);
    builder.label_default_edges();
    builder.drawing
}

/// The mark of the entry point comes first.
const START: usize = 0;

struct Builder<'o, 'c, 'a> {
    objects: &'o Objects<'c, 'a>,
    flow: &'o Flow,
    drawing: Drawing,
    /// The positions of nodes, by the ids of their objects.
    nodes: HashMap<u32, usize>,
}

impl Builder<'_, '_, '_> {
    /// Adds a node without an id.
    fn mark(&mut self, role: NodeRole, title: Option<String>) -> usize {
        self.drawing.nodes.push(Node { role, id: String::new(), title, represents: None });
        self.drawing.nodes.len() - 1
    }

    /// Adds an edge, unless there is one with the same label.
    fn edge(&mut self, from: usize, to: usize, kind: EdgeKind, label: Option<String>) {
        let exists =
            self.drawing.edges.iter().any(|edge| edge.from == from && edge.to == to && edge.label == label);
        if !exists {
            self.drawing.edges.push(Edge { from, to, label, kind });
        }
    }

    fn id(&self, row: Row) -> Option<u32> {
        let resolved = self.objects.inspection.resolved;
        resolved.ids.own(self.objects.model(), &resolved.content, self.flow.kind, row)
    }

    /// The ids that the references at a path resolve to.
    fn named_at(&self, row: Row, path: &Path) -> Vec<Named<'_>> {
        named_at(self.objects.model(), self.objects.inspection.resolved, row, path).collect()
    }

    /// The node of the first reference at a path.
    fn node_at(&self, row: Row, path: &Path) -> Option<usize> {
        self.named_at(row, path).iter().find_map(|named| self.nodes.get(&named.id).copied())
    }

    fn add_nodes(&mut self, rows: &[Row]) {
        self.mark(NodeRole::Start, None);
        for node in rows {
            let id = self.id(*node);
            let text = id.map_or("", |id| self.objects.text(self.flow.kind, id));
            self.drawing.nodes.push(Node {
                role: NodeRole::Object,
                id: text.to_owned(),
                title: self.objects.title_of(*node).map(|title| title.into_owned()),
                represents: id.map(|id| (self.flow.kind, id)),
            });
            if let Some(id) = id {
                self.nodes.insert(id, self.drawing.nodes.len() - 1);
            }
        }
    }

    /// Adds the edge from the start mark: to the declared start, or else to the first node.
    fn add_start(&mut self, row: Row, rows: &[Row]) {
        let first = match &self.flow.start {
            Some(path) => self.node_at(row, path),
            None => (!rows.is_empty()).then_some(START + 1),
        };
        if let Some(first) = first {
            self.edge(START, first, EdgeKind::Next, None);
        }
    }

    /// Adds the edges from a node, and the end mark if the flow can end there.
    fn add_successors(&mut self, row: Row) {
        let Some(from) = self.id(row).and_then(|id| self.nodes.get(&id).copied()) else { return };
        let (model, resolved) = (self.objects.model(), self.objects.inspection.resolved);
        let (mut leads_on, mut left_out) = (false, false);
        for path in &self.flow.next {
            for (owner, field) in follow(model, resolved, row, path) {
                match standing(model, resolved, owner, field) {
                    Standing::Nothing => left_out = true,
                    Standing::Names => {}
                    Standing::Broken => {
                        let text = self.objects.value(owner, field).and_then(id_text);
                        let to = self.mark(NodeRole::Missing, text.map(|text| text.into_owned()));
                        self.edge(from, to, EdgeKind::Next, self.condition(row, owner, field, path));
                        leads_on = true;
                    }
                }
                let targets = named(model, resolved, owner, field).filter(|id| id.kind == self.flow.kind);
                let targets: Vec<usize> =
                    targets.filter_map(|named| self.nodes.get(&named.id).copied()).collect();
                for to in targets {
                    self.edge(from, to, EdgeKind::Next, self.condition(row, owner, field, path));
                    leads_on = true;
                }
            }
        }
        let ends = if self.flow.ends.is_empty() { left_out || !leads_on } else { self.is_end(row) };
        if ends {
            let end = self.mark(NodeRole::End, None);
            self.edge(from, end, EdgeKind::Next, None);
        }
    }

    /// Whether a node has all values that mark an end.
    fn is_end(&self, row: Row) -> bool {
        let (model, resolved) = (self.objects.model(), self.objects.inspection.resolved);
        let has = |(path, literal): &(Path, Literal)| {
            value(model, resolved, row, Some(path))
                .map_or(*literal == Literal::Null, |value| literal.is(value))
        };
        self.flow.ends.iter().all(has)
    }

    /// The label of an edge: the values beside the reference, or which of several properties holds it.
    fn condition(&self, node: Row, owner: Row, field: usize, path: &Path) -> Option<String> {
        if owner != node {
            return Some(self.objects.summary_without(owner, field)).filter(|text| !text.is_empty());
        }
        path.last().filter(|_| self.flow.next.len() > 1).map(|name| spaced(name))
    }

    /// A plain edge beside branches is taken only if no branch is.
    fn label_default_edges(&mut self) {
        let edges = self.drawing.edges.iter();
        let branching: Vec<usize> =
            edges.filter(|edge| edge.kind == EdgeKind::Branch).map(|edge| edge.from).collect();
        let plain =
            self.drawing.edges.iter_mut().filter(|edge| edge.kind == EdgeKind::Next && edge.label.is_none());
        for edge in plain.filter(|edge| branching.contains(&edge.from)) {
            edge.label = Some("otherwise".to_owned());
        }
    }

    /// Adds the branches: from the node whose task triggers one, or else from a node of their own.
    fn add_branches(&mut self, row: Row) {
        let Some([at, to, on]) = &self.flow.branches else { return };
        for branch in rows_at(self.objects.model(), self.objects.inspection.resolved, row, at) {
            let to = self.node_at(branch, to).unwrap_or_else(|| self.mark(NodeRole::Missing, None));
            match self.trigger(branch, on) {
                Some((from, task)) => self.edge(from, to, EdgeKind::Branch, Some(task)),
                None => {
                    let condition = self.branch_condition(branch, on);
                    let from = self.mark(NodeRole::Anytime, condition);
                    self.edge(from, to, EdgeKind::Branch, None);
                }
            }
        }
    }

    /// The node of the task that triggers a branch, and the label of the task.
    fn trigger(&self, branch: Row, on: &Path) -> Option<(usize, String)> {
        let (model, resolved) = (self.objects.model(), self.objects.inspection.resolved);
        let kind = self.flow.tasks.as_ref()?.kind;
        let id = self.named_at(branch, on).iter().find(|named| named.kind == kind)?.id;
        let task = *self.objects.rows(kind, id).first()?;
        let node = resolved.ids.enclosing(model, &resolved.content, task, self.flow.kind)?;
        Some((*self.nodes.get(&node)?, self.objects.label(kind, id).to_owned()))
    }

    /// The summary of the object that holds the trigger of a branch.
    fn branch_condition(&self, branch: Row, on: &Path) -> Option<String> {
        let (_, parent) = on.split_last()?;
        let condition =
            rows_at(self.objects.model(), self.objects.inspection.resolved, branch, parent).next()?;
        Some(self.objects.summary(condition)).filter(|text| !text.is_empty())
    }
}
