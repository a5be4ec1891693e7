//! Graphs of content, and the languages in which they are written.
//!
//! There are two: what leads to what in one object (`x-flow`), and what must be done before what among all objects of a kind
//! (`x-requires`). Both are read into a [`Drawing`], from which text and pictures are made.

mod dot;
mod flow;
mod mermaid;
mod requires;

pub(super) use flow::flow_of;
pub(super) use requires::requires_of;

use super::Objects;
use quest_compiler::diagnostics::did_you_mean;
use quest_compiler::schema::{Flow, KindId, Requires};

/// A graph, ready to be drawn.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    /// The id of the object, or the kind.
    pub(crate) id: String,
    /// What people call it.
    pub(crate) title: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// What is drawn as a box.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) role: Role,
    /// The text of the id; empty where nothing of content is drawn.
    pub(crate) id: String,
    /// What people call it.
    pub(crate) title: Option<String>,
    /// What it stands for.
    pub(crate) stands_for: Option<(KindId, u32)>,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// An object.
    Object,
    /// Here it begins.
    Start,
    /// Here it ends.
    End,
    /// Something that can happen at any time.
    Anytime,
    /// What content names and does not have.
    Missing,
}

#[derive(Debug)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: Option<String>,
    pub(crate) sort: Sort,
}

/// What an edge means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// What follows.
    Next,
    /// What follows if something happens.
    Branch,
    /// What must not be.
    Not,
}

/// A language for graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Mermaid,
    Dot,
}

/// A graph as text.
pub(crate) fn written(drawing: &Drawing, language: Language) -> String {
    match language {
        Language::Mermaid => mermaid::write(drawing),
        Language::Dot => dot::write(drawing),
    }
}

/// All graphs of a project, each with the name of its kind and whether it is about the whole set.
pub(crate) fn drawings(objects: &Objects<'_, '_>) -> Vec<(String, bool, Drawing)> {
    let model = objects.model();
    let mut found = Vec::new();
    for requires in &model.requires {
        found.push((model.kind(requires.kind).path.clone(), true, requires_of(objects, requires)));
    }
    for flow in &model.flows {
        for (kind, row) in flow_rows(objects, flow) {
            found.push((model.kind(kind).path.clone(), false, flow_of(objects, flow, row)));
        }
    }
    found
}

/// The objects with a flow, and the kind of their ids.
pub(super) fn flow_rows<'o>(
    objects: &'o Objects<'_, '_>,
    flow: &'o Flow,
) -> impl Iterator<Item = (KindId, quest_compiler::check::Row)> + 'o {
    let kind = objects.model().record(flow.record).key().map(|(kind, _)| kind);
    let rows = objects.checked.resolved.content.table(flow.record).len();
    let all = (0..rows).map(|row| quest_compiler::check::Row { record: flow.record, row });
    kind.into_iter().flat_map(move |kind| all.clone().map(move |row| (kind, row)))
}

/// The graph that a word means: an id of an object with a flow, or a kind. Without a word, the one of the whole set.
///
/// # Errors
///
/// Says what there is instead.
pub(crate) fn drawing_of(objects: &Objects<'_, '_>, word: Option<&str>) -> Result<Drawing, String> {
    let model = objects.model();
    let kind = |requires: &Requires| model.kind(requires.kind).path.clone();
    let kinds: Vec<String> = model.requires.iter().map(kind).collect();
    let several = || kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(", ");
    let Some(word) = word else {
        return match model.requires.as_slice() {
            [only] => Ok(requires_of(objects, only)),
            [] => Err("no schema says with `x-requires` what must be done before what: name an object, such as `questc graph iron-path`".to_owned()),
            _ => Err(format!("there are several graphs: name a kind ({}), or an object", several())),
        };
    };
    if let Some(requires) = model.requires.iter().find(|requires| kind(requires) == word) {
        return Ok(requires_of(objects, requires));
    }
    let mut ids = Vec::new();
    for flow in &model.flows {
        for (kind, row) in flow_rows(objects, flow) {
            let Some((_, id)) = objects.id_of(row) else { continue };
            let path = objects.path(kind, id);
            if path == word || format!("{}{path}", model.kind(kind).prefix) == word {
                return Ok(flow_of(objects, flow, row));
            }
            ids.push(path);
        }
    }
    if ids.is_empty() && kinds.is_empty() {
        return Err("there is nothing to draw: no schema has `x-flow` or `x-requires`".to_owned());
    }
    let help = did_you_mean(word, ids.iter().chain(&kinds).map(String::as_str));
    let help = help.map_or_else(String::new, |help| format!("; {help}"));
    Err(format!("nothing that has a graph is called `{word}`{help}"))
}
