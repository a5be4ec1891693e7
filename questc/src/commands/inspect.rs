//! The commands that show checked content: `questc graph`, `questc endings`, `questc doc` and `questc schema`.
//!
//! They show what they can even if there are errors, because people look for the errors there.

use super::{Context, Outcome, SUCCESS, WITH_ERRORS, exit_code};
use crate::cli::{DocArgs, GraphArgs, SchemaArgs};
use crate::summary::{failure, log_run, plural, success};
use crate::terminal::print;
use quest_compiler::driver::{Goal, Progress, Report, Request, editor_schemas, write_files};
use quest_site::{File, GraphLanguage, write_folder};
use std::path::Path;

pub(super) fn graph(cx: &Context<'_>, args: &GraphArgs) -> Outcome {
    let language = args.language.into();
    match (&args.out, &args.at) {
        (Some(folder), _) => graphs(cx, folder, language),
        (None, Some(place)) => {
            text(cx, |request, progress| quest_site::graph_at(request, place, language, progress))
        }
        (None, None) => {
            text(cx, |request, progress| quest_site::graph(request, args.name.as_deref(), language, progress))
        }
    }
}

/// Writes all graphs. Those that are too large for the language are errors, after the others have been written.
fn graphs(cx: &Context<'_>, folder: &Path, language: GraphLanguage) -> Outcome {
    let (report, graphs) = inspect(cx, |request, progress| quest_site::graphs(request, language, progress))?;
    let Some(graphs) = graphs else { return files(cx, folder, &report, None, own_folder) };
    let code = files(cx, folder, &report, Some(graphs.files), own_folder)?;
    for error in &graphs.too_large {
        cx.failure(&error.to_string());
    }
    Ok(if graphs.too_large.is_empty() { code } else { WITH_ERRORS })
}

pub(super) fn endings(cx: &Context<'_>, name: Option<&str>) -> Outcome {
    text(cx, |request, progress| quest_site::endings(request, name, progress))
}

pub(super) fn doc(cx: &Context<'_>, args: &DocArgs) -> Outcome {
    let title = args.title(&cx.common.manifest());
    let (report, site) = inspect(cx, |request, progress| quest_site::site(request, &title, progress))?;
    files(cx, &args.out, &report, site, own_folder)
}

pub(super) fn schema(cx: &Context<'_>, args: &SchemaArgs) -> Outcome {
    let (report, schemas) = inspect(cx, |request, progress| editor_schemas(request, &args.out, progress))?;
    // The folder of editor schemas may contain other files.
    let write = |folder: &Path, files: &[File]| {
        let files = files.iter().map(|(name, text)| (name.as_str(), text.as_slice()));
        write_files(folder, files).map(|_| ()).map_err(|error| error.to_string())
    };
    files(cx, &args.out, &report, schemas, write)
}

/// Writes files into a folder that has no other files.
fn own_folder(folder: &Path, files: &[File]) -> Result<(), String> {
    write_folder(folder, files).map(|_| ()).map_err(|error| error.to_string())
}

/// Prints a text on standard output.
fn text<E: std::error::Error>(
    cx: &Context<'_>,
    make: impl Fn(&Request, &mut dyn FnMut(Progress)) -> (Report, Option<Result<String, E>>),
) -> Outcome {
    let (report, text) = inspect(cx, make)?;
    if report.errors() > 0 || text.is_none() {
        summary(cx, &report, "");
    }
    match text {
        None => Ok(WITH_ERRORS),
        Some(text) => {
            print(&text.map_err(|error| error.to_string())?)?;
            Ok(exit_code(&report))
        }
    }
}

/// Writes files into a folder; there are none if a schema cannot be used.
fn files(
    cx: &Context<'_>,
    folder: &Path,
    report: &Report,
    files: Option<Vec<File>>,
    write: impl Fn(&Path, &[File]) -> Result<(), String>,
) -> Outcome {
    let Some(files) = files else {
        summary(cx, report, "");
        return Ok(WITH_ERRORS);
    };
    write(folder, &files)?;
    summary(cx, report, &format!("; {} written to {}", plural(files.len(), "file"), folder.display()));
    Ok(exit_code(report))
}

/// Runs the compiler. Shows its diagnostics only if there are errors: warnings are not what these commands are for.
fn inspect<T>(
    cx: &Context<'_>,
    make: impl Fn(&Request, &mut dyn FnMut(Progress)) -> (Report, T),
) -> Result<(Report, T), String> {
    let progress = cx.progress();
    let request = cx.common.request(Goal::Check, None);
    let (report, result) = make(&request, &mut |phase| progress.phase(&phase));
    drop(progress);
    log_run(&report);
    if report.errors() > 0 {
        cx.show(&report)?;
    }
    Ok((report, result))
}

fn summary(cx: &Context<'_>, report: &Report, and: &str) {
    if exit_code(report) == SUCCESS {
        cx.summary(&format!("{}{and}", success(report)));
    } else {
        cx.failure(&format!("{}{and}", failure(report)));
    }
}
