//! Graphs of content: the flow of one object (`x-flow`), and the prerequisites among all objects of a kind (`x-requires`).
//!
//! Comes in: [`Objects`](crate::objects::Objects). Goes out: a [`Drawing`], which is written as Mermaid or Graphviz here and laid out as a
//! picture by the site. Must not know HTML or where files are.

mod dot;
mod drawing;
mod endings;
mod error;
mod flow;
mod mermaid;
mod requires;
mod select;
mod write;

pub(crate) use drawing::{Drawing, Edge, EdgeKind, Node, NodeRole, Subgraph};
pub(crate) use endings::endings_of;
pub use error::{EndingsError, GraphError};
pub(crate) use flow::flow_of;
pub(crate) use requires::requires_of;
pub(crate) use select::{all_graphs, find_graph, graph_at};
pub use write::GraphLanguage;
pub(crate) use write::{write, write_parts};

#[cfg(test)]
pub(crate) use drawing::tests;
