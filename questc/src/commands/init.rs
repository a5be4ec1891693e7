//! `questc init`.

use super::{Context, Outcome, SUCCESS, WITH_ERRORS, exit_code};
use crate::cli::InitArgs;
use crate::summary::{failure, success};
use crate::terminal::print;
use quest_init::{Error, Options, init as make};

/// Makes a project of content, and checks it.
pub(super) fn init(cx: &Context<'_>, args: &InitArgs) -> Outcome {
    let mut options = Options::new(cx.common.manifest());
    options.content.clone_from(&args.content);
    options.thresholds.enum_values = args.enum_values;
    options.thresholds.enum_repeats = args.enum_repeats;
    options.thresholds.bounded_numbers = args.bounded_numbers;
    let outcome = match make(&options) {
        Ok(outcome) => outcome,
        Err(Error::Unusable(report)) => {
            cx.show(&report)?;
            cx.failure(&failure(&report));
            return Ok(WITH_ERRORS);
        }
        Err(error) => return Err(error.to_string()),
    };
    print(&outcome.report)?;
    for path in &outcome.written {
        cx.summary(&format!("wrote {}", path.display()));
    }
    if outcome.check.errors() > 0 {
        cx.show(&outcome.check)?;
        cx.failure(&failure(&outcome.check));
        return Ok(exit_code(&outcome.check));
    }
    cx.summary(&success(&outcome.check));
    Ok(SUCCESS)
}
