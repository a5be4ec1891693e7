//! Most flows are plain chains: one after the other, no branches, an end. That is seen without making a graph, which at 40,000 quests
//! would take longer than reading them.

use crate::check::{Resolved, ResolvedRef, Row};
use crate::schema::{Flow, Model, RecordId, Shape};
use crate::source::Node;

/// The fields of a flow that can be a plain chain.
pub(super) struct Chain {
    nodes: usize,
    node: RecordId,
    next: usize,
    branches: Option<usize>,
    /// The field of a node that says whether it can be left out.
    optional: Option<usize>,
    /// The list of tasks in a node, and whether one is hidden.
    hidden: Option<(usize, RecordId, usize)>,
}

impl Chain {
    /// `None` if the declaration is of another form.
    pub(super) fn of(model: &Model, flow: &Flow) -> Option<Chain> {
        let one = |path: &[String], record: RecordId| match path {
            [name] => model.field_named(record, name),
            _ => None,
        };
        let objects =
            |record: RecordId, field: usize| match model.record(record).fields[field].shape.element() {
                Shape::Record(found) => Some(*found),
                _ => None,
            };
        let nodes = one(&flow.nodes, flow.record)?;
        let node = objects(flow.record, nodes)?;
        let [next] = flow.next.as_slice() else { return None };
        let next = one(next, node)?;
        let single = matches!(model.record(node).fields[next].shape, Shape::Link(_));
        if !single || flow.start.is_some() || !flow.ends.is_empty() || !model.kind(flow.kind).one_to_one() {
            return None;
        }
        let branches = match &flow.branches {
            Some([at, ..]) => Some(one(at, flow.record)?),
            None => None,
        };
        let optional = match &flow.optional {
            Some(path) => Some(one(path, node)?),
            None => None,
        };
        let hidden = match flow.tasks.as_ref().map(|tasks| (&tasks.at, tasks.hidden.as_ref())) {
            Some((at, Some(hidden))) => {
                let at = one(at, node)?;
                let task = objects(node, at)?;
                Some((at, task, one(hidden, task)?))
            }
            _ => None,
        };
        Some(Chain { nodes, node, next, branches, optional, hidden })
    }

    /// Whether an object is a chain in which every node is reached and the last one ends it.
    pub(super) fn is_plain(&self, model: &Model, resolved: &Resolved<'_>, row: Row) -> bool {
        self.last(model, resolved, row).is_some()
    }

    /// The last node of an object that is such a chain, if it has nodes at all.
    pub(super) fn last(&self, model: &Model, resolved: &Resolved<'_>, row: Row) -> Option<Option<u32>> {
        let content = &resolved.content;
        let table = content.table(row.record);
        let branches = self.branches.map(|field| table.cell(row.row, field));
        if branches.is_some_and(|cell| !cell.children().is_empty()) {
            return None;
        }
        let nodes = table.cell(row.row, self.nodes).children();
        if nodes.is_empty() {
            return Some(None);
        }
        let table = content.table(self.node);
        let (kind, _) = model.record(self.node).key()?;
        let first = content.base(model, kind, self.node) + nodes.start;
        let mut at = 0;
        for step in 1..=nodes.len() {
            let node = nodes.start + at;
            let row = Row { record: self.node, row: node };
            let is_true = |field: &usize| content.node(row, *field).and_then(Node::boolean) == Some(true);
            if self.hidden_tasks(resolved, node) > 1 || self.optional.as_ref().is_some_and(is_true) {
                return None;
            }
            if table.cell(node, self.next).is_absent() {
                // The end, and nothing was left out.
                return (step == nodes.len()).then_some(Some(node));
            }
            match resolved.one_ref(row, self.next) {
                ResolvedRef::Id(_, id) if id >= first && id < first + nodes.len() as u32 => at = id - first,
                _ => return None,
            }
        }
        None
    }

    fn hidden_tasks(&self, resolved: &Resolved<'_>, node: u32) -> usize {
        let Some((at, task, hidden)) = self.hidden else { return 0 };
        let tasks = resolved.content.table(self.node).cell(node, at).children();
        let is_hidden = |row: &u32| {
            resolved.content.node(Row { record: task, row: *row }, hidden).and_then(Node::boolean)
                == Some(true)
        };
        tasks.filter(is_hidden).count()
    }
}
