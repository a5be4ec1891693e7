//! `questc play`.

use super::{Context, Outcome, SUCCESS, WITH_ERRORS};
use crate::summary::plural;
use quest_compiler::driver::{DriverError, PlayedScript, explore as explore_content, play as play_scripts};
use std::path::{Path, PathBuf};

/// Plays scripts, each from the beginning, and says which lines do not hold.
pub(super) fn play(cx: &Context<'_>, scripts: &[PathBuf]) -> Outcome {
    if let Some(script) = scripts.iter().find(|script| !script.is_file()) {
        return Err(format!("`{}` is no file that can be read", script.display()));
    }
    let played = match play_scripts(&cx.common.manifest(), scripts) {
        Ok(played) => played,
        Err(error) => {
            refuse(cx, &error);
            return Ok(WITH_ERRORS);
        }
    };
    for script in &played {
        show(cx, script);
    }
    let wrong = played.iter().filter(|script| script.wrong.is_some()).count();
    if wrong == 0 {
        return Ok(SUCCESS);
    }
    let verb = if wrong == 1 { "does" } else { "do" };
    cx.failure(&format!("{wrong} of {} {verb} not hold", plural(played.len(), "script")));
    Ok(WITH_ERRORS)
}

/// Writes a script for every ending and every way to lose a quest.
pub(super) fn explore(cx: &Context<'_>, out: &Path) -> Outcome {
    let explored = match explore_content(&cx.common.manifest(), out) {
        Ok(explored) => explored,
        Err(error @ DriverError::Write(..)) => return Err(error.to_string()),
        Err(error) => {
            refuse(cx, &error);
            return Ok(WITH_ERRORS);
        }
    };
    for missing in &explored.missing {
        cx.terminal.line(&format!("note: {missing}"));
    }
    cx.summary(&format!("{} in {}", plural(explored.written.len(), "script"), out.display()));
    Ok(SUCCESS)
}

fn show(cx: &Context<'_>, played: &PlayedScript) {
    let PlayedScript { script, expectations, log, wrong } = played;
    if cx.common.verbose {
        cx.terminal.line(&format!("{script}:"));
        log.iter().for_each(|line| cx.terminal.line(&format!("  {line}")));
    }
    match wrong {
        Some(line) => cx.terminal.error(line),
        None => {
            let verb = if *expectations == 1 { "holds" } else { "hold" };
            cx.summary(&format!("{script}: {} {verb}", plural(*expectations, "expectation")));
        }
    }
}

/// Says why there is nothing to show: diagnostics come as they are to be shown, everything else is one line.
pub(super) fn refuse(cx: &Context<'_>, error: &DriverError) {
    match error {
        DriverError::Content(messages) => cx.terminal.line(&messages.join("\n")),
        error => cx.terminal.error(&error.to_string()),
    }
}
