//! `questc rename`.

use super::{Context, Outcome, SUCCESS, WITH_ERRORS};
use crate::cli::RenameArgs;
use crate::summary::plural;
use crate::terminal::print;
use quest_compiler::driver::Goal;
use quest_rename::{FileChange, IdAt, Refusal, Renaming, id_at_line, write};
use similar::TextDiff;

pub(super) fn rename(cx: &Context<'_>, args: &RenameArgs) -> Outcome {
    let request = cx.common.request(Goal::Check, None);
    let progress = cx.progress();
    let renaming = match (&args.at, args.ids.as_slice()) {
        (None, [old, new]) => quest_rename::rename(&request, old, new),
        (Some((file, line, column)), [new]) => {
            id_at_line(&request, file, (*line, *column)).and_then(|found| match found {
                Some(IdAt { id, .. }) => quest_rename::rename(&request, &id, new),
                None => Err(Refusal::new(format!("there is no id at {}:{line}:{column}", file.display()))),
            })
        }
        (None, _) => {
            return Err("name the id and the new one, or the new one and `--at FILE:LINE:COLUMN`".to_owned());
        }
        (Some(_), _) => return Err("`--at` says which id: name only the new one".to_owned()),
    };
    drop(progress);
    let renaming = match renaming {
        Ok(renaming) => renaming,
        Err(refusal) => return refused(cx, &refusal),
    };
    cx.show(&renaming.warnings)?;
    for path in &renaming.unread {
        cx.terminal
            .line(&format!("note: `{}` cannot be read as Rust, so nothing changes in it", path.display()));
    }
    if args.dry_run {
        print(&renaming.files.iter().map(difference).collect::<String>())?;
        cx.summary(&format!("{} would be made; nothing is written", counted(&renaming)));
        return Ok(SUCCESS);
    }
    write(&renaming.files).map_err(|error| format!("{error}; nothing has changed"))?;
    for file in &renaming.files {
        cx.summary(&line(file));
    }
    let Renaming { kind, old, new, .. } = &renaming;
    cx.summary(&format!("the {kind} `{old}` is `{new}` now: {}", counted(&renaming)));
    Ok(SUCCESS)
}

/// Says why nothing is renamed.
fn refused(cx: &Context<'_>, refusal: &Refusal) -> Outcome {
    if let Some(report) = &refusal.report {
        cx.show(report)?;
    }
    let help = refusal.help.as_ref().map(|help| format!("\n  = help: {help}")).unwrap_or_default();
    cx.terminal.error(&format!("{}{help}", refusal.title));
    Ok(WITH_ERRORS)
}

/// The changes of a file as a unified diff.
fn difference(file: &FileChange) -> String {
    let (before, after) = (file.before.as_str(), file.after());
    let (old, new) = (file.path.display().to_string(), file.new_path().display().to_string());
    let mut text = String::new();
    if old != new {
        text.push_str(&format!("rename {old} => {new}\n"));
    }
    let diff = TextDiff::from_lines(before, after.as_str());
    text.push_str(&diff.unified_diff().context_radius(0).header(&old, &new).to_string());
    text
}

/// One line about a file that has changed.
fn line(file: &FileChange) -> String {
    let name = file.path.display();
    match &file.moved_to {
        Some(to) if file.edits.is_empty() => format!("{name}: renamed to {}", to.display()),
        Some(to) => format!("{name}: renamed to {}, {}", to.display(), changes(file.edits.len())),
        None => format!("{name}: {}", changes(file.edits.len())),
    }
}

fn counted(renaming: &Renaming) -> String {
    let edits = renaming.files.iter().map(|file| file.edits.len()).sum();
    format!("{} in {}", changes(edits), plural(renaming.files.len(), "file"))
}

fn changes(count: usize) -> String {
    plural(count, "change")
}
