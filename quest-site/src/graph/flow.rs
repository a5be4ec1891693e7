//! What leads to what in one object, read from `x-flow`.
//!
//! The analysis reads the same annotation, and gives up where a reference names nothing, since it proves something. Here a hole is drawn
//! as one.

use super::{Drawing, Edge, Node, Role, Sort};
use crate::Objects;
use crate::objects::spoken;
use quest_compiler::check::Row;
use quest_compiler::check::walk::{Standing, follow, named, named_at, objects as rows_at, standing, value};
use quest_compiler::schema::{Flow, Literal, Path};
use std::collections::HashMap;

/// The graph of an object.
pub(crate) fn flow_of(objects: &Objects<'_, '_>, flow: &Flow, row: Row) -> Drawing {
    let mut reader = Reader { objects, flow, drawing: Drawing::default(), node_of: HashMap::new() };
    if let Some((kind, id)) = objects.id_of(row) {
        reader.drawing.id = objects.path(kind, id);
        reader.drawing.title = objects.label(kind, id).to_owned();
    }
    let rows: Vec<Row> = rows_at(objects.model(), objects.checked.resolved, row, &flow.nodes).collect();
    reader.start(row, &rows);
    for node in &rows {
        reader.leads_on(*node);
    }
    reader.branches(row);
    reader.default_edges();
    reader.drawing
}

struct Reader<'o, 'c, 'a> {
    objects: &'o Objects<'c, 'a>,
    flow: &'o Flow,
    drawing: Drawing,
    /// By the row of its id.
    node_of: HashMap<u32, usize>,
}

