//! `questc build`.

use super::outdated::difference;
use super::{Context, Outcome, SUCCESS, WITH_ERRORS};
use crate::cli::BuildArgs;
use crate::summary::{failure, plural, success};
use log::debug;
use quest_compiler::driver::{DriverError, Goal, Progress, Report};

pub(super) fn build(cx: &Context<'_>, args: &BuildArgs) -> Outcome {
    let report = cx.run(&cx.common.request(Goal::Build, args.threads.threads));
    cx.show(&report)?;
    if report.errors() > 0 {
        cx.failure(&failure(&report));
        return Ok(WITH_ERRORS);
    }
    if args.check {
        return up_to_date(cx, &report, args);
    }
    let progress = cx.progress();
    progress.phase(&Progress::Write);
    let written = write(&report, args);
    drop(progress);
    let files = plural(written.map_err(|error| error.to_string())?, "file");
    cx.summary(&format!("{}; {files} written to {}", success(&report), args.out.display()));
    Ok(SUCCESS)
}

/// Writes everything that was asked for and counts the files in the directory.
fn write(report: &Report, args: &BuildArgs) -> Result<usize, DriverError> {
    if let Some(pack) = &args.pack {
        report.may_overwrite(pack)?;
    }
    let files = report.write(&args.out)?;
    for file in &files {
        debug!("Wrote {}", file.display());
    }
    if let Some(pack) = &args.pack {
        report.write_pack(pack)?;
        debug!("Wrote {}", pack.display());
    }
    Ok(files.len())
}

/// Says which files would be written anew.
fn up_to_date(cx: &Context<'_>, report: &Report, args: &BuildArgs) -> Outcome {
    let outdated = report.outdated(&args.out, args.pack.as_deref()).map_err(|error| error.to_string())?;
    for file in &outdated {
        cx.terminal.line(&difference(file));
    }
    if outdated.is_empty() {
        cx.summary(&format!("everything in {} is up to date", args.out.display()));
        return Ok(SUCCESS);
    }
    let (files, are) = (plural(outdated.len(), "file"), if outdated.len() == 1 { "is" } else { "are" });
    cx.terminal.error(&format!("{files} {are} not up to date: run `questc build` and commit what it writes"));
    Ok(WITH_ERRORS)
}
