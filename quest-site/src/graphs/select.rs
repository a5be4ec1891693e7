//! Which graphs a project has, and which of them a name means.

use super::drawing::Drawing;
use super::error::GraphError;
use super::flow::{flow_of, flow_rows};
use super::requires::requires_of;
use crate::objects::{Objects, Place};
use quest_compiler::diagnostics::did_you_mean;
use quest_compiler::schema::KindId;

/// A graph, and what it is about.
pub(crate) struct Graph {
    pub(crate) kind: KindId,
    /// Whether it shows all objects of the kind rather than one.
    pub(crate) is_whole_kind: bool,
    pub(crate) drawing: Drawing,
}

/// All graphs of a project.
pub(crate) fn all_graphs(objects: &Objects<'_, '_>) -> Vec<Graph> {
    let model = objects.model();
    let whole = model.requires.iter().map(|requires| Graph {
        kind: requires.kind,
        is_whole_kind: true,
        drawing: requires_of(objects, requires),
    });
    let flows = model.flows.iter().flat_map(|flow| {
        flow_rows(objects, flow).map(move |(kind, row)| Graph {
            kind,
            is_whole_kind: false,
            drawing: flow_of(objects, flow, row),
        })
    });
    whole.chain(flows).collect()
}

/// The graph that a name means. Of an object with a flow that is its flow; of any other object, what it needs and what needs it; of a
/// kind, all of its objects, which is also the meaning of no name if only one kind has such a graph.
pub(crate) fn find_graph(objects: &Objects<'_, '_>, name: Option<&str>) -> Result<Drawing, GraphError> {
    let model = objects.model();
    let kinds: Vec<&str> =
        model.requires.iter().map(|requires| model.kind(requires.kind).path.as_str()).collect();
    let Some(name) = name else {
        return match model.requires.as_slice() {
            [only] => Ok(requires_of(objects, only)),
            [] => Err(GraphError::NoRequires),
            _ => Err(GraphError::SeveralKinds { kinds: kinds.into_iter().map(str::to_owned).collect() }),
        };
    };
    if let Some(at) = kinds.iter().position(|kind| *kind == name) {
        return Ok(requires_of(objects, &model.requires[at]));
    }
    let mut paths = Vec::new();
    if let Some(drawing) =
        flow_named(objects, name, &mut paths).or_else(|| neighbourhood_named(objects, name, &mut paths))
    {
        return Ok(drawing);
    }
    if paths.is_empty() && kinds.is_empty() {
        return Err(GraphError::NothingToDraw);
    }
    let suggestion = did_you_mean(name, paths.iter().map(String::as_str).chain(kinds));
    Err(GraphError::UnknownName { name: name.to_owned(), suggestion })
}

/// The flow of the innermost object around a place that has one; else what the innermost object with prerequisites needs and what
/// needs it.
pub(crate) fn graph_at(objects: &Objects<'_, '_>, place: &Place) -> Result<Drawing, GraphError> {
    let nothing = || GraphError::NothingHere { place: format!("{}:{}", place.file.display(), place.line) };
    let file = objects.file_of(place).ok_or_else(nothing)?;
    let lines = |row| objects.lines_around(row, file, place.line);
    let flows = objects
        .model()
        .flows
        .iter()
        .flat_map(|flow| flow_rows(objects, flow).map(move |(_, row)| (flow, row)));
    let around = flows.filter_map(|(flow, row)| Some((lines(row)?, flow, row)));
    if let Some((_, flow, row)) = around.min_by_key(|(lines, ..)| *lines) {
        return Ok(flow_of(objects, flow, row));
    }
    let kinds = objects.model().requires.iter().map(|requires| requires.kind);
    let ids = kinds.flat_map(|kind| {
        let ids = 0..objects.inspection.resolved.ids.of(kind).list.len() as u32;
        ids.flat_map(move |id| objects.rows(kind, id).iter().map(move |row| (kind, id, *row)))
    });
    let around = ids.filter_map(|(kind, id, row)| Some((lines(row)?, kind, id)));
    let nearest = around.min_by_key(|(lines, ..)| *lines);
    let name = nearest.map(|(_, kind, id)| objects.path(kind, id));
    let drawing = name.and_then(|name| neighbourhood_named(objects, &name, &mut Vec::new()));
    drawing.ok_or_else(nothing)
}

/// The flow of the object with an id. Adds the paths of other ids that were looked at.
fn flow_named(objects: &Objects<'_, '_>, name: &str, paths: &mut Vec<String>) -> Option<Drawing> {
    for flow in &objects.model().flows {
        for (kind, row) in flow_rows(objects, flow) {
            let Some((_, id)) = objects.id_of(row) else { continue };
            if is_named(objects, (kind, id), name, paths) {
                return Some(flow_of(objects, flow, row));
            }
        }
    }
    None
}

/// What the object with an id needs and what needs it, directly or not. Adds the paths of other ids that were looked at.
fn neighbourhood_named(objects: &Objects<'_, '_>, name: &str, paths: &mut Vec<String>) -> Option<Drawing> {
    for requires in &objects.model().requires {
        let kind = requires.kind;
        let ids = 0..objects.inspection.resolved.ids.of(kind).list.len() as u32;
        let mut defined = ids.filter(|id| !objects.rows(kind, *id).is_empty());
        let Some(id) = defined.find(|id| is_named(objects, (kind, *id), name, paths)) else { continue };
        let whole = requires_of(objects, requires);
        let node = whole.nodes.iter().position(|node| node.represents == Some((kind, id)))?;
        let mut drawing = whole.part(&whole.around(node));
        drawing.id = objects.path(kind, id);
        drawing.title = objects.label(kind, id).to_owned();
        return Some(drawing);
    }
    None
}

/// Whether an id has a name, with or without the prefix of its kind. Adds its path if not.
fn is_named(
    objects: &Objects<'_, '_>,
    (kind, id): (KindId, u32),
    name: &str,
    paths: &mut Vec<String>,
) -> bool {
    let path = objects.path(kind, id);
    let prefix = &objects.model().kind(kind).prefix;
    let found = path == name || name.strip_prefix(prefix.as_str()) == Some(path.as_str());
    if !found && !paths.contains(&path) {
        paths.push(path);
    }
    found
}
