//! The order of the stages, and what each of them knows, as types.
//!
//! Comes in: a [`Request`]. Goes out: a [`Report`], with everything that can be shown or written. In between each phase is a value
//! that can be kept and asked again:
//!
//! | phase | knows |
//! |---|---|
//! | [`Loaded`] | the manifest, and every file that it names, parsed |
//! | [`Typed`] | the graph of the schemas, the model, and the names of generated code |
//! | [`Checked`] | rows whose references are resolved, every id, and what lints and analyses report |
//! | [`Lowered`] | tables, generated Rust and the index |
//!
//! A phase borrows the one before it and adds to the diagnostics that it was handed. If a phase cannot go on, there is no value of
//! the next one, so nothing can be asked that would not be true.

mod apply_fixes;
#[cfg(feature = "authoring")]
mod authoring;
mod checked;
mod error;
mod inspect;
mod levels;
mod loaded;
mod lowered;
#[cfg(feature = "play")]
mod play;
mod referred;
mod report;
mod request;
mod rules;
mod typed;
mod verdicts;
mod wrapped;
mod write;

pub use apply_fixes::AppliedFix;
#[cfg(feature = "authoring")]
pub use authoring::{authoring, write_authoring};
pub use checked::{Checked, registry_files};
pub use error::DriverError;
pub use inspect::{Inspection, editor_schemas, inspect};
pub use levels::Levels;
pub use loaded::{Loaded, Project};
pub use lowered::{Lowered, LoweredLanguage};
#[cfg(feature = "play")]
pub use play::{Explored, Playable, PlayedScript, explore, play};
pub use report::{KindCount, Outdated, Report, Shown};
pub use request::{Goal, Progress, Request};
pub use rules::{CodeSummary, RuleSummary, codes, rules};
pub use typed::{SchemaSummary, Typed, Untyped, schema_graph};
pub use verdicts::verdicts;
pub use write::{NewFile, write_all, write_file, write_files};

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::project::{Manifest, Tables};

/// Runs the phases that the goal of a request needs. `progress` hears when each begins.
pub fn run(request: &Request, progress: &mut dyn FnMut(Progress)) -> Report {
    run_phases(request, progress, None)
}

/// Someone who looks at checked content.
type Look<'l> = &'l mut dyn FnMut(&Checked<'_>, &Levels<'_>);

/// Runs the phases up to checked content, and shows that to `look` with all that is reported, sorted. While it looks, everything that
/// the phases know can be asked. It is not called if the manifest or a schema cannot be used; the report says why.
pub fn look(
    request: &Request,
    progress: &mut dyn FnMut(Progress),
    look: &mut dyn FnMut(&Checked<'_>, &Diagnostics),
) -> Report {
    run_phases(
        request,
        progress,
        Some(&mut |checked, levels| look(checked, &checked.sorted_diagnostics(levels))),
    )
}

fn run_phases(request: &Request, progress: &mut dyn FnMut(Progress), look: Option<Look<'_>>) -> Report {
    let loaded = Loaded::read(request, progress);
    let mut report =
        Report { watched: loaded.watched.clone(), missing: loaded.missing.clone(), ..Report::default() };
    let Some(project) = &loaded.project else {
        report.diagnostics = Diagnostics::finish(loaded.diagnostics, &loaded.files, &|_| None);
        report.files = loaded.files;
        return report;
    };
    report.variables.clone_from(&project.manifest.variables);
    report.content_files = project.input.documents.len();
    let levels = Levels::new(&project.manifest.lints, request.deny_warnings);
    let diagnostics = match Typed::of(project, &loaded) {
        Ok(typed) => {
            let diagnostics = check(&typed, &levels, request, progress, look, &mut report);
            report.schemas = typed.summary;
            diagnostics
        }
        Err(Untyped { summary, mut diagnostics }) => {
            levels.check(None, &mut diagnostics);
            report.schemas = *summary;
            diagnostics
        }
    };
    let files = &loaded.files;
    report.diagnostics =
        Diagnostics::finish(diagnostics, files, &|diagnostic| Some(levels.of(diagnostic, files)));
    forbid_incomplete_pack(&project.manifest, &mut report);
    report.files = loaded.files;
    report
}

/// Runs the phases behind the schemas. Gives the diagnostics of all phases.
fn check(
    typed: &Typed<'_>,
    levels: &Levels<'_>,
    request: &Request,
    progress: &mut dyn FnMut(Progress),
    look: Option<Look<'_>>,
    report: &mut Report,
) -> Vec<Diagnostic> {
    let mut checked = Checked::of(typed, request, typed.diagnostics.clone(), progress);
    report.counts = checked.counts();
    report.lowered = checked.complete(levels, request, progress);
    if request.goal == Goal::Lock {
        let text = checked.next_lock(levels);
        report.lock = text.map(|text| (typed.project.lock_path.clone(), text));
    }
    if request.goal.lowers() {
        report.editor = checked.editor_schemas();
    }
    report.proved = std::mem::take(&mut checked.proved);
    report.available = std::mem::take(&mut checked.available);
    if request.goal.plays() {
        report.vocabulary = checked.vocabulary();
    }
    if request.goal == Goal::Explore {
        report.scripts = checked.scripts();
    }
    levels.check(Some(&typed.summary.lints), &mut checked.diagnostics);
    if let Some(look) = look {
        look(&checked, levels);
    }
    checked.diagnostics
}

/// A pack is all or nothing: if the content has errors, there is none.
fn forbid_incomplete_pack(manifest: &Manifest, report: &mut Report) {
    if manifest.tables == Tables::Load
        && report.diagnostics.errors() > 0
        && let Some(lowered) = &mut report.lowered
    {
        lowered.fingerprints = None;
    }
}
