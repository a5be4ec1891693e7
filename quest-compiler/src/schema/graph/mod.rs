//! JSON Schema as a graph: files, `$id`s and anchors are resolved, and `$ref` is an edge.

mod dialect;
mod facts;
mod fast_path;
mod keywords;
mod load;
mod merged;
mod node;
mod overlay;
mod pattern;
mod resources;
mod rules;
mod uri;

pub use facts::accepted;
pub use load::{Reading, load, repeated};
pub use merged::tag;
pub use node::{Additional, ExtraKeywords, Items, Property, SchemaNode, Schemas};
pub use overlay::Overlay;
pub use pattern::Pattern;
pub use resources::{Outside, Resources};

pub(super) use merged::{Member, MergedSchema, canonical};
pub(super) use node::SchemaUse;
