//! Derives the model from the graph: records with fields, enums, unions, kinds and references, and what annotations mean in them.
//!
//! Comes in: [`Schemas`] and the registries of the manifest. Goes out: [`Model`]. Every annotation must have had an effect in the
//! end; those that had none are reported. This stage knows no content.

mod builder;
mod changes;
mod conditions;
mod default;
mod extensions;
mod field;
mod flow;
mod journal;
mod keys;
mod lists;
mod maps;
mod names;
mod need;
mod operators;
mod paths;
mod records;
mod references;
mod requires;
mod roots;
mod rules;
mod scalars;
mod scopes;
mod shape;
mod shorthand;
mod subjects;
mod targets;
mod text;
mod unions;
mod unused_annotations;

use super::graph::Schemas;
use super::ids::SchemaId;
use super::model::{Model, Registry};
use crate::diagnostics::Diagnostic;
use builder::ModelBuilder;

/// Derives the model from the root schemas of a project, each with the name of its file, and the registries of the manifest.
pub fn model(
    schemas: &Schemas,
    roots: &[(SchemaId, String)],
    registries: &[(String, Registry)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Model {
    let mut builder = ModelBuilder::new(schemas, diagnostics);
    for (root, file) in roots {
        let shape = builder.root(*root, file);
        builder.model.roots.push(shape);
    }
    for (path, registry) in registries {
        let kind = builder.kind(path, None);
        builder.model.kinds[kind.0 as usize].registry = Some(*registry);
    }
    builder.records();
    builder.scopes();
    builder.flows();
    builder.requirements();
    builder.journals();
    builder.rules();
    builder.lint_names();
    builder.check_extensions();
    builder.check_conditions();
    builder.check_unused();
    builder.model
}
