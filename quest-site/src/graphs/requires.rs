//! The graph of prerequisites among the objects of a kind, read from `x-requires`.

use super::drawing::{Drawing, Edge, EdgeKind, Node, NodeRole};
use crate::objects::Objects;
use quest_compiler::check::requirements::{Requirement, Requirements, operator, requirements};
use quest_compiler::check::walk::{Named, follow, named, value};
use quest_compiler::check::{Row, id_text};
use quest_compiler::schema::{Means, Operator, Requires};
use std::collections::HashMap;

/// The graph of all objects of a kind: an edge leads from a prerequisite to the object that asks for it.
pub(crate) fn requires_of(objects: &Objects<'_, '_>, requires: &Requires) -> Drawing {
    let (model, resolved) = (objects.model(), objects.inspection.resolved);
    let mut builder = Builder::new(objects, requires);
    let rows = (0..resolved.content.table(requires.record).len())
        .map(|row| Row { record: requires.record, row })
        .filter_map(|row| Some((row, resolved.ids.own(model, &resolved.content, requires.kind, row)?)));
    let rows: Vec<(Row, u32)> = rows.collect();
    for (_, id) in &rows {
        builder.node(*id);
    }
    for (row, id) in &rows {
        let to = builder.node(*id);
        for prerequisite in prerequisites(objects, requires, *row) {
            builder.edge(to, prerequisite);
        }
    }
    builder.drawing
}

struct Builder<'o, 'c, 'a> {
    objects: &'o Objects<'c, 'a>,
    requires: &'o Requires,
    drawing: Drawing,
    /// The nodes of ids.
    nodes: HashMap<u32, usize>,
    /// The nodes of dangling references, by their text.
    missing: HashMap<String, usize>,
}

impl<'o, 'c, 'a> Builder<'o, 'c, 'a> {
    fn new(objects: &'o Objects<'c, 'a>, requires: &'o Requires) -> Self {
        let kind = objects.model().kind(requires.kind);
        let drawing =
            Drawing { id: kind.path.clone(), title: kind.noun().replace('-', " "), ..Drawing::default() };
        Self { objects, requires, drawing, nodes: HashMap::new(), missing: HashMap::new() }
    }

    /// The node of an id.
    fn node(&mut self, id: u32) -> usize {
        let Self { objects, requires, drawing, nodes, .. } = self;
        *nodes.entry(id).or_insert_with(|| {
            let undefined = objects.rows(requires.kind, id).is_empty();
            drawing.nodes.push(Node {
                role: if undefined { NodeRole::Missing } else { NodeRole::Object },
                id: objects.path(requires.kind, id),
                title: objects.title(requires.kind, id).map(str::to_owned),
                represents: Some((requires.kind, id)),
            });
            drawing.nodes.len() - 1
        })
    }

    /// The node of a reference that names no id.
    fn missing_node(&mut self, text: String) -> usize {
        let drawing = &mut self.drawing;
        *self.missing.entry(text.clone()).or_insert_with(|| {
            drawing.nodes.push(Node { role: NodeRole::Missing, id: text, title: None, represents: None });
            drawing.nodes.len() - 1
        })
    }

    /// Adds an edge from a prerequisite, unless the object has it already.
    fn edge(&mut self, to: usize, prerequisite: Prerequisite) {
        let Prerequisite { target, kind, label } = prerequisite;
        let from = match target {
            Target::Id(id) => self.node(id),
            Target::Unknown(text) => self.missing_node(text),
        };
        // The edges of one object are added one after the other.
        let mut own = self.drawing.edges.iter().rev().take_while(|edge| edge.to == to);
        if own.all(|edge| edge.from != from || edge.label != label) {
            self.drawing.edges.push(Edge { from, to, label, kind });
        }
    }
}

/// An id that an object asks for.
struct Prerequisite {
    target: Target,
    kind: EdgeKind,
    label: Option<String>,
}

enum Target {
    Id(u32),
    /// A reference that names no id.
    Unknown(String),
}

/// The prerequisites of an object that are of its own kind.
fn prerequisites(objects: &Objects<'_, '_>, requires: &Requires, row: Row) -> Vec<Prerequisite> {
    let all = requirements(objects.model(), objects.inspection.resolved, requires, row);
    let mut found = Vec::new();
    Reader { objects, requires }.group(&all, None, &mut found);
    found
}

struct Reader<'o, 'c, 'a> {
    objects: &'o Objects<'c, 'a>,
    requires: &'o Requires,
}

impl Reader<'_, '_, '_> {
    /// Adds the prerequisites in a group; `label` is that of the group around it.
    fn group(&self, group: &Requirements<'_>, label: Option<&str>, found: &mut Vec<Prerequisite>) {
        let (needed, members) = (group.needed(), group.members.len() as u64);
        let own = match needed {
            _ if needed >= members => None,
            1 => Some("or".to_owned()),
            _ => Some(format!("{needed} of {members}")),
        };
        let label = own.as_deref().or(label);
        for member in &group.members {
            match member {
                Requirement::Group(group) => self.group(group, label, found),
                Requirement::Reference(_, named) => {
                    found.extend(named.iter().flat_map(|named| self.edges(named, EdgeKind::Next, label)));
                }
                Requirement::Condition(row) => self.condition(*row, label, found),
            }
        }
    }

    fn condition(&self, condition: Row, label: Option<&str>, found: &mut Vec<Prerequisite>) {
        let (model, resolved) = (self.objects.model(), self.objects.inspection.resolved);
        let (Some(target), Some((kind, label))) = (&self.requires.target, self.meaning(condition, label))
        else {
            return;
        };
        for (row, field) in follow(model, resolved, condition, target) {
            let named: Vec<_> = named(model, resolved, row, field).collect();
            if named.is_empty() {
                let text = self.objects.value(row, field).and_then(id_text);
                let edge = |text| Prerequisite { target: Target::Unknown(text), kind, label: label.clone() };
                found.extend(text.map(|text| edge(text.into_owned())));
            }
            found.extend(named.iter().flat_map(|named| self.edges(named, kind, label.as_deref())));
        }
    }

    /// The edge from what is named, or from the object that it is a part of.
    fn edges(&self, named: &Named<'_>, kind: EdgeKind, label: Option<&str>) -> Option<Prerequisite> {
        let (model, resolved) = (self.objects.model(), self.objects.inspection.resolved);
        let own = self.requires.kind;
        let id = if named.kind == own {
            named.id
        } else {
            let part = self.objects.rows(named.kind, named.id).first()?;
            resolved.ids.enclosing(model, &resolved.content, *part, own)?
        };
        Some(Prerequisite { target: Target::Id(id), kind, label: label.map(str::to_owned) })
    }

    /// The edge that a condition stands for; `None` if it is not about what has been done.
    fn meaning(&self, condition: Row, label: Option<&str>) -> Option<(EdgeKind, Option<String>)> {
        let (model, resolved) = (self.objects.model(), self.objects.inspection.resolved);
        if operator(model, resolved, self.requires, condition) == Operator::NotHas {
            return Some((EdgeKind::Not, Some("not".to_owned())));
        }
        let by = value(model, resolved, condition, self.requires.by.as_ref());
        let by = by.and_then(quest_compiler::source::Node::text).unwrap_or_default();
        let means = self.requires.means.iter().find(|(known, _)| *known == by || known.is_empty());
        match means.map(|(_, means)| *means) {
            Some(Means::Complete) => Some((EdgeKind::Next, label.map(str::to_owned))),
            Some(Means::Active) => Some((EdgeKind::Next, Some("under way".to_owned()))),
            _ => None,
        }
    }
}
