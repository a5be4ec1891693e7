//! What must be done before what, read from `x-requires`.

use super::{Drawing, Edge, Node, Role, Sort};
use crate::Objects;
use quest_compiler::check::walk::{follow, named, named_at, objects as rows_at, value};
use quest_compiler::check::{Row, id_text};
use quest_compiler::schema::{Means, Requires};
use std::collections::HashMap;

/// The graph of all objects of a kind: an edge leads from what must be done before to what can be begun then.
pub(crate) fn requires_of(objects: &Objects<'_, '_>, requires: &Requires) -> Drawing {
    let (model, resolved) = (objects.model(), objects.checked.resolved);
    let kind = model.kind(requires.kind);
    let mut drawing =
        Drawing { id: kind.path.clone(), title: kind.noun().replace('-', " "), ..Drawing::default() };
    let mut node_of: HashMap<u32, usize> = HashMap::new();
    let mut missing: HashMap<String, usize> = HashMap::new();
    let mut node = |id: u32, drawing: &mut Drawing| {
        *node_of.entry(id).or_insert_with(|| {
            drawing.nodes.push(Node {
                role: if objects.rows(requires.kind, id).is_empty() { Role::Missing } else { Role::Object },
                id: objects.path(requires.kind, id),
                title: objects.title(requires.kind, id).map(str::to_owned),
                stands_for: Some((requires.kind, id)),
            });
            drawing.nodes.len() - 1
        })
    };
    let rows = (0..resolved.content.table(requires.record).len())
        .map(|row| Row { record: requires.record, row })
        .filter_map(|row| Some((row, resolved.ids.own(model, &resolved.content, requires.kind, row)?)));
    let rows: Vec<(Row, u32)> = rows.collect();
    for (_, id) in &rows {
        node(*id, &mut drawing);
    }
    for (row, id) in &rows {
        let to = node(*id, &mut drawing);
        for (other, sort, label) in needed(objects, requires, *row) {
            let from = match other {
                Other::Known(other) => node(other, &mut drawing),
                Other::Unknown(text) => *missing.entry(text.clone()).or_insert_with(|| {
                    let node = Node { role: Role::Missing, id: text, title: None, stands_for: None };
                    drawing.nodes.push(node);
                    drawing.nodes.len() - 1
                }),
            };
            let known = drawing.edges.iter().rev().take_while(|edge| edge.to == to);
            if known.into_iter().all(|edge| edge.from != from || edge.label != label) {
                drawing.edges.push(Edge { from, to, label, sort });
            }
        }
    }
    drawing
}

/// What an object asks for.
enum Other {
    Known(u32),
    /// Nothing has this id.
    Unknown(String),
}

/// What an object asks for of its own kind.
fn needed(objects: &Objects<'_, '_>, requires: &Requires, row: Row) -> Vec<(Other, Sort, Option<String>)> {
    let (model, resolved) = (objects.model(), objects.checked.resolved);
    let any = requires.any.then(|| "or".to_owned());
    let Some(target) = &requires.target else {
        let found = named_at(model, resolved, row, &requires.at);
        let ours = found.filter(|named| named.kind == requires.kind);
        return ours.map(|named| (Other::Known(named.id), Sort::Next, any.clone())).collect();
    };
    let mut found = Vec::new();
    for condition in rows_at(model, resolved, row, &requires.at) {
        let text =
            |path| value(model, resolved, condition, path).and_then(quest_compiler::source::Node::text);
        let sort = text(requires.by.as_ref()).unwrap_or_default();
        let means = requires
            .means
            .iter()
            .find(|(known, _)| *known == sort || known.is_empty())
            .map(|(_, means)| *means);
        let not = text(requires.operator.as_ref()).as_deref() == Some("notHas");
        let label = match means {
            _ if not => Some("not".to_owned()),
            Some(Means::Complete) => any.clone(),
            Some(Means::Active) => Some("under way".to_owned()),
            _ => continue,
        };
        let sort = if not { Sort::Not } else { Sort::Next };
        for (row, field) in follow(model, resolved, condition, target) {
            let named: Vec<_> = named(model, resolved, row, field).collect();
            if named.is_empty() {
                let text = objects.value(row, field).and_then(id_text);
                found.extend(text.map(|text| (Other::Unknown(text.into_owned()), sort, label.clone())));
            }
            let ours = named.iter().filter(|named| named.kind == requires.kind);
            found.extend(ours.map(|named| (Other::Known(named.id), sort, label.clone())));
        }
    }
    found
}
