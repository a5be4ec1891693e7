//! The commands that show checked content: `questc graph`, `questc endings`, `questc doc` and `questc schema`.
//!
//! What can be shown is shown, also if there are errors: people look for them there.

use super::{Context, Outcome, SUCCESS, WITH_ERRORS, exit_code};
use crate::cli::{DocArgs, GraphArgs, SchemaArgs};
use crate::summary::{failure, log_run, plural, success};
use crate::terminal::print;
use quest_compiler::driver::{Goal, Progress, Report, Request, editor_schemas, write_files};
use quest_site::{File, write_folder};
use std::path::Path;

pub(super) fn graph(cx: &Context<'_>, args: &GraphArgs) -> Outcome {
    let language = args.language.into();
    match &args.out {
        Some(folder) => {
            let made = |request: &Request, progress: &mut dyn FnMut(Progress)| {
                quest_site::graphs(request, language, progress)
            };
            files(cx, folder, made, own_folder)
        }
        None => {
            text(cx, |request, progress| quest_site::graph(request, args.name.as_deref(), language, progress))
        }
    }
}

pub(super) fn endings(cx: &Context<'_>, name: Option<&str>) -> Outcome {
    text(cx, |request, progress| quest_site::endings(request, name, progress))
}

pub(super) fn doc(cx: &Context<'_>, args: &DocArgs) -> Outcome {
    let title = args.title(&cx.common.manifest());
    files(cx, &args.out, |request, progress| quest_site::site(request, &title, progress), own_folder)
}

pub(super) fn schema(cx: &Context<'_>, args: &SchemaArgs) -> Outcome {
    // Schemas of editors can be in a folder with other files.
    let write = |folder: &Path, files: &[File]| {
        let files = files.iter().map(|(name, text)| (name.as_str(), text.as_slice()));
        write_files(folder, files).map(|_| ()).map_err(|error| error.to_string())
    };
    files(cx, &args.out, |request, progress| editor_schemas(request, &args.out, progress), write)
}

/// Writes files into a folder that has nothing else in it.
fn own_folder(folder: &Path, files: &[File]) -> Result<(), String> {
    write_folder(folder, files).map(|_| ())
}

/// Makes a text for standard output.
fn text(
    cx: &Context<'_>,
    make: impl Fn(&Request, &mut dyn FnMut(Progress)) -> (Report, Option<Result<String, String>>),
) -> Outcome {
    let (report, made) = inspect(cx, make)?;
    if report.errors() > 0 || made.is_none() {
        summary(cx, &report, "");
    }
    match made {
        None => Ok(WITH_ERRORS),
        Some(text) => print(&text?).map(|()| exit_code(&report)),
    }
}

/// Makes files in a folder.
fn files(
    cx: &Context<'_>,
    folder: &Path,
    make: impl Fn(&Request, &mut dyn FnMut(Progress)) -> (Report, Option<Vec<File>>),
    write: impl Fn(&Path, &[File]) -> Result<(), String>,
) -> Outcome {
    let (report, made) = inspect(cx, make)?;
    let Some(files) = made else {
        summary(cx, &report, "");
        return Ok(WITH_ERRORS);
    };
    write(folder, &files)?;
    summary(cx, &report, &format!("; {} written to {}", plural(files.len(), "file"), folder.display()));
    Ok(exit_code(&report))
}

/// Runs the compiler. Shows its diagnostics if there are errors: who wants a graph did not ask for warnings.
fn inspect<T>(
    cx: &Context<'_>,
    make: impl Fn(&Request, &mut dyn FnMut(Progress)) -> (Report, T),
) -> Result<(Report, T), String> {
    let progress = cx.progress();
    let request = cx.common.request(Goal::Check, None);
    let (report, made) = make(&request, &mut |phase| progress.phase(&phase));
    drop(progress);
    log_run(&report);
    if report.errors() > 0 {
        cx.show(&report)?;
    }
    Ok((report, made))
}

fn summary(cx: &Context<'_>, report: &Report, and: &str) {
    if exit_code(report) == SUCCESS {
        cx.summary(&format!("{}{and}", success(report)));
    } else {
        cx.failure(&format!("{}{and}", failure(report)));
    }
}
