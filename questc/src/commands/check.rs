//! `questc check`.

use super::{Context, Outcome, exit_code};
use crate::cli::CheckArgs;
use crate::summary::{failure, log_run, plural, success};
use quest_compiler::driver::{AppliedFix, DriverError, Goal, Report, Request, run};

/// Enough rounds of fixes for a mistake behind a mistake behind a mistake.
const MAX_FIX_ROUNDS: usize = 8;

pub(super) fn check(cx: &Context<'_>, args: &CheckArgs) -> Outcome {
    let request = cx.common.request(Goal::Check, args.threads.threads);
    let progress = cx.progress();
    let compile = |request: &Request| run(request, &mut |phase| progress.phase(&phase));
    let mut report = compile(&request);
    let (fixes, problem) =
        if args.fix { apply_fixes(&mut report, &|| compile(&request)) } else { (Vec::new(), None) };
    drop(progress);
    for AppliedFix { file, line, column, old, new } in &fixes {
        cx.terminal.line(&format!("{file}:{line}:{column}: fixed: `{old}` is now `{new}`"));
    }
    if let Some(problem) = problem {
        return Err(problem.to_string());
    }
    if !fixes.is_empty() {
        cx.terminal.line("");
    }
    log_run(&report);
    cx.show(&report)?;
    let opaque = report.opaque();
    if args.opaque {
        opaque.iter().for_each(|line| cx.terminal.line(line));
    }
    if args.names {
        report.names().iter().for_each(|line| cx.terminal.line(line));
    }
    if !fixes.is_empty() {
        cx.summary(&format!("{} fixed", plural(fixes.len(), "mistake")));
    }
    if report.errors() > 0 {
        cx.failure(&failure(&report));
    } else {
        let opaque = if args.opaque { String::new() } else { opaque_hint(opaque.len()) };
        let names = if args.names { String::new() } else { names_hint(report.names().len()) };
        cx.summary(&format!("{}{opaque}{names}", success(&report)));
    }
    Ok(exit_code(&report))
}

/// What the summary says about places that become JSON text.
fn opaque_hint(count: usize) -> String {
    if count == 0 {
        return String::new();
    }
    let verb = if count == 1 { "becomes" } else { "become" };
    format!("; {} in the schemas {verb} JSON text (`--opaque` lists them)", plural(count, "place"))
}

/// What the summary says about things that would have one name in Rust.
fn names_hint(count: usize) -> String {
    if count == 0 {
        return String::new();
    }
    let verb = if count == 1 { "is" } else { "are" };
    format!("; {} in Rust {verb} longer, to be different (`--names` lists them)", plural(count, "name"))
}

/// Applies fixes and compiles again, until nothing certain is left or a file cannot be fixed.
fn apply_fixes(report: &mut Report, compile: &dyn Fn() -> Report) -> (Vec<AppliedFix>, Option<DriverError>) {
    let mut fixes = Vec::new();
    let mut problem = None;
    for _ in 0..MAX_FIX_ROUNDS {
        match report.apply_fixes() {
            Ok(applied) if applied.is_empty() => break,
            Ok(applied) => fixes.extend(applied),
            Err(error) => {
                problem = Some(error);
                break;
            }
        }
        *report = compile();
    }
    fixes.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    (fixes, problem)
}
