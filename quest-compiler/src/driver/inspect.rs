//! Checked content for those who show it instead of compiling it: sites, graphs, schemas for editors.

use super::checked::{Checked, registry_files};
use super::levels::Levels;
use super::report::Report;
use super::request::{Progress, Request};
use super::run_phases;
use crate::analysis::Prover;
use crate::check::Resolved;
use crate::diagnostics::Diagnostics;
use crate::editor::EditorSchemas;
use crate::project::Manifest;
use crate::project::RegistryFile;
use crate::schema::{KindId, Model};
use crate::source::Document;
use crate::text::Files;
use crate::texts::Coverage;
use std::path::Path;

/// Checked content, with the diagnostics about it.
#[derive(Clone, Copy, Debug)]
pub struct Inspection<'c, 'a> {
    pub model: &'c Model,
    pub resolved: &'c Resolved<'a>,
    pub files: &'c Files,
    /// Sorted, with the levels of the project.
    pub diagnostics: &'c Diagnostics,
    /// The environment variables that paths in the manifest name.
    pub variables: &'c [String],
    /// The schema files, by position among the roots of the model.
    pub roots: &'c [&'c Document],
    /// Their names.
    pub schemas: &'c [String],
    /// What plays the objects of the journal, if there is one.
    pub prover: Option<&'c Prover<'c>>,
    pub manifest: &'c Manifest,
    /// The language files, in the order of the manifest.
    pub languages: &'c [Option<Document>],
    /// How far each language is.
    pub coverage: &'c [Coverage],
    /// The files of registries, with the kinds of their ids.
    pub registries: &'c [(KindId, &'a RegistryFile)],
}

/// Runs the phases up to checked content, and shows that to `look`. It is not called if a schema cannot be used.
pub fn inspect(
    request: &Request,
    progress: &mut dyn FnMut(Progress),
    look: &mut dyn FnMut(&Inspection<'_, '_>),
) -> Report {
    run_phases(request, progress, Some(&mut |checked, levels| show(checked, levels, look)))
}

/// Shows checked content.
fn show(checked: &Checked<'_>, levels: &Levels<'_>, look: &mut dyn FnMut(&Inspection<'_, '_>)) {
    let typed = checked.typed;
    let roots: Vec<&Document> = typed.project.input.schemas.iter().collect();
    let prover = checked.prover();
    look(&Inspection {
        model: &typed.model,
        resolved: &checked.resolved,
        files: typed.files,
        diagnostics: &checked.sorted_diagnostics(levels),
        variables: &typed.project.manifest.variables,
        schemas: &typed.summary.files,
        roots: &roots,
        prover: prover.as_ref(),
        manifest: &typed.project.manifest,
        languages: &typed.project.input.languages,
        coverage: &checked.coverage,
        registries: &registry_files(typed),
    });
}

/// Schemas for editors, as files for a folder. `None` if a schema cannot be used.
pub fn editor_schemas(
    request: &Request,
    folder: &Path,
    progress: &mut dyn FnMut(Progress),
) -> (Report, Option<EditorSchemas>) {
    let mut made = None;
    let report = inspect(request, progress, &mut |inspection| {
        let Inspection { model, resolved, roots, files, .. } = *inspection;
        made = Some(crate::editor::editor_schemas(model, resolved, roots, files, folder));
    });
    (report, made)
}
