//! `questc lock`.

use super::outdated::difference;
use super::{Context, Outcome, SUCCESS, WITH_ERRORS};
use crate::cli::LockArgs;
use crate::summary::{failure, success};
use quest_compiler::driver::{Goal, Outdated};

pub(super) fn lock(cx: &Context<'_>, args: &LockArgs) -> Outcome {
    let report = cx.run(&cx.common.request(Goal::Lock, None));
    cx.show(&report)?;
    let Some((path, text)) = report.next_lock() else {
        cx.failure(&format!("{}; the lock is as it was", failure(&report)));
        return Ok(WITH_ERRORS);
    };
    let old = std::fs::read(path).ok();
    let same = old.as_deref() == Some(text.as_bytes());
    let name = path.display();
    if args.check && !same {
        let file = Outdated { path: path.to_owned(), old, new: text.as_bytes().to_vec() };
        cx.terminal.line(&difference(&file));
        cx.terminal
            .error(&format!("{name} is not up to date: run `questc lock` for a release, and commit it"));
        return Ok(WITH_ERRORS);
    }
    if !same {
        report.write_lock().map_err(|error| error.to_string())?;
    }
    let what = if same { "is up to date" } else { "written" };
    cx.summary(&format!("{}; {name} {what}", success(&report)));
    Ok(SUCCESS)
}