impl Reader<'_, '_, '_> {
    fn mark(&mut self, role: Role, title: Option<String>) -> usize {
        self.drawing.nodes.push(Node { role, id: String::new(), title, stands_for: None });
        self.drawing.nodes.len() - 1
    }

    fn edge(&mut self, from: usize, to: usize, sort: Sort, label: Option<String>) {
        let known =
            self.drawing.edges.iter().any(|edge| edge.from == from && edge.to == to && edge.label == label);
        if !known {
            self.drawing.edges.push(Edge { from, to, label, sort });
        }
    }

    fn id(&self, row: Row) -> Option<u32> {
        let resolved = self.objects.checked.resolved;
        resolved.ids.own(self.objects.model(), &resolved.content, self.flow.kind, row)
    }

    /// What a path names.
    fn names(&self, row: Row, path: &Path) -> Vec<quest_compiler::check::walk::Named<'_>> {
        let (model, resolved) = (self.objects.model(), self.objects.checked.resolved);
        named_at(model, resolved, row, path).collect()
    }

    /// Adds the mark where it begins, and the nodes.
    fn start(&mut self, row: Row, rows: &[Row]) {
        let mark = self.mark(Role::Start, None);
        for node in rows {
            let id = self.id(*node);
            let text = id.map_or("", |id| self.objects.text(self.flow.kind, id));
            self.drawing.nodes.push(Node {
                role: Role::Object,
                id: text.to_owned(),
                title: self.objects.title_of(*node).map(|title| title.into_owned()),
                stands_for: id.map(|id| (self.flow.kind, id)),
            });
            if let Some(id) = id {
                self.node_of.insert(id, self.drawing.nodes.len() - 1);
            }
        }
        let first = match &self.flow.start {
            Some(path) => self.names(row, path).iter().find_map(|named| self.node_of.get(&named.id).copied()),
            None => (!rows.is_empty()).then_some(mark + 1),
        };
        if let Some(first) = first {
            self.edge(mark, first, Sort::Next, None);
        }
    }

    /// Adds what follows a node.
    fn leads_on(&mut self, row: Row) {
        let Some(from) = self.id(row).and_then(|id| self.node_of.get(&id).copied()) else { return };
        let (model, resolved) = (self.objects.model(), self.objects.checked.resolved);
        let (mut leads, mut out) = (false, false);
        for path in &self.flow.next {
            for (owner, field) in follow(model, resolved, row, path) {
                let label = self.way(row, owner, field, path);
                match standing(model, resolved, owner, field) {
                    Standing::Nothing => out = true,
                    Standing::Names => {}
                    Standing::Broken => {
                        let written =
                            self.objects.value(owner, field).and_then(quest_compiler::check::id_text);
                        let to = self.mark(Role::Missing, written.map(|text| text.into_owned()));
                        self.edge(from, to, Sort::Next, label.clone());
                        leads = true;
                    }
                }
                for named in named(model, resolved, owner, field) {
                    if let Some(to) =
                        self.node_of.get(&named.id).copied().filter(|_| named.kind == self.flow.kind)
                    {
                        self.edge(from, to, Sort::Next, label.clone());
                        leads = true;
                    }
                }
            }
        }
        let says = |(name, literal): &(String, Literal)| {
            let path: Path = name.split('.').map(str::to_owned).collect();
            value(model, resolved, row, Some(&path)).is_some_and(|value| literal.is(value))
        };
        let ends = if self.flow.ends.is_empty() { out || !leads } else { self.flow.ends.iter().all(says) };
        if ends {
            let end = self.mark(Role::End, None);
            self.edge(from, end, Sort::Next, None);
        }
    }

    /// What leads on this way: what stands beside the reference, or which of several properties it is.
    fn way(&self, node: Row, owner: Row, field: usize, path: &Path) -> Option<String> {
        if owner != node {
            return Some(self.objects.summary_without(owner, field)).filter(|words| !words.is_empty());
        }
        path.last().filter(|_| self.flow.next.len() > 1).map(|name| spoken(name))
    }

    /// What simply follows where there are branches too, follows if none of them is taken.
    fn default_edges(&mut self) {
        let branching: Vec<usize> = self
            .drawing
            .edges
            .iter()
            .filter(|edge| edge.sort == Sort::Branch)
            .map(|edge| edge.from)
            .collect();
        let plain =
            self.drawing.edges.iter_mut().filter(|edge| edge.sort == Sort::Next && edge.label.is_none());
        for edge in plain.filter(|edge| branching.contains(&edge.from)) {
            edge.label = Some("otherwise".to_owned());
        }
    }

    /// Adds the branches: from the node of the task that sets one off, or from wherever it is.
    fn branches(&mut self, row: Row) {
        let Some([at, to, on]) = &self.flow.branches else { return };
        let (model, resolved) = (self.objects.model(), self.objects.checked.resolved);
        let task_kind = self.flow.tasks.as_ref().map(|tasks| tasks.kind);
        for branch in rows_at(model, resolved, row, at) {
            let to = self.names(branch, to).iter().find_map(|named| self.node_of.get(&named.id).copied());
            let to = match to {
                Some(to) => to,
                None => self.mark(Role::Missing, None),
            };
            let task = self
                .names(branch, on)
                .iter()
                .find(|named| Some(named.kind) == task_kind)
                .map(|named| (named.kind, named.id));
            let around = task.and_then(|(kind, id)| {
                let task = *self.objects.rows(kind, id).first()?;
                let node = resolved.ids.enclosing(model, &resolved.content, task, self.flow.kind)?;
                self.node_of.get(&node).copied()
            });
            match (around, task) {
                (Some(from), Some((kind, id))) => {
                    let label = Some(self.objects.label(kind, id).to_owned());
                    self.edge(from, to, Sort::Branch, label);
                }
                _ => {
                    // The condition is the object in which the path ends.
                    let condition = match on.split_last() {
                        Some((_, way)) => rows_at(model, resolved, branch, way).next(),
                        None => None,
                    };
                    let words = condition.map(|condition| self.objects.summary(condition));
                    let from = self.mark(Role::Anytime, words.filter(|words| !words.is_empty()));
                    self.edge(from, to, Sort::Branch, None);
                }
            }
        }
    }
}
