//! `questc watch`.

use super::{Context, FAILED, Outcome};
use crate::changes::{Known, Seen};
use crate::cli::{Format, WatchArgs};
use crate::summary::{failure, log_run, plural, success};
use crate::watcher::Watcher;
use log::debug;
use quest_compiler::diagnostics::Diagnostics;
use quest_compiler::driver::{Goal, Report, Request, run};

/// Checks again whenever a file changes, until someone ends the program.
pub(super) fn watch(cx: &Context<'_>, args: &WatchArgs) -> Outcome {
    if matches!(cx.common.format, Format::Json | Format::Sarif) {
        return Err("`watch` shows what has changed to people: use `--format human` or `short`".to_owned());
    }
    let goal = if args.build || args.pack.is_some() { Goal::Build } else { Goal::Check };
    let request = cx.common.request(goal, args.threads.threads);
    let mut watcher = Watcher::new().map_err(|error| format!("changes of files cannot be seen: {error}"))?;
    let mut session = Session { cx, args, request, known: Known::default(), state: State::default() };
    loop {
        let report = session.round()?;
        watcher.watch(&report.watched, &report.missing, &session.request.manifest);
        // What changed before it was watched would be missed.
        while watcher.has_news() {
            let report = session.round()?;
            watcher.watch(&report.watched, &report.missing, &session.request.manifest);
        }
        if !watcher.wait() {
            cx.terminal.error("the watcher of files has ended");
            return Ok(FAILED);
        }
    }
}

struct Session<'c> {
    cx: &'c Context<'c>,
    args: &'c WatchArgs,
    request: Request,
    known: Known,
    state: State,
}

/// What was said last.
#[derive(Default, PartialEq, Eq)]
enum State {
    #[default]
    Nothing,
    Clean,
    Diagnostics,
}

impl Session<'_> {
    /// Compiles, and says what has changed.
    fn round(&mut self) -> Result<Report, String> {
        let cx = self.cx;
        let mut report = run(&self.request, &mut |_| {});
        log_run(&report);
        let written = self.write(&report);
        let summary = if report.errors() > 0 { failure(&report) } else { success(&report) };
        let count = report.diagnostics.list.len();
        let Seen { appeared, disappeared } = self.known.update(&report);
        let changed = !appeared.is_empty() || !disappeared.is_empty();
        let all = std::mem::replace(&mut report.diagnostics, Diagnostics { list: appeared });
        cx.show(&report)?;
        report.diagnostics = all;
        for gone in &disappeared {
            cx.summary(&format!("gone: {gone}"));
        }
        let first = self.state == State::Nothing;
        let again = self.state == State::Diagnostics && count == 0;
        if again {
            cx.summary(&format!("everything is clean again: {summary}"));
        } else if changed || first {
            cx.summary(&summary);
        }
        if first {
            let files = plural(report.files.names().count(), "file");
            cx.summary(&format!("watching {files}; Ctrl-C ends this"));
        }
        match written {
            Ok(Some(written)) => cx.summary(&written),
            Ok(None) => {}
            Err(problem) => cx.terminal.error(&problem),
        }
        self.state = if count == 0 { State::Clean } else { State::Diagnostics };
        Ok(report)
    }

    /// Writes what was asked for if there are no errors. Says what has changed of it.
    fn write(&self, report: &Report) -> Result<Option<String>, String> {
        if report.errors() > 0 || report.lowered.is_none() {
            return Ok(None);
        }
        let mut written = Vec::new();
        if self.args.build {
            let outdated = report.outdated(&self.args.out, None).map_err(|error| error.to_string())?;
            report.write(&self.args.out).map_err(|error| error.to_string())?;
            if !outdated.is_empty() {
                written.push(format!(
                    "{} written to {}",
                    plural(outdated.len(), "file"),
                    self.args.out.display()
                ));
            }
        }
        if let Some(pack) = &self.args.pack {
            let before = std::fs::read(pack).ok();
            report.write_pack(pack).map_err(|error| error.to_string())?;
            if std::fs::read(pack).ok() != before {
                written.push(format!("{} written", pack.display()));
            }
        }
        written.iter().for_each(|line| debug!("{line}"));
        Ok((!written.is_empty()).then(|| written.join("; ")))
    }
}
