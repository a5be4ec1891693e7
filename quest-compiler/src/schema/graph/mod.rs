//! JSON Schema as a graph.
//!
//! Comes in: the documents of schema and overlay files. Goes out: [`Schemas`], one node per schema object, with `$ref`s as edges, and
//! [`MergedSchema`], all schemas that apply to one value. This stage attaches annotations to the nodes but does not interpret them; it
//! knows nothing of records, ids or tables.

mod dialect;
mod facts;
mod fast_path;
mod index;
mod keywords;
mod load;
mod lookup;
mod merged;
mod node;
mod overlay;
mod pattern;
mod resources;
mod rules;
mod same;
mod uri;

pub use facts::accepted;
pub use index::tag_table;
pub use load::{Reading, load, repeated};
pub use lookup::{NameIndex, TagTable};
pub use merged::tag;
pub use node::{Additional, ExtraKeywords, Items, Property, SchemaNode, Schemas};
pub use overlay::Overlay;
pub use pattern::Pattern;
pub use resources::{Outside, Resources};

pub(super) use merged::{MergedProperty, MergedSchema, canonical};
pub(super) use node::SchemaUse;
