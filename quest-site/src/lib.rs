//! What checked content looks like: graphs for wikis, and a site to read.
//!
//! Comes in: [`Inspection`](quest_compiler::driver::Inspection). Goes out: the text of graphs, and the pages of a site. This stage knows the model,
//! resolved content and HTML; it knows neither tables nor Rust, and no property of any schema by its name: what is a title, a stage, an
//! ending or a filter, annotations and types say.

mod address;
mod endings;
mod folder;
mod graph;
mod objects;
mod registered;
mod site;
mod tool;

pub use folder::write_folder;
pub use tool::{File, GraphLanguage, endings, graph, graphs, site};

pub(crate) use endings::endings_of;
pub(crate) use graph::{Language, drawing_of, drawings, written};
pub(crate) use objects::Objects;
