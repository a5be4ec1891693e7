//! The graph of prerequisites among the objects of a kind, read from `x-requires`.

use super::drawing::{Drawing, Edge, EdgeKind, Node, NodeRole};
use crate::objects::Objects;
use quest_compiler::check::walk::{Named, follow, named, named_at, objects as rows_at, value};
use quest_compiler::check::{Row, id_text};
use quest_compiler::schema::{Means, Requires};
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
    let (model, resolved) = (objects.model(), objects.inspection.resolved);
    let Some(target) = &requires.target else {
        let own_kind = named_at(model, resolved, row, &requires.at).filter(|id| id.kind == requires.kind);
        let edge = |named: Named<'_>| Prerequisite {
            target: Target::Id(named.id),
            kind: EdgeKind::Next,
            label: any_label(requires),
        };
        return own_kind.map(edge).collect();
    };
    let mut found = Vec::new();
    for condition in rows_at(model, resolved, row, &requires.at) {
        let Some((kind, label)) = meaning(objects, requires, condition) else { continue };
        let edge = |target| Prerequisite { target, kind, label: label.clone() };
        for (row, field) in follow(model, resolved, condition, target) {
            let named: Vec<_> = named(model, resolved, row, field).collect();
            if named.is_empty() {
                let text = objects.value(row, field).and_then(id_text);
                found.extend(text.map(|text| edge(Target::Unknown(text.into_owned()))));
            }
            let own_kind = named.iter().filter(|named| named.kind == requires.kind);
            found.extend(own_kind.map(|named| edge(Target::Id(named.id))));
        }
    }
    found
}

/// Where one prerequisite of several is enough.
fn any_label(requires: &Requires) -> Option<String> {
    requires.any.then(|| "or".to_owned())
}

/// The edge that a condition stands for; `None` if it is not about what has been done.
fn meaning(
    objects: &Objects<'_, '_>,
    requires: &Requires,
    condition: Row,
) -> Option<(EdgeKind, Option<String>)> {
    let (model, resolved) = (objects.model(), objects.inspection.resolved);
    let text = |path| value(model, resolved, condition, path).and_then(quest_compiler::source::Node::text);
    if text(requires.operator.as_ref()).as_deref() == Some("notHas") {
        return Some((EdgeKind::Not, Some("not".to_owned())));
    }
    let by = text(requires.by.as_ref()).unwrap_or_default();
    let means = requires.means.iter().find(|(known, _)| *known == by || known.is_empty());
    match means.map(|(_, means)| *means) {
        Some(Means::Complete) => Some((EdgeKind::Next, any_label(requires))),
        Some(Means::Active) => Some((EdgeKind::Next, Some("under way".to_owned()))),
        _ => None,
    }
}
