//! Checked quest content for people: graphs for wikis, endings as text, and a site to browse.
//!
//! Comes in: [`Inspection`](quest_compiler::driver::Inspection), which exists also if the content has errors. Goes out: texts and files.
//! This crate knows the model, resolved content and HTML. It knows neither tables nor Rust, and no property of a schema by name:
//! annotations and types decide what is a title, a step, an ending or a filter.
//!
//! Each function here compiles the project of a [`Request`], and returns the compiler's [`Report`] next to its own result. That result is
//! `None` if the manifest or a schema cannot be used.

mod address;
mod folder;
mod graphs;
mod objects;
mod site;

pub use folder::{File, WriteError, write_folder};
pub use graphs::{EndingsError, GraphError, GraphLanguage};
pub use objects::Place;

use address::{file_name, page_path};
use objects::Objects;
use quest_compiler::driver::{Progress, Report, Request, inspect};

/// Writes the graph that a name means.
///
/// The name is the id of an object or the path of a kind. Without a name it is the graph of the only kind with `x-requires`.
///
/// # Errors
///
/// If the name means no graph, or the graph exceeds a limit of the language.
pub fn graph(
    request: &Request,
    name: Option<&str>,
    language: GraphLanguage,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<Result<String, GraphError>>) {
    inspected(request, progress, |objects| {
        let drawing = graphs::find_graph(objects, name)?;
        graphs::write(&drawing, language, &|drawing| draw(objects, drawing))
    })
}

/// Writes the graph of what is at a place: the flow of the innermost object around it that has one, or else what the innermost object
/// with prerequisites needs and what needs it.
///
/// # Errors
///
/// If nothing there has a graph, or the graph exceeds a limit of the language.
pub fn graph_at(
    request: &Request,
    place: &Place,
    language: GraphLanguage,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<Result<String, GraphError>>) {
    inspected(request, progress, |objects| {
        let drawing = graphs::graph_at(objects, place)?;
        graphs::write(&drawing, language, &|drawing| draw(objects, drawing))
    })
}

/// Draws a picture whose boxes say where their objects are.
fn draw(objects: &Objects<'_, '_>, drawing: &graphs::Drawing) -> String {
    let source = |kind, id| {
        let (file, first, last) = objects.lines(*objects.rows(kind, id).first()?);
        Some(site::Source { file: objects.inspection.files.name(file).to_owned(), first, last })
    };
    site::standalone(drawing, &source)
}

/// Lists the endings of the object with an id or, without an id, of all objects, as text.
///
/// # Errors
///
/// If no such object can end.
pub fn endings(
    request: &Request,
    name: Option<&str>,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<Result<String, EndingsError>>) {
    inspected(request, progress, |objects| graphs::endings_of(objects, name))
}

/// The graphs of a project.
#[derive(Debug)]
#[non_exhaustive]
pub struct Graphs {
    /// `KIND.EXT` for a whole kind and `KIND/ID.EXT` for an object. The second part of a graph that had to be split is `KIND,2.EXT`.
    pub files: Vec<File>,
    /// The graphs that are left out because the language cannot hold them.
    pub too_large: Vec<GraphError>,
}

/// Writes all graphs of a project.
pub fn graphs(
    request: &Request,
    language: GraphLanguage,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<Graphs>) {
    inspected(request, progress, |objects| {
        let mut all = Graphs { files: Vec::new(), too_large: Vec::new() };
        for graph in graphs::all_graphs(objects) {
            let mut path = file_name(&objects.model().kind(graph.kind).path);
            if !graph.is_whole_kind {
                path = format!("{path}/{}", file_name(&graph.drawing.id));
            }
            match graphs::write_parts(&graph.drawing, language, &|drawing| draw(objects, drawing)) {
                Ok(parts) => {
                    all.files.extend(parts.into_iter().enumerate().map(|(part, text)| {
                        (page_path(&path, part, language.extension()), text.into_bytes())
                    }))
                }
                Err(error) => all.too_large.push(error),
            }
        }
        all
    })
}

/// Writes a site about a project. `title` is its name, which every page shows.
pub fn site(
    request: &Request,
    title: &str,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<Vec<File>>) {
    let directory =
        request.manifest.parent().map(quest_compiler::project::display).filter(|parent| parent != ".");
    let directory = directory.map_or_else(String::new, |parent| parent + "/");
    inspected(request, progress, |objects| site::site(objects, title, &directory))
}

/// Compiles a project and makes something of its objects.
fn inspected<T>(
    request: &Request,
    progress: &mut dyn FnMut(Progress),
    mut make: impl FnMut(&Objects<'_, '_>) -> T,
) -> (Report, Option<T>) {
    let mut made = None;
    let report = inspect(request, progress, &mut |inspection| made = Some(make(&Objects::new(*inspection))));
    (report, made)
}
