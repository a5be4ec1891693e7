//! The commands that show checked content: `questc graph`, `questc endings`, `questc doc` and `questc schema`.

use crate::arguments::{Atlas, Work};
use crate::progress::Progress;
use crate::{
    FAILED, Terminal, WITH_ERRORS, failure, log_run, plural, printed, show, stage, start_log, success,
};
use quest_compiler::tool::{self, Run, Step};
use quest_site::File;
use std::path::Path;

/// What a run made: a text for standard output, or files for a folder.
enum Made<'w> {
    Text(String),
    Files(Vec<File>, &'w Path),
}

/// Runs one of the commands. What can be shown is shown, also if there are errors: people look for them there.
pub(crate) fn perform(work: &Work, wanted: &Atlas) -> u8 {
    start_log(work.verbose);
    let terminal = Terminal::new(work.color);
    let progress = Progress::start(!work.quiet && !work.verbose);
    let (run, made) = make(work, wanted, &mut |step| progress.stage(stage(&step)));
    drop(progress);
    log_run(&run);
    // Who wants a graph did not ask for warnings.
    if run.errors() > 0
        && let Err(message) = show(&run, work, &terminal)
    {
        terminal.error(&message);
        return FAILED;
    }
    let code = if run.errors() > 0 { WITH_ERRORS } else { 0 };
    let summary = |and: &str| {
        if work.quiet {
        } else if run.errors() > 0 {
            terminal.error(&format!("{}{and}", failure(run.errors(), run.warnings(), run.files())));
        } else {
            terminal.line(&format!("{}{and}", success(&run.counts(), run.warnings(), run.files())));
        }
    };
    match made {
        None => {
            summary("");
            WITH_ERRORS
        }
        Some(Err(message)) => {
            terminal.error(&message);
            FAILED
        }
        Some(Ok(Made::Text(text))) => {
            if run.errors() > 0 {
                summary("");
            }
            code.max(printed(&text))
        }
        Some(Ok(Made::Files(files, folder))) => match write(wanted, folder, &files) {
            Ok(()) => {
                summary(&format!("; {} written to {}", plural(files.len(), "file"), folder.display()));
                code
            }
            Err(message) => {
                terminal.error(&message);
                FAILED
            }
        },
    }
}

fn make<'w>(
    work: &Work,
    wanted: &'w Atlas,
    progress: &mut dyn FnMut(Step),
) -> (Run, Option<Result<Made<'w>, String>>) {
    match wanted {
        Atlas::Graph { language, out: Some(folder), .. } => {
            let (run, files) = quest_site::graphs(&work.manifest, *language, work.deny_warnings, progress);
            (run, files.map(|files| Ok(Made::Files(files, folder))))
        }
        Atlas::Graph { name, language, out: None } => {
            let (run, text) =
                quest_site::graph(&work.manifest, name.as_deref(), *language, work.deny_warnings, progress);
            (run, text.map(|text| text.map(Made::Text)))
        }
        Atlas::Endings { name } => {
            let (run, text) =
                quest_site::endings(&work.manifest, name.as_deref(), work.deny_warnings, progress);
            (run, text.map(|text| text.map(Made::Text)))
        }
        Atlas::Editor { out } => {
            let (run, files) = tool::editor(&work.manifest, out, work.deny_warnings, progress);
            (run, files.map(|files| Ok(Made::Files(files, out))))
        }
        Atlas::Site { title, out } => {
            let (run, files) = quest_site::site(&work.manifest, title, work.deny_warnings, progress);
            (run, files.map(|files| Ok(Made::Files(files, out))))
        }
    }
}

/// Schemas of editors can stand in a folder with other files; everything else has a folder of its own.
fn write(wanted: &Atlas, folder: &Path, files: &[File]) -> Result<(), String> {
    match wanted {
        Atlas::Editor { .. } => tool::write_files(folder, files),
        _ => quest_site::write_folder(folder, files).map(|_| ()),
    }
}
